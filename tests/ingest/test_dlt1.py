"""A real course goes in whole: the facts that its publishers and two R packages state."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import load_mapping
from ingest.pipeline import Options, load
from ingest.report import Report
from netofnets.store import open_store
from netofnets.store.base import Facts

MAPPING = Path(__file__).resolve().parents[2] / "examples" / "mappings" / "mooc-ed-dlt1.toml"


@pytest.fixture(scope="module")
def loaded(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, Report, Report]:
    store = open_store(f"sqlite:{tmp_path_factory.mktemp('dlt1') / 'book.sqlite'}")
    files = [shared_data / "dlt1" / name for name in ("dlt1-nodes.csv", "dlt1-edges.csv")]
    mapping = load_mapping(MAPPING)
    first = load(store, files, Options("mooc-ed-dlt1", mapping)).report
    second = load(store, files, Options("mooc-ed-dlt1", mapping)).report
    facts = store.scan()
    store.close()
    return facts, first, second


def rows(facts: Facts, kind: str) -> list[dict]:
    return facts.tables[kind].to_pylist()


def test_everybody_arrives_with_what_the_course_knows(loaded: tuple[Facts, Report, Report]) -> None:
    facts, report, _ = loaded
    people = rows(facts, "leaders")
    assert len(people) == 445 and report.quarantined == []
    local = {c["entity"]: c["local_id"] for c in facts.claims.to_pylist() if c["kind"] == "leaders"}
    assert sorted(map(int, local.values())) == list(range(1, 446))
    blank = next(p for p in people if p["name"] == "Participant 439")
    assert {name for name, value in blank.items() if value is not None and value != []} == {"id", "name"}
    regions = {r: sum(p["region"] == r for p in people) for r in ("South", "Northeast", "Midwest", "West")}
    assert regions == {"South": 172, "Northeast": 111, "Midwest": 77, "West": 52}
    assert sum(p["connect"] is True for p in people) == 69
    assert {p["place"] for p in people} >= {"VA", "NC"}  # the blanks in front are gone


def test_replies_arrive_with_counts_and_days(loaded: tuple[Facts, Report, Report]) -> None:
    replies = rows(loaded[0], "collaborations")
    arcs = {(r["from_id"], r["to_id"]) for r in replies if r["from_id"] != r["to_id"]}
    assert sum(r["count"] for r in replies) == 2_529
    assert sum(r["count"] for r in replies if r["from_id"] == r["to_id"]) == 86
    assert len(arcs) == 1_936
    assert len({frozenset(arc) for arc in arcs}) == 1_724
    assert {r["kind"] for r in replies} == {"replied"}
    assert min(r["first"] for r in replies) == "2013-04-04"
    assert all(r["first"] <= r["last"] for r in replies)


def test_groups_are_networks_inside_the_course_and_facilitators_have_their_role(
    loaded: tuple[Facts, Report, Report],
) -> None:
    facts = loaded[0]
    networks = {n["id"]: n["name"] for n in rows(facts, "networks")}
    parts = rows(facts, "network_parts")
    assert sorted(networks.values()) == ["Digital Learning Transition"] + [
        f"Discussion group {g}" for g in ("A-C", "D-L", "M", "N", "O-T", "U-Z")
    ]
    assert len(parts) == 6 and {networks[p["to_id"]] for p in parts} == {"Digital Learning Transition"}
    sizes = {}
    for membership in rows(facts, "memberships"):
        sizes[networks[membership["to_id"]]] = sizes.get(networks[membership["to_id"]], 0) + 1
    assert sizes["Digital Learning Transition"] == 445
    assert sizes["Discussion group N"] == 121 and sizes["Discussion group D-L"] == 50
    names = {p["id"]: p["name"] for p in rows(facts, "leaders")}
    leading = {names[m["from_id"]] for m in rows(facts, "memberships") if m["role"] == "facilitator"}
    assert leading == {"Participant 444", "Participant 445"}


def test_topics_arrive_as_interests_that_people_practise(loaded: tuple[Facts, Report, Report]) -> None:
    facts = loaded[0]
    assert len(rows(facts, "interests")) == 25
    ties = rows(facts, "leader_interests")
    assert len(ties) == len({(t["from_id"], t["to_id"]) for t in ties}) == 1_034
    assert {t["mode"] for t in ties} == {"practises"}


def test_the_second_load_changes_nothing(loaded: tuple[Facts, Report, Report]) -> None:
    _, first, second = loaded
    assert (second.created, second.updated, second.gone) == (0, 0, 0)
    assert second.unchanged == first.created
