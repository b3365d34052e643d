"""Search: who else works on what I care about?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.find.filters import FILTERS, Filters
from netofnets.services.find.search import search
from web.pages import Ask, Page
from web.paging import PAGE
from web.params import Text, Whole

__all__ = ["SEARCH"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    filters = Filters(**{f.name: ask.values[f.name] for f in FILTERS})
    limit, page = int(ask.values["limit"]), int(ask.values["page"])
    return {"answer": search(ask.published, ask.viewer, ask.values["q"], filters, limit, page)}


SEARCH = Page(
    "search",
    "/search",
    "search.html",
    _answer,
    params=(Text("q"), *(Text(f.name) for f in FILTERS), Whole("limit", 10, 100, 30), PAGE),
    truncated=lambda facts: facts["answer"].people_total > len(facts["answer"].people),
)
