"""Somebody is erased while a roster that lists them is loaded: gone and kept out, or refused in a sentence."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from ingest.pipeline import Loaded, Options
from ingest.pipeline import load as load_files
from netofnets.accounts.gate import open_accounts
from netofnets.desk import erase as erasing
from netofnets.desk.erase import Erased, erase, finish_erasures
from netofnets.desk.erasures import open_erasures
from netofnets.errors import NetOfNetsError, StoreBusy
from netofnets.graph.withheld import WithheldList
from netofnets.publish import Publication
from netofnets.store.base import Store
from netofnets.store.erasure_key import kept_marks, made_marks
from netofnets.store.memory import MemoryStore, _MemoryWriter
from netofnets.store.sqlite import backend
from netofnets.store.sqlite.backend import SqliteStore
from netofnets.store.sqlite.writer import SqliteWriter
from tests.desk.interleaved import Turns, take_turns_at
from tests.desk.test_erased import PERSON, ROSTER, as_it_was, held, opened

__all__ = ["as_it_was"]  # a fixture
CLASSES = SqliteStore, SqliteWriter, MemoryStore, _MemoryWriter
MORE = ROSTER.replace("Li Wei", "Li Wei Chen") + "T-77423,Ann Other,ann@x.example,South High,Readers\n"


def roster(home: Path, text: str) -> Path:
    path = home.parent / "more.csv"
    path.write_text(text, encoding="utf-8")
    return path


def again(store: Store, home: Path, text: str) -> Loaded:
    return load_files(store, [roster(home, text)], Options("north", marks=kept_marks(home)))


def without_waiting(patched: pytest.MonkeyPatch) -> None:
    """Whoever finds the file locked is told so at once: the one who holds it waits for its turn."""
    real = backend.connection
    patched.setattr(backend, "connection", lambda path, *, patience=0.0: real(path, patience=0.0))
    patched.setattr(backend, "_PATIENCE", 0.0)


def scanned(store: Store, home: Path, *_: object, **__: object) -> Publication:
    """In the place of a publication, which has tests of its own and takes its time: what it would read."""
    assert PERSON not in store.scan().tables["leaders"]["id"].to_pylist()
    return Publication(home, store.status().run, "", fresh=True)


def assert_whole(store: Store, home: Path, told: object) -> str:
    """The state after the threads is one of two, and what was told is true of it; which one it is."""
    there = PERSON in store.known_among("leaders", [PERSON])
    if isinstance(told, Erased):
        assert not there and open_erasures(home) == [] and store.tombstones()
        return "erased"
    assert isinstance(told, StoreBusy), told
    assert "run the same again" in str(told) and "gone from files that wait" in str(told)
    [job] = open_erasures(home)
    assert ("store" in job.done) is False
    if there:
        assert store.tombstones() == (), "nothing of it was done"
        return "refused"
    assert store.tombstones() and PERSON in {one.record for one in WithheldList(home).entries()}
    return "removed, to be finished"


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_in_any_order_the_person_is_gone_and_stays_away_or_it_is_said(
    as_it_was: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    seen = Counter[tuple[str, str]]()
    monkeypatch.setattr(erasing, "publish", scanned)
    for number in range(100):
        home = shutil.copytree(as_it_was.parent, tmp_path / str(number)) / "home"
        store = opened(home) if kind == "sqlite" else MemoryStore()
        if kind == "memory":
            again(store, home, ROSTER)
            for file in home.glob("netofnets.sqlite*"):  # of the other store
                file.unlink()
        if number % 2:
            made_marks(home)  # somebody was erased before; else the key is made meanwhile
        turns = Turns(number)
        with monkeypatch.context() as patched:
            without_waiting(patched)
            take_turns_at(patched, turns, *CLASSES)
            loading, told = turns.run(partial(again, store, home, MORE), partial(erase, store, home, PERSON))
        assert isinstance(loading, Loaded | NetOfNetsError), loading
        state = assert_whole(store, home, told)
        seen[type(loading).__name__, state] += 1
        finish_erasures(store, home)
        assert open_erasures(home) == [] and PERSON not in store.known_among("leaders", [PERSON])
        assert not open_accounts(home).roll.listed()
        report = again(store, home, MORE).report
        assert len(report.left_out.erased) == 1 and not report.left_out.perhaps
        assert store.status().counts["leaders"] == 2
        shutil.rmtree(home / "published")  # of before, since nothing was published here
        assert held(home) == []
        shutil.rmtree(home.parent)
    print(dict(seen))
    assert {("Loaded", "erased"), ("Loaded", "refused"), ("StoreBusy", "erased")} <= set(seen), seen


def test_who_is_removed_is_shown_no_more_though_a_load_keeps_the_file_from_being_rewritten(
    as_it_was: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shutil.copytree(as_it_was.parent, tmp_path / "copy") / "home"
    scrub = SqliteStore.scrub

    def while_loading(store: SqliteStore) -> None:
        with closing(opened(home)) as other, other.writer("south"):
            scrub(store)

    with closing(opened(home)) as store:
        with monkeypatch.context() as patched:
            without_waiting(patched)
            patched.setattr(SqliteStore, "scrub", while_loading)
            with pytest.raises(StoreBusy) as told:
                erase(store, home, PERSON)
        assert assert_whole(store, home, told.value) == "removed, to be finished"
        assert finish_erasures(store, home) == 1
    assert held(home) == [] or held(home) == [str(home.parent / "more.csv")]
