"""Published folders of small graphs, for the tests of services."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from netofnets.graph.published import Published
from tests.published import publish_copy
from tests.services.graphs import Graph, four_blocks, ten_leaders

Publish = Callable[[Graph], Published]


@pytest.fixture(scope="session")
def publish_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publish]:
    """Publishes a graph into a folder of its own."""
    opened: list[Published] = []

    def publish(graph: Graph) -> Published:
        home: Path = tmp_path_factory.mktemp("home")
        publish_copy(graph.facts(), home)
        opened.append(Published.current(home))
        return opened[-1]

    yield publish
    for published in opened:
        published.close()


@pytest.fixture(scope="session")
def small(publish_graph: Publish) -> Published:
    return publish_graph(ten_leaders())


@pytest.fixture(scope="session")
def blocks(publish_graph: Publish) -> Published:
    return publish_graph(four_blocks())
