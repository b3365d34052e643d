"""The front page: what is this, and what can I do here?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.front import welcome
from netofnets.services.map.atlas import networks_scene, people_scene
from web.pages import Ask, Page

__all__ = ["FRONT"]

_MOST_PEOPLE = 3000  # with more, the small picture shows the networks only


def _answer(ask: Ask) -> Mapping[str, Any]:
    greeting = welcome(ask.published, ask.viewer)
    scene = people_scene if 0 < greeting.counts.leaders <= _MOST_PEOPLE else networks_scene
    return {"welcome": greeting, "picture": scene(ask.published, ask.viewer, colour="community")}


FRONT = Page("front", "/", "front.html", _answer)
