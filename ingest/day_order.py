"""Day or month first? Told by the whole column: where one of its dates can be read in one way only, all are read so.

A column without such a date follows the other date columns of its table. Dates with points have the day first, as in
every locale of Unicode CLDR that writes the year last after points. What is still undecided, or told both ways, stays
ambiguous: 03/04/2024 alone is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from netofnets.language import say
from netofnets.schema.dates import read_date, read_parts
from netofnets.schema.records import Value
from netofnets.schema.text import clean_text

__all__ = ["DayOrder", "Held", "decide"]

_PARTS = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})(?:[ T,]+\d{1,2}:\d{2}.*)?\Z")


class Held(str):
    """A date whose order is not known before the column has been read; the text as it stands."""

    __slots__ = ()


@dataclass(slots=True)
class DayOrder:
    """What one column of dates without a stated format has shown so far."""

    shown: dict[bool, str] = field(default_factory=dict)  # day first? -> the first date that can be nothing else
    points: bool = False
    held: bool = False
    day_first: bool | None = None

    def check(self, raw: str, notes: list[str]) -> Value:
        """Like the check of any cell; dates of two readings are held back."""
        text = clean_text(raw, notes)
        if not text:
            return None
        found = _PARTS.match(text)
        if found is None:
            return read_date(text)
        self.held = True
        first, second = int(found[1]), int(found[3])
        if found[2] == "." and second <= 12:
            self.points = True
        if (first > 12) != (second > 12):
            self.shown.setdefault(first > 12, text)
        return Held(text)

    def settle(self, text: str) -> str:
        """The ISO date of a held text, under what was decided; :class:`BadValue` when nothing could be."""
        found = _PARTS.match(text)
        assert found is not None
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first == second or min(first, second) > 12:
            return read_parts(year, first, second)
        if self.day_first is None:
            if max(first, second) <= 12:
                return read_date(text)  # says why it is not taken
            return read_parts(year, *((second, first) if first > 12 else (first, second)))
        month, day = (second, first) if self.day_first else (first, second)
        return read_parts(year, month, day)

    def remark(self, *, begins: bool = True) -> str:
        """What is to be told about how the column was read, as a sentence or (``begins`` false) to go on with one.

        Empty when it needs no telling.
        """
        if self.day_first is None or not self.held:
            return ""
        told = _REMARKS[
            self.day_first, "shown" if self.day_first in self.shown else "points" if self.points else "rest"
        ]
        return told[0 if begins else 1](self.shown.get(self.day_first, ""))


# By whether the day is first and how that is known: a sentence, and what can follow a semicolon.
_REMARKS: Mapping[tuple[bool, str], tuple[Callable[[str], str], Callable[[str], str]]] = {
    (True, "shown"): (
        lambda date: say("Dates were read day first, because {date!r} can be nothing else.", date=date),
        lambda date: say("dates were read day first, because {date!r} can be nothing else.", date=date),
    ),
    (False, "shown"): (
        lambda date: say("Dates were read month first, because {date!r} can be nothing else.", date=date),
        lambda date: say("dates were read month first, because {date!r} can be nothing else.", date=date),
    ),
    (True, "points"): (
        lambda _: say("Dates were read day first, as is usual with points."),
        lambda _: say("dates were read day first, as is usual with points."),
    ),
    (False, "points"): (
        lambda _: say("Dates were read month first, as is usual with points."),
        lambda _: say("dates were read month first, as is usual with points."),
    ),
    (True, "rest"): (
        lambda _: say("Dates were read day first, as in the rest of the table."),
        lambda _: say("dates were read day first, as in the rest of the table."),
    ),
    (False, "rest"): (
        lambda _: say("Dates were read month first, as in the rest of the table."),
        lambda _: say("dates were read month first, as in the rest of the table."),
    ),
}


def decide(orders: Iterable[DayOrder]) -> None:
    """Decide every column of a table: by its own dates, else by points, else by what the other columns show."""
    orders = list(orders)
    told = {order for column in orders for order in column.shown}
    for column in orders:
        if len(column.shown) == 1:
            column.day_first = next(iter(column.shown))
        elif not column.shown and column.points:
            column.day_first = True
        elif not column.shown and len(told) == 1:
            column.day_first = next(iter(told))
