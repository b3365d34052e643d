"""Large tables of a scan go into files: the same facts, and the same bytes once they are published."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.graph.claims import claims_of, in_order
from netofnets.graph.published import published_root
from netofnets.publish import publish, publish_facts
from netofnets.schema.arrow import CLAIMS
from netofnets.store import open_store
from netofnets.store.sqlite import scan
from tests.store.statements import a_roster, load

_TEXTS = st.text("aé\0\x1e\x1f", max_size=3)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "_ROWS", 4)
    opened = open_store(f"sqlite:{tmp_path / 'facts.sqlite'}")
    load(opened, "north", a_roster(people=9))
    load(opened, "south", a_roster("south", people=5))
    yield opened
    opened.close()


def test_what_is_put_aside_is_what_is_scanned(store, tmp_path: Path) -> None:
    held, aside = store.scan(), store.scan_aside(tmp_path / "aside")
    files = {path.stem for path in (tmp_path / "aside").iterdir()}
    assert files >= {"leaders", "memberships", "claims"}, "more than four rows"
    assert "interests" not in files or held.tables["interests"].num_rows > 4
    assert aside.claims.equals(held.claims) and set(aside.tables) == set(held.tables)
    assert all(aside.tables[kind].equals(held.tables[kind]) for kind in held.tables)


def test_a_publication_is_the_same_and_leaves_nothing_aside(store, tmp_path: Path) -> None:
    held, aside = publish_facts(store.scan(), tmp_path / "held"), publish(store, tmp_path / "aside")
    assert held.folder.name == aside.folder.name, "the name has the digest of every file"
    assert not list(published_root(tmp_path / "aside").rglob("scanned"))


def test_nothing_is_left_aside_when_reading_fails(store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netofnets.publish.facts.own_words", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(store, tmp_path)
    assert not [path for path in published_root(tmp_path).rglob("*") if path.suffix == ".arrow"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(_TEXTS, st.none() | _TEXTS), max_size=9))
def test_any_text_comes_back_whatever_marks_are_in_it(rows) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute('CREATE TABLE claim ("id" INTEGER PRIMARY KEY, "own" TEXT NOT NULL, "other" TEXT)')
        database.executemany("INSERT INTO claim VALUES (?, ?, ?)", [(at, *row) for at, row in enumerate(rows)])
        schema = pa.schema([("own", pa.string()), ("other", pa.string())])
        batches = scan._batches(database, "claim", ("id",), ("own", "other"), schema)
        found = pa.Table.from_batches(batches, schema)
    assert found.to_pylist() == [{"own": own, "other": other} for own, other in rows]
    if rows:  # and nothing lies in the file that is in no row
        told = "".join(other or "" for _, other in rows).encode()
        assert found["other"].combine_chunks().buffers()[2].to_pybytes() == told


def test_claims_of_a_kind_come_in_order_however_they_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ("leaders", "l2", "south", "7", "{}", "a:1", 1),
        ("networks", "n1", "north", "1", "{}", "a:1", 1),
        ("leaders", "l1", "south", "5", "{}", "a:2", 1),
        ("leaders", "l2", "north", "3", "{}", "b:1", 2),
    ]
    claims = pa.Table.from_pylist([dict(zip(CLAIMS.names, row, strict=True)) for row in rows], CLAIMS)
    monkeypatch.setattr("netofnets.graph.claims._ROWS", 2)
    batches = list(in_order(claims_of(claims, "leaders")))
    assert [batch.num_rows for batch in batches] == [2, 1]
    told = [(row["entity"], row["source"]) for batch in batches for row in batch.to_pylist()]
    assert told == [("l1", "south"), ("l2", "north"), ("l2", "south")]
    assert claims_of(claims, "interests").num_rows == 0
