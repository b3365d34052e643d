"""What if: what would change between networks if she stepped back, these two met, these networks joined?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.networks.what_if import what_if
from web.pages import Ask, Page
from web.params import Text

__all__ = ["WHAT_IF"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    asked = ask.values
    answer = what_if(
        ask.published,
        ask.viewer,
        without=asked["without"],
        meet=(asked["meet"], asked["with"]),
        join=(asked["join"], asked["and"]),
    )
    return {"answer": answer}


WHAT_IF = Page(
    "what_if",
    "/what-if",
    "what_if.html",
    _answer,
    params=tuple(Text(name, longest=120) for name in ("without", "meet", "with", "join", "and")),
    alike=True,
    truncated=lambda facts: facts["answer"].truncated,
)
