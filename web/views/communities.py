"""Communities: which are there, what is one of them, and how do they compare with what is declared?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.groups.community import community_page
from netofnets.services.groups.compare import comparison_page
from netofnets.services.groups.listing import community_list
from netofnets.services.refs import path_of
from web.pages import Ask, Page
from web.params import Text, Whole

__all__ = ["COMMUNITIES", "COMMUNITY", "COMPARISON"]


def _list(ask: Ask) -> Mapping[str, Any]:
    return {"list": community_list(ask.published, ask.viewer, limit=int(ask.values["limit"]))}


def _one(ask: Ask) -> Mapping[str, Any]:
    return {"page": community_page(ask.published, ask.viewer, ask.id, limit=int(ask.values["limit"]))}


def _compared(ask: Ask) -> Mapping[str, Any]:
    return {"page": comparison_page(ask.published, ask.viewer, against=ask.values["with"])}


COMMUNITIES = Page("communities", "/communities", "communities.html", _list, params=(Whole("limit", 10, 2000, 50),))
COMPARISON = Page(
    "comparison", "/communities/compare", "comparison.html", _compared, params=(Text("with", longest=80),)
)
COMMUNITY = Page(
    "community", path_of("communities", "<id>"), "community.html", _one, params=(Whole("limit", 10, 2000, 30),)
)
