"""The commands as an analyst types them."""

import csv
import io
import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.cli.measures import measure_commands
from netofnets.errors import NetOfNetsError, NotFound, NotSupported, SettingsError
from netofnets.store import open_store
from tests.published import roster_copy

FLAT = (str, int, float, bool, type(None), list)


@pytest.mark.parametrize("name", sorted(measure_commands()))
def test_json_is_a_list_of_flat_objects(run, name):
    rows = json.loads(run(name, "--format", "json"))
    assert rows, name
    assert all(isinstance(value, FLAT) for row in rows for value in row.values())


@pytest.mark.parametrize("name", ["bridges", "communities", "roles", "ties", "islands", "dependence"])
def test_people_and_networks_carry_stable_id_source_id_and_name(run, name):
    row = json.loads(run(name, "--format", "json", "--rows", "1"))[0]
    assert len(row["id"]) == 17 and row["source"] and row["name"]
    assert "source_id" in row


def test_csv_has_the_columns_and_rows_of_json(run):
    rows = json.loads(run("overlap", "--format", "json"))
    read = list(csv.DictReader(io.StringIO(run("overlap", "--format", "csv"))))
    assert list(read[0]) == list(rows[0])
    assert [r["first"] for r in read] == [r["first"] for r in rows]
    assert [int(r["shared"]) for r in read] == [r["shared"] for r in rows]


def test_parquet_needs_a_file_and_holds_the_same(run, tmp_path):
    file = tmp_path / "overlap.parquet"
    run("overlap", "--format", "parquet", "--output", str(file))
    assert pq.read_table(file).num_rows == len(json.loads(run("overlap", "--format", "json")))
    with pytest.raises(SettingsError, match="--output"):
        run("overlap", "--format", "parquet")


def test_the_table_for_people_has_one_line_a_row_and_names_instead_of_ids(run):
    lines = run("overlap", "--rows", "3").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("first name")


def test_the_published_table_and_one_computed_anew_agree(run):
    published = run("communities", "--format", "json")
    assert run("communities", "--format", "json", "--seed", "7") == published
    chosen = next(r for r in json.loads(run("resolutions", "--format", "json")) if r["chosen"])["resolution"]
    fixed = json.loads(run("communities", "--format", "json", "--resolution", str(chosen)))
    assert [r["community"] for r in fixed] == [r["community"] for r in json.loads(published)]
    coarse = json.loads(run("communities", "--format", "json", "--resolution", "0.01"))
    assert {r["community"] for r in coarse} != {r["community"] for r in fixed}


def test_a_parameter_that_makes_no_sense_is_an_error_with_the_choices(run):
    with pytest.raises(NetOfNetsError):
        run("roles", "--by", "shoe size")


def test_status_tells_store_run_snapshot_and_hash(run, example_home):
    status = json.loads(run("status", "--format", "json"))
    assert status["counts"]["networks"] == 24
    assert status["up_to_date"] is True
    assert status["run"] == status["snapshot_run"] > 0
    assert len(status["content_hash"]) == 64
    assert str(example_home) in status["store"]


def test_publishing_again_says_that_nothing_changed(run):
    before = json.loads(run("status", "--format", "json"))["content_hash"]
    assert run("publish").startswith("Unchanged")
    assert json.loads(run("status", "--format", "json"))["content_hash"] == before


def test_settings_never_print_a_secret(run, monkeypatch):
    monkeypatch.setenv("NETOFNETS_NEO4J_PASSWORD", "correct horse")
    printed = run("settings")
    assert "NETOFNETS_NEO4J_PASSWORD" in printed and "correct horse" not in printed


def test_cypher_and_write_back_say_that_they_need_neo4j(run):
    with pytest.raises(NotSupported, match="neo4j"):
        run("write-back")
    with pytest.raises(NotSupported, match="[Nn]eo4j"):
        run("cypher", "RETURN 1")


def test_every_generated_file_is_up_to_date(request):
    # In a process of its own: a command that a test has called alone keeps the help option that it had then.
    check = [sys.executable, "-m", "netofnets.cli", "docs", "--check"]
    done = subprocess.run(check, cwd=request.config.rootpath, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_has_a_sentence():
    runner = CliRunner()
    for name in netofnets_command.list_commands(None):
        shown = runner.invoke(netofnets_command, [name, "--help"], catch_exceptions=False)
        assert shown.exit_code == 0 and len(shown.output.splitlines()) > 4, name


def test_an_error_is_a_sentence_and_an_exit_code_not_a_trace(tmp_path):
    command = [sys.executable, "-m", "netofnets.cli", "bridges", "--home", str(tmp_path / "empty")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("netofnets: nothing is published") and "Traceback" not in done.stderr


@pytest.fixture
def own_home(tmp_path):
    """A small store of its own, for commands that write."""
    people = [("1", "Ada Obi", "ada@school.example", "a"), ("2", "Li Wei", "", "a"), ("3", "Ada Obi", "", "b")]
    lines = [f"{i},{name},{email},{net},Network {net}" for i, name, email, net in people]
    roster = "leader_id,name,email,network_id,network\n" + "\n".join(lines) + "\n"
    home = roster_copy(roster, tmp_path / "home")

    def run(*arguments):
        return CliRunner().invoke(netofnets_command, [*arguments, "--home", str(home)], catch_exceptions=False)

    return run, home


def leaders(run):
    return {
        r["source_id"]: r for r in json.loads(run("communities", "--format", "json").output) if r["kind"] == "leaders"
    }


def test_a_judgement_merges_and_a_later_one_undoes_it(own_home):
    run, _ = own_home
    before = leaders(run)
    untouched = json.loads(run("status", "--format", "json").output)["content_hash"]
    pair = [before["1"]["id"], before["3"]["id"]]
    run("judge", *pair, "same", "--who", "an organizer", "--why", "met her")
    run("publish")
    assert len(leaders(run)) == 2
    run("judge", *pair, "different", "--who", "an organizer", "--why", "two people after all")
    run("publish")
    assert json.loads(run("status", "--format", "json").output)["content_hash"] == untouched


def test_a_verdict_on_nobody_is_refused_and_not_logged(own_home):
    run, home = own_home
    one = leaders(run)["1"]["id"]
    reason = ["same", "--who", "an organizer", "--why", "mistyped"]
    with pytest.raises(NotFound, match="lnobody"):
        run("judge", one, "lnobody", *reason)
    with pytest.raises(SettingsError, match="twice"):
        run("judge", one, one, *reason)
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        assert store.scan().judgements == ()
    finally:
        store.close()


def test_hiding_takes_effect_with_the_next_publish(own_home):
    run, _ = own_home
    one = leaders(run)["2"]["id"]
    run("visibility", one, "hidden", "--who", "the person")
    run("publish")
    assert set(leaders(run)) == {"1", "3"}
    with pytest.raises(NotFound):
        run("visibility", "lnobody", "hidden", "--who", "x")


def test_erasing_leaves_no_byte_in_the_home(own_home):
    run, home = own_home
    one = leaders(run)["1"]["id"]
    assert run("erase", one, "--yes").exit_code == 0
    assert set(leaders(run)) == {"2", "3"}
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"ada@school.example" not in content and one.encode() not in content, path


def test_the_store_of_the_home_opens_in_python(own_home):
    _, home = own_home
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        assert store.status().counts["leaders"] == 3
    finally:
        store.close()
