"""References to things that have a page: kind, id, name and path, as plain data; each path is declared here alone."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.snapshot import Snapshot

__all__ = ["Ref", "path_of", "person_detail", "ref"]

_PAGES = {
    "leaders": "/leaders/",
    "networks": "/networks/",
    "interests": "/interests/",
    "organizations": "/organizations/",
    "communities": "/communities/",
    "credentials": "/credentials/",
    "circle": "/circle/",  # a leader as the reader's own networks show them
}


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing by name; ``href`` is the path of the page about it, empty when there is none (activities)."""

    kind: str  # leaders | networks | interests | organizations | activities | credentials
    id: str
    name: str
    href: str = ""


def path_of(kind: str, node_id: str) -> str:
    """Path of the page about a node; empty when that kind has no pages."""
    return _PAGES[kind] + node_id if kind in _PAGES else ""


def ref(snapshot: Snapshot, kind: str, position: int) -> Ref:
    """The reference to a node by its position."""
    node_id, name = snapshot.label(kind, position)
    return Ref(kind, node_id, name, path_of(kind, node_id))


def person_detail(snapshot: Snapshot, leader: int) -> str:
    """Job, school, region and country of a leader in one line, as far as this edition has them."""
    said = (snapshot.value("leaders", leader, name) for name in ("job", "school", "region", "country"))
    return ", ".join(str(value) for value in said if value)
