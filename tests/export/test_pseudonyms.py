"""Files for analysts: nobody is named, two cannot be joined by their pseudonyms, and what is counted stays true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from netofnets.export import FORMATS, export
from netofnets.export.pseudonyms import under_pseudonyms
from netofnets.graph.interchange import table_of
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.uniqueness import standing_out, uniqueness
from tests.export.test_audiences import everything
from tests.services.graphs import Graph, ten_leaders

FILES = [(f.name, f"map{ending}") for f in FORMATS.values() for ending in (f.files or [".zip"])]
ONE, OTHER = b"1" * 32, b"2" * 32


def snapshot_of(graph: Graph) -> Snapshot:
    facts = graph.facts()
    return Snapshot.build(facts.tables, facts.claims)


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    return snapshot_of(ten_leaders())


def members(snapshot: Snapshot) -> Counter[str]:
    """How many members each network has."""
    names = dict(zip(snapshot.ids("networks").to_pylist(), snapshot.nodes["networks"]["name"].to_pylist(), strict=True))
    ties = table_of(snapshot, "memberships")
    pairs = set(zip(ties["from_id"].to_pylist(), ties["to_id"].to_pylist(), strict=True))
    return Counter(names[network] for _, network in pairs)


@pytest.mark.parametrize(("form", "name"), FILES)
def test_nothing_of_a_person_is_in_a_file_under_pseudonyms(
    whole: Snapshot, tmp_path: Path, form: str, name: str
) -> None:
    text = everything(export(under_pseudonyms(whole, 2), form, tmp_path / name).path)
    people = whole.nodes["leaders"].to_pylist()
    ties = [
        one
        for kind in ("memberships", "collaborations", "leader_interests")
        for one in table_of(whole, kind).to_pylist()
    ]
    told = {row["id"] for row in (*people, *ties)} | {row["name"] for row in people}
    told |= {"one.example", "Hill School", "2024-01-02", "2024-06-30", "Private Circle", "lesson study"}
    assert [one for one in sorted(told) if one.encode() in text] == []
    assert b"Alpha Readers" in text and b"phonics" in text


def test_pseudonyms_are_made_for_one_file_and_rows_come_in_their_order(whole: Snapshot) -> None:
    one, other = (under_pseudonyms(whole, 2, key) for key in (ONE, OTHER))
    ids = one.ids("leaders").to_pylist()
    assert len(set(ids)) == 10 and set(ids).isdisjoint(other.ids("leaders").to_pylist())
    assert ids == sorted(ids) == one.nodes["leaders"]["name"].to_pylist()
    ties = [set(table_of(file, "memberships")["id"].to_pylist()) for file in (one, other)]
    assert ties[0].isdisjoint(ties[1])
    rows = [
        list(zip(*(file.nodes["leaders"][of].to_pylist() for of in ("region", "languages")), strict=True))
        for file in (one, other)
    ]
    assert rows[0] != rows[1] and Counter(map(str, rows[0])) == Counter(map(str, rows[1]))
    by_chance = (under_pseudonyms(whole, 2).ids("leaders").to_pylist() for _ in range(2))
    assert set(next(by_chance)).isdisjoint(next(by_chance))


def test_what_is_counted_stays_true(whole: Snapshot) -> None:
    found = under_pseudonyms(whole, 2, ONE)
    # Of Finn only the roster tells that has him in the sensitive network, so nothing is told of him.
    assert members(found) == members(whole) - Counter({"Private Circle": 1, "Gamma Labs": 1})
    assert members(found) == {"Alpha Readers": 4, "Beta Writers": 3, "Gamma Labs": 3, "Delta Island": 2}
    assert found.count("collaborations") == whole.count("collaborations")
    of_each = Counter(table_of(found, "memberships")["from_id"].to_pylist())
    assert Counter(of_each.values()) == {1: 4, 2: 4}  # Ana, Cleo, Dan and Iris are in two; Finn and Jo in none


def test_what_few_have_alike_is_left_out(whole: Snapshot) -> None:
    found = under_pseudonyms(whole, 3, ONE)
    people = found.nodes["leaders"].to_pylist()
    assert Counter(row["region"] for row in people) == {"North": 4, "South": 3, None: 3}
    assert {row["time_zone"] for row in people} == {None}  # two in Lisbon, one in Auckland
    assert {row["email"] for row in people} == {row["school"] for row in people} == {None}
    names = dict(zip(found.ids("interests").to_pylist(), found.nodes["interests"]["name"].to_pylist(), strict=True))
    asked = Counter(names[one] for one in table_of(found, "leader_interests")["to_id"].to_pylist())
    assert asked == {"literacy": 3, "phonics": 4}  # two people have robotics, one lesson study
    assert set(names.values()) == {"literacy", "phonics", "robotics"}  # which a network works on


def test_who_stands_out_is_listed_by_pseudonym(whole: Snapshot) -> None:
    found = under_pseudonyms(whole, 2, ONE)
    out, told = standing_out(found, 3), uniqueness(found, 3)
    assert set(out) <= set(found.ids("leaders").to_pylist())
    assert sum("degree" in by for by in out.values()) == told.rare_degrees
    assert sum("networks" in by for by in out.values()) == told.rare_networks > 0
