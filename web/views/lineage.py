"""Lineage: whom did this leader bring in, and how far did it spread?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.person.lineage import lineage_page
from netofnets.services.refs import path_of
from web.pages import Ask, Page

__all__ = ["LINEAGE"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {"page": lineage_page(ask.published, ask.viewer, ask.id)}


LINEAGE = Page("lineage", path_of("leaders", "<id>") + "/lineage", "lineage.html", _answer)
