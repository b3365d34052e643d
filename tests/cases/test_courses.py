"""Two courses with discussion groups of their own, and four universities' schools: wholes, parts, and ties between."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest

from netofnets.services.viewer import ORGANIZER
from netofnets.settings import load_settings
from tests.cases.conftest import Site, command
from web.app import create_app

COURSE = """
source = "{source}"

[[tables]]
file = "{source}.csv"
is = "roster"
ignore = ["Group"]
[tables.columns]
name = "Name"
email = "Email"
role = "Role"
[tables.constants]
network_id = "course"
network = "{title}"
network_kind = "course"

[[tables]]
file = "{source}.csv"
is = "roster"
[tables.columns]
name = "Name"
email = "Email"
role = "Role"
network_id = {{ template = "group-{{Group}}" }}
network = {{ template = "{title}, group {{Group}}" }}
[tables.constants]
network_kind = "discussion group"
part_of_id = "course"
"""

SCHOOLS = """
[[tables]]
file = "UKfaculty-nodes.csv"
is = "roster"
[tables.columns]
leader_id = "id"
name = { template = "Academic {id}" }
network_id = { template = "school-{Group}" }
network = { template = "School {Group}" }
[tables.constants]
network_kind = "school"

[[tables]]
file = "UKfaculty-edges.csv"
is = "collaborations"
[tables.columns]
leader_id = "source"
other_leader_id = "target"
count = "weight"
[tables.constants]
kind = "friends with"
"""


def published(home: Path) -> Site:
    command("publish", "--home", str(home))
    return Site(home, create_app(load_settings(home=str(home)), viewer=ORGANIZER).test_client())


@pytest.fixture
def courses(tmp_path) -> Site:
    """Forty people in each of two courses, ten in each group; a facilitator and a participant are in both courses."""
    home = tmp_path / "home"
    for source, title in (("first", "Maths Course"), ("second", "Reading Course")):
        people = [(f"{title} Person{i:02d}", "participant", "ABCD"[i % 4]) for i in range(40)]
        people += [("Fay Staff", "facilitator", "A"), ("Pam Both", "participant", "B" if source == "first" else "C")]
        with (tmp_path / f"{source}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["Name", "Email", "Role", "Group"])
            for name, role, group in people:
                writer.writerow([name, f"{name.replace(' ', '').lower()}@made-up.example", role, group])
        mapping = tmp_path / f"{source}.toml"
        mapping.write_text(COURSE.format(source=source, title=title), encoding="utf-8")
        command("ingest", str(tmp_path / f"{source}.csv"), "--mapping", str(mapping), "--home", str(home))
    return published(home)


def test_a_course_does_not_overlap_with_its_own_groups_and_who_joins_two_courses_is_named(courses):
    report = courses.twin("/bridges")["report"]
    assert {b["leader"]["name"] for b in report["leaders"]} == {"Fay Staff", "Pam Both"}
    kin = [("Maths", "Maths"), ("Reading", "Reading")]
    for row in json.loads(courses.run("connectors", "--format", "json")):
        sides = tuple(row[f"{side}_network_name"].split()[0] for side in ("first", "second"))
        assert sides not in kin and row["pairs"] == 4  # course and group of the one with both of the other
    overlaps = courses.twin("/overlap")["report"]
    assert overlaps["pairs"] == 7  # the two courses, each course with two groups of the other, and two pairs of groups
    assert all(r["first"]["name"].split()[0] != r["second"]["name"].split()[0] for r in overlaps["rows"])
    assert not any(r["validated"] for r in overlaps["rows"])
    between = courses.twin("/bridges?between=discussion+group")["report"]
    groups = {"Fay Staff": ("A", "A"), "Pam Both": ("B", "C")}
    for person in between["leaders"]:
        maths, reading = groups[person["leader"]["name"]]
        assert person["joins"].startswith(f"{person['leader']['name']} is the only person in both ")
        assert (
            f"Maths Course, group {maths}" in person["joins"] and f"Reading Course, group {reading}" in person["joins"]
        )
    assert len(between["leaders"]) == 2
    alone = courses.twin("/bridges?without=facilitator")["report"]["leaders"]
    assert [b["leader"]["name"] for b in alone] == ["Pam Both"] and alone[0]["cut_off"] == 5
    for finding in courses.twin("/")["welcome"]["readers"][0]["findings"]:
        assert not finding["text"].endswith("people") or finding["text"].count("Maths Course") == 1
    assert "Pam Both" in courses.words("/") and "Pam Both" in courses.words("/atlas?level=people")


def test_schools_of_academics_are_joined_by_who_works_across(shared_data, tmp_path):
    home, mapping = tmp_path / "home", tmp_path / "schools.toml"
    mapping.write_text(SCHOOLS, encoding="utf-8")
    folder = shared_data / "ukfaculty"
    files = [str(folder / f"UKfaculty-{name}.csv") for name in ("nodes", "edges")]
    command("ingest", *files, "--source", "ukfaculty", "--mapping", str(mapping), "--home", str(home))
    site = published(home)
    school = {
        int(r["id"]): r["Group"] for r in csv.DictReader((folder / "UKfaculty-nodes.csv").read_text().splitlines())
    }
    graph = nx.Graph()
    for row in csv.DictReader((folder / "UKfaculty-edges.csv").read_text().splitlines()):
        ends = tuple(sorted((int(row["source"]), int(row["target"]))))
        if school[ends[0]] != school[ends[1]]:
            weight = graph.get_edge_data(*ends, {"weight": 0})["weight"]
            graph.add_edge(*ends, weight=weight + int(row["weight"]))
    rows = json.loads(site.run("connectors", "--format", "json"))
    assert {int(r["name"].split()[1]) for r in rows} == set(graph)  # all who work across, and nobody else
    for row in rows[:10]:
        one, pair = int(row["name"].split()[1]), {row[f"{s}_network_name"][-1] for s in ("first", "second")}
        across = [e for e in graph.edges(data="weight") if {school[e[0]], school[e[1]]} == pair]
        total, own = sum(w for *_, w in across), sum(w for a, b, w in across if one in (a, b))
        assert row["ties_share"] == pytest.approx(own / total)
        assert row["first_network_name"] in row["reason"] and row["second_network_name"] in row["reason"]
    assert rows[0]["name"] in site.words("/bridges") and "people join networks" in site.words("/bridges")
