"""Who parts the map of networks by leaving: hand-made maps, and every leader of random ones left out in turn."""

import networkx as nx
import numpy as np
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.cuts import cuts, joints


def matrices(belongs, networks, ties=(), related=()):
    people = len(belongs)
    rows = [(p, n) for p, own in enumerate(belongs) for n in own]
    member = sp.csr_array((np.ones(len(rows)), tuple(np.array(rows, dtype=int).reshape(-1, 2).T)), (people, networks))

    def both(pairs, size):
        ends = np.array([*pairs, *((b, a) for a, b in pairs)], dtype=int).reshape(-1, 2)
        return sp.csr_array((np.ones(len(ends)), tuple(ends.T)), (size, size))

    return member, both(ties, people), both(related, networks)


def test_the_person_between_two_camps_parts_them():
    camp, other = [[0, 1], [1, 2], [0, 2]] * 2, [[3, 4], [4, 5], [3, 5]] * 2
    (found,) = cuts(*matrices([*camp, [2, 3], *other], 6))
    assert (found.leader, found.sizes, found.off, found.stays, found.cut_off) == (6, (3, 3), (3, 4, 5), 0, 3)


def test_one_of_two_links_is_no_cut_and_a_tie_is_a_link_too():
    assert cuts(*matrices([[0], [0, 1], [0, 1], [1]], 2)) == ()
    assert cuts(*matrices([[0], [0, 1], [1]], 2, ties=[(0, 2)])) == ()
    ends = cuts(*matrices([[0], [0], [1], [1]], 2, ties=[(0, 2)]))
    assert [(c.leader, c.sizes) for c in ends] == [(0, (1, 1)), (2, (1, 1))]


def test_a_network_with_no_other_member_and_parts_of_a_whole_are_not_parted():
    assert cuts(*matrices([[0], [0, 1]], 2)) == ()
    assert cuts(*matrices([[0], [0, 1], [1]], 2, related=[(0, 1)])) == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 6), max_size=3, unique=True), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=6),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=2),
)
def test_it_finds_those_whose_leaving_parts_networks_and_no_other(belongs, ties, related):
    ties = [(a, b) for a, b in ties if a < b < len(belongs)]
    related = [(a, b) for a, b in related if a < b]
    graph = nx.Graph()
    graph.add_nodes_from(("n", n) for n in range(7))
    graph.add_edges_from((("p", p), ("n", n)) for p, own in enumerate(belongs) for n in own)
    graph.add_edges_from((("p", a), ("p", b)) for a, b in ties)
    graph.add_edges_from((("n", a), ("n", b)) for a, b in related)
    wanted = {}
    for person, own in enumerate(belongs):
        if ("p", person) not in graph:
            continue
        around = nx.node_connected_component(graph, ("p", person))
        alone = {("n", n) for n in own if sum(n in other for other in belongs) == 1}
        left = graph.subgraph(around - {("p", person)})
        parts = [{n for n in part if n[0] == "n"} - alone for part in nx.connected_components(left)]
        sizes = tuple(sorted((len(part) for part in parts if part), reverse=True))
        if len(sizes) > 1:
            wanted[person] = sizes
    assert {c.leader: c.sizes for c in cuts(*matrices(belongs, 7, ties, related))} == wanted


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 14), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=20))
def test_joints_are_the_articulation_points_that_another_implementation_finds(size, pairs):
    ends = np.array([(a, b) for a, b in pairs if a < size and b < size and a != b], dtype=int).reshape(-1, 2)
    both = np.vstack([ends, ends[:, ::-1]])
    graph = sp.csr_array((np.ones(len(both)), tuple(both.T)), (size, size))
    whole = nx.from_scipy_sparse_array(graph)
    assert joints(graph).tolist() == sorted(nx.articulation_points(whole))
