"""What articles say of a person, network or organization: the quotes that somebody accepted, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.schema.proposals import proposals
from netofnets.services.index import EditionIndex

__all__ = ["Quotation", "quotations_of"]

_BODIES = ["networks", "organizations"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quote: what it was accepted for, and the characters of the file where it stands."""

    source: str
    file: str
    start: int
    end: int
    quote: str
    says: str  # what was accepted, in words
    detector: str


def quotations_of(index: EditionIndex, node: str) -> tuple[Quotation, ...]:
    """The quotes about a node (canonical id), by file and place; one that was accepted for several things is once."""
    by_node: dict[str, tuple[Quotation, ...]] = index.once("quotations", lambda: _quotations(index))
    return by_node.get(node, ())


def _quotations(index: EditionIndex) -> dict[str, tuple[Quotation, ...]]:
    found: dict[str, dict[tuple[str, str, int], Quotation]] = {}
    accepted = tuple(proposals(index.snapshot.decisions).values())
    bodies = _bodies(index, {proposal.source for proposal in accepted})
    for proposal in accepted:
        named = ((proposal.source, thing.kind, thing.local_id) for thing in proposal.things)
        about = (*proposal.people[: proposal.own], *(bodies[key] for key in named if key in bodies))
        for node in about:
            for place in proposal.places:
                own = found.setdefault(node, {})
                key = (proposal.source, place.file, place.start)
                said = f"{own[key].says}; {proposal.words}" if key in own else proposal.words
                own[key] = Quotation(
                    proposal.source, place.file, place.start, place.end, place.quote, said, proposal.detector
                )
    return {node: tuple(own[key] for key in sorted(own)) for node, own in found.items()}


def _bodies(index: EditionIndex, sources: set[str]) -> dict[tuple[str, str, str], str]:
    """(source, kind, what the source calls it) -> id, of the networks and organizations that articles state."""
    if not sources:
        return {}
    claims = index.snapshot.claims
    stated = pc.is_in(claims["source"], value_set=pa.array(sorted(sources), pa.string()))
    own = claims.filter(pc.and_(stated, pc.is_in(claims["kind"], value_set=pa.array(_BODIES))))
    columns = (own[name].to_pylist() for name in ("source", "kind", "local_id", "entity"))
    return {(source, kind, local): entity for source, kind, local, entity in zip(*columns, strict=True)}
