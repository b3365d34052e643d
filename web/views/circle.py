"""My networks: the people whom a signed-in reader is shown because of networks of their own, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.person.circle import circle_page, known_person
from netofnets.services.refs import path_of
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Text, Whole

__all__ = ["CIRCLE", "KNOWN"]


def _circle(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    page = circle_page(ask.published, ask.viewer, network=values["network"], text=values["q"], **page_of(ask))
    return {"page": page}


def _known(ask: Ask) -> Mapping[str, Any]:
    return {"person": known_person(ask.published, ask.viewer, ask.id)}


CIRCLE = Page(
    "circle",
    "/circle",
    "circle.html",
    _circle,
    params=(Text("q"), Text("network", 40), Whole("limit", 10, 1000, 50), PAGE),
    personal=True,
    truncated=lambda facts: facts["page"].total > len(facts["page"].rows),
)

KNOWN = Page("known", path_of("circle", "<id>"), "known.html", _known, personal=True)
