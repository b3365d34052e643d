"""Data of the size and shape of real ones, made up: boards and their directors, the meetup groups of a city."""

from __future__ import annotations

import json
import re

import networkx as nx
import pytest

from tests.cases.test_connecting import honest
from tests.data.worlds import boards, meetups


def parting(rosters):
    """People without whom groups that hang together would come apart, and how many groups each would cut off."""
    graph = nx.Graph((("person", p), ("group", g)) for g, members in rosters.items() for p in members)
    found = {}
    for kind, person in list(nx.articulation_points(graph)):
        if kind == "person":
            ties = list(graph.edges((kind, person)))
            graph.remove_node((kind, person))  # and put back, since a copy for each takes long
            own = {frozenset(nx.node_connected_component(graph, group)) for _, group in ties}
            parts = [sum(k == "group" for k, _ in part) for part in own]
            graph.add_edges_from(ties)
            alone = sum(1 for g, members in rosters.items() if list(members) == [person])
            if sum(n > 0 for n in parts) - alone > 1:
                found[person] = sum(parts) - max(parts) - alone
    return found


def test_on_boards_everybody_without_whom_they_would_come_apart_is_named(publish):
    rosters, cutting = boards()
    assert len(cutting) == 108 and len({p for members in rosters.values() for p in members}) == 1495
    assert parting(rosters) == dict.fromkeys(cutting, 1)
    site = publish(rosters, together=True)
    rows = json.loads(site.run("connectors", "--rows", "108", "--format", "json"))
    assert {r["name"] for r in rows} == set(cutting) and {r["cut_off"] for r in rows} == {1}
    assert "Without 108 of them the map of networks would come apart" in site.words("/bridges")
    report = site.twin("/bridges?cut=yes&limit=500")["report"]
    assert {b["leader"]["name"] for b in report["leaders"]} == set(cutting) and report["total"] == 108
    assert all(b["joins"].startswith(f"Without {b['leader']['name']} nothing would lead") for b in report["leaders"])
    assert "288 people join networks; 30 of them are drawn with a thin ring" in site.words("/atlas?level=people")
    honest(site)


@pytest.mark.parametrize(("seed", "everybody"), [(1, "Group 028"), (2, "")])
def test_in_a_city_with_many_groups_the_page_names_those_on_whom_most_hangs(publish, seed, everybody):
    rosters = meetups(seed)
    site = publish(rosters, together=True)
    left_aside = f"Nearly everybody who is in several networks is in {everybody}: that is not counted as joining."
    assert (left_aside in site.words("/bridges")) == bool(everybody)
    rosters = {name: members for name, members in rosters.items() if name != everybody}
    several = {p for members in rosters.values() for p in members if sum(p in m for m in rosters.values()) > 1}
    rows = json.loads(site.run("connectors", "--format", "json"))
    assert len(rows) == len(several)
    assert len({r["rank"] for r in rows[:30]}) > 15  # a real order, not a tie of all
    parted = parting(rosters)
    assert {r["name"]: r["cut_off"] for r in rows if r["cut_off"]} == parted
    report = site.twin("/bridges?cut=yes")["report"]
    assert {b["leader"]["name"] for b in report["leaders"]} == set(parted)
    assert f"{len(several):,} people join networks" in site.words("/bridges")
    honest(site)


def test_the_map_says_whom_it_draws_and_whom_not(publish):
    """Where a few more people hang on more than the others the page says so; where all are alike it does not."""
    shared = {f"Pair {i:02d}": [f"Link {i:02d}", f"Only {i:02d}"] for i in range(40)}
    site = publish({"Middle": [*(f"Link {i:02d}" for i in range(40)), "Just Here"], **shared}, together=True)
    said = site.words("/atlas?level=people")
    drawn = re.search(r"40 people join networks; (\d+) of them are drawn with a thin ring\.", said)
    marks = site.twin("/atlas?level=people")["atlas"]["scene"]["nodes"]
    assert drawn and int(drawn[1]) == sum(node["connecting"] for node in marks) < 40
    assert "on whom most hangs" not in said
