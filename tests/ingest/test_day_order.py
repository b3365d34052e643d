"""Day or month first: told by the whole column, by points, or by the rest of the table; never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import Options, load
from ingest.report import Report
from netofnets.store import open_store

HEADER = "name;network;start;end\n"


def loaded(tmp_path: Path, *rows: str) -> tuple[Report, list[tuple[str | None, str | None]]]:
    (tmp_path / "roster.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    store = open_store("memory:")
    report = load(store, [tmp_path / "roster.csv"], Options("s")).report
    spells = [(row["start"], row["end"]) for row in store.scan().tables["memberships"].to_pylist()]
    store.close()
    return report, sorted(spells, key=str)


def remarks(report: Report) -> dict[str, str]:
    return {w.column: w.sentence for w in report.warnings if w.code == "date_order"}


def test_one_date_that_can_be_nothing_else_tells_how_the_column_is_written(tmp_path: Path) -> None:
    report, spells = loaded(tmp_path, "Ada;R;03/04/2024;", "Bo;R;25/12/2023 14:05;")
    assert (report.exit_code, spells) == (0, [("2023-12-25", None), ("2024-04-03", None)])
    assert remarks(report) == {"start": "Dates were read day first, because '25/12/2023 14:05' can be nothing else."}
    report, spells = loaded(tmp_path, "Ada;R;03/04/2024;", "Bo;R;12/25/2023;")
    assert spells == [("2023-12-25", None), ("2024-03-04", None)]


def test_a_column_follows_the_others_of_its_table(tmp_path: Path) -> None:
    report, spells = loaded(tmp_path, "Ada;R;25/12/2023;03/04/2024")
    assert spells == [("2023-12-25", "2024-04-03")]
    assert "rest of the table" in remarks(report)["end"]


def test_german_dates_have_the_day_first(tmp_path: Path) -> None:
    report, spells = loaded(tmp_path, "Ada;R;03.04.2024;", "Bo;R;1.9.2023;")
    assert (report.exit_code, spells) == (0, [("2023-09-01", None), ("2024-04-03", None)])
    assert remarks(report) == {"start": "Dates were read day first, as is usual with points."}


def test_a_date_of_two_readings_costs_the_cell_and_a_last_day_the_row(tmp_path: Path) -> None:
    report, spells = loaded(tmp_path, "Ada;R;03/04/2024;", "Bo;R;;03/04/2024", "Cy;R;05/05/2024;")
    assert [(p.row, p.column, p.code) for p in report.cells] == [(2, "start", "ambiguous_date")]
    assert [(p.row, p.column, p.code) for p in report.quarantined] == [(3, "end", "ambiguous_date")]
    assert "date_format" in report.cells[0].remedy
    assert spells == [("2024-05-05", None), (None, None)]  # 5 May is the same either way


def test_a_column_told_both_ways_takes_only_what_is_certain(tmp_path: Path) -> None:
    report, spells = loaded(tmp_path, "Ada;R;25/12/2023;", "Bo;R;12/25/2022;", "Cy;R;03/04/2024;")
    assert [p.row for p in report.cells] == [4] and remarks(report) == {}
    assert spells == [("2022-12-25", None), ("2023-12-25", None), (None, None)]


@pytest.mark.parametrize("text", ["31/31/2024", "31.02.2024"])
def test_a_day_that_does_not_exist_is_no_day(tmp_path: Path, text: str) -> None:
    report, _ = loaded(tmp_path, f"Ada;R;{text};", "Bo;R;25/12/2023;")
    assert [p.code for p in report.cells] == ["invalid_date"]


def test_an_end_before_the_start_is_seen_after_the_order_is_known(tmp_path: Path) -> None:
    report, _ = loaded(tmp_path, "Ada;R;01/09/2024;02/08/2024", "Bo;R;25/12/2023;")
    assert [(p.row, p.code) for p in report.quarantined] == [(2, "dates_reversed")]
