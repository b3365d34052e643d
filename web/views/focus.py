"""Focus maps: what is around a leader or an interest, between two networks, and on the way to somebody?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.map.focus_map import (
    FocusMap,
    interest_focus,
    leader_focus,
    networks_focus,
    paths_focus,
    to_vis,
)
from netofnets.services.map.rows import rows
from netofnets.services.person.profile import leader_profile
from netofnets.services.refs import path_of
from web.pages import Ask, Moved, Page
from web.params import Choice, Text
from web.views.paths import PATHS

__all__ = ["INTEREST_MAP", "LEADER_MAP", "NETWORKS_MAP", "PATHS_MAP"]


def _of_leader(ask: Ask) -> Mapping[str, Any]:
    profile = leader_profile(ask.published, ask.viewer, ask.id)
    if profile.moved:
        raise Moved(profile.leader.id)
    return _facts(leader_focus(ask.published, ask.viewer, profile.leader.id), profile.leader.id)


def _of_networks(ask: Ask) -> Mapping[str, Any]:
    ends = ask.values["first"], ask.values["second"]
    return _facts(networks_focus(ask.published, ask.viewer, *ends), "", *ends)


def _of_interest(ask: Ask) -> Mapping[str, Any]:
    return _facts(interest_focus(ask.published, ask.viewer, ask.id), ask.id)


def _of_paths(ask: Ask) -> Mapping[str, Any]:
    asked = ask.values
    focus = paths_focus(ask.published, ask.viewer, asked["from"], asked["to"], without=asked["without"])
    # Of ways past somebody there is no file: it could not say whom they lead past.
    return _facts(focus, "", *([] if asked["without"] else [n.id for n in focus.scene.nodes if n.group == "end"]))


def _facts(focus: FocusMap, centre: str, *ends: str) -> Mapping[str, Any]:
    """``about``: the ids that name the same map again."""
    return {"focus": focus, "rows": rows(focus.scene), "centre": centre, "about": ends or ((centre,) if centre else ())}


def _cut(facts: Mapping[str, Any]) -> bool:
    return bool(facts["focus"].scene.note)  # it says what is not drawn


def _shape(ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts, and what vis-network needs to draw them; for the script only what it draws."""
    told = {"focus": facts["focus"]} if ask.values["part"] == "map" else facts
    return {**told, "vis": to_vis(facts["focus"].scene)}


_PART = Choice("part", ("all", "map"))


LEADER_MAP = Page(
    "leader_map",
    path_of("leaders", "<id>") + "/map",
    "focus.html",
    _of_leader,
    params=(_PART,),
    shape=_shape,
    truncated=_cut,
)
NETWORKS_MAP = Page(
    "networks_map",
    "/overlap/map",
    "focus.html",
    _of_networks,
    params=(Text("first", longest=64), Text("second", longest=64), _PART),
    shape=_shape,
    truncated=_cut,
)
INTEREST_MAP = Page(
    "interest_map",
    path_of("interests", "<id>") + "/map",
    "focus.html",
    _of_interest,
    params=(_PART,),
    shape=_shape,
    truncated=_cut,
)
PATHS_MAP = Page(
    "paths_map",
    "/paths/map",
    "focus.html",
    _of_paths,
    params=(*PATHS.params, _PART),
    shape=_shape,
    truncated=_cut,
)
