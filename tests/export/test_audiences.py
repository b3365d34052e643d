"""The file for the public holds nothing that the public edition does not; a day cuts what had ended by then."""

from __future__ import annotations

import zipfile
from pathlib import Path

import networkx as nx
import pytest

from netofnets.export import FORMATS, export
from netofnets.graph.interchange import to_networkx
from netofnets.graph.published import Published
from tests.published import publish_copy
from tests.services.graphs import Graph, another_hidden, ten_leaders

FILES = [(f.name, f"map{ending}") for f in FORMATS.values() for ending in (f.files or [".zip"])]


def published(graph: Graph, home: Path) -> Published:
    publish_copy(graph.facts(), home)
    return Published.current(home)


def everything(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(("form", "name"), FILES)
def test_a_hidden_person_changes_no_byte(tmp_path, form, name):
    before, after = published(ten_leaders(), tmp_path / "a"), published(another_hidden(ten_leaders()), tmp_path / "b")
    for audience in ("public", "organizers"):
        files = [
            export(p.edition(audience).snapshot, form, tmp_path / audience / at / name).path.read_bytes()
            for at, p in (("before", before), ("after", after))
        ]
        assert files[0] == files[1]


@pytest.mark.parametrize(("form", "name"), FILES)
def test_what_is_not_public_is_in_no_public_file(tmp_path, form, name):
    edition = published(ten_leaders(), tmp_path / "home").edition("public")
    text = everything(export(edition.snapshot, form, tmp_path / name).path)
    for secret in ("Cleo", "Iris", "one.example", "roster.csv", "Private Circle", "lesson study"):
        assert secret.encode() not in text, secret
    assert b"Ana Sousa" in text


def test_networkx_has_the_same_from_a_file_as_from_the_edition(tmp_path):
    edition = published(ten_leaders(), tmp_path / "home").edition("organizers")
    read = nx.read_graphml(export(edition.snapshot, "graphml", tmp_path / "map.graphml").path, force_multigraph=True)
    straight = edition.to_networkx()
    assert set(read) == set(straight)
    assert sorted(read.edges(keys=True)) == sorted(straight.edges(keys=True))
    for node, values in straight.nodes(data=True):
        texts = {n: "; ".join(v) if isinstance(v, list) else v for n, v in values.items()}
        assert read.nodes[node] == {**texts, "label": values["name"]}


def test_what_had_ended_by_a_day_is_left_out(tmp_path):
    graph = ten_leaders()
    graph.tie("memberships", "jo", "delta", start="2020-01-01", end="2024-06-30")
    snapshot = published(graph, tmp_path / "home").edition("organizers").snapshot
    held = {
        day: to_networkx(snapshot.at(day), ["memberships"]).number_of_edges()
        for day in ("2019-12-31", "2024-06-30", "2024-07-01")
    }
    assert held == {"2019-12-31": 12, "2024-06-30": 13, "2024-07-01": 12}
