"""What the store in a SQLite file does beyond the common behaviours."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from netofnets.errors import NotFound, NotSupported, SettingsError, StoreBusy, StoreError, StoreTooNew, StoreUnavailable
from netofnets.schema.kinds import BY_NAME
from netofnets.store import open_store
from netofnets.store.base import Ability
from netofnets.store.columns import columns_of
from netofnets.store.ledger import plan
from netofnets.store.sqlite.statements import known_among, select_entities
from tests.store.statements import a_roster, leader, load, member, network

FACTS = ("claim", *BY_NAME)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "book.sqlite"


def test_the_file_is_private_and_its_folder_is_made(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    with store.writer("north") as writer:
        writer.apply(plan(writer, "north", a_roster()))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        writer.finish({})
    assert modes == {"book.sqlite": 0o600, "book.sqlite-wal": 0o600, "book.sqlite-shm": 0o600}


def test_it_is_durable_and_its_tables_are_strict(path: Path) -> None:
    open_store(f"sqlite:{path}")
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'"
        assert database.execute(loose).fetchall() == []
        for name, kind in BY_NAME.items():
            names = [column[0] for column in database.execute(select_entities(kind)).description]
            assert names == list(columns_of(name))
    database.close()


def test_the_same_batch_again_touches_no_row_of_a_fact(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    load(store, "north", a_roster())
    watched = sqlite3.connect(path, isolation_level=None)
    for name in FACTS:  # a trigger that fires would stop the run
        for event in ("INSERT", "UPDATE", "DELETE"):
            watched.execute(
                f"CREATE TRIGGER no_{name}_{event} BEFORE {event} ON {name} BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
    watched.close()
    assert load(store, "north", a_roster()).empty
    with pytest.raises(StoreError):
        load(store, "north", a_roster(people=4))


def test_an_entity_that_stays_as_it_was_is_not_written(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    person, of = leader("shared", "P1", "Zoë"), network("shared", "N1", "Circle")
    from dataclasses import replace

    def stated(source: str) -> list[object]:
        ends = [replace(person, source=source), replace(of, source=source)]
        return [*ends, member(*ends)]

    load(store, "north", stated("north"))
    with store.writer("south") as writer:
        for table in ("leaders", "networks", "memberships"):
            for event in ("INSERT", "UPDATE", "DELETE"):
                stop = f"AFTER {event} ON main.{table} BEGIN SELECT RAISE(ABORT, 'written'); END"
                writer._database.execute(f"CREATE TEMP TRIGGER {table}_{event} {stop}")
        writer.apply(plan(writer, "south", stated("south")))
        writer.finish({})
    assert sorted(store.scan().claims["source"].to_pylist()) == ["north"] * 3 + ["south"] * 3


def test_files_of_other_programs_are_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"name,email\nAna,ana@x.example\n" * 100)
    with pytest.raises(StoreError, match="not a SQLite database"):
        open_store(f"sqlite:{path}")
    assert path.read_bytes().startswith(b"name,email")
    other = path.with_name("other.sqlite")
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    database.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(f"sqlite:{other}")


def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    open_store(f"sqlite:{path}")
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE leaders ADD COLUMN shoe_size TEXT")
    database.close()
    with pytest.raises(StoreTooNew, match="update netofnets"):
        open_store(f"sqlite:{path}")
    path.unlink()
    open_store(f"sqlite:{path}")
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreTooNew, match="format 99"):
        open_store(f"sqlite:{path}")


def test_places_that_cannot_hold_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for url in (
        f"sqlite:{tmp_path / 'file' / 'book.sqlite'}",
        "sqlite:/proc/no/such/book.sqlite",
        f"sqlite:{tmp_path}",
    ):
        with pytest.raises(StoreUnavailable):
            open_store(url)
    for url in ("sqlite:", "sqlite::memory:", "postgres:x", "book.sqlite"):
        with pytest.raises(SettingsError):
            open_store(url)


def test_a_file_that_may_only_be_read_is_told(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    load(store, "north", a_roster())
    with pytest.raises(StoreUnavailable, match="cannot be written"), store.writer("south") as writer:
        writer._database.execute("PRAGMA query_only = ON")
        writer.apply(plan(writer, "south", a_roster("south")))
    assert store.status().sources == ("north",)


FULL = """
import resource, signal, sys
sys.path.insert(0, ".")
from netofnets.errors import StoreError
from netofnets.store import open_store
from tests.store.statements import a_roster, load
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
load(store, "north", a_roster())
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
try:
    load(store, "south", a_roster("south", 3000))
