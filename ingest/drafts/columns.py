"""The menu of a column: what it can be chosen to be, in words, in groups."""

from __future__ import annotations

from ingest.drafts.tables import PARTS, DraftTable
from netofnets.schema.kinds import LEADERS
from netofnets.schema.modes import MODES

__all__ = ["groups"]

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


def _words(name: str, *, plain: bool = False) -> str:
    usual = name.replace("_", " ").capitalize()
    return usual if plain else _WORDS.get(name, usual)
