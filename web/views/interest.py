"""An interest: who offers, seeks or practises it, and in which networks?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.find.interest import interest_page
from netofnets.services.refs import path_of
from web.pages import Ask, Page

__all__ = ["INTEREST"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    return {"page": interest_page(ask.published, ask.viewer, ask.id)}


INTEREST = Page("interest", path_of("interests", "<id>"), "interest.html", _answer)
