"""``netofnets introduce``: the ledger on the terminal, the same as on the board."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import netofnets
from netofnets.cli import netofnets_command
from netofnets.errors import NotFound, SettingsError
from netofnets.publish import publish
from netofnets.store import open_store
from tests.store.statements import a_roster, load

ANA, BO, CLEO = (claim.key for claim in a_roster(people=3) if claim.kind == "leaders")


@pytest.fixture
def book(tmp_path):
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    load(store, "north", a_roster(people=3))
    yield tmp_path, store
    store.close()


def run(home, *arguments: str) -> str:
    done = CliRunner().invoke(netofnets_command, ["introduce", *arguments, "--home", str(home)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def told(state: str, why: str = "by mail") -> tuple[str, ...]:
    return ("--state", state, "--who", "Ada", "--why", why)


def test_steps_are_recorded_by_name_or_id_and_listed_in_every_form(book, tmp_path):
    home, store = book
    publish(store, home)
    assert run(home, "person 0 of north", BO, *told("asked")) == "Person 0 of north and Person 1 of north: asked.\n"
    run(home, BO, ANA, *told("accepted"))
    run(home, ANA, CLEO, *told("suggested", "=1+1"))
    rows = json.loads(run(home, "--list", "--format", "json"))
    assert [(r["state"], r["steps"], r["who"]) for r in rows] == [("suggested", 1, "Ada"), ("accepted", 2, "Ada")]
    assert {rows[1]["first"], rows[1]["second"]} == {ANA, BO} and rows[1]["outcome"] is None
    read = list(csv.DictReader(io.StringIO(run(home, "--list", "--format", "csv"))))
    assert [r["why"] for r in read] == ["'=1+1", "by mail"]
    run(home, "--list", "--format", "parquet", "--output", str(tmp_path / "ledger.parquet"))
    assert pq.read_table(tmp_path / "ledger.parquet").to_pylist() == rows
    assert "Person 1 of north" in run(home, "--list")


def test_before_anything_is_published_ids_mean_people(book):
    home, _ = book
    assert run(home, ANA, BO, *told("suggested")) == f"{ANA} and {BO}: suggested.\n"
    with pytest.raises(NotFound):
        run(home, "Person 0 of north", BO, *told("asked"))


def test_what_does_not_follow_is_refused(book):
    home, store = book
    publish(store, home)
    with pytest.raises(SettingsError, match="has not begun"):
        run(home, ANA, BO, *told("met"))
    with pytest.raises(SettingsError, match="means nobody"):
        run(home, "Nobody Here", BO, *told("asked"))
    with pytest.raises(SettingsError, match="name two people"):
        run(home, ANA, *told("asked"))
    with pytest.raises(SettingsError, match="--state"):
        run(home, ANA, BO)


def test_python_reads_what_was_published(book):
    home, store = book
    run(home, ANA, BO, *told("asked"))
    publish(store, home)
    run(home, ANA, BO, *told("accepted"))
    with netofnets.answers(str(home)) as ask:
        assert [c.state for c in ask.board().columns if c.total] == ["asked"]
        now = ask.board(store.decisions("introduction"))
        assert [c.state for c in now.columns if c.total] == ["accepted"]
