"""Tables by what a column says: rows chosen and sorted, what cannot be asked is said, and the page around them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from netofnets.analysis.registry import MEASURES, measure
from netofnets.errors import NotFound, SettingsError
from netofnets.services.chosen_rows import chosen_rows
from netofnets.services.column_words import column_words
from netofnets.services.glossary import TERMS, glossary
from netofnets.services.leaving_table import leaving_table
from netofnets.services.table_page import CYPHER, table_page, tables_page
from netofnets.services.tables import measure_table
from netofnets.services.viewer import ANONYMOUS, ORGANIZER

TABLE = pa.table(
    {
        "id": ["a", "b", "c", "d"],
        "score": [0.5, None, 2.0, 1.0],
        "bridging": [True, False, None, False],
        "name": ["Ana", "Bo", "cleo ana", None],
        "terms": [["x", "y"], [], None, ["Y z"]],
    }
)


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        (("score", "least", "1"), "cd"),
        (("score", "most", "1"), "ad"),
        (("score", "is", "2"), "c"),
        (("bridging", "is", "true"), "a"),
        (("bridging", "is", "no"), "bd"),
        (("name", "has", "ANA"), "ac"),
        (("name", "is", "Ana"), "a"),
        (("terms", "has", "y"), "ad"),
    ],
)
def test_rows_by_a_condition(condition, ids):
    assert "".join(chosen_rows(measure("gaps"), TABLE, [condition], "id")["id"].to_pylist()) == ids


def test_rows_meet_all_conditions_and_what_is_not_defined_comes_last():
    both = [("score", "least", "0.5"), ("bridging", "is", "false")]
    assert chosen_rows(measure("gaps"), TABLE, both, "id")["id"].to_pylist() == ["d"]
    assert chosen_rows(measure("gaps"), TABLE, (), "score")["id"].to_pylist() == ["a", "d", "c", "b"]
    assert chosen_rows(measure("gaps"), TABLE, (), "-score")["id"].to_pylist() == ["c", "d", "a", "b"]


@pytest.mark.parametrize(
    ("where", "sort", "said"),
    [
        ([("no", "is", "1")], "", "there is no column 'no'"),
        ([("score", "is", "much")], "", "'much' is no number"),
        ([("name", "least", "a")], "", "texts are compared by is and has"),
        ([("score", "like", "1")], "", "compared by is, has, least, most"),
        ([], "terms", "holds lists"),
        ([], "-no", "there is no column"),
    ],
)
def test_what_cannot_be_asked_is_said(where, sort, said):
    with pytest.raises(SettingsError, match=said):
        chosen_rows(measure("gaps"), TABLE, where, sort)


def test_the_page_of_a_table_has_its_rows_its_words_and_how_to_have_it_elsewhere(small):
    page = table_page(small, ORGANIZER, "overlap", where=[("shared", "least", "1")], sort="-shared", limit=2)
    whole = measure_table(small, ORGANIZER, "overlap", {})
    assert page.rows_total == page.rows_every == whole.num_rows and len(page.rows) == min(2, whole.num_rows)
    assert [c.name for c in page.columns] == whole.column_names
    told = {c.name: (c.type, c.links) for c in page.columns}
    assert told["shared"] == ("whole number", "") and told["first"] == ("text", "/networks/")
    assert page.recipe.command == "netofnets table overlap --where shared least 1 --sort -shared --format csv"
    assert "where=[('shared', 'least', '1')]" in page.recipe.python and page.recipe.cypher == CYPHER["overlap"]
    last = table_page(small, ORGANIZER, "overlap", page=99, limit=2)
    assert last.page == last.pages and last.rows
    assert {t.id for t in tables_page(small, ORGANIZER).tables} == {name for name, _ in page.tables}
    with pytest.raises(NotFound):
        table_page(small, ORGANIZER, "nothing")


def test_the_public_gets_the_table_of_its_own_edition(small):
    text = str(table_page(small, ANONYMOUS, "communities")) + str(tables_page(small, ANONYMOUS))
    assert "Ana Sousa" in text and "Cleo" not in text and "Private Circle" not in text
    assert (tables_page(small, ANONYMOUS).run, tables_page(small, ANONYMOUS).runs) == (None, None)


def test_nothing_of_those_who_declined_leaves_in_a_table(small, monkeypatch):
    declared = measure("communities")
    whole = measure_table(small, ORGANIZER, "communities", {})
    assert leaving_table(small, declared, whole) is whole
    cleo = next(row["id"] for row in whole.to_pylist() if row["name"] == "Cleo Núñez")
    monkeypatch.setattr("netofnets.services.leaving_table.declined_research", lambda _: frozenset({cleo}))
    for name in ("communities", "gaps", "connectors", "introductions"):
        table = leaving_table(small, measure(name), measure_table(small, ORGANIZER, name, {}))
        assert "Cleo" not in str(table.to_pylist()) and cleo not in str(table.to_pylist()), name
    assert leaving_table(small, declared, whole).num_rows == whole.num_rows - 1


def test_every_term_leads_to_a_measure_that_is_there(small):
    told = glossary(small, ORGANIZER).terms
    assert len({t.id for t in told}) == len(TERMS) == len(told)
    assert all(t.title for t in told if t.measure) and sum(bool(t.measure) for t in told) > 15


def test_every_column_has_words_of_its_own_in_its_table():
    for declared in MEASURES:
        names = [output.name for output in declared.outputs if not output.inner]
        words = [column_words(name, declared.id) for name in names]
        assert len(set(words)) == len(words), declared.id
        assert [name for name, told in zip(names, words, strict=True) if type(told) is str] == [], declared.id
    assert column_words("first_name") == "first of the two: name" and column_words("unheard_of") == "unheard_of"
