"""The very same files again: known by their hashes, nothing is read, and the run is a run like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from netofnets.store import open_store
from netofnets.store.base import Store

ROSTER = "name,network,email\nAda Obi,Readers,ada@x.example\nBo Yi,Readers,bo@x.example\n"
MAPPING = (
    '[[tables]]\nfile = "*"\nis = "roster"\n[tables.columns]\nname = "name"\nnetwork = "network"\nemail = "email"\n'
)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    opened = open_store("memory:" if request.param == "memory" else f"sqlite:{tmp_path / 'book.sqlite'}")
    request.addfinalizer(opened.close)
    return opened


def write(folder: Path, text: str) -> Path:
    (folder / "roster.csv").write_text(text, encoding="utf-8")
    return folder / "roster.csv"


def test_the_same_files_are_not_opened_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, ROSTER)
    first = load(store, [path], Options("s")).report
    monkeypatch.setattr("ingest.pipeline.open_sources", None)  # calling it would fail
    for before in (1, 2):
        again = load(store, [path], Options("s")).report
        assert (again.repeats, again.run, again.unchanged) == (before, before + 1, first.created)
        assert (again.rows, again.rows_ok, again.exit_code) == (2, 2, 0)
    assert [(run.number, run.status) for run in store.runs()] == [(1, "done"), (2, "done"), (3, "done")]
    dry = load(store, [path], Options("s", dry_run=True)).report
    assert (dry.repeats, dry.run) == (3, 0) and len(store.runs()) == 3


def test_anything_else_is_read(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, ROSTER)
    load(store, [path], Options("s"))
    assert load(store, [path], Options("other")).report.repeats == 0
    assert load(store, [path], Options("s", parse_mapping(MAPPING))).report.repeats == 0
    assert load(store, [write(tmp_path, ROSTER + "Cy Du,Readers,\n")], Options("s")).report.created == 2
    assert load(store, [write(tmp_path, ROSTER)], Options("s", allow_shrink=True)).report.repeats == 0  # not the last


def test_a_load_that_put_something_aside_is_read_again(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, ROSTER + "Cy Du,Readers,not-an-address\n")
    load(store, [path], Options("s"))
    again = load(store, [path], Options("s")).report
    assert (again.repeats, len(again.cells), again.unchanged) == (0, 1, 7)
