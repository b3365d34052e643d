"""Search: who else works on what I care about?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.schema.modes import MODE_NAMES
from netofnets.services.find.search import Filters, search
from web.pages import Ask, Page
from web.params import Choice, Text, Whole

__all__ = ["SEARCH"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    filters = Filters(
        interest=values["interest"],
        network=values["network"],
        region=values["region"],
        country=values["country"],
        mode=values["mode"],
    )
    return {"answer": search(ask.published, ask.viewer, values["q"], filters, limit=int(values["limit"]))}


SEARCH = Page(
    "search",
    "/search",
    "search.html",
    _answer,
    params=(
        Text("q"),
        Text("interest", longest=64),
        Text("network", longest=64),
        Text("region", longest=200),
        Text("country", longest=200),
        Choice("mode", ("", *MODE_NAMES)),
        Whole("limit", 10, 100, 30),
    ),
)
