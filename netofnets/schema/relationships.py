"""THE declaration of relationships: every kind with its ends, how it reads both ways, and its properties."""

from __future__ import annotations

from netofnets.language import say
from netofnets.schema.model import Merge, Property, PropertyType, RelationshipKind
from netofnets.schema.modes import MODE_NAMES

__all__ = ["RELATIONSHIP_KINDS"]

_TEXT, _DATE = PropertyType.TEXT, PropertyType.DATE

_START = Property("start", _DATE, "First day, as far as the source says.")
_END = Property("end", _DATE, "Last day; empty while it lasts.")

_MEMBERSHIPS = RelationshipKind(
    "memberships",
    "MEMBER_OF",
    "leaders",
    "networks",
    "A leader belongs to a network, for a spell of time and in a role.",
    say("belongs to"),
    "members",
    (
        Property("role", _TEXT, "The role in the network, such as member or facilitator.", merge=Merge.JOINED),
        _START,
        _END,
    ),
    distinguishing=("start",),
)
_AFFILIATIONS = RelationshipKind(
    "affiliations",
    "AFFILIATED_WITH",
    "leaders",
    "organizations",
    "A leader works for or with an organization.",
    say("works with"),
    "people",
    (Property("role", _TEXT, "The role there.", merge=Merge.JOINED), _START, _END),
    distinguishing=("start",),
)
_LEADER_INTERESTS = RelationshipKind(
    "leader_interests",
    "INTERESTED_IN",
    "leaders",
    "interests",
    "A leader offers, seeks or practises something.",
    say("is interested in"),
    "interested leaders",
    (
        Property(
            "mode",
            _TEXT,
            "Whether the leader can help others with it, looks for help, or works on it.",
            choices=MODE_NAMES,
        ),
    ),
    distinguishing=("mode",),
)
_PARTNERSHIPS = RelationshipKind(
    "partnerships",
    "PARTNERS_WITH",
    "networks",
    "organizations",
    "A network and an organization support each other.",
    say("partners with"),
    "partner networks",
    (
        Property("role", _TEXT, "What the partner brings, such as funding or hosting.", merge=Merge.JOINED),
        _START,
        _END,
    ),
    distinguishing=("start",),
)
_NETWORK_FOCUSES = RelationshipKind(
    "network_focuses",
    "FOCUSES_ON",
    "networks",
    "interests",
    "A network works on an interest.",
    say("works on"),
    "networks working on it",
)
_ORGANIZATION_FOCUSES = RelationshipKind(
    "organization_focuses",
    "FOCUSES_ON",
    "organizations",
    "interests",
    "An organization works on an interest.",
    say("works on"),
    "organizations working on it",
)
_COLLABORATIONS = RelationshipKind(
    "collaborations",
    "COLLABORATES_WITH",
    "leaders",
    "leaders",
    "A leader has worked with another; the direction says who began (replied to, mentors, observed).",
    say("works with"),
    "worked with by",
    (
        Property("kind", _TEXT, "How they worked together, such as mentors, observed, co-led or replied."),
        Property("count", PropertyType.INTEGER, "How many times.", merge=Merge.LARGEST),
        Property("first", _DATE, "The first day it is known of.", merge=Merge.SMALLEST),
        Property("last", _DATE, "The last day it is known of.", merge=Merge.LARGEST),
    ),
    distinguishing=("kind",),
)
_NETWORK_PARTS = RelationshipKind(
    "network_parts",
    "PART_OF",
    "networks",
    "networks",
    "A network is a part (chapter, cohort, group) of another.",
    say("is part of"),
    "parts",
)
_PARTICIPATIONS = RelationshipKind(
    "participations",
    "TOOK_PART_IN",
    "leaders",
    "activities",
    "A leader took part in an activity.",
    say("took part in"),
    "participants",
    (Property("role", _TEXT, "The part taken, such as led or attended.", merge=Merge.JOINED),),
)
_LEADER_CREDENTIALS = RelationshipKind(
    "leader_credentials",
    "HOLDS",
    "leaders",
    "credentials",
    "A leader holds a credential, from the day it was earned until it expires.",
    say("holds"),
    "held by",
    (
        Property("start", _DATE, "The day it was earned, as far as the source says."),
        Property("end", _DATE, "The last day that it is valid; empty when it does not expire."),
    ),
    distinguishing=("start",),
)
_CREDENTIAL_ISSUERS = RelationshipKind(
    "credential_issuers",
    "ISSUED_BY",
    "credentials",
    "organizations",
    "An organization issues a credential and stands for it.",
    say("is issued by"),
    "issues",
)
_BROADER = RelationshipKind(
    "broader_interests",
    "BROADER",
    "interests",
    "interests",
    "The second interest is the wider one.",
    say("is part of the wider"),
    "includes",
)
_RELATED = RelationshipKind(
    "related_interests",
    "RELATED",
    "interests",
    "interests",
    "Two interests that are often meant together.",
    say("is close to"),
    "is close to",
)

RELATIONSHIP_KINDS: tuple[RelationshipKind, ...] = (
    _MEMBERSHIPS,
    _AFFILIATIONS,
    _LEADER_INTERESTS,
    _PARTNERSHIPS,
    _NETWORK_FOCUSES,
    _ORGANIZATION_FOCUSES,
    _COLLABORATIONS,
    _NETWORK_PARTS,
    _PARTICIPATIONS,
    _BROADER,
    _RELATED,
    _LEADER_CREDENTIALS,
    _CREDENTIAL_ISSUERS,
)
