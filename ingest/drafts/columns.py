"""The menu of a column: what it can be chosen to be, in words, in groups."""

from __future__ import annotations

from ingest.drafts.tables import PARTS, PEOPLE_BY_PEOPLE, DraftTable
from netofnets.language import say
from netofnets.schema.columns import shapes
from netofnets.schema.kinds import LEADERS, NODE_KINDS
from netofnets.schema.modes import MODES

__all__ = ["groups", "kinds"]

_WORDS = {
    "leader_id": say("Id of the person"),
    "first_name": say("First name"),
    "last_name": say("Last name"),
    "email": say("Email address"),
    "about": say("About the person"),
    "url": say("Web page"),
    "connect": say("Wants to be connected"),
    "interests": say("Works on (interests)"),
    "offers": say("Offers"),
    "seeks": say("Looks for (needs)"),
    "network": say("Name of the network"),
    "start": say("Member since"),
    "end": say("Member until"),
    "role": say("Role in the network"),
    "organization": say("Employer or partner organization"),
}

_KINDS = {
    "roster": say("Roster: a row is a person in a network"),
    PEOPLE_BY_PEOPLE: say("Grid: people in the first row and column"),
    "leaders": say("List of people, without networks"),
    "networks": say("List of networks"),
    "organizations": say("List of organizations"),
    "interests": say("List of interests"),
    "activities": say("List of activities"),
    "credentials": say("List of credentials"),
    "memberships": say("Who is in which network"),
    "affiliations": say("Who works for which organization"),
    "leader_interests": say("Who has which interest"),
    "partnerships": say("Which organization supports which network"),
    "network_focuses": say("What a network is about"),
    "organization_focuses": say("What an organization is about"),
    "collaborations": say("Who works with whom"),
    "network_parts": say("Which network is a part of which"),
    "participations": say("Who took part in what"),
    "leader_credentials": say("Who holds which credential"),
    "credential_issuers": say("Who issues which credential"),
    "broader_interests": say("Which interest is wider than which"),
    "related_interests": say("Which interests go together"),
}

Group = tuple[str, tuple[tuple[str, str], ...]]


def groups(table: DraftTable) -> tuple[Group, ...]:
    """Groups of (column of ours, words); for a table that is no roster one group with all of its columns."""
    names = list(table.menu())
    if table.shape != "roster":
        return ((say("What the column is"), tuple((name, _words(name, plain=True)) for name in names)),)
    person = ["leader_id", *(p.name for p in LEADERS.properties)]
    person[2:2] = PARTS
    modes = [mode.column for mode in reversed(MODES)]
    network = [n for n in names if n.startswith(("network", "part_of")) or n in ("role", "start", "end")]
    rest = [n for n in names if n not in {*person, *modes, *network}]
    told = (
        (say("The person"), person),
        (say("Interests"), modes),
        (say("The network"), network),
        (say("Credentials and employer"), rest),
    )
    return tuple((title, tuple((name, _words(name)) for name in of_group)) for title, of_group in told)


def kinds(table: DraftTable) -> tuple[Group, ...]:
    """The menu of what a table may be; a grid of people is offered where the table looks like one."""
    whole = ["roster", "leaders", *([PEOPLE_BY_PEOPLE] if PEOPLE_BY_PEOPLE in (table.guessed, table.kind) else [])]
    things = [kind.name for kind in NODE_KINDS if kind is not LEADERS]
    ties = [name for name in shapes() if name not in (*whole, *things)]
    told = ((say("People"), whole), (say("Things"), things), (say("Ties"), ties))
    return tuple((title, tuple((name, _KINDS[name]) for name in names)) for title, names in told)


def _words(name: str, *, plain: bool = False) -> str:
    usual = name.replace("_", " ").capitalize()
    return usual if plain else _WORDS.get(name, usual)
