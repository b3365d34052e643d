"""Rows of a table by what a column says, in an order of choice: the same for a page, a command and Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.measure import Measure
from netofnets.errors import SettingsError
from netofnets.language import say

__all__ = ["HOWS", "Condition", "chosen_places", "chosen_rows"]

HOWS = ("is", "has", "least", "most")
"""How a column is compared: equal, has this text in it, at least, at most."""

Condition = tuple[str, str, str]
"""Column, one of :data:`HOWS`, and the value as text."""


def chosen_rows(declared: Measure, table: pa.Table, where: Sequence[Condition] = (), sort: str = "") -> pa.Table:
    """The rows of a described table that meet all conditions, in the order of ``sort``."""
    return table.take(chosen_places(declared, table, where, sort))


def chosen_places(declared: Measure, table: pa.Table, where: Sequence[Condition] = (), sort: str = "") -> pa.Array:
    """Which rows :func:`chosen_rows` takes, by their places in the table.

    ``sort`` is a column, with ``-`` in front from the largest; empty: the order of the measure. What is not defined
    comes last, and meets no condition. :class:`SettingsError` for a column that is not there or does not compare so.
    """
    places = pa.array(range(table.num_rows), pa.int64())
    for column, how, value in where:
        met = _met(_column(table, column), how, value)
        places = places.filter(pc.fill_null(met, False).combine_chunks().take(places))
    keys = [(sort.removeprefix("-"), "descending" if sort.startswith("-") else "ascending")] if sort else declared.order
    for column, _ in keys if sort else ():
        if pa.types.is_nested(_column(table, column).type):
            raise SettingsError(say("a table is not sorted by {column}, which holds lists", column=column))
    if not keys:
        return places
    return places.take(pc.sort_indices(table.take(places), sort_keys=[(_named(declared, c), o) for c, o in keys]))


def _named(declared: Measure, column: str) -> str:
    """The column of a described table: what a row is about is called id there."""
    return "id" if column == declared.about else column


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in table.column_names:
        raise SettingsError(
            say("there is no column {name!r}; there are {columns}", name=name, columns=", ".join(table.column_names))
        )
    return table[name]


def _met(column: pa.ChunkedArray, how: str, value: str) -> Any:
    kind = column.type
    if how not in HOWS:
        raise SettingsError(say("columns are compared by {hows}, not by {how!r}", hows=", ".join(HOWS), how=how))
    if pa.types.is_nested(kind):
        column = pc.binary_join(column, "; ")
        kind = column.type
    if how == "has":
        return pc.match_substring(pc.cast(column, pa.string()), value, ignore_case=True)
    if pa.types.is_boolean(kind) and how == "is":
        return pc.equal(column, value.lower() in ("true", "yes", "1"))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        if how != "is":
            raise SettingsError(say("texts are compared by is and has, not by {how}", how=how))
        return pc.equal(column, value)
    number = _number(value)
    compare = {"is": pc.equal, "least": pc.greater_equal, "most": pc.less_equal}[how]
    return compare(pc.cast(column, pa.float64()), number)


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise SettingsError(say("{value!r} is no number", value=value)) from None
