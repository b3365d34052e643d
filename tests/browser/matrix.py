"""Who may see whom on the example after some choices, worked out from the facts by none of the program's rules."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.store import open_store

__all__ = ["ROLES", "World", "world"]

ROLES = ("stranger", "member", "first organizer", "second organizer", "owner")
# From the most hidden: who sees a person of this level, and one of the person's fields with it, on the map ...
_LEVELS = [level.value for level in sorted(Visibility, key=lambda level: level.rank)]
_ON_THE_MAP = {"stranger": "public", "owner": "organizers"}  # everybody else: whoever has signed in
# ... and, as facts, in a network of the reader's own.
_OF_MINE = {"member": "shared_network", "first organizer": "organizers", "second organizer": "organizers"}
_EVERY = 40  # of so many people one each makes one of these choices about all of themselves, one about the school
_WHOLE = {0: "public", 1: "signed_in", 2: "organizers", 3: "hidden", 4: "public"}
_SCHOOL = {4: "organizers", 5: "hidden", 6: "signed_in"}


@dataclass(frozen=True)
class World:
    """The example after the choices: names by id, networks by person as of today, and who stands where."""

    home: Path
    names: dict[str, str]
    schools: dict[str, str]
    networks: dict[str, set[str]]
    sensitive: set[str]
    level: dict[str, str]  # of a whole person
    school_level: dict[str, str]
    of_mine: dict[str, str]  # by role, the network that is organized, or the member's own record

    def on_the_map(self, role: str) -> set[str]:
        """Whom the role sees on the map."""
        least = _ON_THE_MAP.get(role, "signed_in")
        return {i for i in self.names if _at_least(self.level[i], least)}

    def known(self, role: str) -> set[str]:
        """Whom the role sees as a fact because of its own networks."""
        if role not in _OF_MINE:
            return set()
        mine = self.of_mine[role]
        own = self.networks.get(mine, set()) if role == "member" else {mine}
        near = {i for i, networks in self.networks.items() if networks & own}
        return {i for i in near if i == mine or _at_least(self.level[i], _OF_MINE[role])}

    def shows_school(self, role: str, person: str) -> bool:
        """Whether the role sees the school of a person whom it sees on the map."""
        chosen = self.school_level.get(person, self.level[person])
        return _at_least(min(chosen, self.level[person], key=_LEVELS.index), _ON_THE_MAP.get(role, "signed_in"))

    def some(self) -> list[str]:
        """A few people of each kind: of each level, near to somebody and not, with a choice about the school."""
        kinds: dict[tuple[object, ...], list[str]] = {}
        for person in sorted(self.names):
            near = tuple(person in self.known(role) for role in _OF_MINE)
            kinds.setdefault((self.level[person], self.school_level.get(person), near), []).append(person)
        return [person for people in kinds.values() for person in people[:2]]


def _at_least(level: str, least: str) -> bool:
    return _LEVELS.index(level) >= _LEVELS.index(least)


def world(home: Path) -> World:
    """Make the choices in a home of the example, publish it, and work out who is who."""
    with closing(open_store(f"sqlite:{home / 'netofnets.sqlite'}")) as store:
        facts = store.scan()
        people = sorted(facts.tables["leaders"]["id"].to_pylist())
        whole = {person: _WHOLE.get(at % _EVERY, "") for at, person in enumerate(people)}
        school = {person: _SCHOOL[at % _EVERY] for at, person in enumerate(people) if at % _EVERY in _SCHOOL}
        chosen = [(person, level, "") for person, level in whole.items() if level]
        chosen += [(person, level, "school") for person, level in school.items()]
        store.choose(VisibilityChoice(i, Visibility(level), "test", "", field) for i, level, field in chosen)
        publish(store, home)
    leaders = facts.tables["leaders"].to_pylist()
    networks = facts.tables["networks"].to_pylist()
    sensitive = {row["id"] for row in networks if row["sensitive"]}
    belongs: dict[str, set[str]] = {}
    today = date.today().isoformat()
    for row in facts.tables["memberships"].to_pylist():
        if str(row["start"] or "") <= today <= str(row["end"] or "9999"):
            belongs.setdefault(row["from_id"], set()).add(row["to_id"])
    level = {person: found or "shared_network" for person, found in whole.items()}
    member = next(i for i in people if level[i] == "shared_network" and len(belongs.get(i, set()) - sensitive) == 2)
    others = [row["id"] for row in networks if row["id"] not in sensitive | belongs[member]]
    of_mine = {"member": member, "first organizer": others[0], "second organizer": others[1]}
    names = {row["id"]: row["name"] for row in leaders}
    schools = {row["id"]: row["school"] or "" for row in leaders}
    return World(home, names, schools, belongs, sensitive, level, school, of_mine)
