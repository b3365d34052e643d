"""``netofnets export`` as somebody types it."""

import json

import networkx as nx
import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.errors import SettingsError
from netofnets.graph.published import Published


def test_the_published_graph_becomes_a_file(run, example_home, tmp_path):
    path = tmp_path / "map.graphml"
    said = run("export", "graphml", "-o", str(path))
    read = nx.read_graphml(path, force_multigraph=True)
    assert f"{read.number_of_nodes():,} nodes and {read.number_of_edges():,} relationships" in said
    with Published.current(example_home) as published:
        counts = published.manifest["editions"]["organizers"]["counts"]
    assert read.number_of_nodes() + read.number_of_edges() == sum(counts.values())


def test_the_public_gets_less_and_a_day_cuts(run, tmp_path):
    run("export", "csv", "-o", str(tmp_path / "all"))
    run("export", "csv", "-o", str(tmp_path / "public"), "--audience", "public")
    run("export", "csv", "-o", str(tmp_path / "then"), "--as-of", "1990-01-01")
    lines = {
        name: {p.stem: len(p.read_text(encoding="utf-8-sig").splitlines()) for p in (tmp_path / name).iterdir()}
        for name in ("all", "public", "then")
    }
    assert lines["public"]["leaders"] < lines["all"]["leaders"]
    told = tmp_path / "told.json"
    said = run("export", "csv", "-o", str(tmp_path / "public"), "--audience", "public", "--uniqueness", str(told))
    twin = json.loads(told.read_text())
    assert twin["words"] in said and twin["people"] == lines["public"]["leaders"] - 1 and twin["k"] == 5
    assert "@" not in (tmp_path / "public" / "leaders.csv").read_text(encoding="utf-8-sig")
    assert lines["then"]["leaders"] == lines["all"]["leaders"]
    assert lines["then"]["memberships"] < lines["all"]["memberships"]


def test_analysts_get_pseudonyms_and_are_told_who_stands_out(run, example_home, tmp_path):
    told = tmp_path / "told.json"
    command = ("export", "csv", "--pseudonyms", "--uniqueness", str(told), "-o")
    said = run(*command, str(tmp_path / "one"))
    run(*command, str(tmp_path / "other"))
    with Published.current(example_home) as published:
        people = published.edition("organizers").snapshot.nodes["leaders"].to_pylist()
    text = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / "one").iterdir())
    assert not any(row["id"] in text or f",{row['name']}," in text for row in people)
    files = [
        (tmp_path / name / "leaders.csv").read_text(encoding="utf-8-sig").splitlines()[1:] for name in ("one", "other")
    ]
    ids = [{line.split(",")[0] for line in lines} for lines in files]
    assert len(ids[0]) == len(people) and ids[0].isdisjoint(ids[1])
    twin = json.loads(told.read_text())
    assert twin["words"] in said and set(twin["standing_out"]) <= ids[1]
    assert len(twin["standing_out"]) >= max(twin["rare_degrees"], twin["rare_networks"])


def test_a_path_that_does_not_fit_and_an_unknown_format_are_said(run, tmp_path):
    with pytest.raises(SettingsError, match="ends in .xlsx or .json"):
        run("export", "kumu", "-o", str(tmp_path / "map.csv"))
    refused = CliRunner().invoke(netofnets_command, ["export", "dot", "-o", "x"])
    assert refused.exit_code == 2 and "graphml" in refused.output
