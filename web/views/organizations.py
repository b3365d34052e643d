"""Organizations: who supports which networks, and where does a partner stand between two?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.services.networks.partners import organization_page, organizations_list
from netofnets.services.refs import path_of
from web.pages import Ask, Page

__all__ = ["ORGANIZATION", "ORGANIZATIONS"]


def _list(ask: Ask) -> Mapping[str, Any]:
    return {"list": organizations_list(ask.published, ask.viewer)}


def _one(ask: Ask) -> Mapping[str, Any]:
    return {"page": organization_page(ask.published, ask.viewer, ask.id)}


def _cut(facts: Mapping[str, Any]) -> bool:
    page = facts["page"]
    return bool(page.left_out) or page.apart_total > len(page.apart) or page.people_total > len(page.people)


ORGANIZATIONS = Page("organizations", "/organizations", "organizations.html", _list)
ORGANIZATION = Page("organization", path_of("organizations", "<id>"), "organization.html", _one, truncated=_cut)
