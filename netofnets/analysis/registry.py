"""All measures, in one explicit list; a measure is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa

from netofnets.analysis.blocks import BLOCKS
from netofnets.analysis.bridges import BRIDGES
from netofnets.analysis.communities import COMMUNITIES
from netofnets.analysis.community_methods import COMMUNITY_METHODS
from netofnets.analysis.community_shares import COMMUNITY_SHARES
from netofnets.analysis.community_summary import COMMUNITY_SUMMARY
from netofnets.analysis.community_terms import COMMUNITY_TERMS
from netofnets.analysis.comparison import COMPARISON, COMPARISON_CELLS
from netofnets.analysis.connectors import CONNECTORS
from netofnets.analysis.convene import CONVENE
from netofnets.analysis.dependence import DEPENDENCE
from netofnets.analysis.direct_ties import DIRECT_TIES
from netofnets.analysis.divisions import DIVISIONS
from netofnets.analysis.engine import Engine
from netofnets.analysis.gaps import GAPS
from netofnets.analysis.introduction_fairness import INTRODUCTION_FAIRNESS
from netofnets.analysis.introductions import INTRODUCTIONS
from netofnets.analysis.islands import ISLANDS
from netofnets.analysis.layers import LAYERS
from netofnets.analysis.layout import LAYOUT
from netofnets.analysis.measure import Measure, Results
from netofnets.analysis.overlap import OVERLAP
from netofnets.analysis.own_scores import without_scores
from netofnets.analysis.partners import PARTNERS
from netofnets.analysis.resolution import RESOLUTION_PROFILE
from netofnets.analysis.roles import ROLES
from netofnets.analysis.two_mode import TWO_MODE
from netofnets.errors import NotFound
from netofnets.graph.snapshot import Snapshot

__all__ = ["MEASURES", "by_command", "compute", "kept_apart", "measure", "needed", "one_table", "run_all"]

# In order of dependency: what a measure needs stands before it.
MEASURES: tuple[Measure, ...] = (
    OVERLAP,
    LAYERS,
    ISLANDS,
    GAPS,
    DEPENDENCE,
    BLOCKS,
    RESOLUTION_PROFILE,
    DIVISIONS,
    COMMUNITIES,
    COMMUNITY_SHARES,
    COMMUNITY_TERMS,
    COMMUNITY_SUMMARY,
    COMMUNITY_METHODS,
    COMPARISON,
    COMPARISON_CELLS,
    BRIDGES,
    CONNECTORS,
    TWO_MODE,
    DIRECT_TIES,
    ROLES,
    CONVENE,
    PARTNERS,
    INTRODUCTIONS,
    INTRODUCTION_FAIRNESS,
    LAYOUT,
)


def measure(measure_id: str) -> Measure:
    """The measure called ``measure_id``; :class:`NotFound` when there is none."""
    for declared in MEASURES:
        if declared.id == measure_id:
            return declared
    raise NotFound(f"there is no measure {measure_id!r}; there are {', '.join(m.id for m in MEASURES)}")


def run_all(
    snapshot: Snapshot,
    parameters: Mapping[str, Any] | None = None,
    previous: Results | None = None,
    step: Callable[[str], None] | None = None,
    engine: Engine | None = None,
) -> dict[str, pa.Table]:
    """The tables of all measures; each takes those of ``parameters`` that it declares.

    ``previous`` are the tables of the last publication of the same edition, for the measures that continue. ``step`` is
    told the title of each before it is computed. ``engine`` computes the joins; None: this process.
    """
    return _run(MEASURES, snapshot, parameters or {}, previous or {}, step, engine)


def kept_apart(parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The parameters of measures, by measure, as one mapping to compute with: two may call theirs by one name."""
    return {f"{measure}.{name}": value for measure, own in parameters.items() for name, value in own.items()}


def compute(
    measure_id: str,
    snapshot: Snapshot,
    parameters: Mapping[str, Any] | None = None,
    previous: Results | None = None,
) -> pa.Table:
    """The table of one measure, computed with all that it needs and nothing else."""
    return _run(needed(measure_id), snapshot, parameters or {}, previous or {})[measure_id]


def by_command(name: str) -> Measure | None:
    """The measure that the command line calls ``name``."""
    return next((declared for declared in MEASURES if declared.command == name), None)


def _run(
    measures: tuple[Measure, ...],
    snapshot: Snapshot,
    parameters: Mapping[str, Any],
    previous: Results,
    step: Callable[[str], None] | None = None,
    engine: Engine | None = None,
) -> dict[str, pa.Table]:
    results: dict[str, pa.Table] = {}
    for declared in measures:
        if step:
            step(declared.title)
        results[declared.id] = one_table(declared, snapshot, results, parameters, previous.get(declared.id), engine)
    return results


def one_table(
    declared: Measure,
    snapshot: Snapshot,
    results: Results,
    parameters: Mapping[str, Any],
    previous: pa.Table | None = None,
    engine: Engine | None = None,
) -> pa.Table:
    """The table of one measure as it is published, from the tables of what it needs."""
    return without_scores(declared, declared(snapshot, results, parameters, previous, engine), snapshot)


def needed(measure_id: str) -> tuple[Measure, ...]:
    """The measure and all that it needs, in the order of computation."""
    wanted = _with_needs(measure(measure_id))
    return tuple(declared for declared in MEASURES if declared.id in wanted)


def _with_needs(wanted: Measure) -> set[str]:
    found = {wanted.id}
    for need in wanted.needs:
        found |= _with_needs(measure(need))
    return found
