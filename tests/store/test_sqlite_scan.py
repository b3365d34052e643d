"""A scan in columns says what the rows say: texts of any letters, numbers to the last bit, lists, and nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netofnets.errors import StoreError
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.kinds import BY_NAME
from netofnets.store.sqlite import scan, statements
from netofnets.store.sqlite.connection import connect, prepare
from netofnets.store.sqlite.sql import Connection

TEXTS = st.none() | st.text(st.characters(codec="utf-8"), max_size=6)
LEADERS = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "about": TEXTS,
        "release_time": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "connect": st.none() | st.booleans(),
        "languages": st.none() | st.lists(st.text(st.characters(codec="utf-8"), max_size=3), max_size=3),
    }
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    path = tmp_path_factory.mktemp("scan") / "store.sqlite"
    prepare(path)
    return connect(path)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(LEADERS, max_size=9))
def test_a_kind_is_read_as_it_was_written(
    database: Connection, monkeypatch: pytest.MonkeyPatch, leaders: list[dict[str, Any]]
) -> None:
    monkeypatch.setattr(scan, "_ROWS", 3)
    schema = arrow_schema("leaders")
    rows = [{**dict.fromkeys(schema.names), **leader, "id": f"l{at}"} for at, leader in enumerate(leaders)]
    database.execute("DELETE FROM leaders")
    told = [
        [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row.values()]
        for row in rows
    ]
    database.executemany(statements.insert_entity(BY_NAME["leaders"]), told)
    found = scan.read_entities(database, "leaders")
    assert found.schema.equals(schema)
    assert found.sort_by("id").to_pylist() == rows


@pytest.mark.parametrize("rows", [0, 1, 3, 6, 7])
def test_claims_are_read_in_parts_each_once(database: Connection, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(scan, "_ROWS", 3)
    keys = [(f"s{at % 2}", ("leaders", "networks")[at % 3 == 0], f"k{at}") for at in range(rows)]
    database.execute("DELETE FROM claim")
    database.execute("DELETE FROM run")
    database.execute("BEGIN")
    database.execute("INSERT INTO run VALUES (1, 's', 'done', '', '', '{}')")
    said = '{"name":"Ana\\u001f, Bo"}'
    told = [(source, kind, key, f"e{key}", "", None, None, said, "", 1, None) for source, kind, key in keys]
    database.executemany(statements.PUT_CLAIM, told)
    database.execute("COMMIT")
    found = scan.read_claims(database).to_pylist()
    expected = {(source, kind, f"e{key}") for source, kind, key in keys}
    assert {(row["source"], row["kind"], row["entity"]) for row in found} == expected
    assert len(found) == rows
    assert {(row["values"], row["local_id"], row["first_run"]) for row in found} <= {(said, "", 1)}


def test_whole_numbers_are_whole(database: Connection) -> None:
    rows = [(f"r{at}", "l1", "l2", count) for at, count in enumerate((None, 0, -7, 2**63 - 1))]
    database.executemany("INSERT INTO collaborations (id, from_id, to_id, count) VALUES (?, ?, ?, ?)", rows)
    found = scan.read_entities(database, "collaborations")
    assert [(row["id"], row["from_id"], row["to_id"], row["count"]) for row in found.to_pylist()] == rows


def test_what_netofnets_did_not_write_is_said_to_be_so(database: Connection) -> None:
    database.execute("DELETE FROM leaders")
    database.execute("INSERT INTO leaders (id, name) VALUES ('l1', CAST(x'ff41' AS TEXT))")
    with pytest.raises(StoreError, match="netofnets store check"):
        scan.read_entities(database, "leaders")
    database.execute("UPDATE leaders SET name = 'A', languages = 'no list'")
    with pytest.raises(StoreError, match="netofnets store check"):
        scan.read_entities(database, "leaders")
    database.execute("DELETE FROM leaders")
