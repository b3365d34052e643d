"""The commands: exit codes, reports, files of rows to correct, and templates."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.cli import ingest, template
from netofnets.errors import InputError, StoreUnavailable
from netofnets.schema.columns import shapes
from netofnets.store import open_store

GOOD = "name,email,network,interests\nAda Obi,ada@school.example,Rural Readers,literacy\n"
BAD = GOOD + "=Bo\x1b[2J,bo@school.example,Rural Readers,\nCy,cy(at)x,Rural Readers,=1+1\n"


def run(tmp_path: Path, text: str, *more: str, password: str = "") -> Result:
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    arguments = [str(tmp_path / "roster.csv"), "--source", "s", "--home", str(tmp_path / "home"), *more]
    return CliRunner().invoke(ingest, arguments, env={"NETOFNETS_STORE": "", "NETOFNETS_NEO4J_PASSWORD": password})


def test_a_good_roster_ends_with_the_next_step(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD)
    assert result.exit_code == 0 and "1 of 1 rows taken" in result.stdout
    assert "Next: netofnets publish" in result.stdout
    assert (tmp_path / "home" / "netofnets.sqlite").exists()


def test_quarantined_rows_give_code_3_a_report_and_a_file_to_correct(tmp_path: Path) -> None:
    report, rows = tmp_path / "report.json", tmp_path / "rows.csv"
    result = run(tmp_path, BAD, "--report", str(report), "--quarantine", str(rows))
    assert result.exit_code == 3
    told = json.loads(report.read_text(encoding="utf-8"))
    assert {"created", "updated", "unchanged", "gone", "quarantined", "by_kind", "rows_ok"} <= told.keys()
    assert [(p["row"], p["code"]) for p in told["quarantined"]] == [(3, "control_char")]
    assert [(p["row"], p["column"], p["code"]) for p in told["cells"]] == [(4, "email", "invalid_email")]
    assert all(p["sentence"] and p["remedy"] for p in told["quarantined"] + told["cells"])
    assert "1 row was put aside" in result.stdout and "1 cell was put aside" in result.stdout
    read = list(csv.reader(rows.read_text(encoding="utf-8-sig").splitlines()))
    assert read[0][:4] == ["name", "email", "network", "interests"] and len(read) == 3
    assert read[2][3] == "'=1+1" and "invalid_email" in read[2][5]  # no formula for a spreadsheet to run


def test_corrected_rows_go_in_and_our_own_columns_do_not_disturb(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    run(tmp_path, BAD, "--quarantine", str(rows))
    fixed = rows.read_text(encoding="utf-8-sig").replace("cy(at)x", "cy@school.example").replace("'=Bo\x1b[2J", "Bo Yi")
    result = run(tmp_path, fixed, "--allow-shrink")
    assert result.exit_code == 0 and "2 of 2 rows taken" in result.stdout


def test_nothing_of_the_data_reaches_the_terminal_raw(tmp_path: Path) -> None:
    result = run(tmp_path, "name,network,[red]\x1b[31m\n\x1b[2JAda,N,x\n")
    assert "\x1b" not in result.output and "[red]" in result.output


def test_a_dry_run_leaves_no_database_behind(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD, "--dry-run")
    assert result.exit_code == 0 and "nothing was written" in result.stdout
    assert not (tmp_path / "home").exists()


def test_a_refused_file_and_a_missing_source_are_errors_of_their_own(tmp_path: Path) -> None:
    refused = run(tmp_path, "").exception
    assert isinstance(refused, InputError) and refused.exit_code == 2
    (tmp_path / "x.csv").write_text(GOOD, encoding="utf-8")
    nameless = CliRunner().invoke(ingest, [str(tmp_path / "x.csv")]).exception
    assert isinstance(nameless, InputError) and "--source" in str(nameless)


@pytest.mark.parametrize(
    "header",
    ["Student ID,name,network", "name,network,Guardian e-mail", "name,D.O.B.,network,Grade", "Pupil_Name,name,network"],
)
def test_a_list_of_pupils_is_no_roster(tmp_path: Path, header: str) -> None:
    refused = run(tmp_path, f"{header}\n1,2,3,4\n").exception
    assert isinstance(refused, InputError) and refused.code == "pupil_data" and "list of pupils" in str(refused)
    assert open_store(f"sqlite:{tmp_path / 'home' / 'netofnets.sqlite'}").status().run == 0


def test_teachers_may_have_grades_and_parents_in_their_networks(tmp_path: Path) -> None:
    roster = "name,network,grades,Birthday,interests\nAda,Parents and Teachers,K-2,1 May,student id cards\n"
    assert run(tmp_path, roster).exit_code == 0


def test_a_store_that_does_not_answer_has_a_code_of_its_own(tmp_path: Path) -> None:
    error = run(tmp_path, GOOD, "--store", "neo4j://127.0.0.1:1", password="unused").exception
    assert isinstance(error, StoreUnavailable) and error.exit_code == 4
    waited = run(tmp_path, GOOD, "--store", "neo4j://127.0.0.1:1", "--wait", "0.2", password="unused")
    assert isinstance(waited.exception, StoreUnavailable) and "Trying again for" in waited.stderr


@pytest.mark.parametrize("name", list(shapes()))
def test_every_template_can_be_loaded_back(tmp_path: Path, name: str) -> None:
    header = CliRunner().invoke(template, [name]).stdout
    (tmp_path / f"{name}.csv").write_text(header, encoding="utf-8")
    arguments = [str(tmp_path / f"{name}.csv"), "--source", "s", "--home", str(tmp_path / "home")]
    result = CliRunner().invoke(ingest, arguments, env={"NETOFNETS_STORE": "memory:"})
    assert result.exit_code == 0, result.output
    assert "unknown_column" not in result.stdout and "no_rows" in result.stdout


def test_a_template_explains_itself_and_an_unknown_one_is_refused() -> None:
    assert "Contact address" in CliRunner().invoke(template, ["roster", "--explain"]).stdout
    assert "roster" in str(CliRunner().invoke(template, ["rooster"]).exception)
