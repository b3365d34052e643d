"""A table that somebody is about to load: how it was read, what each column was guessed to be, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from netofnets.language import say
from netofnets.schema.columns import Column, shape
from netofnets.schema.model import PropertyType

__all__ = [
    "DATES",
    "MARKS",
    "PARTS",
    "PEOPLE_BY_PEOPLE",
    "DraftColumn",
    "DraftTable",
    "chosen",
    "restored",
    "wants",
]

PARTS = ("first_name", "last_name")
"""Two columns of others that make our name together."""

MARKS: Mapping[str, tuple[str, str]] = {
    "one": ("", say("one value in a cell")),
    "semicolon": (";", say("several, with ; between them")),
    "comma": (",", say("several, with , between them")),
    "bar": ("|", say("several, with | between them")),
    "slash": ("/", say("several, with / between them")),
    "line": ("\n", say("several, each on a line of its own")),
}
"""What may stand between several values: the word in forms, the characters, and the words on the page."""

PEOPLE_BY_PEOPLE = "matrix"
"""The kind of a table whose first row and first column name the same people."""

DATES: Mapping[str, tuple[str, str]] = {
    "": ("", say("as the dates themselves tell")),
    "dmy": ("%d/%m/%Y", say("day/month/year")),
    "mdy": ("%m/%d/%Y", say("month/day/year")),
    "dmy-dots": ("%d.%m.%Y", say("day.month.year")),
    "dmy-short": ("%d.%m.%y", say("day.month.year, two digits")),
    "dmy-slash-short": ("%d/%m/%y", say("day/month/year, two digits")),
    "mdy-short": ("%m/%d/%y", say("month/day/year, two digits")),
    "my": ("%m/%Y", say("month/year")),
    "my-dots": ("%m.%Y", say("month.year")),
    "ym": ("%Y-%m", say("year-month")),
    "y": ("%Y", say("a year alone")),
}
"""How days may be written, in the same way."""


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """One column of theirs; ``column`` is the one of ours that it was chosen to be (empty: it is left out)."""

    header: str
    examples: tuple[str, ...]
    guess: str
    why: str
    sure: bool
    column: str
    split: str = ""
    date_format: str = ""
    split_guess: str = ""
    date_guess: str = ""


@dataclass(frozen=True, slots=True)
class DraftTable:
    """One table. ``own`` says that its file explains itself, so there is nothing to choose.

    ``blocks`` is a mapping that the menus cannot show (people by people), to be taken as it is.
    """

    file: str
    sheet: str
    shape: str
    why: str
    total: int
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[DraftColumn, ...] = ()
    network: str = ""
    encoding: str = ""
    blocks: str = ""
    own: str = ""
    take: bool = True
    guessed: str = ""  # the kind that it looked like

    @property
    def kind(self) -> str:
        """What kind of table it is taken for: a shape, or :data:`PEOPLE_BY_PEOPLE`."""
        return PEOPLE_BY_PEOPLE if self.blocks else self.shape

    @property
    def place(self) -> str:
        """File, and sheet where there is one."""
        return say("{file}, sheet {sheet}", file=self.file, sheet=self.sheet) if self.sheet else self.file

    def menu(self) -> dict[str, Column]:
        """The columns of ours that a column of theirs can be chosen to be."""
        return {column.name: column for column in shape(self.shape).columns}


def wants(table: DraftTable, column: str) -> str:
    """What else has to be said of a column of ours: ``split`` (several values), ``date``, or nothing."""
    declared = table.menu().get(column)
    if declared is None:
        return ""
    if declared.several or declared.listed:
        return "split"
    return "date" if declared.property.type is PropertyType.DATE else ""


def chosen(table: DraftTable, key: str, form: Mapping[str, str]) -> DraftTable:
    """The table with what was chosen in a form; fields that are not there leave what they are about as it was."""
    if f"shown-{key}" not in form:
        return table
    columns = tuple(_column(table, one, f"{key}-{i}", form) for i, one in enumerate(table.columns))
    network = " ".join(form.get(f"network-{key}", table.network).split())[:200]
    return replace(table, columns=columns, network=network, take=f"take-{key}" in form)


def _column(table: DraftTable, one: DraftColumn, key: str, form: Mapping[str, str]) -> DraftColumn:
    column = form.get(f"column-{key}", one.column)
    if column and column not in table.menu() and not (table.shape == "roster" and column in PARTS):
        column = one.column
    split, date_format = "", ""
    if wants(table, column) == "split":
        asked = form.get(f"split-{key}", "")
        split = MARKS[asked][0] if asked in MARKS else one.split_guess
    elif wants(table, column) == "date":
        asked = form.get(f"date-{key}", "guess")
        date_format = DATES[asked][0] if asked in DATES else one.date_guess
    return replace(one, column=column, split=split, date_format=date_format)


def restored(kept: Mapping[str, Any]) -> DraftTable:
    """A table from what ``dataclasses.asdict`` and JSON made of it."""
    columns = tuple(DraftColumn(**{**one, "examples": tuple(one["examples"])}) for one in kept["columns"])
    rows = tuple(tuple(row) for row in kept["rows"])
    return DraftTable(**{**kept, "header": tuple(kept["header"]), "rows": rows, "columns": columns})
