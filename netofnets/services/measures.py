"""Definitions of the measures, from the registry, for the pages that show their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.analysis.measure import Measure
from netofnets.analysis.registry import MEASURES
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.viewer import Viewer

__all__ = ["Definition", "MeasuresPage", "defined", "definition", "meaning", "measures_page"]


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure in words. ``outputs`` are (column, meaning); ``parameters`` are (name, value, meaning)."""

    id: str
    title: str
    question: str
    use: str
    misleads: str
    outputs: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str, str], ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """All measures of the published edition."""

    version: str
    measures: tuple[Definition, ...]


def measures_page(published: Published, viewer: Viewer) -> MeasuresPage:
    """Every published measure with its definition, and the parameters it was published with."""
    index = index_of(published, viewer)
    return MeasuresPage(index.version, tuple(_definition(index, m) for m in MEASURES if m.id in index.measures))


def definition(published: Published, viewer: Viewer, measure: str) -> Definition:
    """One measure; :class:`NotFound` when there is none such."""
    index = index_of(published, viewer)
    return defined(index, measure)


def defined(index: EditionIndex, measure: str) -> Definition:
    """Like :func:`definition`, for services that have the index at hand."""
    for declared in MEASURES:
        if declared.id == measure and measure in index.measures:
            return _definition(index, declared)
    raise NotFound(f"there is no published measure {measure!r}")


def meaning(measure: str, output: str) -> str:
    """The sentence that defines one column of a measure."""
    return _MEANINGS.get((measure, output), "")


_MEANINGS = {(declared.id, column.name): column.help for declared in MEASURES for column in declared.outputs}


def _definition(index: EditionIndex, declared: Measure) -> Definition:
    used = index.parameters[declared.id]
    return Definition(
        declared.id,
        declared.title,
        declared.question,
        declared.use,
        declared.misleads,
        tuple((o.name, o.help) for o in declared.outputs if not o.inner),
        tuple((p.name, str(used.get(p.name, p.default)), p.help) for p in declared.parameters),
        declared.references,
    )
