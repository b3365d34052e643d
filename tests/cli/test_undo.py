"""Undoing a load on the command line: listed, done, done again, and refused with a reason."""

import json

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command

ADA = "Ada Obi,Readers,ada@x.example,Ash"
HEADER = "name,network,email,school\n"


@pytest.fixture
def ask(tmp_path):
    """Run a command in an empty home; give the exit code and what was printed."""

    def ask(*arguments: str):
        done = CliRunner().invoke(netofnets_command, [*arguments, "--home", str(tmp_path / "home")])
        return done.exit_code, done.output if done.exception is None or done.exit_code == 0 else str(done.exception)

    return ask


@pytest.fixture
def ingest(ask, tmp_path):
    """Load these rows as a source."""

    def ingest(source: str, *people: str):
        (tmp_path / "roster.csv").write_text(HEADER + "\n".join(people), encoding="utf-8")
        code, told = ask("ingest", str(tmp_path / "roster.csv"), "--source", source, "--allow-shrink")
        assert code == 0, told

    return ingest


def test_a_load_is_listed_undone_and_done_again(ask, ingest) -> None:
    assert ask("undo") == (0, "Nothing can be undone: no source was loaded.\n")
    ingest("north", ADA, "Bo Yi,Readers,bo@x.example,Elm")
    ingest("north", ADA.replace("Ash", "Oak"))
    ingest("north", ADA.replace("Ash", "Oak"))  # the same file once more changes nothing
    _, listed = ask("undo")
    assert listed.splitlines()[0].startswith("2: north, a load on 20")
    assert listed.splitlines()[0].endswith(": 0 new, 1 changed, 2 withdrawn")
    assert listed.splitlines()[-1] == "Undo one of them: netofnets undo 2"
    code, told = ask("undo", "2")
    assert code == 0 and told.startswith(
        "Run 2 of 'north' is undone by run 4: 2 claims stated again, 1 as before again"
    )
    assert len(json.loads(ask("status", "--format", "json")[1])["sources"]) == 1
    [one] = json.loads(ask("undo", "--format", "json")[1])
    assert (one["run"], one["undid"], one["created"], one["updated"], one["withdrawn"]) == (4, 2, 2, 1, 0)
    assert json.loads(ask("undo", "4", "--format", "json")[1])["withdrawn"] == 2
    assert "run 2 is not the last load of 'north': run 5 is" in ask("undo", "2")[1]
    assert "there is no run 77" in ask("undo", "77")[1]


def test_a_file_that_was_undone_is_read_again_and_its_people_are_recognised_again(ask, ingest) -> None:
    ingest("north", ADA)
    ingest("south", "A. Obi,Writers,ada@x.example,Ash")
    counts = [json.loads(ask("status", "--format", "json")[1])["counts"]["leaders"]]
    ask("undo", "2")
    counts.append(json.loads(ask("status", "--format", "json")[1])["counts"]["leaders"])
    ingest("south", "A. Obi,Writers,ada@x.example,Ash")
    status = json.loads(ask("status", "--format", "json")[1])
    assert [*counts, status["counts"]["leaders"]] == [1, 1, 1]
    assert (status["run"], status["sources"]) == (4, ["north", "south"])
