"""Overlap: which networks share people, more than chance would make them, and which stand alone?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.analysis.layers import NAMES
from netofnets.services.networks.overlap import overlap_report
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Choice, Text, Whole

__all__ = ["OVERLAP"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    report = overlap_report(
        ask.published,
        ask.viewer,
        network=values["network"],
        validated_only=values["show"] == "validated",
        layer=values["layer"],
        islands_page=int(values["alone"]),
        **page_of(ask),
    )
    return {"report": report}


OVERLAP = Page(
    "overlap",
    "/overlap",
    "overlap.html",
    _answer,
    params=(
        Text("network", longest=64),
        Choice("layer", tuple(NAMES)),
        Choice("show", ("all", "validated")),
        Whole("limit", 10, 1000, 50),
        PAGE,
        Whole("alone", 1, 1_000_000, 1),  # of the networks without an overlap
    ),
    alike=True,
    truncated=lambda facts: max(facts["report"].paged.pages, facts["report"].islands_paged.pages) > 1,
)
