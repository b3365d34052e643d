"""A map in columns: portions that are put together are the map, and numbers name the same marks on either side."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.services.map import columns as module
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.columns import columns, days_by_portion, limits_by_number, lines_by_number, ordered
from netofnets.services.map.growth import growth, timeline
from netofnets.services.map.limits import Limits, limited
from netofnets.services.map.moved import moved
from netofnets.services.map.scene import SceneNode
from netofnets.services.refs import path_of
from netofnets.services.viewer import ORGANIZER, Role
from tests.services.graphs import Graph
from tests.services.test_growth import years


def decoded(coded: dict[str, Any]) -> list[Any]:
    return [coded["of"][at] for at in accumulate(coded["at"])]


def marks(portion: dict[str, Any]) -> list[SceneNode]:
    """The marks of a portion as the script reads them."""
    told = json.loads(json.dumps(portion))
    x = y = 0
    found = []
    coded = {name: decoded(told[name]) for name in ("group", "place", "detail")}
    each, ids = told["each"], told["id"]
    rest = [ids[n : n + each] for n in range(0, len(ids), each)] if each else ids.split()
    for n, without_first in enumerate(rest):
        x, y = x + told["x"][n], y + told["y"][n]
        kind = "networks" if n < told["discs"] else "leaders"
        node_id = told["first"][kind] + without_first
        found.append(
            SceneNode(
                node_id,
                kind,
                told["label"][n],
                x * told["unit"],
                y * told["unit"],
                told["radius"][n] * told["unit"],
                coded["group"][n],
                coded["place"][n],
                told["ring"][n] == 2,
                coded["detail"][n],
                told["paths"][kind] + node_id,
                float(told["weight"][n]),
                told["ring"][n] == 1,
            )
        )
    return found


def test_portions_put_together_are_the_map(blocks, monkeypatch):
    monkeypatch.setattr(module, "PORTION", 50)
    nodes = ordered(people_scene(blocks, ORGANIZER).scene.nodes)
    portions = [columns(nodes, None, start) for start in range(0, len(nodes), 50)]
    assert [p["from"] for p in portions] == [0, 50, 100] and {p["total"] for p in portions} == {len(nodes)} == {121}
    found = [mark for portion in portions for mark in marks(portion)]
    assert sum(p["discs"] for p in portions) == 13 and {p["stay"] for p in portions} == {121}
    for got, node in zip(found, nodes, strict=True):
        # A map is 25,000 units wide: nothing is off by more than half of one.
        near = [abs(getattr(got, name) - getattr(node, name)) for name in ("x", "y", "radius")]
        assert max(near) <= portions[0]["unit"] * 0.51
        assert replace(got, x=node.x, y=node.y, radius=node.radius, bridging=node.bridging) == replace(
            node, connecting=node.connecting and not node.bridging
        )


IDS = st.text("abn2", min_size=1, max_size=4)
PLACES = st.floats(-1000, 1000).map(lambda at: round(at, 3))


@given(networks=st.dictionaries(IDS, PLACES, max_size=6), people=st.dictionaries(IDS, PLACES, max_size=6))
def test_whatever_ids_there_are_what_is_unpacked_is_what_was_packed(networks, people):
    nodes = ordered(
        SceneNode(node_id, kind, "", x, -x, 1.0, "g0", weight=1.0, detail=node_id[:1], href=path_of(kind, node_id))
        for kind, ids in (("networks", networks), ("leaders", people))
        for node_id, x in ids.items()
    )
    packed = columns(nodes)
    found = marks(packed)
    assert [replace(one, x=0.0, y=0.0, radius=1.0) for one in found] == [replace(n, x=0.0, y=0.0) for n in nodes]
    assert all(abs(one.x - n.x) <= packed["unit"] * 0.51 for one, n in zip(found, nodes, strict=True))


def test_what_a_filter_leaves_and_lines_are_told_by_number(blocks):
    scene = networks_scene(blocks, ORGANIZER).scene
    nodes = ordered(scene.nodes)
    assert [n.weight for n in nodes] == sorted((n.weight for n in scene.nodes), reverse=True)
    left = limited(blocks, ORGANIZER, scene, Limits(group=nodes[3].group))
    runs = limits_by_number(left, nodes)["runs"]
    stays = [n % 2 == 0 for n, length in enumerate(runs) for _ in range(length)]
    assert sum(runs) == len(nodes) and left.marks is not None
    assert {node.id for node, stay in zip(nodes, stays, strict=False) if stay} == {m.id for m in left.marks}
    assert limits_by_number(limited(blocks, ORGANIZER, scene, Limits()), nodes)["runs"] is None
    lines = lines_by_number(scene.edges, nodes)
    assert {(nodes[a].id, nodes[b].id) for a, b in lines["ends"]} == {(e.source, e.target) for e in scene.edges}
    assert decoded(lines["label"]) == [e.label for e in scene.edges]


@pytest.fixture(scope="module")
def dated(publish_graph):
    return publish_graph(years())


def test_days_come_by_portions_too(dated, monkeypatch):
    monkeypatch.setattr(module, "PORTION", 2)
    whole = growth(dated, ORGANIZER, people=True)
    first, second = days_by_portion(whole), days_by_portion(whole, 2)
    assert first["total"] == 4 and first["days"] == whole.days and "days" not in second
    assert [*first["networks"], *second["networks"]] == [*whole.networks]
    assert [(*a, *b) for a, b in zip(first["members"], second["members"], strict=True)] == [*whole.members]
    assert [*first["people"], *second["people"]] == [*whole.people]


def test_lines_of_what_changed_are_few_and_it_says_of_how_many(blocks, monkeypatch, dated):
    scene = networks_scene(dated, ORGANIZER).scene
    every = moved(dated, ORGANIZER, scene, "2020-12-01")
    assert (len(every.met), every.met_total, every.note) == (1, 1, "showing 1 of 1 new link")
    none = moved(dated, ORGANIZER, scene, "2020-12-01", links=0)
    assert none.met == () and none.note == "showing 0 of 1 new link" and none.ids == every.ids
    own = moved(dated, ORGANIZER, scene, "2020-12-01", links=0, select=every.met[0].second)
    assert own.met == every.met
    quiet = moved(dated, ORGANIZER, scene, "2024-02-01")
    assert quiet.summary == "Since 2024-02-01, nothing changed that is shown here." and quiet.note == ""


def test_where_nothing_is_dated_the_map_says_so_and_never_of_what_it_may_not_show(publish_graph, dated):
    graph = Graph()
    graph.node("networks", "alpha", "Alpha")
    graph.node("leaders", "ana", "Ana")
    graph.join("ana", "alpha")
    undated = publish_graph(graph)
    assert timeline(undated, ORGANIZER).untold.startswith("Nothing here is dated")
    stranger = replace(ORGANIZER, role=Role.ANONYMOUS)
    assert "is shown here" in timeline(undated, stranger).untold or "not told" in timeline(undated, stranger).untold
    assert timeline(dated, ORGANIZER).untold == ""
