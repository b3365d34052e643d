"""Everything in a store at one moment, as columns: what is published is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from netofnets.schema.records import Decision, Judgement, PastClaim, Run, VisibilityChoice

__all__ = ["Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in the book of record at one moment, as columns.

    ``tables`` has one table per kind: ``id``, for relationships ``from_id`` and ``to_id`` (canonical node ids), then
    the properties of the schema. ``claims`` has ``kind, entity, source, local_id, values (JSON), origin, first_run``.
    The Arrow types are those of :mod:`netofnets.schema.arrow`. Rows come in any order.
    """

    run: int
    tables: Mapping[str, pa.Table]
    claims: pa.Table
    choices: tuple[VisibilityChoice, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    runs: tuple[Run, ...] = ()
    decisions: tuple[Decision, ...] = ()
    earlier: tuple[PastClaim, ...] = ()  # what sources stated before, in any order