except StoreError as error:
    print("told:", error)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of file size are POSIX")
def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, f"sqlite:{path}"], capture_output=True, text=True, check=True)
    assert "told:" in done.stdout and "nothing was changed" in done.stdout, done.stderr
    store = open_store(f"sqlite:{path}")
    assert store.status().sources == ("north",)
    load(store, "south", a_roster("south", 3000))


WRITE = """
import sys
sys.path.insert(0, ".")
from netofnets.store import open_store
with open_store(sys.argv[1]).writer("north"):
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_a_writer_in_another_process_is_named_and_forgotten_when_it_dies(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    command = [sys.executable, "-c", WRITE, store.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "writing\n"
        with pytest.raises(StoreBusy, match=rf"run 1 of 'north' .* process {child.pid}"), store.writer("south"):
            pass
        assert store.status().run == 0  # readers never wait
        child.send_signal(signal.SIGKILL)
    load(store, "south", a_roster("south"))


def test_an_erased_person_leaves_no_byte_in_the_files(path: Path) -> None:
    store = open_store(f"sqlite:{path}")
    of = network("north", "N1", "Circle")
    first = leader("north", "P-4711", "Wilhelmina Quux", email="former@quux.example", about="Collects barometers.")
    second = leader("north", "P-4711", "Wilhelmina Quux", email="now@quux.example", about="Collects barometers.")
    rest = [leader("north", f"P{i}", f"Person {i}") for i in range(300)]
    load(store, "north", [of, first, member(first, of, role="barometrist"), *rest])
    load(store, "north", [of, second, member(second, of, role="barometrist"), *rest])
    traces = [b"Wilhelmina", b"Quux", b"quux.example", b"barometer", b"barometrist", b"P-4711", first.key.encode()]
    assert all(any(trace in content for content in contents(path)) for trace in traces)
    store.erase(first.key)
    assert [trace for trace in traces for content in contents(path) if trace in content] == []
    assert store.status().counts["leaders"] == 300


def test_a_reader_that_keeps_old_pages_is_told_and_erasing_again_clears_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netofnets.store.sqlite.backend._PATIENCE", 0.3)
    store = open_store(f"sqlite:{path}")
    person = leader("north", "P1", "Wilhelmina Quux")
    load(store, "north", [person, leader("north", "P2", "Ana")])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM leaders").fetchone()
    with pytest.raises(StoreError, match="erase once more"):
        store.erase(person.key)
    assert store.status().counts["leaders"] == 1
    reader.close()
    with pytest.raises(NotFound):
        store.erase(person.key)
    assert not any(b"Quux" in content for content in contents(path))


def contents(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in path.parent.iterdir()]


def test_it_has_no_cypher(path: Path) -> None:
    assert Ability.CYPHER not in open_store(f"sqlite:{path}").abilities
    assert issubclass(NotSupported, StoreError)


def test_who_is_there_is_looked_up_by_key_and_no_table_of_people_is_gone_through(path: Path) -> None:
    open_store(f"sqlite:{path}")
    with sqlite3.connect(path) as database:
        plan_of = database.execute(f"EXPLAIN QUERY PLAN {known_among('leaders')}", ("[]",)).fetchall()
    steps = [row[-1] for row in plan_of]
    assert any(step.startswith("SEARCH leaders USING PRIMARY KEY") for step in steps), steps
    assert not [step for step in steps if step.startswith(("SCAN leaders", "SCAN claim"))]
