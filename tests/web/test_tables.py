"""Tables on the page, by the command and in Python are equal, as JSON and as files; others get no file."""

from __future__ import annotations

import csv
import io
import json
import shlex

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import netofnets
from netofnets.cli import netofnets_command
from tests.published import publish_copy
from tests.services.graphs import four_blocks

ASKED = [
    ("overlap", ""),
    ("bridges", "?column=score&how=least&value=0.2&sort=-score"),
    ("communities", "?column=name&how=has&value=north&sort=name"),
    ("introductions", "?column=beta&how=is&value=1.5"),
]


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    publish_copy(four_blocks().facts(), home)
    return home


def by_command(line, home, *, form="json"):
    words = shlex.split(line)
    assert words[0] == "netofnets" and words[-2:] == ["--format", "csv"]
    done = CliRunner().invoke(netofnets_command, [*words[1:-1], form, "--home", str(home)])
    assert done.exit_code == 0, done.output
    return done.stdout


def in_python(text, home, monkeypatch):
    monkeypatch.setenv("NETOFNETS_HOME", str(home))
    names = {"netofnets": netofnets}
    exec(text, names)  # what the page prints, as somebody would paste it
    return names["table"]


@pytest.mark.parametrize(("name", "query"), ASKED)
def test_page_command_python_and_files_give_one_table(open_client, blocks, monkeypatch, name, query):
    client = open_client(blocks)
    told = client.get(f"/tables/{name}.json{query}").get_json()["table"]
    columns = [c["name"] for c in told["columns"]]
    rows = [dict(zip(columns, row, strict=True)) for row in told["rows"]]
    page = 2
    while len(rows) < told["rows_total"]:
        more = client.get(f"/tables/{name}.json{query}{'&' if query else '?'}page={page}").get_json()["table"]
        rows += [dict(zip(columns, row, strict=True)) for row in more["rows"]]
        page += 1
    assert rows, "a table with nothing in it shows nothing"
    assert json.loads(by_command(told["recipe"]["command"], blocks)) == rows
    assert in_python(told["recipe"]["python"], blocks, monkeypatch).to_pylist() == rows
    files = {form: client.get(f"/export/table/{name}.{form}{query}").data for form in ("csv", "parquet", "arrow")}
    assert pq.read_table(io.BytesIO(files["parquet"])).to_pylist() == rows
    assert pa.ipc.open_file(files["arrow"]).read_all().to_pylist() == rows
    assert files["csv"].decode().splitlines() == by_command(told["recipe"]["command"], blocks, form="csv").splitlines()
    assert [row["name"] for row in csv.DictReader(io.StringIO(files["csv"].decode())) if "name" in row] == [
        row["name"] or "" for row in rows if "name" in row
    ]


def test_another_day_is_told_as_a_command_that_gives_it(open_client, blocks):
    told = open_client(blocks).get("/tables/overlap.json?as_of=2020-01-01").get_json()["table"]
    assert told["recipe"]["python"] == "" and "--as-of 2020-01-01" in told["recipe"]["command"]
    columns = [c["name"] for c in told["columns"]]
    rows = [dict(zip(columns, row, strict=True)) for row in told["rows"]]
    assert json.loads(by_command(told["recipe"]["command"], blocks)) == rows


def test_what_a_table_cannot_be_asked_is_said_and_the_whole_shown(open_client, blocks):
    client = open_client(blocks)
    answer = client.get("/tables/overlap?column=no&value=1")
    assert answer.status_code == 200 and "there is no column" in answer.text
    assert client.get("/export/table/overlap.csv?column=no&value=1").status_code == 404
    assert client.get("/export/table/overlap.exe").status_code == 404
    assert client.get("/export/table/nothing.csv").status_code == 404


def test_strangers_see_tables_of_what_is_public_and_take_no_file(open_client, blocks):
    stranger = open_client(blocks, viewer="anonymous")
    assert stranger.get("/tables/bridges").status_code == 200
    assert "/export/" not in stranger.get("/tables/bridges").text + stranger.get("/tables").text
    for address in ("/export/table/bridges.csv", "/export/graph/gexf", "/export/map.html"):
        assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("name", ["graphml", "gexf", "kumu.xlsx", "kumu.json", "csv", "parquet", "cypher"])
def test_the_graph_comes_as_the_command_writes_it(open_client, blocks, tmp_path, name):
    answer = open_client(blocks).get(f"/export/graph/{name}?audience=organizers")
    file = tmp_path / answer.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
    form = name.partition(".")[0]
    done = CliRunner().invoke(netofnets_command, ["export", form, str(file), "--home", str(blocks)])
    assert done.exit_code == 0 and answer.data == file.read_bytes()
