"""A click on the map says what the whole map says of the mark, and looks at nothing else."""

from __future__ import annotations

import pytest

from netofnets.services.index import EditionIndex, index_of
from netofnets.services.map import guests, marks
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.clicked import clicked
from netofnets.services.map.columns import columns, ordered
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import four_blocks


@pytest.mark.parametrize("viewer", [ORGANIZER, ANONYMOUS])
@pytest.mark.parametrize("layer", ["", "members", "ties", "interests"])
def test_it_is_what_the_map_of_networks_has(blocks, viewer, layer) -> None:
    for network in index_of(blocks, viewer).snapshot.ids("networks").to_pylist():
        for links, least in ((0, 1), (3, 1), (60, 1), (60, 3)):
            whole = networks_scene(blocks, viewer, select=network, links=links, layer=layer, least=least)
            found = clicked(blocks, viewer, network, links=links, layer=layer, least=least)
            assert found.selection == whole.selection and found.version == whole.version
            assert found.edges == tuple(e for e in whole.scene.edges if network in (e.source, e.target))


@pytest.mark.parametrize("published", ["small", "blocks"])
def test_it_is_what_the_map_of_people_has(published, request) -> None:
    edition = request.getfixturevalue(published)
    snapshot = index_of(edition, ORGANIZER).snapshot
    for mark in (*snapshot.ids("networks").to_pylist(), *snapshot.ids("leaders").to_pylist()):
        whole, found = people_scene(edition, ORGANIZER, select=mark), clicked(edition, ORGANIZER, mark, people=True)
        assert found.nodes == ()
        assert found.selection == whole.selection
        assert found.edges == tuple(e for e in whole.scene.edges if mark in (e.source, e.target))


def test_a_mark_that_is_not_there_is_missing(small) -> None:
    for people in (False, True):
        assert clicked(small, ORGANIZER, "nothing", people=people).missing
        assert not clicked(small, ORGANIZER, "", people=people).missing


def test_no_disc_is_made_for_it(blocks, monkeypatch) -> None:
    index = EditionIndex(blocks.edition("organizers"))
    monkeypatch.setattr("netofnets.services.map.clicked.index_of", lambda *_: index)
    network = index.snapshot.ids("networks")[0].as_py()
    assert clicked(blocks, ORGANIZER, network).selection is not None
    assert not [key for key in index.memo if isinstance(key, tuple) and key[0] in ("discs", "people", "placed")]


def test_where_not_everybody_fits_those_come_who_belong_to_what_is_clicked(publish_graph, monkeypatch) -> None:
    large = publish_graph(four_blocks(25))  # its own, since what is drawn is remembered with a publication
    monkeypatch.setattr(marks, "MOST_MARKS", 40)
    first = people_scene(large, ORGANIZER).scene.nodes
    drawn = {node.id for node in first}
    assert len(first) <= 40 and not any(node.guest for node in first)
    for mark in [node.id for node in first][:12]:
        whole = people_scene(large, ORGANIZER, select=mark).scene.nodes
        come = {node.id for node in whole} - drawn
        found = clicked(large, ORGANIZER, mark, people=True)
        assert found.partial and all(node.guest for node in found.nodes)
        assert {node.id for node in found.nodes} == come and len(whole) == len(first) + len(found.nodes) <= 40
    assert not clicked(large, ORGANIZER, "nobody", people=True).nodes


def test_who_comes_with_a_large_disc_is_kept_for_the_next_click_in_it(publish_graph, monkeypatch) -> None:
    large = publish_graph(four_blocks(25))
    monkeypatch.setattr(marks, "MOST_MARKS", 40)
    first = people_scene(large, ORGANIZER).scene.nodes
    anew = [clicked(large, ORGANIZER, node.id, people=True).come for node in first]
    monkeypatch.setattr(guests, "_MANY", 1)  # as if each disc were large
    kept = [clicked(large, ORGANIZER, node.id, people=True).come for node in first]
    assert kept == anew and any(one and one.nodes for one in kept)
    disc = next(node.id for node, one in zip(first, kept, strict=True) if node.kind == "networks" and one and one.nodes)
    twice = [clicked(large, ORGANIZER, disc, people=True).come for _ in range(2)]
    assert twice[0] is twice[1] is not None
    assert twice[0].marks == columns(ordered(twice[0].nodes)) and list(twice[0].nodes) == ordered(twice[0].nodes)
