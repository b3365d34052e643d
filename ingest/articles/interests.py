"""The detector of interests: whole wordings of the shipped vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ingest.articles.mention import INTEREST, Known, Mention
from ingest.articles.page import Page
from netofnets.graph.vocabulary import words_in
from netofnets.services.find.thesaurus import thesaurus

__all__ = ["by_wording"]

_LONGEST = 6  # words of a wording
_SHORTEST = 3  # capitals of an abbreviation


def by_wording(page: Page, known: Known, found: Sequence[Mention]) -> Iterator[Mention]:
    """A wording of at least two words in a row, a single word that is an interest's whole name, or an abbreviation."""
    phrases, short = _wordings()
    pieces = [(piece, word) for word in page.words for piece in words_in(word.text)]
    at = 0
    while at < len(pieces):
        for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
            said = tuple(piece for piece, _ in pieces[at : at + length])
            first, last = pieces[at][1], pieces[at + length - 1][1]
            name = phrases.get(said) or (short.get(first.text, "") if length == 1 else "")
            if name and page.plain[first.start : last.end].count("\n") < 2:
                reason = "a wording of the vocabulary" if phrases.get(said) else "an abbreviation in the vocabulary"
                yield Mention(INTEREST, first.start, last.end, name, "vocabulary", reason)
                at += length - 1
                break
        at += 1


@cache
def _wordings() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Folded words of each wording -> interest; abbreviations as they are written -> interest."""
    phrases: dict[tuple[str, ...], str] = {}
    short: dict[str, str] = {}
    for concept in thesaurus():
        for wording in (concept.name, *concept.also):
            words = tuple(words_in(wording))
            if len(words) > 1 or wording == concept.name:
                phrases.setdefault(words, concept.name)
        for abbreviation in concept.short:
            if len(abbreviation) >= _SHORTEST:
                short.setdefault(abbreviation, concept.name)
    return phrases, short
