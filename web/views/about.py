"""About: what do the numbers mean, where do the facts come from, and what is shown to whom?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.graph.group_counts import LEAST
from netofnets.services.front import welcome
from netofnets.services.measures import measures_page
from web.pages import Ask, Page

__all__ = ["ABOUT"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    edition = ask.viewer.edition(ask.published)
    return {
        "measures": measures_page(ask.published, ask.viewer),
        "welcome": welcome(ask.published, ask.viewer),
        "content_hash": edition.content_hash,
        "least_group": max(ask.viewer.k, LEAST.get(ask.viewer.audience, 0)),
        "versions": ask.published.manifest["versions"],
    }


ABOUT = Page("about", "/about", "about.html", _answer, alike=True)
