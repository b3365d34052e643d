"""Recipes at work: from the cells of a row to the text of one of our columns."""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.day_order import DayOrder
from ingest.mapping import Recipe, TableSpec
from ingest.mapping_keys import close_match, wrong
from ingest.sources.raw import RawTable
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.columns import Column
from netofnets.schema.model import PropertyType
from netofnets.schema.records import Value
from netofnets.schema.rows import CellCheck, check_identifier, checker, many_checker
from netofnets.schema.text import BadValue

__all__ = ["BoundColumn", "Headers", "bind", "row_filter", "unknown_headers"]

_DEFAULT_MARKS = (";", "\n", "\r")


@dataclass(slots=True)
class BoundColumn:
    """One of our columns bound to the cells of one table.

    ``index`` is the cell when nothing but that cell is wanted, else -1 and ``read`` makes the text. ``check`` gives
    the value. ``seen`` remembers what texts became, because most cells of a table repeat.
    """

    column: Column
    index: int
    read: Callable[[list[str]], str] | None
    check: CellCheck
    header: str
    cells: tuple[int, ...] = ()
    strict: bool = False  # the mapping wants rows with a bad cell here put aside as a whole
    order: DayOrder | None = None  # of a column of dates whose format nobody has stated
    seen: dict[str, Value] = field(default_factory=dict)


class Headers:
    """The header of a table: finds columns as people write them, exactly first, then without regard to case."""

    def __init__(self, table: RawTable) -> None:
        self.names = [_plain(name) for name in table.header]
        self.place = table.place
        self.used: set[int] = set()

    def find(self, name: str, where: str) -> int | None:
        """The index of a header, None when it is missing; two of that name are refused."""
        wanted = _plain(name)
        hits = [i for i, header in enumerate(self.names) if header == wanted]
        hits = hits or [i for i, header in enumerate(self.names) if header.casefold() == wanted.casefold()]
        if len(hits) > 1:
            message = say(
                "{place}: two columns are called {name!r}, so {where} is not clear; rename one of them",
                place=self.place,
                name=name,
                where=where,
            )
            raise InputError(message, code="duplicate_header", file=self.place)
        self.used.update(hits)
        return hits[0] if hits else None

    def need(self, name: str, where: str) -> int:
        """Like :meth:`find`; :class:`InputError` with the closest header when it is missing."""
        found = self.find(name, where)
        if found is None:
            close = close_match(name, self.names)
            shown = ", ".join(repr(header) for header in self.names[:12] if header)
            near = close or say("; it has {names}", names=shown)
            message = say(
                "{where}: {place} has no column {name!r}{near}", where=where, place=self.place, name=name, near=near
            )
            raise InputError(message, code="missing_column", file=self.place)
        return found


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("\ufeff", "").split())


def bind(spec: TableSpec, headers: Headers) -> list[BoundColumn]:
    """All mapped columns of a table, bound to its header; an optional column that is missing is left out."""
    bound = (_bound(spec, name, recipe, headers) for name, recipe in spec.columns.items())
    return [column for column in bound if column is not None]


def _bound(spec: TableSpec, name: str, recipe: Recipe, headers: Headers) -> BoundColumn | None:
    where = f"{spec.place}.columns.{name}"
    cells = _cells(recipe, headers, where)
    if recipe.headers and not cells:
        if not recipe.fallback:
            return None
        recipe = Recipe("constant", text=recipe.fallback)
    column = spec.shape.column(name)
    order = _day_order(spec, column, recipe)
    check = _check(spec, column, recipe, order)
    header = ", ".join(recipe.headers) or name
    more: dict[str, Any] = {"cells": tuple(cells), "strict": recipe.other == "refuse", "order": order}
    plain = Recipe(
        "first_of", recipe.headers, optional=recipe.optional, split=recipe.split, date_format=recipe.date_format
    )
    if len(cells) == 1 and recipe == plain and not spec.empty:
        return BoundColumn(column, cells[0], None, check, header, **more)
    return BoundColumn(column, -1, _reader(spec, recipe, cells), check, header, **more)


def _cells(recipe: Recipe, headers: Headers, where: str) -> list[int]:
    """Where the headers of a recipe stand; of an optional one, those that are there (a template needs all)."""
    if not recipe.optional:
        return [headers.need(header, where) for header in recipe.headers]
    found = [index for header in recipe.headers if (index := headers.find(header, where)) is not None]
    return found if recipe.how != "template" or len(found) == len(recipe.headers) else []


def _day_order(spec: TableSpec, column: Column, recipe: Recipe) -> DayOrder | None:
    stated = spec.date_format if recipe.date_format is None else recipe.date_format
    return DayOrder() if column.property.type is PropertyType.DATE and not stated else None


