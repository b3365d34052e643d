"""Several networks in one cell, and a table of which somebody says what kind it is: mapping, guess, and menus."""

from __future__ import annotations

import pytest

from ingest.drafts.batches import batches, choose, write_plan
from ingest.drafts.columns import kinds
from ingest.drafts.kept import all_kept, keep
from ingest.drafts.tables import PEOPLE_BY_PEOPLE
from ingest.drafts.uploads import as_kinds
from ingest.guess import Sample, guess_table
from ingest.guess_as import guess_as
from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from ingest.suggest import suggest
from netofnets.errors import MappingError
from netofnets.schema.columns import shapes
from netofnets.store import open_store
from tests.ingest.test_drafts import GRAPH, MATRIX, draft_of

CELLS = "Name,Group,Role,Since\nAda Obi,Lantern; Harbour,chair,2020-01-01\nBo Yi,Harbour,,\nCy Fo,Lantern;,member,\n"
SPLIT = """[[tables]]
file = "*"
is = "roster"
[tables.columns]
name = "Name"
network = { from = "Group", split = ";" }
role = "Role"
start = "Since"
"""


def memberships(folder, mapping: str) -> list[tuple[str, str, str | None, str | None]]:
    """Who is in which network, as what, since when; after a load of a folder."""
    store = open_store("memory:")
    load(store, [folder], Options("x", parse_mapping(mapping)))
    tables = store.scan().tables
    called = {row["id"]: row["name"] for kind in ("leaders", "networks") for row in tables[kind].to_pylist()}
    rows = tables["memberships"].to_pylist()
    return sorted((called[r["from_id"]], called[r["to_id"]], r["role"], r["start"]) for r in rows)


EXPECTED = [
    ("Ada Obi", "Harbour", "chair", "2020-01-01"),
    ("Ada Obi", "Lantern", "chair", "2020-01-01"),
    ("Bo Yi", "Harbour", None, None),
    ("Cy Fo", "Lantern", "member", None),
]


def test_each_network_of_a_cell_has_the_person_as_a_member(tmp_path):
    (tmp_path / "a.csv").write_text(CELLS, encoding="utf-8")
    assert memberships(tmp_path, SPLIT) == EXPECTED
    assert memberships(tmp_path, suggest([tmp_path / "a.csv"])) == EXPECTED


def test_without_split_a_name_may_hold_a_semicolon(tmp_path):
    (tmp_path / "a.csv").write_text("Name,Group\nAda Obi,Readers; the second circle\n", encoding="utf-8")
    mapping = SPLIT.replace('{ from = "Group", split = ";" }', '"Group"').split("role")[0]
    assert memberships(tmp_path, mapping) == [("Ada Obi", "Readers; the second circle", None, None)]


def test_several_names_have_no_id_beside_them(tmp_path):
    (tmp_path / "a.csv").write_text(CELLS, encoding="utf-8")
    with pytest.raises(MappingError, match="several names in a cell have no network_id"):
        memberships(tmp_path, SPLIT + 'network_id = "Role"\n')


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["Lantern; Harbour", "Harbour"], ";"),
        (["Lantern", "Harbour", *["Lantern"] * 20, "Lantern; Harbour"], ";"),
        (["Lantern, Harbour", "Harbour", "Lantern"], ","),
        (["Lantern\nHarbour", "Harbour"], "\n"),
        (["Maths, Science & Art", "Harbour", "Harbour"], ""),
        (["Readers / Writers", "Harbour"], ""),
        (["Lantern", "Harbour"], ""),
    ],
)
def test_what_stands_between_networks_is_guessed(cells, mark):
    sample = Sample("x.csv", "", ("Name", "Network"), tuple((f"P{i}", cell) for i, cell in enumerate(cells)))
    (table,) = guess_table(sample)
    assert next(column.split for column in table.columns if column.column == "network") == mark


