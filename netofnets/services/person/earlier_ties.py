"""What sources said of a person's ties before, and do not say any more: what, which source, until when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from netofnets.errors import NotFound
from netofnets.language import joined, say
from netofnets.schema.kinds import relationship_kind
from netofnets.schema.model import RelationshipKind
from netofnets.services.index import EditionIndex, slice_of
from netofnets.services.person.provenance import claims_about
from netofnets.services.person.ties import times
from netofnets.services.refs import Ref, ref
from netofnets.services.words import shown

__all__ = ["EarlierTie", "earlier_ties_of"]


@dataclass(frozen=True, slots=True)
class EarlierTie:
    """A tie as a source stated it before. ``until`` is the last day on which the source was read to say so."""

    kind: str  # memberships | leader_interests | collaborations | affiliations | leader_credentials | participations
    direction: str  # to | from, of collaborations
    other: Ref  # without a page when it is not on the map any more
    words: str  # what was said of the tie besides: "mentor, from 2020-01-01"
    source: str
    origin: str
    until: str


_Said = tuple[str, str, str, str, str]  # kind, direction, id of the other, source, words


def earlier_ties_of(index: EditionIndex, leader: int) -> tuple[EarlierTie, ...]:
    """Earlier ties, the latest first, each as its source said it last; without what the same source says now."""
    if not len(index.earlier_ties):
        return ()
    own = str(index.snapshot.ids("leaders")[leader].as_py())
    rows = index.earlier_ties.filter(pc.equal(index.earlier_ties["leader"], own)).to_pylist()
    if not rows:
        return ()
    said_now = set(_said_now(index, leader, {(row["kind"], row["direction"]) for row in rows}))
    found: dict[_Said, EarlierTie] = {}
    for row in rows:
        words = tie_words(json.loads(row["values"]))
        key = row["kind"], row["direction"], row["other"], row["source"], words
        if key not in said_now:
            told = words, row["source"], row["origin"], row["day"]
            found.setdefault(key, EarlierTie(row["kind"], row["direction"], _other(index, row), *told))
    return tuple(found.values())


def tie_words(values: Mapping[str, Any]) -> str:
    """What a source says of a tie besides its ends."""
    about = [shown(values[name]) for name in ("mode", "kind", "role") if values.get(name)]
    if (count := values.get("count")) and count > 1:
        about.append(times(count))
    first, last = (values.get(a) or values.get(b) for a, b in (("start", "first"), ("end", "last")))
    if first and first == last:
        about.append(say("on {day}", day=first))
    else:
        about += [say("from {day}", day=first)] if first else []
        about += [say("to {day}", day=last)] if last else []
    return joined(about, ", ")


def _said_now(index: EditionIndex, leader: int, wanted: set[tuple[str, str]]) -> Iterator[_Said]:
    """What sources say now of the ties of these kinds and directions."""
    for name, way in sorted(wanted):
        kind = relationship_kind(name)
        edges, node = index.record.edges[name], _node(kind, way)
        ends = edges.target if way == "to" else edges.source
        own = slice_of(edges.source, leader) if way == "to" else (edges.target == leader).nonzero()[0]
        for row in own:
            other = str(index.snapshot.ids(node)[int(ends[row])].as_py())
            for claim in claims_about(index, name, str(edges.table["id"][int(row)].as_py())):
                yield name, way, other, claim.source, tie_words(claim.values)


def _node(kind: RelationshipKind, way: str) -> str:
    return kind.target if way == "to" else kind.source


def _other(index: EditionIndex, row: Mapping[str, Any]) -> Ref:
    node = _node(relationship_kind(row["kind"]), row["direction"])
    try:
        return ref(index.snapshot, node, index.snapshot.position(node, row["other"]))
    except NotFound:
        return Ref(node, row["other"], row["name"])
