"""Calendar dates: ISO, or a format that somebody has stated; a date that could be two dates is never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["next_day", "read_date", "read_parts"]

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\Z")
_TWO_READINGS = re.compile(r"\d{1,2}([/.\- ])\d{1,2}\1(?:\d{4}|\d{2})(?:\s.*)?\Z")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?\Z")
_YEARS = (1900, 2100)


def read_date(text: str, formats: Sequence[str] = ()) -> str:
    """``text`` as an ISO 8601 calendar date; ``formats`` are strptime codes tried in order before ISO.

    A time of day is read and left out. :class:`BadValue` with code ``invalid_date``, ``ambiguous_date`` or
    ``date_out_of_range``.
    """
    for written in formats:
        try:
            return _in_range(datetime.strptime(text, written).date())
        except ValueError:
            continue
    if iso := _ISO.match(text):
        try:
            return _in_range(date.fromisoformat(iso[1]))
        except ValueError:
            raise BadValue("invalid_date", say("There is no such day."), say("Correct the date.")) from None
    if _TWO_READINGS.match(text) and not formats:
        raise BadValue(
            "ambiguous_date",
            say("The order of day and month cannot be known."),
            say('Write it as 2024-09-01, or say date_format = "%d/%m/%Y" (or the like) in the mapping.'),
        )
    if _SERIAL.match(text):
        raise BadValue(
            "invalid_date",
            say("This is a spreadsheet's day count, not a date."),
            say("Format the column as a date (2024-09-01) and export again, or load the workbook itself."),
        )
    expected = " or ".join((*formats, "2024-09-01"))
    raise BadValue(
        "invalid_date",
        say("This is not a date written like {expected}.", expected=expected),
        say("Correct the date or leave it empty."),
    )


def read_parts(year: int, month: int, day: int) -> str:
    """The ISO date of three numbers whose order is known; :class:`BadValue` as for :func:`read_date`."""
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        raise BadValue("invalid_date", say("There is no such day."), say("Correct the date.")) from None


def next_day(day: str) -> str:
    """The ISO day after ``day``."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _in_range(day: date) -> str:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise BadValue(
            "date_out_of_range",
            say("The year is not between {years} and {years_2}.", years=_YEARS[0], years_2=_YEARS[1]),
            say("Correct the year."),
        )
    return day.isoformat()