def test_a_menu_says_what_a_cell_of_networks_holds(tmp_path):
    one, plan = draft_of(tmp_path, {"a.csv": CELLS.replace("; ", " / ").replace(";", "")})
    form = {"shown-0": "1", "take-0": "1", "split-0-1": "slash"}
    (batch,) = batches(one, choose(plan, form))
    store = open_store("memory:")
    load(store, batch.paths, batch.options)
    assert sorted(store.scan().tables["networks"]["name"].to_pylist()) == ["Harbour", "Lantern"]


TIES = "Name,Works with,How\nAda Obi,Bo Yi,writes with\nBo Yi,Cy Fo,\n"


@pytest.mark.parametrize(
    ("kind", "header", "columns"),
    [
        ("networks", "Group,Link,Type,Remarks", ["name", "url", "kind", ""]),
        ("organizations", "Employer,Town", ["name", "place"]),
        ("memberships", "Email,Group,Role,Member since", ["leader_email", "network", "role", "start"]),
        ("leader_interests", "Teacher,Topics", ["leader", "interest"]),
        ("leaders", "Member ID,Full name,School", ["id", "name", "school"]),
        ("collaborations", "Name,Teacher,Type", ["leader", "other_leader", "kind"]),
        ("roster", "Full name,Group", ["name", "network"]),
    ],
)
def test_the_columns_are_guessed_for_what_somebody_said_the_table_is(kind, header, columns):
    guess = guess_as(Sample("x.csv", "", tuple(header.split(",")), (("a",) * 4,)), kind)
    by_header = {h: c.column for c in guess.columns for h in c.headers}
    assert guess.shape == kind and [by_header[h] for h in header.split(",")] == columns


def test_somebody_says_what_a_table_is_and_it_is_known_again(tmp_path):
    networks = "Title,Group,About\n1,Lantern,Light\n2,Harbour,Sea\n"
    one, plan = draft_of(tmp_path, {"list.csv": networks})
    assert plan.tables[0].kind == "roster"
    tables = as_kinds(one, plan.tables, {0: "networks"})
    assert [c.column for c in tables[0].columns] == ["", "name", "about"] and tables[0].network == ""
    assert as_kinds(one, tables, {0: "roster"})[0] == plan.tables[0]
    assert as_kinds(one, plan.tables, {0: "no such kind"}) == list(plan.tables)
    (batch,) = batches(one, choose(type(plan)(tuple(tables), plan.sources), {}))
    store = open_store("memory:")
    load(store, batch.paths, batch.options)
    assert sorted(store.scan().tables["networks"]["about"].to_pylist()) == ["Light", "Sea"]
    keep(tmp_path, batch.source, batch.text)
    assert all_kept(tmp_path)
    _, again = draft_of(tmp_path, {"list.csv": networks.replace("Light", "Lamp")})
    assert again.tables[0].kind == "networks" and again.tables[0].guessed == "roster"
    assert [c.column for c in again.tables[0].columns] == ["", "name", "about"]


def test_a_grid_of_people_can_be_taken_for_something_else_and_back(tmp_path):
    one, plan = draft_of(tmp_path, {"grid.csv": MATRIX, "g.graphml": GRAPH})
    grid = plan.tables[0]
    assert grid.kind == PEOPLE_BY_PEOPLE == grid.guessed and grid.blocks
    roster = as_kinds(one, plan.tables, {0: "roster", 1: "roster"})
    assert roster[0].kind == "roster" and roster[0].columns and roster[1] == plan.tables[1]
    assert as_kinds(one, roster, {0: PEOPLE_BY_PEOPLE})[0] == grid
    write_plan(one, plan)


def test_every_kind_of_table_is_on_the_menu(tmp_path):
    _, plan = draft_of(tmp_path, {"a.csv": CELLS})
    offered = [name for _, menu in kinds(plan.tables[0]) for name, _ in menu]
    assert sorted(offered) == sorted(shapes())
