"""Answers that were given before, by their tag: what names an answer before it is computed saves computing it.

All processes that serve the map have them in common: with two, half of the pages that were asked for before would be
computed again. Whom an answer is for is judged by whoever asks: the tag holds all that it depends on, also who has
withdrawn since, so what another process kept is found by those alone for whom this one would have made the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from web.shared_memory import SharedMemory

__all__ = ["Answer", "Kept"]

_MOST = 48 * 1024 * 1024  # bytes of answers, most of them compressed
_USUAL = 6 * 1024  # bytes of one, by which places are counted
_WAYS = 8  # places that a tag may have
_KEY = 16
_TOP = Struct(f"<{_KEY}sQ")  # whose publication, and how many bytes were written since it was turned to
_PLACE = Struct(f"<{_KEY}sQQ")  # tag; where its answer begins, counted from the first byte ever; how long it is


class Answer(NamedTuple):
    """``encoding`` is that of HTTP: ``br``, ``gzip``, or nothing for a body as it is."""

    body: bytes
    media: str
    encoding: str = ""


class Kept:
    """The answers of one publication that were asked for lately; those of another go when one of them is asked for.

    They are written one after the other, round and round; one that is asked for when half of the room has been written
    since is written again, so that those go which nobody asked for.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._room = most
        self._sets = max(1, most // _USUAL // _WAYS)
        self._start = _TOP.size + self._sets * _WAYS * _PLACE.size
        self._common = SharedMemory(self._start + most)
        self._bytes = self._common.bytes

    def get(self, folder: Path, tag: str) -> Answer | None:
        """The answer of a tag from the publication in ``folder``; None when it has to be computed."""
        key = _digest(tag)
        with self._common.alone():
            whose, written = self._turned_to(folder)
            found = next(((at, size) for _, one, at, size in self._places(key) if one == key and size), None)
            if found is None or written - found[0] > self._room:
                return None
            begin = self._start + found[0] % self._room
            record = self._bytes[begin : begin + found[1]]
            if written - found[0] > self._room // 2:
                self._write(key, record, whose, written)
        head, _, body = record.partition(b"\n")
        media, _, encoding = head.decode().partition("|")
        return Answer(body, media, encoding)

    def put(self, folder: Path, tag: str, answer: Answer) -> None:
        """Keep an answer; those that nobody asked for longest make room."""
        record = f"{answer.media}|{answer.encoding}\n".encode() + answer.body
        if len(record) > self._room // 8:
            return
        with self._common.alone():
            whose, written = _TOP.unpack_from(self._bytes)
            if whose == _digest(str(folder)):  # a request that began before the publication was switched keeps nothing
                self._write(_digest(tag), record, whose, written)

    def clear(self) -> None:
        """Forget all of them."""
        with self._common.alone():
            self._wipe(_TOP.unpack_from(self._bytes)[1])

    def _turned_to(self, folder: Path) -> tuple[bytes, int]:
        wanted = _digest(str(folder))
        whose, written = _TOP.unpack_from(self._bytes)
        if whose == wanted:
            return whose, written
        self._wipe(written)
        _TOP.pack_into(self._bytes, 0, wanted, 0)
        return wanted, 0

    def _wipe(self, written: int) -> None:
        """Zeros over all that was written: of somebody who is erased with a publication nothing stays in memory."""
        end = self._start + min(written, self._room)
        self._bytes[:end] = bytes(end)

    def _places(self, key: bytes) -> Iterator[tuple[int, bytes, int, int]]:
        """Of each place that a tag may have: where it is, whose it is, and where its answer is and how long."""
        first = _TOP.size + int.from_bytes(key[:8], "little") % self._sets * _WAYS * _PLACE.size
        for place in range(first, first + _WAYS * _PLACE.size, _PLACE.size):
            yield place, *_PLACE.unpack_from(self._bytes, place)

    def _write(self, key: bytes, record: bytes, whose: bytes, written: int) -> None:
        """The bytes first, then where they are: whoever dies in between leaves what was there before."""
        at = written if written % self._room + len(record) <= self._room else -(-written // self._room) * self._room
        _TOP.pack_into(self._bytes, 0, whose, at + len(record))
        begin = self._start + at % self._room
        self._bytes[begin : begin + len(record)] = record
        places = list(self._places(key))
        place = next((one for one in places if one[1] == key), None) or min(places, key=lambda one: one[2] + one[3])
        _PLACE.pack_into(self._bytes, place[0], key, at, len(record))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=_KEY).digest()
