"""What a store answers to an erasure and to a raw query."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EraseReceipt", "QueryResult"]


@dataclass(frozen=True, slots=True)
class EraseReceipt:
    """What was removed for one person."""

    records: tuple[str, ...]
    claims: int
    relationships: int
    quotes: int = 0  # proposals from articles that named the person, and articles called by the name
    past: int = 0  # what sources had said before, of the person and the relationships
    tombstones: int = 0  # marks that were left


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of a raw query; values are JSON values (a node or relationship is a mapping of its properties)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
