"""Convene: which few people together know nearly every network?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.analysis.convene import COVERS, MOST
from netofnets.services.networks.convene import convene_page
from web.pages import Ask, Page
from web.params import Choice, Whole

__all__ = ["CONVENE"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {"page": convene_page(ask.published, ask.viewer, k=int(ask.values["k"]), cover=ask.values["cover"])}


CONVENE = Page(
    "convene",
    "/convene",
    "convene.html",
    _answer,
    params=(Whole("k", 1, MOST, 6), Choice("cover", COVERS)),
    alike=True,
    truncated=lambda facts: facts["page"].truncated,
)
