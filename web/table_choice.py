"""Which rows of a table, and in which order: as the page, its twin and its files take it from an address."""

from __future__ import annotations

from collections.abc import Mapping

from netofnets.services.chosen_rows import HOWS, Condition
from web.params import Choice, Param, Text

__all__ = ["TABLE_CHOICE", "condition_of"]

TABLE_CHOICE: tuple[Param, ...] = (
    Text("column", longest=40),
    Choice("how", HOWS),
    Text("value", longest=80),
    Text("sort", longest=40),
)


def condition_of(values: Mapping[str, str]) -> list[Condition]:
    """The one condition that an address can state."""
    return [(values["column"], values["how"], values["value"])] if values["column"] and values["value"] else []
