"""Focus maps: what is around a leader, and what is between two networks?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.map.focus_map import FocusMap, leader_focus, networks_focus, to_vis
from netofnets.services.map.rows import rows
from netofnets.services.person.profile import leader_profile
from netofnets.services.refs import path_of
from web.pages import Ask, Moved, Page
from web.params import Text

__all__ = ["LEADER_MAP", "NETWORKS_MAP"]


def _of_leader(ask: Ask) -> Mapping[str, Any]:
    profile = leader_profile(ask.published, ask.viewer, ask.id)
    if profile.moved:
        raise Moved(profile.leader.id)
    return _facts(leader_focus(ask.published, ask.viewer, profile.leader.id), profile.leader.id)


def _of_networks(ask: Ask) -> Mapping[str, Any]:
    return _facts(networks_focus(ask.published, ask.viewer, ask.values["first"], ask.values["second"]), "")


def _facts(focus: FocusMap, centre: str) -> Mapping[str, Any]:
    return {"focus": focus, "rows": rows(focus.scene), "centre": centre}


def _cut(facts: Mapping[str, Any]) -> bool:
    return bool(facts["focus"].scene.note)  # it says what is not drawn


def _shape(ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts, and what vis-network needs to draw them."""
    return {**facts, "vis": to_vis(facts["focus"].scene)}


LEADER_MAP = Page(
    "leader_map", path_of("leaders", "<id>") + "/map", "focus.html", _of_leader, shape=_shape, truncated=_cut
)
NETWORKS_MAP = Page(
    "networks_map",
    "/overlap/map",
    "focus.html",
    _of_networks,
    params=(Text("first", longest=64), Text("second", longest=64)),
    shape=_shape,
    truncated=_cut,
)
