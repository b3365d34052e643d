"""The people of a network for another organizer: those, and of each that, which they may see and take along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from netofnets.errors import NotFound
from netofnets.graph.leaving import declined_research
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import LEADERS
from netofnets.schema.modes import MODES
from netofnets.schema.own_word import DOUBTED
from netofnets.schema.purposes import RESEARCH
from netofnets.services.person.circle import circle_snapshot
from netofnets.services.viewer import Viewer

__all__ = ["COLUMNS", "Roster", "roster_for", "rows_of_person"]

_SPELL = ("role", "start", "end")
COLUMNS: tuple[str, ...] = (
    "leader_id",
    *(p.name for p in LEADERS.properties),
    *(mode.column for mode in MODES),
    "network",
    *_SPELL,
)
"""Named as a roster's are, so that the file can be loaded as one."""


@dataclass(frozen=True, slots=True)
class Roster:
    """One row for each membership, by name; texts, lists of texts, or None."""

    network: str
    rows: tuple[dict[str, Any], ...]
    people: int


def roster_for(published: Published, viewer: Viewer, network: str) -> Roster:
    """The roster of a network (id) as far as ``viewer`` may see it; :class:`NotFound` where they see no such network.

    Left out are people who declined that their record leaves the map, and what somebody disputes.
    """
    away, doubted = declined_research(published), _doubted(published)
    found: dict[str, dict[str, Any]] = {}
    name = ""
    for snapshot in _seen(published, viewer):
        try:
            at = snapshot.position("networks", network)
        except NotFound:
            continue
        name = snapshot.labels("networks")[1][at]
        for row in _rows(snapshot, at):
            if row["leader_id"] not in away and (row["id"], "") not in doubted:
                kept = {k: None if (row["leader_id"], k) in doubted else v for k, v in row.items() if k != "id"}
                found[row["id"]] = kept  # the circle, which comes last, tells more
    if not name:
        raise NotFound(f"there is no network with id {network!r} for this reader")
    rows = sorted(found.values(), key=lambda row: (str(row["name"]).casefold(), row["leader_id"], row["start"] or ""))
    return Roster(name, tuple(rows), len({row["leader_id"] for row in rows}))


def rows_of_person(snapshot: Snapshot, leader: int) -> list[dict[str, Any]]:
    """One person's rows, one for each membership, as the roster of a network has them."""
    edges = snapshot.edges["memberships"]
    networks = sorted({int(n) for n in edges.target[edges.source == leader]})
    me = snapshot.ids("leaders")[leader].as_py()
    return [row for n in networks for row in _rows(snapshot, n) if row["leader_id"] == me]


def _seen(published: Published, viewer: Viewer) -> Iterator[Snapshot]:
    if viewer.sees_people:
        yield published.edition(RESEARCH).snapshot
        return
    yield viewer.edition(published).snapshot
    if viewer.has_circle:
        yield circle_snapshot(published, viewer)


def _doubted(published: Published) -> set[tuple[str, str]]:
    """(leader, field) and (tie, "") that the person disputes."""
    said = {str(one) for one in DOUBTED}
    marks = published.edition("organizers").snapshot.marks.to_pylist()
    return {(row["id"], row["field"]) for row in marks if row["mark"] in said}


def _rows(snapshot: Snapshot, network: int) -> Iterator[dict[str, Any]]:
    edges, leaders = snapshot.edges["memberships"], snapshot.nodes["leaders"]
    for row in (edges.target == network).nonzero()[0].tolist():
        leader = int(edges.source[row])
        values = leaders.slice(leader, 1).to_pylist()[0]
        spell = edges.table.slice(row, 1).to_pylist()[0]
        named = {"leader_id": values.pop("id"), "network": snapshot.labels("networks")[1][network]}
        yield {**values, **_interests(snapshot, leader), **spell, **named}


def _interests(snapshot: Snapshot, leader: int) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {mode.column: [] for mode in MODES}
    columns = {mode.name: mode.column for mode in MODES}
    edges, names = snapshot.edges["leader_interests"], snapshot.labels("interests")[1]
    for row in (edges.source == leader).nonzero()[0].tolist():
        column = columns.get(str(edges.table["mode"][row].as_py() or ""), "interests")
        held[column].append(names[int(edges.target[row])])
    return {column: sorted(interests) for column, interests in held.items()}
