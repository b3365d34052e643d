"""Paths: how do I reach somebody?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.person.paths import paths
from web.pages import Ask, Page
from web.params import Text

__all__ = ["PATHS"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    asked = ask.values
    return {"answer": paths(ask.published, ask.viewer, asked["from"], asked["to"], without=asked["without"])}


PATHS = Page(
    "paths",
    "/paths",
    "paths.html",
    _answer,
    params=tuple(Text(name, longest=120) for name in ("from", "to", "without")),
    truncated=lambda facts: facts["answer"].truncated,
)
