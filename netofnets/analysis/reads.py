"""What each measure reads of a snapshot: it is handed this and nothing else, and is computed anew when this changes.

Names are those of :data:`netofnets.graph.view.ENDS`. What is missing here raises where it is read
(:class:`netofnets.graph.view.Undeclared`), so a forgotten line cannot give an answer that is out of date. The tables of
a measure's ``needs`` and its parameters count beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.graph.view import ENDS
from netofnets.schema.purposes import SCORES, SUGGESTIONS
from netofnets.schema.topics import COMMUNITY_NAME, INTRODUCTION

__all__ = ["AFFILIATION", "reads_of"]

_MEMBERS = (f"memberships.{ENDS}",)
_PARTS = (f"network_parts.{ENDS}",)
_TIES = (f"collaborations.{ENDS}", "collaborations.count")
_INTERESTS = (f"leader_interests.{ENDS}",)
_PARTNERS = (f"partnerships.{ENDS}",)
_EMPLOYERS = (f"affiliations.{ENDS}",)
_FOCUSES = (f"network_focuses.{ENDS}",)
_PEOPLE, _NETWORKS = ("leaders.id",), ("networks.id",)
_NAMED_NETWORKS = (*_NETWORKS, "networks.name")
_NAMED_PARTNERS = ("organizations.id", "organizations.name")
_WITHOUT_SUGGESTIONS = ("leaders.connect", f"marks.{SUGGESTIONS}")
AFFILIATION = (*_MEMBERS, *_TIES)
"""What the affiliation graph (:mod:`netofnets.analysis.affiliation`) is made of."""
_DECLARED_GROUPS = (
    "leaders.region",
    *_NAMED_NETWORKS,
    "networks.kind",
    *_NAMED_PARTNERS,
    "organizations.kind",
    *_EMPLOYERS,
)

_READS: Mapping[str, tuple[str, ...]] = {
    "overlap": (*_NETWORKS, *_MEMBERS, *_PARTS),
    "layers": (
        *(*_NETWORKS, *_MEMBERS, *_PARTS, *_TIES),
        *("leaders.school", *_EMPLOYERS, *_INTERESTS, *_FOCUSES, *_PARTNERS),
    ),
    "islands": (*_NETWORKS, *_MEMBERS, *_PARTS, *_TIES),
    "gaps": (
        *(*_NAMED_NETWORKS, *_MEMBERS, *_PARTS, *_TIES),
        *("organizations.name", "interests.name", *_INTERESTS, *_FOCUSES, *_PARTNERS),
    ),
    "dependence": (*_PEOPLE, *_NETWORKS, *_MEMBERS, *_PARTS, *_PARTNERS),
    "blocks": (*_NETWORKS, *_MEMBERS, *_PARTS),
    "resolution_profile": AFFILIATION,
    "divisions": (*_PEOPLE, *_NETWORKS, *AFFILIATION),
    "communities": (*_PEOPLE, *_NETWORKS, *AFFILIATION),
    "community_shares": (*_PEOPLE, *_NETWORKS, *AFFILIATION),
    "community_terms": (
        *("leaders.region", *_NAMED_NETWORKS, *_MEMBERS),
        *("interests.id", "interests.name", *_INTERESTS),
    ),
    "community_summary": ("leaders.name", *_NAMED_NETWORKS, *_MEMBERS, *_TIES[:1], f"decisions.{COMMUNITY_NAME}"),
    "community_methods": AFFILIATION,
    "comparison": (*AFFILIATION, *_DECLARED_GROUPS),
    "comparison_cells": (*AFFILIATION, *_DECLARED_GROUPS),
    "bridges": (*_PEOPLE, *_NAMED_NETWORKS, *AFFILIATION),
    "connectors": (
        *(*_PEOPLE, "leaders.name", *_NAMED_NETWORKS, "networks.kind"),
        *(*_MEMBERS, *_PARTS, *_TIES, "collaborations.kind"),
    ),
    "two_mode": (*_PEOPLE, *_MEMBERS, *_PARTS),
    "direct_ties": (*_PEOPLE, *_TIES),
    "roles": (*_PEOPLE, *_TIES),
    "convene": (*_PEOPLE, "networks.name", *_MEMBERS, *_PARTS, f"marks.{SUGGESTIONS}", f"marks.{SCORES}"),
    "partners": (*_NAMED_NETWORKS, *_NAMED_PARTNERS, *_MEMBERS, *_PARTS, *_TIES, *_EMPLOYERS, *_PARTNERS),
    "introductions": (
        *(*_PEOPLE, "leaders.name", "leaders.time_zone", "leaders.languages", *_WITHOUT_SUGGESTIONS),
        *(*_NAMED_NETWORKS, "interests.name", *_MEMBERS, *_PARTS, *_TIES, *_INTERESTS, "leader_interests.mode"),
        f"decisions.{INTRODUCTION}",
    ),
    "introduction_fairness": (
        *(*_PEOPLE, "leaders.region", *_WITHOUT_SUGGESTIONS, *_MEMBERS, *_EMPLOYERS),
        *("networks.kind", "organizations.kind"),
    ),
    "layout": (*_PEOPLE, *_NETWORKS, *_MEMBERS),
}


def reads_of(measure: str, settled: Mapping[str, Any]) -> frozenset[str]:
    """What a measure reads with these parameters."""
    return frozenset((*_READS[measure], *_asked_for(measure, settled)))


def _asked_for(measure: str, settled: Mapping[str, Any]) -> tuple[str, ...]:
    """What it reads with other parameters than the default ones."""
    if measure == "roles" and (by := str(settled["by"])) != "communities":
        grouped = (*_NAMED_NETWORKS, "networks.kind", *_MEMBERS)
        return grouped if by.startswith("networks") else (f"leaders.{by}",)
    if measure == "direct_ties" and settled["on"] != "ties":
        return _MEMBERS
    if measure == "connectors" and settled["without_role"]:
        return ("memberships.role",)
    if measure == "convene" and settled["cover"] != "networks":
        return _TIES
    return ()
