"""The map on other days, and what changed since one: counted by hand, and equal to the map of that day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.growth import MOST_DAYS, growth, timeline
from netofnets.services.map.limits import Limits, limited
from netofnets.services.map.moved import moved, told_in_rows
from netofnets.services.map.rows import rows
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import Graph


def years() -> Graph:
    """Three networks: Ana and Bo in Alpha always, Bo in Beta from 2021 on, Cid in Beta 2020 to 2022, Dan in Gamma since
    2023; in 2024 nobody comes or goes."""
    graph = Graph()
    for key in ("alpha", "beta", "gamma"):
        graph.node("networks", key, key.title(), kind="course" if key == "gamma" else "association")
    for key in ("ana", "bo", "cid", "dan"):
        graph.node("leaders", key, key.title())
    graph.join("ana", "alpha")
    graph.join("bo", "alpha")
    graph.tie("memberships", "bo", "beta", start="2021-01-01")
    graph.tie("memberships", "cid", "beta", start="2020-01-01", end="2022-06-30")
    graph.tie("memberships", "dan", "gamma", start="2023-05-01")
    return graph


@pytest.fixture(scope="module")
def published(publish_graph):
    return publish_graph(years())


def on(day: str):
    return replace(ORGANIZER, as_of=day)


def test_the_days_are_the_first_of_periods_and_few_enough(published):
    days = timeline(published, ORGANIZER)
    assert days.days[0] == "2020-04-01" and days.days[-1] == "" and len(days.days) <= MOST_DAYS
    assert days.at == len(days.days) - 1
    assert all(day[5:] in ("01-01", "04-01", "07-01", "10-01") for day in days.days[:-1])
    asked = timeline(published, on("2021-05-05"))
    assert asked.days[asked.at] == "2021-05-05" and list(asked.days[:-1]) == sorted(asked.days[:-1])


def test_each_day_is_counted_as_the_map_of_that_day(published):
    found = growth(published, ORGANIZER, people=True)
    by_name = {n.id: n.label for n in networks_scene(published, ORGANIZER).scene.nodes}
    for number, day in enumerate(found.days):
        sizes = dict(zip((by_name[n] for n in found.networks), found.members[number], strict=True))
        scene = networks_scene(published, on(day)).scene
        assert sizes == {n.label: int(n.weight) for n in scene.nodes}
        drawn = {n.id: n.radius for n in scene.nodes}
        for network, members in zip(found.networks, found.members[number], strict=True):
            assert abs(found.spread * members**0.5 + found.edge - drawn[network]) < 0.01
        shared = {
            (by_name[found.networks[a]], by_name[found.networks[b]], n)
            for (a, b), n in zip(found.pairs, found.shared[number], strict=True)
            if n
        }
        assert {frozenset((a, b)) for a, b, _ in shared} == {
            frozenset((by_name[e.source], by_name[e.target])) for e in scene.edges
        }
    first = found.days.index("2020-04-01")
    assert found.words[first] == "3 people in 2 networks; no pairs of networks share members"
    assert found.words[-1] == "3 people in 3 networks; 1 pair of networks shares members"
    seen = {p.id: (p.first, p.last) for p in found.people}
    ids = {n.label: n.id for n in people_scene(published, ORGANIZER).scene.nodes}
    assert seen[ids["Cid"]] == (0, found.days.index("2022-04-01"))
    assert seen[ids["Dan"]] == (len(found.days) - 1, len(found.days) - 1)


def test_where_everything_stands_and_its_colour_stay_on_another_day(published):
    def drawn(viewer):
        scene = networks_scene(published, viewer, colour="community").scene
        legend = {entry.key: entry.label for entry in scene.legend}
        return {n.label: (n.x, n.y, legend[n.group]) for n in scene.nodes}

    assert drawn(on("2020-06-01")) == drawn(ORGANIZER)
    assert (
        networks_scene(published, on("2020-06-01"), colour="community").scene.legend_title == "Community as published"
    )


def test_nobody_learns_of_people_whom_they_do_not_see(published):
    assert timeline(published, ANONYMOUS).days == ()
    assert growth(published, ANONYMOUS, people=True).people == ()


def test_what_changed_stands_at_its_mark_and_in_its_row(published):
    scene = networks_scene(published, on("2023-06-01")).scene
    found = moved(published, on("2023-06-01"), scene, "2022-01-01")
    names = {n.id: n.label for n in scene.nodes}
    assert {names[m.id]: (m.badge, m.words) for m in found.marks} == {
        "Beta": ("\N{MINUS SIGN}1", "1 left"),
        "Gamma": ("+1", "1 joined"),
    }
    assert found.met == () and found.summary.startswith("Since 2022-01-01, 1 membership is new and 1 membership ended")
    told = {r.label: r.detail for r in told_in_rows(rows(scene), found)}
    assert told["Gamma"] == "1 member; 1 joined" and told["Alpha"] == "2 members"
    left = limited(published, on("2023-06-01"), scene, Limits(kind="changed", changed=found.ids))
    assert {names[one.id] for one in left.marks} == {"Beta", "Gamma"}


def test_networks_that_join_anew_and_people_of_whom_something_is_new(published):
    networks = networks_scene(published, on("2021-02-01")).scene
    found = moved(published, on("2021-02-01"), networks, "2020-12-01")
    names = {n.id: n.label for n in networks.nodes}
    assert [{names[pair.first], names[pair.second]} for pair in found.met] == [{"Alpha", "Beta"}]
    people = people_scene(published, on("2021-02-01")).scene
    marks = moved(published, on("2021-02-01"), people, "2020-12-01").marks
    names = {n.id: n.label for n in people.nodes}
    assert {names[m.id]: m.words for m in marks if names[m.id] == "Bo"} == {
        "Bo": "joined 1 network and joins networks now"
    }


@pytest.mark.parametrize("since", ["tomorrow", "2020-13-01"])
def test_what_is_no_day_marks_nothing_and_says_so(published, since):
    found = moved(published, ORGANIZER, networks_scene(published, ORGANIZER).scene, since)
    assert found.marks == () and since in found.wrong
