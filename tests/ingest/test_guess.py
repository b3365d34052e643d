"""Guesses: headers in four languages, forms, shapes of values; and every suggestion loads the file it is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cli import ingest
from ingest.guess import Sample, guess_table, network_of_file
from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from ingest.suggest import suggest, written
from ingest.words import meant_by
from netofnets.schema.columns import shape
from netofnets.store import open_store


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("What is your full name?", "name"),
        ("Email address", "email"),
        ("Name of your school", "school"),
        ("E-Mail-Adresse", "email"),
        ("Which topics are you interested in? (Tick all that apply)", "interests"),
        ("What would you like to learn?", "seeks"),
        ("What can you offer to others?", "offers"),
        ("Beitrittsdatum", "start"),
        ("Ich suche", "seeks"),
        ("Wobei können Sie helfen?", "offers"),
        ("Correo electrónico", "email"),
        ("¿Qué puedes ofrecer?", "offers"),
        ("Nombre y apellidos", "name"),
        ("Fecha de alta", "start"),
        ("Établissement", "school"),
        ("Que cherchez-vous ?", "seeks"),
        ("Centres d’intérêt", "interests"),
        ("Membre depuis", "start"),
        ("Name of your network", "network"),
        ("Netz", "network"),
        ("PHONE", "*there is no place for it, and it need not be stored"),
        ("Do you consent to be listed?", "*consent is never taken from a file"),
    ],
)
def test_headers_are_understood_in_several_languages(header: str, column: str) -> None:
    found = meant_by(header)
    assert found is not None and found.column == column


def test_a_header_without_a_known_word_means_nothing() -> None:
    assert meant_by("Quux 7") is None and meant_by("") is None


@pytest.mark.parametrize(
    ("name", "network"),
    [
        ("Rural Literacy Network - responses 2024-05.csv", "Rural Literacy Network"),
        ("rural-readers_members_2024.xlsx", "Rural Readers"),
        ("members.csv", "members"),
    ],
)
def test_a_file_name_says_which_network_the_file_is(name: str, network: str) -> None:
    assert network_of_file(name) == network


def guessed(header: list[str], *rows: list[str], file: str = "x.csv"):
    return guess_table(Sample(file, "", tuple(header), tuple(tuple(row) for row in rows)))


def test_values_tell_what_headers_do_not() -> None:
    rows = [["ada@x.example", "reading;maths", "https://a.example"], ["bo@x.example", "maths", "https://b.example"]]
    (table,) = guessed(["Who", "Column 2", "Column 3"], *rows)
    assert {c.column: (c.headers[0], c.split) for c in table.columns} == {
        "email": ("Who", ""),
        "interests": ("Column 2", ";"),
        "url": ("Column 3", ""),
    }
    assert all(c.why and not c.sure for c in table.columns)


def test_a_number_of_the_form_is_nobodys_id() -> None:
    rows = [["1", "5/1/2024 10:00", "Ada"], ["2", "5/2/2024 10:00", "Bo"]]
    (table,) = guessed(["ID", "Start time", "Name"], *rows)
    assert [c.column for c in table.columns] == ["name", "", ""]
    (table,) = guessed(["ID", "Name"], ["17", "Ada"], ["18", "Bo"])
    assert [c.column for c in table.columns] == ["leader_id", "name"]


@pytest.mark.parametrize(
    ("values", "date_format"),
    [
        (["2019", "2020"], "%Y"),
        (["01.09.23", "24.12.22"], "%d.%m.%y"),
        (["9/1/23", "12/24/22"], "%m/%d/%y"),
        (["05/2020", "11/2021"], "%m/%Y"),
        (["2024-09-01"], ""),
        (["25/12/2024"], ""),
    ],
)
def test_how_days_are_written_is_stated_where_it_must_be(values: list[str], date_format: str) -> None:
    (table,) = guessed(["Name", "Joined"], *[["Ada", value] for value in values])
    assert next(c for c in table.columns if c.column == "start").date_format == date_format


FILES = {
    "mitglieder.csv": (
        "Nachname;Vorname;E-Mail;Schule;Netzwerk;Beitritt;Themen;Ich biete\n"
        "Müller;Jürgen;j@x.example;Nord;Leseforum;01.09.2023;Lesen, Schreiben;Paten\n"
        "Weiß;Ute;u@x.example;Süd;Leseforum;03.04.2024;Lesen;\n"
    ).encode("cp1252"),
    "Réseau Lecture membres.csv": (
        "Prénom,Nom,Adresse e-mail,Centres d intérêt,Membre depuis\nLéa,Dupont,l@x.example,lecture; maths,2021\n"
    ).encode(),
    "red.csv": b"Nombre,Apellidos,Correo,Red,Fecha de alta\nAna,Ruiz,a@x.example,Red Rural,13/02/2021\n",
    "people.json": json.dumps([{"full_name": "Ada Obi", "contact": {"email": "a@x.example"}, "tags": ["a"]}]).encode(),
    "ties.csv": b",Ada,Bo,Cy\nAda,0,1,2\nBo,1,0,0\nCy,0,1,0\n",
    "map.json": json.dumps({"elements": [{"label": "Ada"}], "connections": [{"from": "Ada", "to": "Bo"}]}).encode(),
}  # fmt: skip
PEOPLE = {
    "mitglieder.csv": ["Jürgen Müller", "Ute Weiß"],
    "Réseau Lecture membres.csv": ["Léa Dupont"],
    "red.csv": ["Ana Ruiz"],
    "people.json": ["Ada Obi"],
    "ties.csv": ["Ada", "Bo", "Cy"],
    "map.json": ["Ada", "Bo"],
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_suggested_loads_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    result = CliRunner().invoke(ingest, ["--suggest", str(tmp_path / name)])
    assert result.exit_code == 0, result.output
    mapping = parse_mapping(result.stdout)
    store = open_store("memory:")
    report = load(store, [tmp_path / name], Options(mapping.source, mapping)).report
    assert report.exit_code == 0 and not [w for w in report.warnings if w.code == "unknown_column"]
    assert sorted(store.scan().tables["leaders"]["name"].to_pylist()) == PEOPLE[name]


def test_several_files_make_one_mapping_that_names_each(tmp_path: Path) -> None:
    for name in ("red.csv", "ties.csv"):
        (tmp_path / name).write_bytes(FILES[name])
    mapping = parse_mapping(suggest([tmp_path], "mine"))
    assert mapping.source == "mine" and {table.file for table in mapping.tables} == {"red.csv", "ties.csv"}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=20), st.sampled_from(["Name", "E-mail", "ID", "[x]", "Joined"])), max_size=6),
    st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=5),
)
def test_every_guess_is_a_mapping_that_names_columns_of_ours(header: list[str], rows: list[list[str]]) -> None:
    for table in guessed(header, *rows, file="a\x7fb\u2028.csv"):
        assert all(c.column in {x.name for x in shape(table.shape).columns} for c in table.columns if c.column)
        if any(set(needed) & {c.column for c in table.columns} for needed in shape(table.shape).needs):
            assert parse_mapping(written(table)).tables[0].file == "a\x7fb\u2028.csv"
