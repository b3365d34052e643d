"""Files that an older version of the program wrote: brought up to date, with nothing lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from netofnets.accounts.database import Database
from netofnets.desk.undo import undo
from netofnets.errors import NotFound, SettingsError
from netofnets.schema.records import Decision, Judgement, Verdict
from netofnets.store import open_store
from netofnets.store.past import facts_after
from netofnets.store.sqlite.connection import VERSION
from tests.store.statements import a_roster, canonical, facts_of, load, node


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "book.sqlite"


def killed_at_each_statement(what: str, old: Path, folder: Path) -> list[Path]:
    """Copies of ``old``, each left by a program that died while it brought it up to date; the last did not."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.store.migrating", what, str(old), str(folder)]
    subprocess.run(command, cwd=Path(__file__).resolve().parents[2], check=True)
    return sorted(folder.glob("*.sqlite"), key=lambda path: int(path.stem))


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_a_program_that_dies_while_it_brings_a_file_up_to_date_leaves_the_old_or_the_new(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    load(store, "north", a_roster(people=3))
    before = facts_of(store)
    with closing(sqlite3.connect(path)) as database:
        for table in (
            "decision",
            "past_claim",
            "past_since",
            "tombstone",
            "comparable",
            "block",
            "usual",
            "credentials",
        ):
            database.execute(f"DROP TABLE {table}")
        for index in ("judgement_left", "judgement_right"):
            database.execute(f"DROP INDEX {index}")
        database.execute("ALTER TABLE leaders DROP COLUMN about")
        database.execute("PRAGMA user_version = 1")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = killed_at_each_statement("store", path, path.parent / "killed")
    assert len(left) > 15 and version_of(left[-1]) == VERSION
    assert {version_of(one) for one in left[:-1]} == {1}
    for one in (left[0], left[len(left) // 2], left[-2], left[-1]):
        assert facts_of(open_store(f"sqlite:{one}")) == before
        assert version_of(one) == VERSION


def test_a_program_that_dies_while_it_brings_accounts_up_to_date_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old)) as database:
        database.executescript((Path(__file__).parents[1] / "accounts" / "version1.sql").read_text(encoding="utf-8"))
    whole = killed_at_each_statement("accounts", old, tmp_path / "killed")
    assert len(whole) > 5 and version_of(whole[-1]) > 1
    assert {version_of(one) for one in whole[:-1]} == {1}
    for one in whole:
        with Database(one).reading() as opened:
            assert opened.execute("SELECT count(*) FROM accounts").fetchone()[0] > 0
        assert version_of(one) == version_of(whole[-1])


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
