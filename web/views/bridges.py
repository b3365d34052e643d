"""Bridges: who holds the networks together?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.networks.bridges import bridge_report
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Choice, Text, Whole

__all__ = ["BRIDGES"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    community = int(ask.values["community"])
    report = bridge_report(
        ask.published,
        ask.viewer,
        network=ask.values["network"],
        community=None if community < 0 else community,
        without_role=ask.values["without"],
        kind=ask.values["between"],
        cut=ask.values["cut"] == "yes",
        **page_of(ask),
    )
    return {"report": report}


BRIDGES = Page(
    "bridges",
    "/bridges",
    "bridges.html",
    _answer,
    params=(
        Text("network", longest=64),
        Whole("community", 0, 10**6, -1),
        Text("without"),
        Text("between"),
        Choice("cut", ("", "yes")),
        Whole("limit", 10, 500, 50),
        PAGE,
    ),
    alike=True,
    truncated=lambda facts: facts["report"].paged.pages > 1,
)
