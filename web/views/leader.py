"""A leader: who is this, what do we know and from where, and whom should this person meet?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.errors import NotFound
from netofnets.services.map.focus_map import leader_focus
from netofnets.services.person.circle import is_known
from netofnets.services.person.profile import leader_profile
from netofnets.services.refs import path_of
from web.pages import Ask, Moved, Page

__all__ = ["LEADER"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    known = is_known(ask.published, ask.viewer, ask.id)
    try:
        profile = leader_profile(ask.published, ask.viewer, ask.id)
    except NotFound:
        if known:
            raise Moved(ask.id, "known") from None
        raise
    if profile.moved:
        raise Moved(profile.leader.id)
    focus = leader_focus(ask.published, ask.viewer, profile.leader.id)
    return {"profile": profile, "focus": focus, "known": known}


LEADER = Page(
    "leader",
    path_of("leaders", "<id>"),
    "leader.html",
    _answer,
    personal=True,
    truncated=lambda facts: bool(facts["profile"].left_out),
)
