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


REPLIES = """
[[tables]]
file = "replies.csv"
is = "collaborations"
[tables.columns]
leader_email = "From"
other_leader_email = "To"
count = "Count"
[tables.constants]
kind = "replied"
"""

# Made up: (from, to, replies). F and G facilitate groups A and B; nearly all that runs between groups is theirs.
THREAD = [
    *((f"A{i}", f"A{(i + 1) % 6}", 3) for i in range(6)),
    *((f"B{i}", f"B{(i + 1) % 6}", 3) for i in range(6)),
    *((f"C{i}", f"C{(i + 1) % 6}", 3) for i in range(6)),
    *(("F", f"B{i}", 4) for i in range(4)),
    *(("F", f"C{i}", 2) for i in range(4)),
    *((f"C{i}", "G", 2) for i in range(5)),
    ("A0", "B5", 2),
    ("C5", "B5", 3),
]


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


@pytest.fixture
def thread(tmp_path) -> Site:
    """A course of three groups of six, and who replied to whom how often."""
    group = {f"{g}{i}": g for g in "ABC" for i in range(6)} | {"F": "A", "G": "B"}
    home = tmp_path / "home"
    with (tmp_path / "course.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Name", "Email", "Role", "Group"])
        for who, of in group.items():
            role = "facilitator" if who in ("F", "G") else "participant"
            writer.writerow([f"Person {who}", f"{who.lower()}@made-up.example", role, of])
    with (tmp_path / "replies.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["From", "To", "Count"])
        writer.writerows([f"{a.lower()}@made-up.example", f"{b.lower()}@made-up.example", n] for a, b, n in THREAD)
    mapping = tmp_path / "course.toml"
    mapping.write_text(COURSE.format(source="course", title="Made-up Course") + REPLIES, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("course.csv", "replies.csv")]
    command("ingest", *files, "--mapping", str(mapping), "--home", str(home))
    return published(home)


def test_facilitators_carry_the_replies_between_groups_and_without_them_others_do(thread):
    rows = json.loads(thread.run("connectors", "--between", "networks:discussion group", "--format", "json"))
    assert {row["name"] for row in rows[:2]} == {"Person F", "Person G"}
    of = {"F": "A", "G": "B"}
    for row in rows:
        sides = {row[f"{side}_network_name"][-1] for side in ("first", "second")}
        across = [(a, b, n) for a, b, n in THREAD if {of.get(a, a[0]), of.get(b, b[0])} == sides]
        own = sum(n for a, b, n in across if row["name"].split()[1] in (a, b))
        total = sum(n for *_, n in across)
        assert row["ties_share"] == pytest.approx(own / total)
        told = (
            ("all",) if own == total else (f"{round(100 * own / total)} % of the", f"{own} of the")
        )  # few are counted
        assert any(f"{row['name']} carries {share} {total} replies between " in row["reason"] for share in told)
    without = ("--between", "networks:discussion group", "--without-role", "facilitator")
    left = json.loads(thread.run("connectors", *without, "--format", "json"))
    assert {row["name"] for row in left} == {"Person A0", "Person B5", "Person C5"}
    assert left[0]["name"] == "Person B5"  # in both threads that are left
    words = thread.words("/bridges")
    assert "Person F carries" in words and "as chance would" not in words
    atlas = thread.twin("/atlas")["atlas"]
    assert (atlas["layer"], atlas["links_total"]) == ("ties", 3)  # nobody is in two groups
    course = next(i for i in thread.twin("/overlap")["report"]["islands"] if i["network"]["name"] == "Made-up Course")
    assert not course["alone"] and "is a part or a whole of it" in course["words"]  # nothing here could join it
