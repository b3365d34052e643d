"""Tables: what was computed, with which parameters, and how do I have it elsewhere?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.errors import SettingsError
from netofnets.language import said_by
from netofnets.services.chosen_rows import Condition
from netofnets.services.table_page import TablePage, table_page, tables_page
from web.cell_words import code_of
from web.downloads import GRAPH_FILES, MOST_PEOPLE
from web.pages import Ask, Page
from web.params import Whole
from web.table_choice import TABLE_CHOICE, condition_of

__all__ = ["TABLE", "TABLES"]


def _tables(ask: Ask) -> Mapping[str, Any]:
    return {"list": tables_page(ask.published, ask.viewer), "files": list(GRAPH_FILES), "most_people": MOST_PEOPLE}


def _table(ask: Ask) -> Mapping[str, Any]:
    """The table; a condition that it cannot meet is dropped, and said so."""
    try:
        where = [(column, how, code_of(value, column)) for column, how, value in condition_of(ask.values)]
        return {"table": _page(ask, where, ask.values["sort"]), "fault": ""}
    except SettingsError as error:
        return {"table": _page(ask, [], ""), "fault": said_by(error)}


def _page(ask: Ask, where: list[Condition], sort: str) -> TablePage:
    page = int(ask.values["page"])
    return table_page(ask.published, ask.viewer, ask.id, where=where, sort=sort, page=page)


TABLES = Page("tables", "/tables", "tables.html", _tables, alike=True)
TABLE = Page(
    "table",
    "/tables/<id>",
    "table.html",
    _table,
    params=(*TABLE_CHOICE, Whole("page", 1, 100_000, 1)),
    alike=True,
    truncated=lambda facts: facts["table"].pages > 1,
)
