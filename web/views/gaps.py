"""Gaps: which networks should meet, and who could begin?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.networks.gaps import gaps_report
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Text, Whole

__all__ = ["GAPS"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    report = gaps_report(ask.published, ask.viewer, network=ask.values["network"], **page_of(ask))
    return {"report": report}


GAPS = Page(
    "gaps",
    "/gaps",
    "gaps.html",
    _answer,
    params=(Text("network", longest=64), Whole("limit", 5, 200, 20), PAGE),
    truncated=lambda facts: facts["report"].paged.pages > 1,
)
