"""Numbers as words: the same phrases on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["counted", "listed", "number", "quoted", "rank_words", "share_words", "shown", "verdict_words"]


def counted(n: int, singular: str, plural: str = "") -> str:
    """``1 member``, ``1,203 members``, ``no members``."""
    word = singular if n == 1 else plural or singular + "s"
    return f"{n:,} {word}" if n else f"no {word}"


def number(value: float) -> str:
    """A measured number with about two significant digits: ``0.034``, ``2.1``, ``140``."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 1:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.2g}" if size else "0"


def listed(items: Sequence[str], most: int = 3, more: str = "more") -> str:
    """``A``, ``A and B``, ``A, B and C``, ``A, B, C and 4 more``."""
    shown = list(items[:most])
    if len(items) > most:
        shown.append(f"{len(items) - most:,} {more}")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1] if shown else ""


def shown(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def quoted(text: str) -> str:
    """The text in quotation marks, as names stand in sentences."""
    return f"“{text}”"


def rank_words(rank: int, low: int | None, high: int | None) -> str:
    """A rank with what resampling leaves of it."""
    if low is None or high is None:
        return f"rank {rank}"
    if low == high == rank:
        return f"rank {rank}, whichever fifth of the data is left out"
    return f"rank {rank}; between {low:,} and {high:,} when a fifth of memberships and ties is left out"


def verdict_words(validated: bool, least: int | None) -> str:
    """What can be said about chance: beyond it, not told apart from it, or not to be told by these data at all."""
    if validated:
        return "beyond chance"
    if least is None:
        return "too few people to tell from chance, however many were in both"
    return f"not told apart from chance: {least:,} or more would be"


def share_words(shared: int, expected: float | None) -> str:
    """Shared members with what chance would give."""
    people = "1 person is in both" if shared == 1 else f"{shared:,} people are in both"
    return people if expected is None else f"{people}; {number(expected)} would be expected by chance"
