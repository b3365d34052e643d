"""Organizations: who supports which networks, and where does a partner stand between two?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.networks.partners import organization_page, organizations_list
from netofnets.services.refs import path_of
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Text, Whole

__all__ = ["ORGANIZATION", "ORGANIZATIONS"]


def _list(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    found = organizations_list(
        ask.published, ask.viewer, text=values["q"], without_page=int(values["without"]), **page_of(ask)
    )
    return {"list": found}


def _one(ask: Ask) -> Mapping[str, Any]:
    return {"page": organization_page(ask.published, ask.viewer, ask.id)}


def _cut(facts: Mapping[str, Any]) -> bool:
    page = facts["page"]
    return bool(page.left_out) or page.apart_total > len(page.apart) or page.people_total > len(page.people)


ORGANIZATIONS = Page(
    "organizations",
    "/organizations",
    "organizations.html",
    _list,
    params=(Text("q"), Whole("limit", 10, 10_000, 50), PAGE, Whole("without", 1, 1_000_000, 1)),
    alike=True,
    truncated=lambda facts: max(facts["list"].paged.pages, facts["list"].without_paged.pages) > 1,
)
ORGANIZATION = Page(
    "organization", path_of("organizations", "<id>"), "organization.html", _one, alike=True, truncated=_cut
)
