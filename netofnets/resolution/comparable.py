"""Claims about people taken apart once: what they say in comparable form is kept beside what was published of them.

What two records are worth together hangs on all records (how usual a name is, how often one person's records agree), so
that is worked out anew each time, on numbers. What one claim says in comparable form hangs on its own words alone, and
takes longer than everything else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import NotFound, SnapshotDamaged
from netofnets.graph.published import COMPARABLE_FILE, Published, read_table
from netofnets.graph.seal import check_seals
from netofnets.resolution.recognise import MODEL
from netofnets.resolution.records import PARTS, STATED, listing, parts_of

__all__ = ["TakenApart", "taken_apart", "taken_apart_last"]

_MADE_BY = b"netofnets.made_by"
_SCHEMA = pa.schema([(name, pa.string()) for name in PARTS], {_MADE_BY: MODEL.encode()})


@dataclass(frozen=True, slots=True)
class TakenApart:
    """The words of claims about leaders (JSON), and row by row what they say in comparable form."""

    words: pa.ChunkedArray
    parts: pa.Table


def taken_apart(words: pa.ChunkedArray, before: TakenApart | None = None) -> pa.Table:
    """Row by row the parts (:data:`netofnets.resolution.records.PARTS`) of what is claimed in these words.

    Words that were taken apart ``before`` are not again: the same words give the same parts.
    """
    known = _SCHEMA.empty_table() if before is None else before.parts
    at = pc.index_in(words, value_set=pa.array([], pa.string()) if before is None else before.words)
    rows = at.fill_null(-1).to_numpy().astype(np.int64)
    fresh = np.flatnonzero(rows < 0)
    if len(fresh):
        known = pa.concat_tables([known, _parts(words.take(pa.array(fresh)).to_pylist())]).combine_chunks()
        rows[fresh] = known.num_rows - len(fresh) + np.arange(len(fresh))
    return known.take(pa.array(rows)).combine_chunks().replace_schema_metadata(_SCHEMA.metadata)


def taken_apart_last(last: Published | None, audience: str) -> TakenApart | None:
    """What was kept beside an edition of the last publication; None where nothing whole of this version is."""
    with suppress(SnapshotDamaged, NotFound):
        edition = last.edition(audience) if last else None
        if edition is None or COMPARABLE_FILE not in edition.seals:
            return None
        check_seals(edition.folder, edition.seals, [COMPARABLE_FILE, "facts/claims.arrow"])
        parts = read_table(edition.folder / COMPARABLE_FILE)
        words = listing(read_table(edition.folder / "facts" / "claims.arrow"), "leaders")["values"]
        if parts.schema.equals(_SCHEMA, check_metadata=True) and parts.num_rows == len(words):
            return TakenApart(words, parts)
    return None


def _parts(words: Sequence[str]) -> pa.Table:
    said = (json.loads(text) for text in words)
    rows = [parts_of(*(values.get(name) or "" for name in STATED)) for values in said]
    columns = list(zip(*rows, strict=True)) or [()] * len(PARTS)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=_SCHEMA)
