"""What the values of a column look like: addresses, links, dates and how they are written, several values in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.day_order import DayOrder, decide
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["Dates", "dates_in", "is_several", "looks_like"]

_MOST = 0.8
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_URL = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}\Z")
_MONTH = (
    (re.compile(r"(?:19|20)\d{2}-\d{1,2}\Z"), "%Y-%m"),
    (re.compile(r"\d{1,2}/(?:19|20)\d{2}\Z"), "%m/%Y"),
    (re.compile(r"\d{1,2}\.(?:19|20)\d{2}\Z"), "%m.%Y"),
)
_SHORT_YEAR = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2\d{2}\Z")
_DATE = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{4})(?:[ T,].*)?\Z")
_MARKS = ("\n", ";", "|", ",", "/")


def looks_like(values: Sequence[str]) -> str:
    """``email``, ``url``, ``date``, or empty: what most of the values are."""
    given = [value.strip() for value in values if value.strip()]
    if not given:
        return ""
    for kind, pattern in (("email", _EMAIL), ("url", _URL), ("date", _DATE)):
        if sum(bool(pattern.match(value)) for value in given) >= _MOST * len(given):
            return kind
    return ""


@dataclass(frozen=True, slots=True)
class Dates:
    """How the dates of a column are written: the format to state (empty: none is needed), and a sentence about it."""

    format: str
    why: str


def dates_in(values: Sequence[str]) -> Dates:
    """The format of a column of dates, as far as its values tell."""
    given = [value.strip() for value in values if value.strip()]
    if not given:
        return Dates("", say("no dates in the rows that were looked at"))
    if sum(bool(_YEAR.match(value)) for value in given) >= _MOST * len(given):
        return Dates("%Y", say("years, such as {example}", example=given[0]))
    for pattern, written in _MONTH:
        if sum(bool(pattern.match(value)) for value in given) >= _MOST * len(given):
            return Dates(written, say("months, such as {example}", example=given[0]))
    short = [found for value in given if (found := _SHORT_YEAR.match(value))]
    if len(short) >= _MOST * len(given):
        return _short(short, given[0])
    order = DayOrder()
    for value in given:
        try:
            order.check(value, [])
        except BadValue:
            continue  # the dry run will name it
    decide([order])
    if order.held and order.day_first is None:
        return Dates("", _either("/", "%Y"))
    return Dates("", order.remark(begins=False) or say("dates, such as {example}", example=given[0]))


def _short(found: Sequence[re.Match[str]], example: str) -> Dates:
    mark = found[0][2]
    day_first = mark == "." or any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[3]) > 12 for match in found)
    if day_first and not month_first:
        return Dates(f"%d{mark}%m{mark}%y", say("day first, such as {example}", example=example))
    if month_first and not day_first:
        return Dates(f"%m{mark}%d{mark}%y", say("month first, such as {example}", example=example))
    return Dates("", _either(mark, "%y"))


def _either(mark: str, year: str) -> str:
    return say(
        'day or month first? Say date_format = "{day_first}" or "{month_first}"',
        day_first=mark.join(("%d", "%m", year)),
        month_first=mark.join(("%m", "%d", year)),
    )


def is_several(values: Sequence[str]) -> str:
    """What stands between several values in one cell; empty when there seems to be one value in each."""
    given = [value.strip() for value in values if value.strip()]
    for mark in _MARKS:
        holding = [value for value in given if mark in value.strip(mark)]
        parts = [part.strip() for value in holding for part in value.split(mark) if part.strip()]
        if len(holding) >= max(1, 0.2 * len(given)) and parts and sorted(map(len, parts))[len(parts) // 2] <= 40:
            return mark
    return ""
