"""Workbooks: what a person sees in the cells is what arrives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from ingest.sources.batch import collect
from ingest.sources.reader import Source, Written
from ingest.sources.registry import open_source
from netofnets.errors import InputError
from netofnets.store import open_store
from tests.ingest.workbooks import xlsx

EPOCH = date(1899, 12, 30)


def day(iso: str, *, mac: bool = False) -> dict[str, int]:
    """A cell with a date style and the serial number of a day, in the 1900 or the 1904 system."""
    return {"d": (date.fromisoformat(iso) - EPOCH).days - (1462 if mac else 0)}


def opened(path: Path) -> Source:
    return open_source(collect([path])[0][0])


def read(path: Path, title: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    source = opened(path)
    table = source.table(title, Written())
    rows = [(number, cells) for number, _, cells, _ in table.rows]
    source.close()
    return table.header, rows


@pytest.mark.parametrize("mac", [False, True])
def test_dates_numbers_and_flags_become_what_is_shown(tmp_path: Path, mac: bool) -> None:
    row = [101, 102.0, 1.5, day("2024-09-01", mac=mac), "  text ", None]
    book = xlsx({"one": [["a", "b", "c", "d", "e", "f"], row]}, date1904=mac)
    (tmp_path / "x.xlsx").write_bytes(book)
    header, rows = read(tmp_path / "x.xlsx", "one")
    assert header == ["a", "b", "c", "d", "e", "f"]
    assert rows == [(2, ["101", "102", "1.5", "2024-09-01", "  text ", ""])]


def test_a_workbook_of_two_sheets_is_one_batch(tmp_path: Path) -> None:
    people = [["id", "name"], [7, "Ada Obi"], [8, "Bo Yi"]]
    spells = [["leader_id", "network", "start"], [7, "Readers", day("2024-09-01")], [9, "Readers", None]]
    sheets = {"People": people, "Networks": [["name"], ["Readers"]], "Memberships": spells, "Notes": [["hello"]]}
    (tmp_path / "x.xlsx").write_bytes(xlsx(sheets))
    store = open_store("memory:")
    report = load(store, [tmp_path / "x.xlsx"], Options("s")).report
    assert [(p.sheet, p.row, p.code) for p in report.quarantined] == [("Memberships", 3, "unknown_person")]
    assert [(w.sheet, w.code) for w in report.warnings] == [("Notes", "unknown_sheet")]
    facts = store.scan()
    assert facts.tables["memberships"]["start"].to_pylist() == ["2024-09-01"]
    origins = {c["kind"]: c["origin"] for c in facts.claims.to_pylist()}
    assert origins["memberships"] == "x.xlsx/Memberships:2"


def test_titles_above_the_header_are_skipped(tmp_path: Path) -> None:
    sheet = [["Members of Readers, 2024", None], [None, None], ["Who", "Net"], ["Ada Obi", "Readers"]]
    (tmp_path / "x.xlsx").write_bytes(xlsx({"s": sheet}))
    mapping = '[[tables]]\nfile = "*"\nis = "roster"\nskip_lines = 1\n[tables.columns]\nname = "who"\nnetwork = "net"\n'
    store = open_store("memory:")
    load(store, [tmp_path / "x.xlsx"], Options("s", parse_mapping(mapping)))
    claims = {c["kind"]: c["origin"] for c in store.scan().claims.to_pylist()}
    assert claims["leaders"] == "x.xlsx/s:4"


def test_hidden_sheets_are_read_only_when_they_are_named(tmp_path: Path) -> None:
    sheets = {"people": [["name"], ["Ada"]], "old": [["name"], ["Bo"]]}
    (tmp_path / "x.xlsx").write_bytes(xlsx(sheets, hidden=("old",)))
    source = opened(tmp_path / "x.xlsx")
    assert source.titles[:2] == (("people",), ("old",))
    source.close()
    store = open_store("memory:")
    mapping = '[[tables]]\nfile = "*"\nis = "leaders"\nsheet = "old"\n[tables.columns]\nname = "name"\n'
    load(store, [tmp_path / "x.xlsx"], Options("s", parse_mapping(mapping)))
    assert store.scan().tables["leaders"]["name"].to_pylist() == ["Bo"]


def test_an_error_cell_is_told_by_its_column(tmp_path: Path) -> None:
    sheet = [["id", "name"], ["1", {"e": "#REF!"}], ["2", "Bo Yi"]]
    (tmp_path / "people.xlsx").write_bytes(xlsx({"people": sheet}))
    report = load(open_store("memory:"), [tmp_path / "people.xlsx"], Options("s")).report
    assert [(p.row, p.column, p.code) for p in report.quarantined] == [(2, "name", "error_cell")]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(xlsx({"people": [["id", "name"], ["1", "Ada"]]}, bomb=200_000_000))
    with pytest.raises(InputError) as refused:
        load(open_store("memory:"), [tmp_path / "people.xlsx"], Options("s"))
    assert refused.value.code == "archive_too_large"
