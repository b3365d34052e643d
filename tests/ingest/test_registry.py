"""Kinds of input: which reader a file gets, what no reader takes, and that a file is opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading import open_sources, plan_jobs, read_jobs
from ingest.sources.batch import collect
from ingest.sources.reader import Source, Written
from ingest.sources.registry import READERS, SUFFIXES, open_source, reader_of
from netofnets.errors import InputError


def identified(path: Path, data: bytes):
    path.write_bytes(data)
    return collect([path])[0][0]


def test_every_reader_says_what_it_is_and_no_two_claim_one_ending() -> None:
    endings = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(endings) == len(set(endings)) == len(SUFFIXES)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", b"\x89PNG\r\n"),
        ("x.csv", b"%PDF-1.7"),
        ("x.csv", b"\x1f\x8b\x08"),
        ("x.csv", b"  <!DOCTYPE html><html>"),
        ("x.csv", b"PK\x03\x04 an archive"),
        ("x.xlsx", b"name,network\nAda,Readers\n"),
    ],
)
def test_what_is_no_table_is_refused_whatever_its_name_says(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(InputError, match=name) as refused:
        open_source(identified(tmp_path / name, data))
    assert refused.value.code == "wrong_type"


def test_an_empty_file_is_refused_as_empty(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        reader_of(identified(tmp_path / "x.csv", b""))
    assert refused.value.code == "empty"


def test_a_table_can_be_asked_for_twice_and_begins_anew(tmp_path: Path) -> None:
    source: Source = open_source(identified(tmp_path / "x.csv", b"name,network\nAda,Readers\nBo,Readers\n"))
    first = source.table("", Written())
    assert next(first.rows)[:3] == (2, 2, ["Ada", "Readers"])
    again = source.table("", Written())
    assert [cells[0] for _, _, cells, _ in again.rows] == ["Ada", "Bo"]
    source.close()


def test_each_file_of_a_batch_is_opened_once_however_many_tables_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.mapping import parse_mapping

    opened: list[str] = []
    kept = READERS[-1].__class__.open

    def counted(self, file):
        opened.append(file.name)
        return kept(self, file)

    monkeypatch.setattr(READERS[-1].__class__, "open", counted)
    (tmp_path / "x.csv").write_text("id,name,part of\nn1,Readers,\nn2,Coders,n1\n", encoding="utf-8")
    mapping = parse_mapping(
        '[[tables]]\nfile = "*"\nis = "networks"\n[tables.columns]\nid = "id"\nname = "name"\n'
        '[[tables]]\nfile = "*"\nis = "network_parts"\nwhere = { "part of" = "*" }\n'
        '[tables.columns]\nnetwork_id = "id"\npart_of_id = "part of"\n'
    )
    with open_sources(collect([tmp_path])[0]) as sources:
        jobs, warnings = plan_jobs(sources, mapping)
        tables = read_jobs(jobs, "", lambda rows: None)
    assert opened == ["x.csv"] and warnings == []
    assert [len(table.rows) for table in tables] == [2, 1]
