"""People known already, on every store: asked about after a load, joined by a word, told apart by another for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import parse_mapping
from ingest.pipeline import Options, load
from ingest.report import Report
from netofnets.desk.judge import judge
from netofnets.desk.review import open_questions
from netofnets.errors import InputError
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import Verdict, VisibilityChoice
from netofnets.store.base import Store
from tests.resolution.test_recognise import EIGHT

NORTH = "\n".join(
    ["id,name,school,place,network", *(f"{i},{a},{s},{p},Northern Circle" for i, (a, s, p, *_) in enumerate(EIGHT))]
)
SOUTH = "\n".join(
    ["id,name,school,place,network", *(f'{i},"{b}",{s},{p},Southern Ring' for i, (*_, b, s, p) in enumerate(EIGHT))]
)
MAPPING = parse_mapping("""
[[tables]]
file = "*.csv"
is = "roster"
[tables.columns]
leader_id = "id"
name = "name"
school = "school"
place = "place"
network = "network"
""")


def take(store: Store, folder: Path, source: str, text: str, **options: object) -> Report:
    path = folder / source / "roster.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load(store, [path], Options(source, MAPPING, **options)).report  # type: ignore[arg-type]


@pytest.fixture
def two_rosters(store: Store, tmp_path: Path) -> Store:
    take(store, tmp_path, "north", NORTH)
    assert take(store, tmp_path, "south", SOUTH).open == 8
    return store


def test_eight_people_in_two_rosters_are_asked_about_and_become_one_each(two_rosters: Store) -> None:
    queue = open_questions(two_rosters)
    assert (queue.total, queue.changing) == (8, 8)
    assert {q.effect for q in queue.rows} == {"Northern Circle and Southern Ring would share their first member."}
    assert all(q.reasons and {*q.left.sources, *q.right.sources} == {"north", "south"} for q in queue.rows)
    for _ in range(8):
        asked = open_questions(two_rosters).rows[0]
        judge(two_rosters, asked.left.node.id, asked.right.node.id, Verdict.SAME, who="Ann", why="I know them")
    assert open_questions(two_rosters).total == 0
    assert two_rosters.status().counts["leaders"] == 8


def test_a_yes_that_is_taken_back_leaves_what_never_was_joined(two_rosters: Store, tmp_path: Path) -> None:
    before = publish(two_rosters, tmp_path / "home").content_hash
    asked = open_questions(two_rosters).rows[0]
    ids = asked.left.node.id, asked.right.node.id
    judge(two_rosters, *ids, Verdict.SAME, who="Ann", why="one")
    assert publish(two_rosters, tmp_path / "home").content_hash != before
    judge(two_rosters, *ids, Verdict.DIFFERENT, who="Ann", why="two after all")
    assert publish(two_rosters, tmp_path / "home").content_hash == before


def test_different_outlasts_a_reload_and_is_never_asked_again(two_rosters: Store, tmp_path: Path) -> None:
    asked = open_questions(two_rosters).rows[0]
    ids = asked.left.node.id, asked.right.node.id
    judge(two_rosters, *ids, Verdict.DIFFERENT, who="Ann", why="cousins")
    assert take(two_rosters, tmp_path, "south", SOUTH).open == 0  # nobody is new
    header, *_ = NORTH.splitlines()
    take(two_rosters, tmp_path, "north", f"{header}\n99,Bo Yi,Birch School,Farhill,Northern Circle", allow_shrink=True)
    assert take(two_rosters, tmp_path, "north", NORTH, allow_shrink=True).open == 7  # all are new again
    left = open_questions(two_rosters)
    assert left.total == 7
    assert not [q for q in left.rows if {q.left.node.id, q.right.node.id} == set(ids)]


def test_who_is_hidden_is_asked_about_by_nobody(two_rosters: Store) -> None:
    asked = open_questions(two_rosters).rows[0]
    two_rosters.choose([VisibilityChoice(asked.left.node.id, Visibility.HIDDEN, "the person", "")])
    assert open_questions(two_rosters).total == 7


def test_an_id_that_now_stands_for_somebody_else_stops_the_load(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, "north", NORTH)
    reused = NORTH.replace("Ana Quintanilla,Mill School,Southey", "Bo Yi,Birch School,Farhill")
    with pytest.raises(
        InputError, match=r"id '2' was 'Ana Quintanilla' and is 'Bo Yi' now .*--same-person 2"
    ) as refused:
        take(store, tmp_path, "north", reused)
    assert refused.value.code == "reused_id"
    assert "Ana Quintanilla" in store.scan().tables["leaders"]["name"].to_pylist()
    assert take(store, tmp_path, "north", reused, same_people=frozenset({"2"})).updated == 1
    wedding = NORTH.replace("Ana Quintanilla", "Ana Holt")
    take(store, tmp_path, "north", NORTH, same_people=frozenset({"2"}))
    assert take(store, tmp_path, "north", wedding).updated == 1  # the same school and given name
