"""The menu of a column: what it can be chosen to be, in words, in groups."""

from __future__ import annotations

from ingest.drafts.tables import PARTS, PEOPLE_BY_PEOPLE, DraftTable
from netofnets.schema.columns import shapes
from netofnets.schema.kinds import LEADERS, NODE_KINDS
from netofnets.schema.modes import MODES

__all__ = ["groups", "kinds"]

_WORDS = {
    "leader_id": "Id of the person",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "Email address",
    "about": "About the person",
    "url": "Web page",
    "connect": "Wants to be connected",
    "interests": "Works on (interests)",
    "offers": "Offers",
    "seeks": "Looks for (needs)",
    "network": "Name of the network",
    "start": "Member since",
    "end": "Member until",
    "role": "Role in the network",
    "organization": "Employer or partner organization",
}

_KINDS = {
    "roster": "Roster: a row is a person in a network",
    PEOPLE_BY_PEOPLE: "Grid: people in the first row and column",
    "leaders": "List of people, without networks",
    "networks": "List of networks",
    "organizations": "List of organizations",
    "interests": "List of interests",
    "activities": "List of activities",
    "credentials": "List of credentials",
    "memberships": "Who is in which network",
    "affiliations": "Who works for which organization",
    "leader_interests": "Who has which interest",
    "partnerships": "Which organization supports which network",
    "network_focuses": "What a network is about",
    "organization_focuses": "What an organization is about",
    "collaborations": "Who works with whom",
    "network_parts": "Which network is a part of which",
    "participations": "Who took part in what",
    "leader_credentials": "Who holds which credential",
    "credential_issuers": "Who issues which credential",
    "broader_interests": "Which interest is wider than which",
    "related_interests": "Which interests go together",
}

Group = tuple[str, tuple[tuple[str, str], ...]]


def groups(table: DraftTable) -> tuple[Group, ...]:
    """Groups of (column of ours, words); for a table that is no roster one group with all of its columns."""
    names = list(table.menu())
    if table.shape != "roster":
        return (("What the column is", tuple((name, _words(name, plain=True)) for name in names)),)
    person = ["leader_id", *(p.name for p in LEADERS.properties)]
    person[2:2] = PARTS
    modes = [mode.column for mode in reversed(MODES)]
    network = [n for n in names if n.startswith(("network", "part_of")) or n in ("role", "start", "end")]
    rest = [n for n in names if n not in {*person, *modes, *network}]
    told = {"The person": person, "Interests": modes, "The network": network, "Credentials and employer": rest}
    return tuple((title, tuple((name, _words(name)) for name in of_group)) for title, of_group in told.items())


def kinds(table: DraftTable) -> tuple[Group, ...]:
    """The menu of what a table may be; a grid of people is offered where the table looks like one."""
    whole = ["roster", "leaders", *([PEOPLE_BY_PEOPLE] if PEOPLE_BY_PEOPLE in (table.guessed, table.kind) else [])]
    things = [kind.name for kind in NODE_KINDS if kind is not LEADERS]
    ties = [name for name in shapes() if name not in (*whole, *things)]
    told = {"People": whole, "Things": things, "Ties": ties}
    return tuple((title, tuple((name, _KINDS[name]) for name in names)) for title, names in told.items())


def _words(name: str, *, plain: bool = False) -> str:
    usual = name.replace("_", " ").capitalize()
    return usual if plain else _WORDS.get(name, usual)
