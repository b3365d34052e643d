"""Long lists page by page: every row on one page, in one order; and rows of a node looked up, not searched for."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.errors import SettingsError
from netofnets.services.networks.bridges import bridge_report
from netofnets.services.networks.network import network_page, networks_list
from netofnets.services.networks.overlap import overlap_report
from netofnets.services.paged import paged
from netofnets.services.rows_of import RowOf, RowsOf
from netofnets.services.viewer import ANONYMOUS, ORGANIZER


@given(st.integers(0, 500), st.integers(1, 60))
def test_the_pages_of_a_list_are_the_list(total: int, limit: int) -> None:
    rows = list(range(total))
    every = [paged(total, limit, page) for page in range(1, paged(total, limit).pages + 1)]
    assert [row for one in every for row in rows[one.rows]] == rows
    assert all(one.last - one.first + 1 == len(rows[one.rows]) <= limit for one in every if total)
    assert paged(total, limit, 10**9) == every[-1] and paged(total, limit, -3) == every[0]
    assert rows[paged(total, None).rows] == rows


def test_a_page_without_rows_is_refused() -> None:
    with pytest.raises(SettingsError, match="one row at least"):
        paged(10, 0)


@given(st.lists(st.tuples(st.integers(-1, 6), st.integers(-1, 6)).filter(lambda ends: ends[0] != ends[1])))
def test_rows_of_a_node_are_those_that_name_it(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    found = RowsOf.ending_at(7, first, second)
    for node in range(7):
        assert found[node].tolist() == [row for row, pair in enumerate(pairs) if node in pair]


@given(st.lists(st.text(max_size=4), unique=True))
def test_the_row_of_an_id_is_where_it_stands(ids: list[str]) -> None:
    found = RowOf.of(pa.chunked_array([pa.array(ids, pa.string())]))
    assert [found.find(one) for one in ids] == list(range(len(ids)))
    assert found.find("not one of them") == -1


@pytest.mark.parametrize("viewer", [ORGANIZER, ANONYMOUS])
def test_each_list_is_the_same_in_pages_and_whole(blocks, viewer) -> None:
    every = networks_list(blocks, viewer)
    pages = [networks_list(blocks, viewer, limit=5, page=n) for n in range(1, every.paged.total // 5 + 2)]
    assert tuple(row for one in pages for row in one.rows) == every.rows
    assert {one.summary for one in pages} == {every.summary}
    pairs = overlap_report(blocks, viewer, limit=None)
    halves = [overlap_report(blocks, viewer, limit=7, page=n) for n in range(1, len(pairs.rows) // 7 + 2)]
    assert tuple(row for one in halves for row in one.rows)[: len(pairs.rows)] == pairs.rows


def test_bridges_and_members_go_on_where_the_page_before_ended(blocks) -> None:
    every = bridge_report(blocks, ORGANIZER, limit=None)
    assert every.total == len(every.leaders) > 3
    pages = [bridge_report(blocks, ORGANIZER, limit=3, page=n) for n in range(1, -(-every.total // 3) + 1)]
    assert tuple(row for one in pages for row in one.leaders) == every.leaders
    assert [one.paged.first for one in pages] == list(range(1, every.total + 1, 3))
    largest = networks_list(blocks, ORGANIZER).rows[0].network.id
    whole = network_page(blocks, ORGANIZER, largest, limit=None)
    again = [network_page(blocks, ORGANIZER, largest, limit=10, page=n) for n in range(1, len(whole.members) // 10 + 2)]
    assert len(dict.fromkeys(m for one in again for m in one.members)) == whole.members_total == len(whole.members)
    assert {one.bridging for one in again} == {whole.bridging}  # said on each page, not of the page


def test_a_filter_goes_over_the_whole_list(blocks) -> None:
    every = networks_list(blocks, ORGANIZER)
    north = networks_list(blocks, ORGANIZER, text="NORTH", limit=1)
    named = [row.network.name for row in every.rows if row.network.name.startswith("North")]
    assert north.paged.total == len(named) > 1 and north.rows[0].network.name == named[0]
    assert networks_list(blocks, ORGANIZER, text="nor 1").rows[0].network.name == "North 1"  # beginnings of words
    nobody = networks_list(blocks, ORGANIZER, text="zzz")
    assert nobody.rows == () and nobody.paged.total == 0
