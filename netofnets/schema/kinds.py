"""THE declaration: every kind of node, each property with its sentence; relationships stand in ``relationships``."""

from __future__ import annotations

from netofnets.errors import SchemaError
from netofnets.schema.model import Kind, Merge, NodeKind, Property, PropertyType, RelationshipKind
from netofnets.schema.relationships import RELATIONSHIP_KINDS

__all__ = ["BY_NAME", "LEADERS", "NODE_KINDS", "RELATIONSHIP_KINDS", "kind", "node_kind", "relationship_kind"]

_TEXT, _TEXTS, _DATE = PropertyType.TEXT, PropertyType.TEXTS, PropertyType.DATE

_NAME_OF = "The name that people know it by."

LEADERS = NodeKind(
    "leaders",
    "Leader",
    "A teacher leader: a person who leads among teachers, in one network or in several.",
    (
        Property("name", _TEXT, "The person's name as the source writes it.", required=True, searched=1.0),
        Property(
            "email", PropertyType.EMAIL, "Contact address; only organizers ever see it.", private=True, indexed=True
        ),
        Property("job", _TEXT, "What the person does at work, such as classroom teacher or librarian.", searched=0.6),
        Property("grades", _TEXT, "The ages or grades that the person works with.", searched=0.6),
        Property("experience", _TEXT, "Years in education, as the source groups them."),
        Property("school", _TEXT, "The school or workplace, in the source's words.", searched=0.8),
        Property("place", _TEXT, "Town, state or province.", searched=0.7),
        Property("region", _TEXT, "A larger region, in the source's words.", indexed=True, searched=0.7),
        Property("country", _TEXT, "The country, in the source's words or code.", indexed=True, searched=0.7),
        Property("time_zone", _TEXT, "Time zone name such as Europe/Lisbon."),
        Property("languages", _TEXTS, "Languages the person works in.", merge=Merge.UNION),
        Property(
            "release_time", PropertyType.NUMBER, "Share of paid time released for leading, in percent (0 to 100)."
        ),
        Property("connect", PropertyType.YES_NO, "Whether the person asked to be connected with others."),
        Property("about", _TEXT, "A few sentences in the person's own words.", searched=0.6),
        Property("url", PropertyType.URL, "A public page about the person's work."),
    ),
)

NETWORKS = NodeKind(
    "networks",
    "Network",
    "A network of teachers: an association, a fellowship, a course or a working group with members.",
    (
        Property("name", _TEXT, _NAME_OF, required=True, indexed=True, searched=1.0),
        Property("kind", _TEXT, "What sort of network, such as association, course or discussion group."),
        Property("about", _TEXT, "What the network is for, in a sentence or two.", searched=0.6),
        Property("region", _TEXT, "Where most of its members work.", indexed=True),
        Property("country", _TEXT, "Its home country, if it has one."),
        Property("url", PropertyType.URL, "The network's own page."),
        Property(
            "sensitive",
            PropertyType.YES_NO,
            "Whether membership says something private (faith, union, identity); never shown to the public.",
            merge=Merge.LARGEST,  # one telling is enough: of two spellings of a network the more careful one counts
        ),
    ),
)

ORGANIZATIONS = NodeKind(
    "organizations",
    "Organization",
    "A partner or employer: a school, district, university, foundation or association that is not itself a network.",
    (
        Property("name", _TEXT, _NAME_OF, required=True, indexed=True, searched=1.0),
        Property("kind", _TEXT, "What sort of organization, such as school, district, university or foundation."),
        Property("place", _TEXT, "Town, state or province."),
        Property("country", _TEXT, "The country."),
        Property("url", PropertyType.URL, "The organization's own page."),
    ),
)

INTERESTS = NodeKind(
    "interests",
    "Interest",
    "A subject, practice or cause that leaders work on or want to learn.",
    (
        Property(
            "name",
            _TEXT,
            "The usual wording of the interest.",
            required=True,
            indexed=True,
            searched=1.0,
            others_in="aliases",
        ),
        Property("aliases", _TEXTS, "Other wordings met in the sources.", searched=1.0, merge=Merge.UNION),
        Property("domain", _TEXT, "The domain of the Teacher Leader Model Standards that it belongs to."),
    ),
)

ACTIVITIES = NodeKind(
    "activities",
    "Activity",
    "Something that happened or is planned: a workshop, a lesson study, a campaign, a conference.",
    (
        Property("name", _TEXT, _NAME_OF, required=True, searched=1.0),
        Property("kind", _TEXT, "What sort of activity, such as workshop or conference."),
        Property("date", _DATE, "The day it began."),
        Property("url", PropertyType.URL, "A page about it."),
    ),
)

CREDENTIALS = NodeKind(
    "credentials",
    "Credential",
    "A micro-credential, badge or certificate: what somebody has shown to an issuer, who says so.",
    (
        Property("name", _TEXT, "The name that the issuer gives it.", required=True, indexed=True, searched=1.0),
        Property("kind", _TEXT, "What sort of credential, such as micro-credential, badge or certificate."),
        Property("about", _TEXT, "What whoever holds it has shown, in a sentence or two.", searched=0.6),
        Property("url", PropertyType.URL, "The issuer's page about it."),
    ),
)

NODE_KINDS: tuple[NodeKind, ...] = (LEADERS, NETWORKS, ORGANIZATIONS, INTERESTS, ACTIVITIES, CREDENTIALS)

_ALL: tuple[Kind, ...] = (*NODE_KINDS, *RELATIONSHIP_KINDS)

BY_NAME: dict[str, Kind] = {k.name: k for k in _ALL}


def kind(name: str) -> Kind:
    """The kind called ``name`` (``leaders``, ``memberships`` ...); :class:`SchemaError` when there is none."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise SchemaError(f"there is no kind {name!r}; the kinds are {', '.join(BY_NAME)}") from None


def node_kind(name: str) -> NodeKind:
    """Like :func:`kind`, for a node kind."""
    found = kind(name)
    if not isinstance(found, NodeKind):
        raise SchemaError(f"{name!r} is a relationship kind, a node kind was expected")
    return found


def relationship_kind(name: str) -> RelationshipKind:
    """Like :func:`kind`, for a relationship kind."""
    found = kind(name)
    if not isinstance(found, RelationshipKind):
        raise SchemaError(f"{name!r} is a node kind, a relationship kind was expected")
    return found