def _check(spec: TableSpec, column: Column, recipe: Recipe, order: DayOrder | None) -> CellCheck:
    if recipe.split and not (column.several or column.listed or column.is_id):
        raise wrong(f"{spec.place}.columns.{column.name}", "this column takes one value, so there is nothing to split")
    if recipe.split and column.listed and f"{column.name}_id" in spec.columns:
        problem = f"several names in a cell have no {column.name}_id beside them: map one of the two"
        raise wrong(f"{spec.place}.columns.{column.name}", problem)
    if order is not None:
        check: CellCheck = order.check
    elif column.is_id:
        check = check_identifier
    elif column.several or (column.listed and recipe.split):
        check = many_checker(recipe.split or _DEFAULT_MARKS)
    else:
        check = checker(column.property, spec.date_format if recipe.date_format is None else recipe.date_format)
    if recipe.other != "refuse":
        return check
    known = frozenset(recipe.values.values())

    def strict(raw: str, notes: list[str]) -> Value:
        if raw and raw not in known:
            sentence = say("The mapping does not list this value for {column}.", column=column.name)
            raise BadValue(
                f"unknown_{column.name}", sentence, say("Correct the cell, or add the value to the mapping.")
            )
        return check(raw, notes)

    return strict


def _reader(spec: TableSpec, recipe: Recipe, cells: Sequence[int]) -> Callable[[list[str]], str]:
    empty = frozenset(text.strip().casefold() for text in (spec.empty if recipe.empty is None else recipe.empty)) | {""}
    make = _maker(recipe, cells, empty)
    amend = _amender(recipe)

    def read(row: list[str]) -> str:
        text = make(row)
        text = amend(text) if text else text
        return text or recipe.fallback

    return read


def _maker(recipe: Recipe, cells: Sequence[int], empty: frozenset[str]) -> Callable[[list[str]], str]:
    if recipe.how == "constant":
        return lambda row: recipe.text

    def texts(row: list[str]) -> list[str]:
        return ["" if (text := row[i].strip()).casefold() in empty else text for i in cells]

    if recipe.how == "join":
        return lambda row: recipe.text.join(text for text in texts(row) if text)
    if recipe.how == "template":
        pieces = re.split(r"[{}]", recipe.text)

        def fill(row: list[str]) -> str:
            filled = texts(row)
            if not any(filled):
                return ""
            return "".join(filled[i // 2] if i % 2 else piece for i, piece in enumerate(pieces))

        return fill
    return lambda row: next((text for text in texts(row) if text), "")


def _amender(recipe: Recipe) -> Callable[[str], str]:
    prefix, suffix, swap = recipe.strip_prefix, recipe.strip_suffix, recipe.swap_at

    def amend(text: str) -> str:
        if prefix and text[: len(prefix)].casefold() == prefix.casefold():
            text = text[len(prefix) :].lstrip()
        if suffix and text[-len(suffix) :].casefold() == suffix.casefold():
            text = text[: -len(suffix)].rstrip()
        if swap and swap in text:
            family, given = text.split(swap, 1)
            text = f"{given.strip()} {family.strip()}".strip()
        if recipe.values:
            text = _translated(recipe, text)
        return text

    return amend


def _translated(recipe: Recipe, text: str) -> str:
    if recipe.split:  # whole values are translated, so a list is translated value by value
        parts = [part.strip() for part in re.split("|".join(map(re.escape, recipe.split)), text)]
        return recipe.split[0].join(_one(recipe, part) for part in parts if part)
    return _one(recipe, text)


def _one(recipe: Recipe, text: str) -> str:
    return recipe.values.get(text.casefold(), "" if recipe.other == "empty" else text)


def row_filter(spec: TableSpec, headers: Headers) -> Callable[[list[str]], bool] | None:
    """Which rows are taken; None when all are."""
    if not spec.where:
        return None
    empty = frozenset(text.strip().casefold() for text in spec.empty) | {""}
    wanted = [
        (headers.need(header, f"{spec.place}.where"), frozenset(value.strip().casefold() for value in values))
        for header, values in spec.where.items()
    ]

    def take(row: list[str]) -> bool:
        for index, values in wanted:
            cell = row[index].strip().casefold()
            if (cell not in values) if values else (cell in empty):
                return False
        return True

    return take


def unknown_headers(spec: TableSpec, headers: Headers) -> list[str]:
    """Headers that nothing uses and that the mapping does not ignore on purpose."""
    patterns = [pattern.casefold() for pattern in spec.ignore]
    return [
        name
        for i, name in enumerate(headers.names)
        if name and i not in headers.used and not any(fnmatch.fnmatchcase(name.casefold(), p) for p in patterns)
    ]
