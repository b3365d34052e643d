"""JSON and JSON Lines: lists of objects, objects inside objects, and everything that a strict reader must refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Loaded, Options, load
from netofnets.errors import InputError
from netofnets.store import open_store

ROSTER = """
[[tables]]
file = "*"
is = "roster"
[tables.columns]
leader_id = "id"
name = "name"
email = { from = "contact.email", optional = true }
interests = { from = "topics", optional = true }
start = { from = "joined", optional = true }
end = { from = "left", optional = true }
network_id = { from = "network.id", optional = true }
network = "network.name"
"""


def ingest(folder: Path, name: str, text: str | bytes, mapping: str = ROSTER) -> tuple[Loaded, dict[str, list[dict]]]:
    (folder / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    store = open_store("memory:")
    loaded = load(store, [folder / name], Options("s", parse_mapping(mapping), keep_rows=True))
    tables = {kind: table.to_pylist() for kind, table in store.scan().tables.items()}
    store.close()
    return loaded, tables


def person(number: int, **more: object) -> dict[str, object]:
    return {"id": number, "name": f"Person {number}", "network": {"id": "n1", "name": "Readers"}, **more}


def test_objects_inside_are_columns_and_lists_are_several_values(tmp_path: Path) -> None:
    ada = person(1, contact={"email": "ada@x.example"}, topics=["literacy", "maths, early"], joined="2024-09-01")
    loaded, tables = ingest(tmp_path, "people.json", json.dumps([ada, person(2, left=None)]))
    assert loaded.report.exit_code == 0
    assert {row["email"] for row in tables["leaders"]} == {"ada@x.example", None}
    assert {row["name"] for row in tables["interests"]} == {"literacy", "maths, early"}
    assert len(tables["memberships"]) == 2


def test_a_list_deep_inside_is_named_by_its_path(tmp_path: Path) -> None:
    document = {"meta": {"page": 1}, "data": {"members": [person(1)], "guests": [person(2)]}}
    mapping = ROSTER.replace('is = "roster"', 'sheet = "data.members"\nis = "roster"')
    loaded, tables = ingest(tmp_path, "x.json", json.dumps(document), mapping)
    assert [row["name"] for row in tables["leaders"]] == ["Person 1"]
    assert [(w.sheet, w.code) for w in loaded.report.warnings] == [("data.guests", "unknown_sheet")]
    with pytest.raises(InputError, match="data.members") as refused:
        ingest(tmp_path, "x.json", json.dumps(document))
    assert refused.value.code == "ambiguous_sheet"


def test_a_bad_line_of_json_lines_waits_alone_and_is_given_back(tmp_path: Path) -> None:
    lines = [json.dumps(person(1)), '{"id": 2, "name":', "", json.dumps(person(3)), "[1]"]
    loaded, tables = ingest(tmp_path, "x.jsonl", "\n".join(lines))
    assert [(p.row, p.line, p.code) for p in loaded.report.quarantined] == [(2, 2, "json_syntax"), (4, 5, "wrong_type")]
    assert sorted(row["name"] for row in tables["leaders"]) == ["Person 1", "Person 3"]
    assert [row.problems[0].row for row in loaded.to_correct] == [2, 4]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"id": 1,}]', "json_syntax"),
        ('[{"id": NaN}]', "json_syntax"),
        ('[{"id": 1}] []', "json_syntax"),
        ("[", "json_syntax"),
        ("5", "json_shape"),
        ("[]", "json_shape"),
        ("[1, 2]", "json_shape"),
        ("[" * 5000, "json_depth"),
        ('{"a":' * 5000, "json_depth"),
        (b'[{"id": "\xff"}]', "encoding"),
    ],
)
def test_what_is_no_list_of_objects_is_refused_with_its_place(tmp_path: Path, text: str | bytes, code: str) -> None:
    with pytest.raises(InputError, match="x.json") as refused:
        ingest(tmp_path, "x.json", text)
    assert refused.value.code == code


def test_a_value_of_the_wrong_type_costs_what_it_must(tmp_path: Path) -> None:
    people = [
        person(1, name=5),
        person(2, contact={"email": ["a@x.example", "b@x.example"]}),
        person(3, topics=[["nested"]]),
        person(4, joined={"y": 1}),
        person(5),
    ]
    text = json.dumps(people).replace('"id": 5', '"id": 5, "id": 6')
    loaded, tables = ingest(tmp_path, "x.json", text)
    told = [(p.row, p.column, p.code) for p in loaded.report.quarantined]
    assert told == [(1, "name", "wrong_type"), (5, "", "duplicate_key")]
    assert [(p.row, p.column, p.code) for p in loaded.report.cells] == [
        (2, "contact.email", "invalid_email"),
        (3, "topics", "wrong_type"),
    ]
    assert sorted(row["name"] for row in tables["leaders"]) == ["Person 2", "Person 3", "Person 4"]


def test_numbers_that_programs_round_are_no_ids(tmp_path: Path) -> None:
    text = json.dumps([person(1), person(2**53 + 1)]).replace(str(2**53 + 1), "12345678901234567890")
    loaded, _ = ingest(tmp_path, "x.json", text)
    assert [(p.row, p.column, p.code) for p in loaded.report.quarantined] == [(2, "id", "wrong_type")]


def test_a_document_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.limits.JSON_BYTES", 10)
    with pytest.raises(InputError, match="JSON Lines") as refused:
        ingest(tmp_path, "x.json", json.dumps([person(1)]))
    assert refused.value.code == "too_large"
