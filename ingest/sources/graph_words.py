"""What the kinds of nodes and edges are called in other programs, and which ends each of our relationships joins."""

from __future__ import annotations

import re

from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS

__all__ = ["KIND_ATTRIBUTES", "RELATIONS", "kind_of_word", "relations_of_word"]

KIND_ATTRIBUTES = ("kind", "type", "element type", "node_type", "nodetype", "node type", "category", "labels")
"""Attributes that say what a node is, the surest first."""

_WORDS = {
    "leaders": "person people leader teacher individual member human actor contact user educator persona lehrkraft",
    "networks": "network group community association circle team chapter cohort coalition netzwerk gruppe red reseau",
    "organizations": "organization organisation org school district university college partner company institution "
    "foundation agency ngo organizacion schule escuela ecole",
    "interests": "interest topic subject tag theme skill keyword thema tema",
    "credentials": "credential microcredential micro-credential badge certificate zertifikat certificado certificat",
    "activities": "activity event workshop meeting conference project-event veranstaltung evento",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()} | {k.name: k.name for k in NODE_KINDS}

# What an edge is when only its ends are known; of several for one pair of kinds the first is meant.
_BY_ENDS = (
    "memberships", "affiliations", "collaborations", "partnerships", "participations", "leader_interests",
    "network_focuses", "organization_focuses", "network_parts", "related_interests", "broader_interests",
    "leader_credentials", "credential_issuers",
)  # fmt: skip


def _relations() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    ends = {kind.name: (kind.source, kind.target) for kind in RELATIONSHIP_KINDS}
    for name in _BY_ENDS:
        found[ends[name]] = (*found.get(ends[name], ()), name)
    return found


RELATIONS = _relations()
"""Our relationships by the kinds of their two ends."""


def kind_of_word(word: str) -> str:
    """Our kind of node for a word such as ``Person`` or ``Schools``; empty when it is none of ours."""
    folded = word.strip().strip(":").casefold()
    return _KINDS.get(folded) or _KINDS.get(folded.removesuffix("s")) or ""


def relations_of_word(word: str) -> tuple[str, ...]:
    """Our relationships for a word such as ``MEMBER_OF`` or ``Focuses on``; none when it is none of ours."""
    folded = re.sub(r"[^a-z]+", "_", word.casefold()).strip("_")
    return tuple(kind.name for kind in RELATIONSHIP_KINDS if folded in (kind.name, kind.type.lower()))
