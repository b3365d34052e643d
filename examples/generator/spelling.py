"""The small untidinesses of rosters: accents dropped, interests spelled in several ways."""

from __future__ import annotations

import unicodedata

from examples.generator.draw import Draw

__all__ = ["encodable", "spelled", "without_accents"]


def without_accents(text: str) -> str:
    """The text without the marks that can be told from their letters (ø stays)."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def encodable(text: str, encoding: str) -> str:
    """The text with accents dropped from the words that ``encoding`` cannot write, as old programs do."""
    return " ".join(word if _fits(word, encoding) else without_accents(word) for word in text.split(" "))


def _fits(word: str, encoding: str) -> bool:
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def spelled(draw: Draw, interest: str) -> str:
    """The interest as somebody types it into a free field: mostly as usual, else in one of the common other ways."""
    how = draw.weighted(
        ("plain", "capital", "title", "hyphens", "capitals", "blank"), (0.5, 0.22, 0.12, 0.08, 0.04, 0.04)
    )
    return {
        "plain": interest,
        "capital": interest[0].upper() + interest[1:],
        "title": interest.title(),
        "hyphens": interest.replace(" ", "-"),
        "capitals": interest.upper(),
        "blank": interest.replace("-", " ") + " ",
    }[how]
