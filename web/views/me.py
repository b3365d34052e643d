"""The reader: which one am I, what are my networks, whom do I reach, and whom should I meet?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.person.me import me_page
from web.pages import Ask, Page
from web.params import Text
from web.reader import PATH

__all__ = ["ME"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {"page": me_page(ask.published, ask.viewer, ask.values["q"])}


ME = Page("me", PATH, "me.html", _answer, params=(Text("q"),))
