"""Numbers as words: the same phrases on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from netofnets import language
from netofnets.graph.cells import Cells
from netofnets.language import joined, numeral, say, say_count
from netofnets.language.messages import unpacked

__all__ = [
    "counted",
    "listed",
    "number",
    "quoted",
    "rank_words",
    "said",
    "said_at",
    "share_words",
    "shown",
    "state_words",
    "verdict_words",
]


def said(row: Mapping[str, Any], column: str = "reason") -> str:
    """The sentence of a published row, which can be said again where it is kept how; empty when there is none."""
    return unpacked(row.get(column) or "", row.get(f"{column}_message") or "")


def said_at(cells: Cells, at: int, column: str = "reason") -> str:
    """The same of one row of a table."""
    return said(cells.row(at, (column, f"{column}_message")), column)


def counted(n: int, singular: str, plural: str = "") -> str:
    """``1 member``, ``1,203 members``, ``no members``."""
    word = singular if n == 1 else plural or singular + "s"
    return f"{n:,} {word}" if n else f"no {word}"


def number(value: float) -> str:
    """A measured number with about two significant digits: ``0.034``, ``2.1``, ``140``."""
    size = abs(value)
    if size >= 100:
        return numeral(f"{value:,.0f}")
    if size >= 1:
        return numeral(f"{value:.1f}".removesuffix(".0"))
    return numeral(f"{value:.2g}" if size else "0")


def listed(items: Sequence[str], most: int = 3) -> str:
    """``A``, ``A and B``, ``A, B and C``, ``A, B, C and 4 more``."""
    shown = list(items[:most])
    if len(items) > most:
        shown.append(say_count("{n:,} more", "{n:,} more", len(items) - most))
    return language.listed(shown) if shown else ""


def shown(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    if isinstance(value, float):
        return numeral(f"{value:g}")
    return value if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """The text in quotation marks, as names stand in sentences."""
    return say("“{text}”", text=text)


_STATES = {
    "suggested": say("suggested"),
    "asked": say("asked"),
    "accepted": say("accepted"),
    "declined": say("declined"),
    "met": say("met"),
    "dismissed": say("dismissed"),
}


def state_words(state: str) -> str:
    """The state of an introduction; what is none is shown as it is."""
    return _STATES.get(state, state)


def rank_words(rank: int, low: int | None, high: int | None) -> str:
    """A rank with what resampling leaves of it."""
    if low is None or high is None:
        return say("rank {rank}", rank=rank)
    if low == high == rank:
        return say("rank {rank}, whichever fifth of the data is left out", rank=rank)
    return say(
        "rank {rank}; between {low:,} and {high:,} when a fifth of memberships and ties is left out",
        rank=rank,
        low=low,
        high=high,
    )


def verdict_words(validated: bool, least: int | None) -> str:
    """What can be said about chance: beyond it, not told apart from it, or not to be told by these data at all."""
    if validated:
        return say("beyond chance")
    if least is None:
        return say("too few people to tell from chance, however many were in both")
    return say("not told apart from chance: {least:,} or more would be", least=least)


def share_words(shared: int, expected: float | None) -> str:
    """Shared members with what chance would give."""
    people = say_count("{n:,} person is in both", "{n:,} people are in both", shared)
    if expected is None:
        return people
    return joined([people, say("{number} would be expected by chance", number=number(expected))], "; ")
