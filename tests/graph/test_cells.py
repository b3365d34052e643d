"""Cells that are read where they lie, and groups of many at once, against what Arrow and SciPy give."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from netofnets.graph.cells import Cells
from netofnets.graph.twomode import TwoMode

CHUNKS = st.lists(st.lists(st.none() | st.text(max_size=4), max_size=6), max_size=4)
IDS = st.lists(st.text("ab\N{GREEK SMALL LETTER PI}", min_size=1, max_size=3), unique=True, max_size=12).map(sorted)


@given(CHUNKS, st.integers(0, 3))
def test_each_cell_is_what_arrow_gives(chunks, left_out):
    texts = pa.chunked_array([pa.array(chunk, pa.string()).slice(left_out) for chunk in chunks], pa.string())
    lengths = [
        pa.array([None if v is None else len(v) for v in chunk.to_pylist()], pa.int64()) for chunk in texts.chunks
    ]
    numbers = pa.chunked_array(lengths, pa.int64())
    table = pa.table({"text": texts, "number": numbers, "flag": pa.array([True] * len(texts), pa.bool_())})
    assert [Cells(table).row(at) for at in range(len(table))] == table.to_pylist()


@given(IDS, st.integers(0, 12), st.integers(0, 12), st.text("ab\N{GREEK SMALL LETTER PI}", max_size=3))
def test_what_is_sought_is_found_where_it_stands_and_nowhere_else(ids, cut, low, sought):
    pieces = pa.chunked_array([pa.array(ids[:cut], pa.string()), pa.array(ids[cut:], pa.string())])
    cells, rows = Cells(pa.table({"id": pieces})), range(min(low, len(ids)), len(ids))
    for one in (*ids, sought):
        expected = ids.index(one) if one in ids and ids.index(one) in rows else -1
        assert cells.find("id", one, rows.start) == expected


def test_a_column_that_is_asked_for_and_not_there_is_left_out_of_a_row():
    cells = Cells(pa.table({"a": [1, 2], "b": ["x", None]}))
    assert (cells.row(1, ("b", "c")), cells.row(0)) == ({"b": None}, {"a": 1, "b": "x"})


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), unique=True), st.lists(st.integers(0, 5), max_size=7))
def test_the_groups_of_several_actors_are_those_of_each(pairs, actors):
    members, groups = (np.array([pair[side] for pair in sorted(pairs)], dtype=np.int32) for side in (0, 1))
    held = TwoMode.from_pairs(members, groups, (6, 5))
    chosen = np.array(actors, dtype=np.int64)
    whose, found = held.ties_of(chosen)
    rows = sp.csr_array(held.csr[chosen]) if actors else sp.csr_array((0, 5))
    assert found.tolist() == rows.indices.tolist()
    assert np.bincount(whose, minlength=len(actors)).tolist() == np.diff(rows.indptr).tolist()
