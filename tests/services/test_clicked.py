"""A click changes what the whole map would show with that mark selected, no more and no less."""

from __future__ import annotations

import pytest

from netofnets.graph.published import Published
from netofnets.services.map import atlas, clicked, marks
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer
from tests.services.conftest import Publish
from tests.services.graphs import four_blocks


def every_mark(published: Published, viewer: Viewer) -> list[str]:
    return [node.id for node in people_scene(published, viewer).scene.nodes]


@pytest.mark.parametrize("viewer", [ORGANIZER, ANONYMOUS], ids=["organizer", "anybody"])
@pytest.mark.parametrize("least", [1, 3])
def test_of_networks(blocks: Published, viewer: Viewer, least: int) -> None:
    for mark in every_mark(blocks, viewer):
        whole = networks_scene(blocks, viewer, select=mark, least=least)
        own = [edge for edge in whole.scene.edges if mark in (edge.source, edge.target)]
        found = clicked.clicked(blocks, viewer, mark, least=least)
        assert (list(found.edges), found.selection, found.nodes) == (own, whole.selection, ())


@pytest.mark.parametrize("viewer", [ORGANIZER, ANONYMOUS], ids=["organizer", "anybody"])
def test_of_people(small: Published, viewer: Viewer) -> None:
    for mark in every_mark(small, viewer):
        whole = people_scene(small, viewer, select=mark)
        own = [edge for edge in whole.scene.edges if mark in (edge.source, edge.target)]
        found = clicked.clicked(small, viewer, mark, people=True)
        assert (list(found.edges), found.selection, found.nodes) == (own, whole.selection, ())


def test_where_not_everybody_fits_those_come_who_belong_to_what_is_clicked(
    publish_graph: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = publish_graph(four_blocks(25))  # its own, since what is drawn is remembered with a publication
    for module in (marks, atlas):
        monkeypatch.setattr(module, "MOST_MARKS", 40)
    first = people_scene(large, ORGANIZER).scene.nodes
    drawn = {node.id for node in first}
    assert len(first) <= 40
    for mark in [node.id for node in first][:12]:
        whole = people_scene(large, ORGANIZER, select=mark).scene.nodes
        come = [node for node in whole if node.id not in drawn]
        found = clicked.clicked(large, ORGANIZER, mark, people=True).nodes
        assert {node.id for node in come} <= {node.id for node in found}
        assert len(found) == len({node.id for node in found} - drawn)
    assert not clicked.clicked(large, ORGANIZER, "nobody", people=True).nodes
