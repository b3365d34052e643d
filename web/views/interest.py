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


def _cut(facts: Mapping[str, Any]) -> bool:
    page = facts["page"]
    listed = sum(network.network is not None for network in page.networks)
    return bool(page.left_out) or page.networks_total > listed or any(n.total > len(n.people) for n in page.networks)


INTEREST = Page("interest", path_of("interests", "<id>"), "interest.html", _answer, truncated=_cut)
