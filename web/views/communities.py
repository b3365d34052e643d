"""Communities: which are there, what is one of them, and how do they compare with what is declared?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from netofnets.desk.rename import name_community
from netofnets.errors import StoreError
from netofnets.schema.records import Decision
from netofnets.schema.topics import COMMUNITY_NAME
from netofnets.services.groups.community import community_page
from netofnets.services.groups.compare import comparison_page
from netofnets.services.groups.listing import community_list
from netofnets.services.refs import path_of
from web.actions import Action, Order
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Text, Whole
from web.stores import opened_store

__all__ = ["COMMUNITIES", "COMMUNITY", "COMPARISON", "NAME_COMMUNITY"]


def _list(ask: Ask) -> Mapping[str, Any]:
    return {"list": community_list(ask.published, ask.viewer, **page_of(ask))}


def _one(ask: Ask) -> Mapping[str, Any]:
    page = community_page(ask.published, ask.viewer, ask.id, limit=int(ask.values["limit"]))
    return {"page": page, "decided": _decided(ask.id) if ask.viewer.sees_people and not ask.viewer.as_of_run else None}


def _decided(community: str) -> Decision | None:
    """What was last decided about the name, published or not; None when nothing was, or the store is not there."""
    try:
        with opened_store() as store:
            log = store.decisions(COMMUNITY_NAME)
    except StoreError:
        g.kept_by_nobody = True
        return None
    return next((one for one in reversed(log) if one.subjects[:1] == (community,)), None)


def _name(order: Order) -> str:
    asked = order.values
    made = name_community(order.store, order.published, order.id, asked["name"], who=asked["who"], why=asked["why"])
    called = f"is called {made.value}" if made.value else "goes by its description again"
    return f"Recorded: community {made.subjects[0]} {called}. It shows everywhere from the next publication on."


def _compared(ask: Ask) -> Mapping[str, Any]:
    return {"page": comparison_page(ask.published, ask.viewer, against=ask.values["with"])}


COMMUNITIES = Page(
    "communities",
    "/communities",
    "communities.html",
    _list,
    params=(Whole("limit", 10, 2000, 50), PAGE),
    alike=True,
    truncated=lambda facts: facts["list"].paged.pages > 1,
)
COMPARISON = Page(
    "comparison", "/communities/compare", "comparison.html", _compared, params=(Text("with", longest=80),), alike=True
)
COMMUNITY = Page(
    "community",
    path_of("communities", "<id>"),
    "community.html",
    _one,
    params=(Whole("limit", 10, 2000, 30),),
    of_store=True,
    alike=True,
)
NAME_COMMUNITY = Action(
    "name_community",
    path_of("communities", "<id>") + "/name",
    COMMUNITY,
    (Text("name", longest=200), Text("who", longest=200), Text("why", longest=600)),
    _name,
)
