"""Definitions of the measures, from the registry, for the pages that show their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.viewer import Viewer

__all__ = ["Definition", "MeasuresPage", "definition", "measures_page"]


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
    raise NotImplementedError


def definition(published: Published, viewer: Viewer, measure: str) -> Definition:
    """One measure; :class:`NotFound` when there is none such."""
    raise NotImplementedError
