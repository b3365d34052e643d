"""The front page: what is this, and what can I do here?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from netofnets.services.front import welcome
from netofnets.services.map.overview import overview
from netofnets.services.week import this_week
from web.pages import Ask, Page

__all__ = ["FRONT"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {
        "welcome": welcome(ask.published, ask.viewer),
        "week": this_week(ask.published, ask.viewer, datetime.now(UTC).date()),
        "picture": overview(ask.published, ask.viewer),
    }


FRONT = Page("front", "/", "front.html", _answer, daily=True, alike=True)
