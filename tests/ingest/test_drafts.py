"""Drafts: what is read of files, what is chosen, the mapping that follows, and whether it is known again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ingest.drafts.batches import Plan, batches, choose, read_plan, write_plan
from ingest.drafts.folder import Draft, new_draft
from ingest.drafts.kept import all_kept, keep
from ingest.drafts.outcome import outcome_of
from ingest.drafts.uploads import read_tables
from ingest.mapping import parse_mapping
from ingest.pipeline import load
from ingest.report import Report
from ingest.suggest import suggest
from netofnets.errors import InputError
from netofnets.schema.rows import Problem
from netofnets.store import open_store

MATRIX = "X,Ana,Bo,Cy\nAna,,2,\nBo,,,1\nCy,,,\n"
GRAPH = """<graphml><graph edgedefault="undirected">
<node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>"""


def draft_of(home: Path, files: dict[str, str | bytes]) -> tuple[Draft, Plan]:
    """A draft of these files, and what was guessed for them."""
    one = new_draft(home)
    for name, content in files.items():
        one.add(name, io.BytesIO(content.encode() if isinstance(content, str) else content))
    tables, sources = read_tables(one, all_kept(home))
    plan = Plan(tuple(tables), sources)
    write_plan(one, plan)
    assert read_plan(one) == plan  # also after JSON
    return one, plan


def counts(home: Path, files: dict[str, str | bytes], form: dict[str, str] | None = None) -> dict[str, dict[str, int]]:
    """By source, how many of what a load of these files states."""
    one, plan = draft_of(home, files)
    found = {}
    for batch in batches(one, choose(plan, form or {})):
        found[batch.source] = load(open_store("memory:"), batch.paths, batch.options).report.by_kind
    return found


def test_two_columns_of_one_kind_are_both_taken(tmp_path):
    rows = 'First,Last,Topics,Hobbies,Work mail,Private mail\nAna,Ruiz,Maths; Art,"Chess, Go",,ana@x.example\n'
    form = {"shown-0": "1", "take-0": "1", "network-0": "N"}
    form |= {
        f"column-0-{i}": c
        for i, c in enumerate(("first_name", "last_name", "interests", "interests", "email", "email"))
    }
    form |= {"split-0-2": "semicolon", "split-0-3": "comma"}
    one, plan = draft_of(tmp_path, {"a.csv": rows})
    (batch,) = batches(one, choose(plan, form))
    store = open_store("memory:")
    load(store, batch.paths, batch.options)
    tables = store.scan().tables
    assert sorted(tables["interests"]["name"].to_pylist()) == ["Art", "Chess", "Go", "Maths"]
    assert tables["leaders"].select(["name", "email"]).to_pylist() == [{"name": "Ana Ruiz", "email": "ana@x.example"}]
    keep(tmp_path, batch.source, batch.text)
    _, again = draft_of(tmp_path, {"b.csv": rows})
    assert [(c.column, c.split) for c in again.tables[0].columns] == [
        ("first_name", ""), ("last_name", ""), ("interests", ";"), ("interests", ","), ("email", ""), ("email", ""),
    ]  # fmt: skip
    assert again.sources == {"b.csv": "A"} and again.tables[0].network == "N"


def test_files_are_sources_of_their_own_unless_they_are_given_one(tmp_path):
    files = {"North.csv": "Name\nAna Ruiz\n", "South [1].csv": "Name\nBo Li\n"}
    assert {source: c["leaders"] for source, c in counts(tmp_path, files).items()} == {"North": 1, "South": 1}
    together = counts(tmp_path, files, {"source-0": "Both", "source-1": "Both"})
    assert {source: (c["leaders"], c["networks"]) for source, c in together.items()} == {"Both": (2, 2)}


def test_tables_with_our_headers_matrices_and_graphs_need_no_choice(tmp_path):
    networks = "id,name,region\nn1,North,Coast\nn2,South,Hills\n"
    files = {"networks.csv": networks, "who with whom.csv": MATRIX, "ties.graphml": GRAPH}
    one, plan = draft_of(tmp_path, files)
    assert [(table.shape, bool(table.blocks), table.own) for table in plan.tables] == [
        ("networks", False, ""), ("leaders", True, ""), ("", False, "graph"),
    ]  # fmt: skip
    found = counts(tmp_path, files)
    assert [list(found[plan.sources[name]].items()) for name in files] == [
        [("networks", 2)], [("leaders", 3), ("collaborations", 2)], [("leaders", 2), ("collaborations", 1)],
    ]  # fmt: skip
    with pytest.raises(InputError, match="says itself what it is"):
        batches(one, choose(plan, {"source-0": "One", "source-2": "One"}))


def test_what_is_left_out_is_left_out_and_nothing_at_all_is_refused(tmp_path):
    one, plan = draft_of(tmp_path, {"a.csv": "Name\nAna\n", "b.csv": "Name\nBo\n"})
    left = choose(plan, {"shown-0": "1", "shown-1": "1", "take-1": "1"})
    assert [batch.files for batch in batches(one, left)] == [("b.csv",)]
    with pytest.raises(InputError, match="tick at least one"):
        batches(one, choose(plan, {"shown-0": "1", "shown-1": "1"}))
    with pytest.raises(InputError, match="say who a.csv is from"):
        batches(one, choose(plan, {"source-0": " "}))


def test_choices_that_no_menu_offers_change_nothing(tmp_path):
    _, plan = draft_of(tmp_path, {"a.csv": "Name,Joined\nAna,2024-01-01\n"})
    odd = choose(
        plan, {"shown-0": "1", "take-0": "1", "column-0-0": "visibility", "date-0-1": "%s", "source-0": "x\x00"}
    )
    assert [c.column for c in odd.tables[0].columns] == ["name", "start"]
    assert odd.tables[0].columns[1].date_format == "" and odd.sources == plan.sources


def test_another_table_and_corrections_are_not_taken_for_a_known_one(tmp_path):
    keep(tmp_path, "North", suggest([_written(tmp_path / "n.csv", "Name,Email\nAna,a@x.example\n")], "North"))
    assert draft_of(tmp_path, {"m.csv": "Name,Email,School\nAna,a@x.example,Hill\n"})[1].sources == {"m.csv": "North"}
    for other in ("Name\nAna\n", "Name,Email,Adr,Tel,Age\nAna,a@x.example,1,2,3\n", "Name,Email,what_to_do\nAna,,\n"):
        assert draft_of(tmp_path, {"m.csv": other})[1].sources == {"m.csv": "M"}


def test_a_mapping_of_somebody_elses_is_passed_over(tmp_path):
    keep(tmp_path, "North", '[[tables]]\nfile = "*"\nis = "roster"\n[tables.columns]\nname = "Name"\n')
    (tmp_path / "mappings" / "0123456789abcdef.toml").write_text("not = [toml")
    (tmp_path / "mappings" / "mine.toml").write_text(
        '[[tables]]\nfile="*"\nis="roster"\n[tables.columns]\nname="Name"\n'
    )
    assert len(all_kept(tmp_path)) == 1


def test_a_suggestion_for_several_files_names_each_of_them_literally(tmp_path):
    paths = [_written(tmp_path / name, "Name\nAna\n") for name in ("list [2024].csv", "list 2.csv")]
    files = [table.file for table in parse_mapping(suggest(paths)).tables]
    assert files == ["list 2.csv", "list [[]2024].csv"]


def test_many_rows_with_one_reason_are_one_reason(tmp_path):
    report = Report("n", quarantined=[Problem("a.csv", row, row, "Joined", "x", "No date.") for row in range(2, 62)])
    (reason,) = outcome_of(report, (), 60).rows_aside
    assert reason.count == 60 and reason.rows.startswith("a.csv: rows 2, 3") and reason.rows.endswith("and 48 more")


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
