"""All measures, in one explicit list; a measure is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from netofnets.analysis.blocks import BLOCKS
from netofnets.analysis.bridges import BRIDGES
from netofnets.analysis.communities import COMMUNITIES
from netofnets.analysis.community_summary import COMMUNITY_SUMMARY
from netofnets.analysis.dependence import DEPENDENCE
from netofnets.analysis.direct_ties import DIRECT_TIES
from netofnets.analysis.layout import LAYOUT
from netofnets.analysis.measure import Measure
from netofnets.analysis.overlap import ISLANDS, OVERLAP
from netofnets.analysis.resolution import RESOLUTION_PROFILE
from netofnets.analysis.roles import ROLES
from netofnets.errors import NotFound
from netofnets.graph.snapshot import Snapshot

__all__ = ["MEASURES", "compute", "measure", "needed", "run_all"]

# In order of dependency: what a measure needs stands before it.
MEASURES: tuple[Measure, ...] = (
    OVERLAP,
    ISLANDS,
    DEPENDENCE,
    BLOCKS,
    RESOLUTION_PROFILE,
    COMMUNITIES,
    COMMUNITY_SUMMARY,
    BRIDGES,
    DIRECT_TIES,
    ROLES,
    LAYOUT,
)


def measure(measure_id: str) -> Measure:
    """The measure called ``measure_id``; :class:`NotFound` when there is none."""
    for declared in MEASURES:
        if declared.id == measure_id:
            return declared
    raise NotFound(f"there is no measure {measure_id!r}; there are {', '.join(m.id for m in MEASURES)}")


def run_all(snapshot: Snapshot, parameters: Mapping[str, Any] | None = None) -> dict[str, pa.Table]:
    """The tables of all measures; each takes those of ``parameters`` that it declares."""
    results: dict[str, pa.Table] = {}
    for declared in MEASURES:
        results[declared.id] = declared(snapshot, results, parameters or {})
    return results


def compute(measure_id: str, snapshot: Snapshot, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """The table of one measure, computed with all that it needs and nothing else."""
    results: dict[str, pa.Table] = {}
    for declared in needed(measure_id):
        results[declared.id] = declared(snapshot, results, parameters or {})
    return results[measure_id]


def needed(measure_id: str) -> tuple[Measure, ...]:
    """The measure and all that it needs, in the order of computation."""
    wanted = _with_needs(measure(measure_id))
    return tuple(declared for declared in MEASURES if declared.id in wanted)


def _with_needs(wanted: Measure) -> set[str]:
    found = {wanted.id}
    for need in wanted.needs:
        found |= _with_needs(measure(need))
    return found
