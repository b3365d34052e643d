"""Gaps that an organizer set aside, read from the log of decisions: of each pair of networks the last word counts."""

from __future__ import annotations

from collections.abc import Iterable

from netofnets.schema.records import Decision
from netofnets.schema.topics import GAP

__all__ = ["gaps_aside"]


def gaps_aside(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decision that stands for each gap that is set aside: sorted ids of the two networks -> decision."""
    found: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        if decision.topic == GAP and len(decision.subjects) == 2:
            first, second = sorted(decision.subjects)
            found[first, second] = decision
    return {pair: decision for pair, decision in found.items() if decision.value == "aside"}
