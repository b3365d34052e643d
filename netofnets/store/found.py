"""What an analysis gives back to a store: which run it was, things that it found, and ties between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

__all__ = ["AnalysisRun", "FoundThings", "FoundTies"]


@dataclass(frozen=True, slots=True)
class AnalysisRun:
    """What results that are written back into a store were computed from, and how."""

    run: int  # the run of the store that was analysed
    content_hash: str
    parameters: Mapping[str, object] = field(default_factory=dict)  # JSON values
    version: str = ""  # of netofnets
    at: str = ""  # UTC time for people to read

    @property
    def id(self) -> str:
        """Run and content: the same facts give the same id."""
        return f"{self.run}-{self.content_hash[:12]}"


@dataclass(frozen=True, slots=True)
class FoundThings:
    """Things that an analysis found, to be nodes under ``label``: ``table`` has ``id``, ``name`` and properties."""

    label: str
    table: pa.Table


@dataclass(frozen=True, slots=True)
class FoundTies:
    """Ties that an analysis found, to be relationships of ``type``: ``table`` has ``from_id``, ``to_id``, properties.

    ``start`` and ``end`` are kinds of nodes (``networks``), or the label of things that were found.
    """

    type: str
    start: str
    end: str
    table: pa.Table
