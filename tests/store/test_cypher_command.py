"""``netofnets cypher`` as a person types it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from netofnets.cli.cypher import cypher
from netofnets.errors import NetOfNetsError, NotSupported, QueryRefused
from netofnets.settings import Settings
from netofnets.store import open_store
from tests.store.statements import a_roster, leader, load


@pytest.fixture
def filled(empty_neo4j: str, neo4j_settings: Settings) -> str:
    store = open_store(empty_neo4j, neo4j_settings)
    load(store, "north", [*a_roster(people=2), leader("north", "X", "=1+1\x1b[31m", email="x@x.example")])
    store.close()
    return empty_neo4j


def run(*arguments: str, url: str, settings: Settings, input: str = "") -> Result:
    secrets = {"NETOFNETS_NEO4J_USER": settings["neo4j_user"], "NETOFNETS_NEO4J_PASSWORD": settings["neo4j_password"]}
    return CliRunner(env=secrets).invoke(cypher, [*arguments, "--store", url], input=input)


NAMES = "MATCH (p:Leader) WHERE p.name CONTAINS $part RETURN p.name AS name, p.release_time AS free ORDER BY name"


def test_three_forms_of_one_answer(filled: str, neo4j_settings: Settings) -> None:
    asked = ("--param", "part=Person")
    as_json = run(NAMES, *asked, "--format", "json", url=filled, settings=neo4j_settings)
    assert json.loads(as_json.output) == [{"name": f"Person {i} of north", "free": 20.0} for i in range(2)]
    as_csv = run("-", *asked, "--format", "csv", url=filled, settings=neo4j_settings, input=NAMES)
    assert list(csv.reader(io.StringIO(as_csv.output)))[1] == ["Person 0 of north", "20.0"]
    as_table = run(NAMES, *asked, url=filled, settings=neo4j_settings)
    assert as_table.output.split("\n")[0].split() == ["name", "free"]


def test_text_from_data_reaches_neither_terminal_nor_spreadsheet(filled: str, neo4j_settings: Settings) -> None:
    asked = ("--param", "part==1")
    assert "\x1b" not in run(NAMES, *asked, url=filled, settings=neo4j_settings).output
    as_csv = run(NAMES, *asked, "--format", "csv", url=filled, settings=neo4j_settings).output
    assert next(csv.DictReader(io.StringIO(as_csv)))["name"].startswith("'=1+1")


def test_a_file_and_parameters_of_other_types(filled: str, neo4j_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "query.cypher").write_text("RETURN $n + 1 AS n, $list AS list, {a: 1} AS map, null AS nothing")
    arguments = ("-f", str(tmp_path / "query.cypher"), "--param", "n=41", "--param", 'list=["a", 2]')
    answer = run(*arguments, "--format", "json", url=filled, settings=neo4j_settings)
    assert json.loads(answer.output) == [{"n": 42, "list": ["a", 2], "map": {"a": 1}, "nothing": None}]
    assert "42" in run(*arguments, url=filled, settings=neo4j_settings).output


def refused(*arguments: str, url: str, settings: Settings) -> NetOfNetsError:
    error = run(*arguments, url=url, settings=settings).exception
    assert isinstance(error, NetOfNetsError)
    return error


def test_what_is_refused(filled: str, neo4j_settings: Settings, tmp_path: Path) -> None:
    assert isinstance(refused("MATCH (n) DETACH DELETE n", url=filled, settings=neo4j_settings), QueryRefused)
    assert "more than 1 rows" in str(
        refused("MATCH (n:Leader) RETURN n", "--rows", "1", url=filled, settings=neo4j_settings)
    )
    assert "NAME=VALUE" in str(refused("RETURN 1", "--param", "x", url=filled, settings=neo4j_settings))
    no_cypher = refused("RETURN 1", url=f"sqlite:{tmp_path / 'book.sqlite'}", settings=neo4j_settings)
    assert isinstance(no_cypher, NotSupported)
    assert "use --store neo4j://HOST:7687" in str(no_cypher)
    assert run(url=filled, settings=neo4j_settings).exit_code == 2
