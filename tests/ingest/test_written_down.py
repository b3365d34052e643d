"""What a load writes down while it works: the outcome does not depend on it, and memory hardly depends on the rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest.checked
import ingest.held
import ingest.spill
import ingest.tellings
import netofnets.store.parts
from ingest.perhaps_twice import PerhapsTwice
from ingest.pipeline import Options, load
from ingest.spill import Spill
from ingest.tellings import KEY, Tellings, about
from netofnets.errors import NetOfNetsError, StoreError
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.ingest.loads import ROSTER, files
from tests.ingest.loads import ingest as load_folder
from tests.ingest.test_properties import tables
from tests.store.statements import facts_of


@contextmanager
def hardly_any_memory() -> Iterator[None]:
    """Everything is written down at once, divided as finely as can be, and forgotten."""
    with (
        patch.object(ingest.checked, "_TOGETHER", 1),
        patch.object(ingest.held, "_REMEMBERED", 1),
        patch.object(ingest.spill, "_IN_MEMORY", 1),
        patch.object(ingest.tellings, "_WAITING", 2),
        patch.object(ingest.tellings, "_TOGETHER", 1),
        patch.object(ingest.tellings, "_PART", 1),
        patch.object(netofnets.store.parts, "_TOGETHER", 1),
    ):
        yield


def told(store: Store, batches: list[list[Path]]) -> list[object]:
    """What loading the batches in turn, by two sources, says and leaves."""
    found: list[object] = []
    for n, paths in enumerate(batches):
        try:
            loaded = load(store, paths, Options("st"[n % 2], allow_shrink=True, keep_rows=True))
            found.append((json.dumps(loaded.report.as_json()), loaded.to_correct))
        except NetOfNetsError as refused:
            found.append(str(refused))
    return [*found, facts_of(store), sorted(map(repr, store.book().past))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(tables(), min_size=1, max_size=3, unique_by=lambda table: table[0]), min_size=2, max_size=3))
def test_the_outcome_does_not_depend_on_what_is_written_down(batches: list[list[tuple[str, bytes]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [[Path(folder) / str(n) / name for name, _ in batch] for n, batch in enumerate(batches)]
        for batch, of_batch in zip(batches, paths, strict=True):
            for (_, data), path in zip(batch, of_batch, strict=True):
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
        expected = told(open_store("memory:"), paths)
        with hardly_any_memory():
            assert told(open_store("memory:"), paths) == expected
            assert told(open_store(f"sqlite:{folder}/book.sqlite"), paths) == expected  # takes the changes in parts


def test_nothing_has_a_name_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    seen: list[list[Path]] = []
    written = Spill.put

    def put(self: Spill, things: list[object]) -> object:
        chunk = written(self, things)
        seen.append(list((tmp_path / "scratch").iterdir()))
        return chunk

    monkeypatch.setattr(Spill, "put", put)
    with hardly_any_memory():
        load_folder(open_store("memory:"), files(tmp_path / "files", roster=ROSTER))
    assert seen and not any(seen)


def test_no_room_is_a_sentence_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    store = open_store(f"sqlite:{tmp_path / 'book.sqlite'}")
    with hardly_any_memory(), pytest.raises(StoreError, match="TMPDIR"):
        load_folder(store, files(tmp_path / "files", roster=ROSTER))
    assert store.runs() == ()


def test_tellings_come_thing_by_thing_in_the_order_of_keys() -> None:
    with hardly_any_memory():
        tellings = Tellings()
        keys = [f"l{a}{b}same" for a in "b2a" for b in "q3"] * 3
        for at, key in enumerate(keys):
            tellings.node("leaders", key, at, at, True, key, {"name": f"{key} {at % 2}"})
        things = [told for part in tellings.parts("leaders") for told in about(part)]
    assert [told[0][KEY] for told in things] == sorted(set(keys))
    assert sum(times for told in things for _, _, _, times, *_ in told) == len(keys)
    assert all(sorted(told) == told for told in things)


@given(st.lists(st.text(max_size=3)))
def test_what_was_seen_twice_is_named(texts: list[str]) -> None:
    twice = PerhapsTwice()
    for text in texts:
        twice.add(text)
    assert {text for text in texts if text in twice} == {text for text in texts if texts.count(text) > 1}
    assert bool(twice) == (len(set(texts)) < len(texts))


_PEAK = """import sys
from netofnets.cli import main
try:
    main()
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


def peak_mib(roster: Path, rows: int) -> float:
    """The most memory that a dry run of so many rows takes, as a process of its own."""
    with roster.open("w", encoding="utf-8") as stream:
        stream.write("leader_id,name,email,school,interests,network_id,network,start\n")
        for i in range(rows):
            school, network = f"School {i % 997}", f"n{i % 300},Network {i % 300},20{10 + i % 14}-09-01"
            stream.write(f"p{i},Person {i},p{i}@school.example,{school},topic {i % 50};topic {i % 70},{network}\n")
    command = [sys.executable, "-c", _PEAK, "ingest", str(roster), "--source", "s", "--dry-run"]
    home = {**os.environ, "NETOFNETS_HOME": str(roster.parent / "home")}
    done = subprocess.run(command, env=home, capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-2]) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says about a process")
def test_memory_hardly_grows_with_the_rows(tmp_path: Path) -> None:
    few, many = peak_mib(tmp_path / "few.csv", 4_000), peak_mib(tmp_path / "many.csv", 24_000)
    assert many - few < 24  # 2.2 kB for each row were 44
