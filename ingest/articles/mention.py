"""What a detector finds: one mention of somebody or something, with its place and why it was taken for that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.articles.page import Page, Word
from ingest.articles.words import CONNECTING, NO_NAME, SENTENCE_WORDS

__all__ = [
    "BODY",
    "INTEREST",
    "PERSON",
    "Known",
    "Mention",
    "Run",
    "after",
    "before",
    "body_runs",
    "name_runs",
    "overlaps",
]

PERSON, BODY, INTEREST = "person", "body", "interest"

_PARTICLES = frozenset("de la da del della di du van von der den dos bin al el ten ter y".split())
_GAP = re.compile(r"[ \u00a0]{1,2}\Z|[ \u00a0]?\r?\n ?\Z")
_WRAPPED = 55  # characters from which a line that ends in a name goes on in the next


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: ``kind`` of thing, characters from ``start`` to ``end``, the ``name`` it is taken for."""

    kind: str
    start: int
    end: int
    name: str
    detector: str
    reason: str
    standing: str = ""  # network or organization; mentioned: a person whom the text does not show as a leader


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the map has already, folded, with the ids of those called so."""

    leaders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    networks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    organizations: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row."""

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end

    @property
    def name(self) -> str:
        """The words with single blanks."""
        parts = [w.text + ("." if len(w.text) == 1 else "") for w in self.words]
        return " ".join(parts)


def name_runs(page: Page) -> Iterator[Run]:
    """Runs of words that may be a person's name: capitalised, none that stands in nobody's name, particles inside."""
    yield from _runs(page, _name_like, _PARTICLES)


def body_runs(page: Page) -> Iterator[Run]:
    """Runs of words that may be the name of a body: capitalised, with small connecting words inside."""
    for run in _runs(page, lambda w: w.capital, CONNECTING | {"the"}):
        words = run.words
        while words and words[0].text in SENTENCE_WORDS:
            words = words[1:]
        while words and not words[0].capital:
            words = words[1:]
        if words:
            yield Run(words)


def _name_like(word: Word) -> bool:
    text = word.text
    return word.capital and text not in NO_NAME and (len(text) == 1 or not text.isupper())


def _runs(page: Page, fits: Callable[[Word], bool], inside: frozenset[str]) -> Iterator[Run]:
    words = page.words
    at = 0
    while at < len(words):
        if not fits(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words) and _joined(page, words[end - 1], words[end]):
            small = end
            while small < len(words) and small - end < 2 and words[small].text in inside:
                small += 1
            if (
                small < len(words)
                and fits(words[small])
                and all(_joined(page, words[k - 1], words[k]) for k in range(end, small + 1))
            ):
                end = small + 1
            else:
                break
        yield Run(words[at:end])
        at = end


def _joined(page: Page, left: Word, right: Word) -> bool:
    """Whether two words belong together: one blank between, the dot of an initial, or the end of a full line."""
    gap = right.after
    if len(left.text) == 1 and gap.startswith("."):
        gap = gap[1:]
    if gap == " & ":
        return True
    if not _GAP.match(gap):
        return False
    return "\n" not in gap or left.end - (page.plain.rfind("\n", 0, left.end) + 1) >= _WRAPPED


def before(page: Page, start: int, characters: int) -> str:
    """The text before a place, within its sentence."""
    low, _ = page.sentence(start, start + 1)
    return page.plain[max(low, start - characters) : start]


def after(page: Page, end: int, characters: int) -> str:
    """The text after a place, as far as its sentence goes."""
    _, high = page.sentence(max(end - 1, 0), end)
    return page.plain[end : min(high, end + characters)]


def overlaps(found: Sequence[Mention], start: int, end: int) -> bool:
    """Whether something found already lies in these characters."""
    return any(m.start < end and start < m.end for m in found)
