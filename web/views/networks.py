"""Networks: which are there, and how does one of them stand?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.networks.network import network_page, networks_list
from netofnets.services.refs import path_of
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Text, Whole

__all__ = ["NETWORK", "NETWORKS"]


def _list(ask: Ask) -> Mapping[str, Any]:
    return {"list": networks_list(ask.published, ask.viewer, text=ask.values["q"], **page_of(ask))}


def _one(ask: Ask) -> Mapping[str, Any]:
    page = network_page(ask.published, ask.viewer, ask.id, **page_of(ask))
    return {"page": page}


NETWORKS = Page(
    "networks",
    "/networks",
    "networks.html",
    _list,
    params=(Text("q"), Whole("limit", 10, 10_000, 50), PAGE),
    alike=True,
    truncated=lambda facts: facts["list"].paged.pages > 1,
)


def _cut(facts: Mapping[str, Any]) -> bool:
    page = facts["page"]
    return bool(page.left_out) or page.members_total > len(page.members)


NETWORK = Page(
    "network",
    path_of("networks", "<id>"),
    "network.html",
    _one,
    params=(Whole("limit", 20, 2000, 100), PAGE),
    alike=True,
    truncated=_cut,
)
