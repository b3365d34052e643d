"""Files that an older version of the program wrote: brought up to date, with nothing lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from netofnets.desk.undo import undo
from netofnets.errors import NotFound, SettingsError
from netofnets.schema.records import Decision, Judgement, Verdict
from netofnets.store import open_store
from netofnets.store.past import facts_after
from tests.store.statements import a_roster, canonical, facts_of, load, node


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "book.sqlite"


def test_a_file_from_before_a_property_was_declared_gets_its_column(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    load(store, "north", a_roster())
    before = facts_of(store)
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE leaders DROP COLUMN about")
        database.execute("DROP TABLE activities")
    database.close()
    assert facts_of(open_store(f"sqlite:{path}")) == before


def test_a_file_from_before_there_were_decisions_gets_their_log(path: Path) -> None:
    load(open_store(f"sqlite:{path}"), "north", a_roster())
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE decision")
        database.execute("PRAGMA user_version = 1")
    database.close()
    store = open_store(f"sqlite:{path}")
    decision = Decision("introduction", ("lx", "ly"), "asked", "Ana", "", "2026-03-01")
    store.decide([decision])
    assert open_store(f"sqlite:{path}").decisions("introduction") == (decision,)


def test_a_file_from_before_there_were_credentials_gets_their_tables_and_older_programs_refuse_it(path: Path) -> None:
    load(open_store(f"sqlite:{path}"), "north", a_roster())
    with sqlite3.connect(path) as database:
        for kind in ("credentials", "leader_credentials", "credential_issuers"):
            database.execute(f"DROP TABLE {kind}")
        database.execute("PRAGMA user_version = 2")
    database.close()
    store = open_store(f"sqlite:{path}")
    load(store, "north", [*a_roster(), node("credentials", "north", "c", name="Coaching")])
    assert store.scan().tables["credentials"]["name"].to_pylist() == ["Coaching"]
    with sqlite3.connect(path) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
    database.close()
    assert version > 2  # which is what a program that knows no credentials looks at


def test_a_file_from_before_the_past_was_kept_keeps_it_from_now_on(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    load(store, "north", a_roster(people=3))
    store.judge([Judgement("la", "lb", Verdict.SAME, "Ana", "one person")])
    with sqlite3.connect(path) as database:
        for table in ("past_claim", "past_since"):
            database.execute(f"DROP TABLE {table}")
        for log in ("judgement", "visibility_choice", "decision"):
            database.execute(f"ALTER TABLE {log} DROP COLUMN run")
        database.execute("PRAGMA user_version = 3")
    database.close()
    store = open_store(f"sqlite:{path}")
    before = facts_of(store)
    load(store, "north", a_roster(people=2))
    assert canonical(facts_after(store, 2)) == before and len(before["judgements"]) == 1
    with pytest.raises(NotFound, match="since run 2"):
        facts_after(store, 1)
    undo(store, 3)
    assert facts_of(store) == before
    with pytest.raises(SettingsError, match="before this store kept"):
        load(store, "south", a_roster("south"))
        load(store, "south", a_roster("south", 4))
        with sqlite3.connect(path) as database:
            database.execute("UPDATE past_since SET run = 6")
        database.close()
        undo(store, 6)
