"""Tombstones, retention, backup and restore from the command line: what each prints, refuses and does."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from netofnets.cli import netofnets_command
from netofnets.errors import NotFound, SettingsError, StoreError
from netofnets.schema.identifiers import record_id
from netofnets.store import open_store
from netofnets.store.erasure_key import KEY_FILE, made_marks

ROSTER = """leader_id,name,email,school,network
T-77421,Zuzanna Quixley,zuzanna.quixley@x.example,Marrow High,Readers
T-77422,Li Wei,li@x.example,South High,Readers
"""
OTHER = ROSTER.replace("T-77421", "T-99999").replace("zuzanna.quixley@", "another@")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert run(folder, "ingest", str(tmp_path / "roster.csv"), "--source", "north").exit_code == 0
    with closing(open_store(f"sqlite:{folder / 'netofnets.sqlite'}")) as store:
        store.erase(record_id("leaders", "north", "T-77421"), made_marks(folder))
    return folder


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(netofnets_command, [*words, "--home", str(home)], catch_exceptions=True)


def test_a_load_tells_of_erased_people_by_row_alone_and_the_way_in_is_a_command(home: Path, tmp_path: Path) -> None:
    roster, report, rest = (tmp_path / name for name in ("roster.csv", "report.json", "rest.csv"))
    told = run(home, "ingest", str(roster), "--source", "north", "--report", str(report), "--quarantine", str(rest))
    assert told.exit_code == 0 and "1 row is about somebody who was erased and left out" in told.output
    assert "Quixley" not in told.output + report.read_text() + rest.read_text()
    assert [(one["row"], one["code"]) for one in json.loads(report.read_text())["erased"]] == [(2, "erased_person")]
    roster.write_text(OTHER, encoding="utf-8")
    told = run(home, "ingest", str(roster), "--source", "north", "--report", str(report), "--quarantine", str(rest))
    assert told.exit_code == 3 and "netofnets tombstones other" in told.output
    assert "Quixley" not in told.output + report.read_text() + rest.read_text()
    let_in = ("tombstones", "other", "--name", "Zuzanna Quixley", "--organization", "Marrow High")
    assert run(home, *let_in).exit_code == 0 and isinstance(run(home, *let_in).exception, NotFound)
    assert run(home, "ingest", str(roster), "--source", "north").exit_code == 0


def test_tombstones_are_counted_and_somebody_comes_back(home: Path) -> None:
    assert "1 person was erased; 4 marks are left" in run(home, "tombstones", "count").output
    assert isinstance(run(home, "tombstones", "return").exception, SettingsError)
    assert isinstance(run(home, "tombstones", "return", "--email", "no@x.example").exception, NotFound)
    back = run(home, "tombstones", "return", "--source", "north", "--id", "T-77421")
    assert "1 may come back" in back.output
    assert "0 people were erased" in run(home, "tombstones", "count").output


def test_without_the_key_loads_are_refused_and_the_marks_can_be_given_up(home: Path, tmp_path: Path) -> None:
    (home / KEY_FILE).unlink()
    refused = run(home, "ingest", str(tmp_path / "roster.csv"), "--source", "north")
    assert isinstance(refused.exception, StoreError) and "netofnets tombstones drop" in str(refused.exception)
    assert "the key is not in this home" in run(home, "tombstones", "count").output
    assert "1 people" in run(home, "tombstones", "drop", "--yes").output.replace("1 person", "1 people")
    assert run(home, "ingest", str(tmp_path / "roster.csv"), "--source", "north").exit_code == 0


def test_retention_says_what_is_due_and_changes_nothing_without_being_told(home: Path) -> None:
    told = run(home, "retention").output
    assert "hide: 0 people" in told and "Nothing was changed; --apply does it." in told
    assert json.loads(run(home, "retention", "--format", "json").output) == {
        "applied": False,
        "hide": [],
        "show again": [],
        "erase": [],
        "waiting": 0,
        "counts": {"files that were given": 0},
    }
    assert "Done." in run(home, "retention", "--apply").output


def test_a_home_goes_into_a_file_and_back(home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "map.netofnets", tmp_path / "other"
    told = run(home, "backup", str(file))
    assert told.exit_code == 0 and "2 members" in told.output and "content" in told.output
    content = told.output.split("content ")[1].split()[0]
    back = run(other, "restore", str(file))
    assert f"content {content}" in back.output and "Next: netofnets publish" in back.output
    assert isinstance(run(other, "restore", str(file)).exception, SettingsError)
    assert run(other, "restore", str(file), "--replace").exit_code == 0
    assert "1 person was erased" in run(other, "tombstones", "count").output
    elsewhere = run(other, "restore", str(file), "--store", f"sqlite:{tmp_path / 'x.sqlite'}").exception
    assert isinstance(elsewhere, SettingsError) and "the setting store names" in str(elsewhere)
