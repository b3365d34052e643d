"""Everything that rows tell, brought together by the thing or tie that it is about, however little memory there is.

Tellings are divided by the first letters of their keys, which are digests and so fall evenly; one division at a time is
read back and sorted. This is the partitioning of a Grace hash join (Kitsuregawa and others, 1983).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from ingest.held import Properties
from ingest.spill import Chunk, Spill
from netofnets.schema.records import Value

__all__ = ["AT", "FIRST", "KEY", "LISTED", "ROW", "SECOND", "STATED", "TIMES", "Telling", "Tellings", "about"]

Telling = tuple[str, int, int, int, bool, str, str, tuple[tuple[str, Value], ...]]
"""Key, place in the order of tellings, row, how many rows tell it, whether a table of such things does (no roster in
passing), then the local id of a thing and nothing, or the two records of a tie; and the properties."""

KEY: Final = 0
AT: Final = 1
ROW: Final = 2
TIMES: Final = 3
LISTED: Final = 4
FIRST: Final = 5
SECOND: Final = 6
STATED: Final = 7

_WAITING = 20_000  # tellings in memory before they are written down
_TOGETHER = 60_000  # tellings that are sorted in memory
_PART = 10_000  # tellings that are told at once
_DEEPEST = 8  # letters by which they are divided, at most


class Tellings:
    """Tellings by kind; what several rows tell in the same words of one thing is mostly one telling with a count."""

    def __init__(self) -> None:
        self._spill = Spill()
        self._written: dict[tuple[str, str], list[Chunk]] = {}
        self._ties: defaultdict[tuple[str, str], list[Telling]] = defaultdict(list)
        self._nodes: dict[tuple[str, str, bool, str, tuple[tuple[str, Value], ...]], list[int]] = {}
        self._waiting = 0

    def node(self, kind: str, key: str, at: int, row: int, listed: bool, local: str, values: Properties) -> None:
        """A row tells of a thing."""
        told = (kind, key, listed, local, tuple(values.items()))
        before = self._nodes.get(told)
        if before is not None:
            before[:2] = min(before[:2], [at, row])  # what a person has is told later, wherever its row stands
            before[2] += 1
            return
        self._nodes[told] = [at, row, 1]
        self._waiting += 1
        if self._waiting >= _WAITING:
            self._write()

    def tie(self, kind: str, key: str, at: int, row: int, start: str, end: str, values: Properties) -> None:
        """A row tells of a tie between two records."""
        self._ties[kind, key[1]].append((key, at, row, 1, True, start, end, tuple(values.items())))
        self._waiting += 1
        if self._waiting >= _WAITING:
            self._write()

    def parts(self, kind: str) -> Iterator[list[Telling]]:
        """The tellings of a kind by key and then in their order; never those of one key in two parts."""
        self._write()
        together: list[Telling] = []
        for letter in sorted(letter for of_kind, letter in self._written if of_kind == kind):
            for piece in self._sorted(self._written[kind, letter], 2):
                if together and len(together) + len(piece) > _PART:
                    yield together
                    together = []
                together += piece  # what a small load tells is one part: each part costs some questions
        if together:
            yield together

    def _sorted(self, chunks: Sequence[Chunk], depth: int) -> Iterator[list[Telling]]:
        if sum(chunk.length for chunk in chunks) <= _TOGETHER or depth > _DEEPEST:
            found = list(chain.from_iterable(map(self._spill.get, chunks)))
            found.sort()
            yield from _slices(found)
            return
        finer: dict[str, list[Chunk]] = {}
        for several in _batches(chunks):
            divided: dict[str, list[Telling]] = {}
            for telling in chain.from_iterable(map(self._spill.get, several)):
                divided.setdefault(telling[KEY][depth : depth + 1], []).append(telling)
            for letter, told in divided.items():
                finer.setdefault(letter, []).append(self._spill.put(told))
        for letter in sorted(finer):
            yield from self._sorted(finer[letter], depth + 1)

    def _write(self) -> None:
        waiting = self._ties
        for (kind, key, listed, local, stated), (at, row, times) in self._nodes.items():
            waiting[kind, key[1]].append((key, at, row, times, listed, local, "", stated))
        for where, told in waiting.items():
            self._written.setdefault(where, []).append(self._spill.put(told))
        self._ties, self._nodes, self._waiting = defaultdict(list), {}, 0


def _slices(told: list[Telling]) -> Iterator[list[Telling]]:
    """Sorted tellings in pieces; what is made of them takes several times their memory."""
    start = 0
    while start < len(told):
        end = min(start + _PART, len(told))
        while end < len(told) and told[end][KEY] == told[end - 1][KEY]:
            end += 1
        yield told[start:end]
        start = end


def _batches(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Chunks that fit into memory together."""
    batch: list[Chunk] = []
    for chunk in chunks:
        batch.append(chunk)
        if sum(one.length for one in batch) >= _WAITING:
            yield batch
            batch = []
    yield batch


def about(part: list[Telling]) -> Iterator[list[Telling]]:
    """The tellings of a part, thing by thing."""
    start, key = 0, part[0][KEY]
    for end, telling in enumerate(part):
        if telling[KEY] != key:
            yield part[start:end]
            start, key = end, telling[KEY]
    yield part[start:]
