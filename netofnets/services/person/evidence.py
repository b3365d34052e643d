"""What articles say of a person: the quotes that somebody accepted, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.schema.proposals import proposals
from netofnets.services.index import EditionIndex

__all__ = ["Quotation", "quotations_of"]


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


def quotations_of(index: EditionIndex, leader: str) -> tuple[Quotation, ...]:
    """The quotes about a leader (canonical id), by file and place; one that was accepted for several things is once."""
    if "quotations" not in index.memo:
        index.memo["quotations"] = _quotations(index)
    by_leader: dict[str, tuple[Quotation, ...]] = index.memo["quotations"]
    return by_leader.get(leader, ())


def _quotations(index: EditionIndex) -> dict[str, tuple[Quotation, ...]]:
    found: dict[str, dict[tuple[str, str, int], Quotation]] = {}
    for proposal in proposals(index.snapshot.decisions).values():
        for leader in proposal.people[: proposal.own]:
            for place in proposal.places:
                own = found.setdefault(leader, {})
                key = (proposal.source, place.file, place.start)
                said = f"{own[key].says}; {proposal.words}" if key in own else proposal.words
                own[key] = Quotation(
                    proposal.source, place.file, place.start, place.end, place.quote, said, proposal.detector
                )
    return {leader: tuple(own[key] for key in sorted(own)) for leader, own in found.items()}
