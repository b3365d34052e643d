"""A file called by somebody's name: who is erased is not left in the origins of what others were said to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from netofnets.desk.erase import erase
from netofnets.publish import publish
from netofnets.store import open_store
from netofnets.store.audit import audit
from netofnets.store.base import Store
from netofnets.store.origins import UNNAMED, named_after
from tests.store.statements import facts_of, leader, load, member, network

FILES = ("Jane Quickbeam.xlsx", "quickbeam_jane-2024.csv", "JaneQuickbeam.csv", "book.xlsx/Jane QUICKBEAM", "other.csv")


@pytest.mark.parametrize("file", FILES[:-1])
def test_a_name_is_seen_in_the_names_of_files(file: str) -> None:
    assert named_after(file, "Jane Quickbeam")
    assert not named_after(file, "Jan Quick") and not named_after(file, "Jane Quickbeam Holt")


def test_a_short_name_is_seen_as_a_word_alone() -> None:
    assert named_after("li-wu.csv", "Li Wu") and not named_after("liwuli.csv", "Li Wu")
    assert not named_after("roster.csv", "")


def stated() -> list:
    """Jane and others, each read from a file of another name."""
    circle = network("north", "N1", "Northern Circle")
    others = [leader("north", f"P{i}", f"Person {i}") for i in range(len(FILES))]
    jane = leader("north", "J1", "Jane Quickbeam")
    people = [replace(one, origin=f"{file}:{i + 2}") for i, (one, file) in enumerate(zip(others, FILES, strict=True))]
    ties = [replace(member(one, circle), origin=one.origin) for one in people]
    return [replace(circle, origin=f"{FILES[0]}:2"), jane, member(jane, circle), *people, *ties]


def test_the_name_goes_with_the_person_and_the_rows_stay(store: Store) -> None:
    load(store, "north", stated())
    before = facts_of(store, provenance=False)
    jane = stated()[1].key
    receipt = store.erase(jane)
    assert (receipt.claims, receipt.relationships) == (2, 1)
    claims = store.scan().claims.to_pylist()
    origins = [claim["origin"] for claim in claims]
    assert sorted(set(origins)) == [f"{UNNAMED}:{row}" for row in (2, 3, 4, 5)] + ["other.csv:6"]
    assert {claim["first_run"] for claim in claims} == {1}
    left = facts_of(store, provenance=False)
    assert left["networks"] == before["networks"] and len(left["leaders"]) == len(before["leaders"]) - 1  # type: ignore[arg-type]
    assert audit(store.book()).findings == []
    assert load(store, "north", [one for one in stated() if jane not in (one.key, one.from_id)]).empty


def test_what_was_said_before_loses_the_name_too(store: Store) -> None:
    load(store, "north", stated())
    load(store, "north", [replace(c, values={"name": "Renamed"}) if c.kind == "leaders" else c for c in stated()])
    jane = stated()[1].key
    store.erase(jane)
    with store.writer("north") as writer:
        past = list(writer.past_of(None))
        assert past == list(writer.past_of("north"))
    assert sorted(one.claim.origin for one in past) == [f"{UNNAMED}:{row}" for row in (2, 3, 4, 5)] + ["other.csv:6"]
    assert {(one.until, one.stated, one.claim.first_run) for one in past} == {(1, True, 1)}


def test_no_byte_of_the_name_is_left_in_store_or_publication(tmp_path: Path) -> None:
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    load(store, "north", stated())
    load(store, "north", [replace(c, values={"name": "Renamed"}) if c.kind == "leaders" else c for c in stated()])
    publish(store, tmp_path)
    assert traces(tmp_path)
    erase(store, tmp_path, stated()[1].key)
    store.close()
    assert traces(tmp_path) == []


def traces(folder: Path) -> list[Path]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if b"quickbeam" in file.read_bytes().lower()]


def test_no_text_in_neo4j_holds_the_name(opener: Callable[[], Store], request: pytest.FixtureRequest) -> None:
    if request.node.callspec.params["opener"] != "neo4j":
        pytest.skip("what a server holds is asked of the server")
    store = opener()
    load(store, "north", stated())
    store.erase(stated()[1].key)
    for pattern in ("(n) RETURN properties(n)", "()-[r]->() RETURN properties(r)"):
        kept = store.query(f"MATCH {pattern}").rows  # type: ignore[attr-defined]
        assert kept and "quickbeam" not in repr(kept).casefold()
