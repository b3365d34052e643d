"""What the Neo4j server computes besides the joins, and what it keeps: nothing."""

from __future__ import annotations

import networkx as nx
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from netofnets.analysis.local import LOCAL
from netofnets.errors import EngineError, StoreError
from netofnets.settings import load_settings
from netofnets.store.neo4j.engine import Neo4jEngine
from tests.data.planted import planted
from tests.engines.worlds import rows, table, world


@pytest.fixture(scope="module")
def blocks():
    """The affiliation graph of a thousand people in eight blocks, and the people."""
    made = planted(3, mega=0.0)
    return world(made).graph, made


def test_communities_of_graph_data_science(neo4j, blocks):
    graph, made = blocks
    there, again, here = (one.labels(graph, 1.0, 7) for one in (neo4j, neo4j, LOCAL))
    assert there.equals(again)
    assert there["node"].equals(here["node"])
    people = here["node"].to_numpy() < made.people
    found = [one["label"].to_numpy()[people] for one in (there, here)]
    assert adjusted_mutual_info_score(*found) > 0.9
    assert adjusted_mutual_info_score(made.home, found[0]) > 0.9


def test_betweenness_of_graph_data_science(neo4j):
    karate = nx.karate_club_graph()
    found = dict(rows(neo4j.betweenness(table("row", "column", "weight", of=[(a, b, 1.0) for a, b in karate.edges]))))
    assert found == pytest.approx(nx.betweenness_centrality(karate, normalized=False))


def test_nothing_stays_on_the_server(neo4j, blocks):
    neo4j.labels(blocks[0], 1.0, 7)
    assert neo4j._asked("CALL gds.graph.list() YIELD graphName RETURN graphName") == []
    with pytest.raises(StoreError, match="[Ww]rit"):
        neo4j._asked("CREATE (n:Thing) RETURN n")


def test_a_server_without_graph_data_science_says_so(own_neo4j, blocks):
    user, password = own_neo4j.auth
    plain = Neo4jEngine.open(load_settings(environ={}, store=own_neo4j.url, neo4j_user=user, neo4j_password=password))
    with pytest.raises(EngineError, match="no Graph Data Science"):
        plain.labels(blocks[0], 1.0, 7)
    assert rows(plain.shared(table("row", "column", of=[(3, 1), (3, 0), (4, 1)]))) == [(0, 1, 1)]
    plain.close()
