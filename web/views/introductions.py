"""Introductions: who of different networks should meet?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.analysis.introductions import MODES
from netofnets.services.networks.introductions import introductions_report
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Choice, Text, Whole

__all__ = ["INTRODUCTIONS"]

_DEFAULT = "balanced"


def _answer(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    network, other = values["network"], values["and"]
    report = introductions_report(
        ask.published,
        ask.viewer,
        mode=values["mode"],
        network=network or other,
        other=other if network and other != network else "",
        **page_of(ask),
    )
    return {"report": report}


INTRODUCTIONS = Page(
    "introductions",
    "/introductions",
    "introductions.html",
    _answer,
    params=(
        Choice("mode", (_DEFAULT, *(mode for mode in MODES if mode != _DEFAULT))),
        Text("network", longest=64),
        Text("and", longest=64),
        Whole("limit", 5, 300, 30),
        PAGE,
    ),
    alike=True,
    truncated=lambda facts: facts["report"].total > len(facts["report"].rows),
)
