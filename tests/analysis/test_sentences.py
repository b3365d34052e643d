"""Sentences of published tables: English text, and beside it what says them in other languages."""

from __future__ import annotations

import pytest

from netofnets.analysis.registry import MEASURES, run_all
from netofnets.analysis.tables import sentences
from netofnets.graph.cells import Cells
from netofnets.language import Message, say, told
from netofnets.language.languages import tongue
from netofnets.services.tables import described
from netofnets.services.words import said, said_at
from tests.data.graphs import snapshot

# b alone joins x and y, and a partner stands between y and z, which nobody joins.
SNAPSHOT = snapshot(
    {"a": ["x"], "b": ["x", "y"], "c": ["y"], "d": ["y"], "e": ["z"]},
    [("a", "b"), ("b", "c")],
    partners=[("y", "uni"), ("z", "uni")],
)
SAYING = [(m.id, o.name) for m in MEASURES for o in m.outputs if any(i.name == f"{o.name}_message" for i in m.outputs)]


@pytest.fixture(scope="module")
def results():
    return run_all(SNAPSHOT)


def test_every_reason_can_be_said_again(results):
    assert {column for _, column in SAYING} == {"reason", "effect", "label", "description"}
    for measure, column in SAYING:
        table, cells = results[measure], Cells(results[measure])
        for at, row in enumerate(table.to_pylist()):
            again = said(row, column)
            assert again == (row[column] or "") == said_at(cells, at, column), (measure, column)
            assert type(again) is Message or not again, (measure, column, again)


def test_a_published_reason_is_said_in_other_languages(results):
    table = results["connectors"]
    assert table["reason"][0].as_py() == "Without b nothing would lead from y to x."
    assert told(said_at(Cells(table), 0), tongue("es")) == "Sin b nada llevaría de y a x."
    row = next(row for row in results["partners"].to_pylist() if row["reason"])
    assert told(said(row), tongue("de")) == "uni arbeitet mit y und mit z, die niemand verbindet."


def test_what_was_published_before_messages_were_kept_is_plain_text(results):
    assert said({"reason": "x and y"}) == "x and y" and type(said({"reason": "x and y"})) is str
    assert said({"reason": None}) == said({}) == ""
    assert said_at(Cells(results["connectors"].drop_columns("reason_message")), 0).startswith("Without b")


def test_a_column_of_sentences_has_null_where_there_is_none():
    made = sentences("reason", [None, "plain", say("{n:,} more", n=1200)])
    assert made["reason"].to_pylist() == [None, "plain", "1,200 more"]
    assert made["reason_message"].to_pylist() == [None, None, '{"say":["{n:,} more",[["n",1200]]]}']


@pytest.mark.parametrize("measure", ["connectors", "community_summary"])
def test_tables_that_are_shown_have_no_inner_columns(results, measure):
    declared = next(m for m in MEASURES if m.id == measure)
    shown = described(SNAPSHOT, declared, results[measure])
    assert not any(name.endswith("_message") for name in shown.column_names)
