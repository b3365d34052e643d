"""THE declaration of how somebody has an interest: the words, and the columns of a roster that state them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from netofnets.language import say

__all__ = ["MODES", "MODE_NAMES", "OFFERS", "PRACTISES", "SEEKS", "Mode", "mode_words"]


@dataclass(frozen=True, slots=True)
class Mode:
    """How somebody has an interest: the word that is kept, and the column of a roster that states it."""

    name: str
    column: LiteralString
    help: str  # of the column


OFFERS, SEEKS, PRACTISES = "offers", "seeks", "practises"

MODES: tuple[Mode, ...] = (
    Mode(OFFERS, "offers", "What the person can help others with; several are separated by semicolons."),
    Mode(SEEKS, "seeks", "What the person wants to learn; several are separated by semicolons."),
    Mode(PRACTISES, "interests", "What the person works on; several are separated by semicolons."),
)
"""Everything that tells the modes of an interest apart follows from this: choices, columns, filters, facets, words."""

_WORDS = {OFFERS: say("offers"), SEEKS: say("seeks"), PRACTISES: say("practises")}


def mode_words(mode: str | None) -> str:
    """A mode as pages show it; another word as a source writes it, empty for none."""
    return _WORDS.get(mode or "", mode or "")


MODE_NAMES: tuple[str, ...] = tuple(mode.name for mode in MODES)
