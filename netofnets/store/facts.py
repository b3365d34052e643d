"""Everything in a store at one moment, as columns: what is published is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from netofnets.graph.arrow_files import read_table
from netofnets.schema.records import Decision, Judgement, PastClaim, Run, VisibilityChoice

__all__ = ["Facts", "Mapped"]


@dataclass(frozen=True, slots=True)
class Mapped(Mapping[str, pa.Table]):
    """Tables, some of them in files: those are mapped anew when they are asked for, and let go with the last user."""

    held: Mapping[str, pa.Table | Path]

    def __getitem__(self, name: str) -> pa.Table:
        found = self.held[name]
        return read_table(found) if isinstance(found, Path) else found

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in the book of record at one moment, as columns.

    ``tables`` has one table per kind: ``id``, for relationships ``from_id`` and ``to_id`` (canonical node ids), then
    the properties of the schema. ``claims`` has ``kind, entity, source, local_id, values (JSON), origin, first_run``;
    they are ``stated`` in a table, or in a file that is mapped whenever they are asked for. The Arrow types are those
    of :mod:`netofnets.schema.arrow`. Rows come in any order.
    """

    run: int
    tables: Mapping[str, pa.Table]
    stated: pa.Table | Path
    choices: tuple[VisibilityChoice, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    runs: tuple[Run, ...] = ()
    decisions: tuple[Decision, ...] = ()
    earlier: tuple[PastClaim, ...] = ()  # what sources stated before, in any order

    @property
    def claims(self) -> pa.Table:
        """What sources state; whoever goes through it part by part asks again for each, so that the rest is let go."""
        return read_table(self.stated) if isinstance(self.stated, Path) else self.stated
