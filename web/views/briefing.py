"""Briefings: what can I take into a meeting, or send?"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app

from netofnets.services.briefing import briefing, network_briefing
from netofnets.services.map.overview import overview, surroundings
from netofnets.services.refs import path_of
from web.pages import Ask, Page
from web.params import Choice

__all__ = ["BRIEFING", "NETWORK_BRIEFING", "SHEETS"]

SHEETS = ("tokens", "base", "layout", "components", "map", "print", "briefing")
"""The style sheets of a briefing, in their order."""
_FORM = Choice("form", ("page", "file"))


def _whole(ask: Ask) -> Mapping[str, Any]:
    told = briefing(ask.published, ask.viewer, datetime.now(UTC).date())
    return {"briefing": told, "picture": overview(ask.published, ask.viewer).scene, "part": "", **_file(ask)}


def _of_network(ask: Ask) -> Mapping[str, Any]:
    told = network_briefing(ask.published, ask.viewer, ask.id)
    picture, part = surroundings(ask.published, ask.viewer, ask.id)
    return {"briefing": told, "picture": picture, "part": part, **_file(ask)}


def _file(ask: Ask) -> Mapping[str, Any]:
    """The day, and what a page that stands alone carries along: its style sheets as addresses that hold them."""
    alone = ask.values["form"] == "file"
    return {
        "chosen": ask.id,
        "day": datetime.now(UTC).date().isoformat(),
        "sheets": [_carried(name) for name in SHEETS] if alone else [],
    }


def _carried(sheet: str) -> str:
    text = (Path(str(current_app.static_folder)) / "css" / f"{sheet}.css").read_bytes()
    return f"data:text/css;base64,{base64.b64encode(text).decode()}"


def _twin(_ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"briefing": facts["briefing"], "day": facts["day"]}


BRIEFING = Page("briefing", "/briefing", "briefing.html", _whole, params=(_FORM,), shape=_twin, daily=True, alike=True)
NETWORK_BRIEFING = Page(
    "network_briefing",
    path_of("networks", "<id>") + "/briefing",
    "briefing.html",
    _of_network,
    params=(_FORM,),
    shape=_twin,
    daily=True,
    alike=True,
)
