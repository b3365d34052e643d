"""Looking through a store, putting it right and copying it: every kind of store, and what hands do to them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from neo4j import Driver

from netofnets.cli import netofnets_command
from netofnets.errors import StoreError
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import Decision, Judgement, Verdict, VisibilityChoice
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.mending import check, copy, repair
from netofnets.store.past import facts_after
from tests.store.statements import a_roster, canonical, facts_of, leader, link, load, member, network, node

PEOPLE = [claim.key for claim in (*a_roster("north", 6), *a_roster("south", 5)) if claim.kind == "leaders"]


def filled(store: Store) -> Store:
    """Two rosters, two records of one person, and something in each log."""
    load(store, "north", a_roster("north", 6))
    load(store, "south", a_roster("south", 5))
    left, right = sorted((PEOPLE[0], PEOPLE[-1]))
    store.judge([Judgement(left, right, Verdict.SAME, "Ada", "they told me", at="2026-01-01T00:00:00+00:00")])
    store.choose([VisibilityChoice(PEOPLE[2], Visibility.PUBLIC, "Ada", "asked for it")])
    store.decide([Decision("introduction", tuple(sorted((PEOPLE[1], PEOPLE[3]))), "{}", "Ada", "both asked")])
    return store


def found(store: Store) -> list[tuple[str, str, str]]:
    return [(f.what, f.kind, f.id) for f in check(store).findings]


def test_what_sources_made_is_as_its_claims_make_it(store: Store) -> None:
    run = filled(store).status().run
    before = facts_of(store)
    looked = check(store)
    assert looked.findings == [] and looked.looked_at == sum(store.status().counts.values()) > 20
    assert repair(store).findings == []
    assert store.status().run == run and facts_of(store) == before  # a look is no run


@pytest.mark.parametrize("kind", ["memory", "sqlite", "neo4j"])
def test_a_copy_publishes_the_same_bytes_and_knows_its_sources(
    store: Store, kind: str, tmp_path: Path, request
) -> None:
    filled(store)
    if kind == "neo4j" and store.url.startswith("neo4j"):
        pytest.skip("one server holds one store")
    settings = None if kind != "neo4j" else request.getfixturevalue("neo4j_settings")
    url = {"memory": "memory:", "sqlite": f"sqlite:{tmp_path / 'copy.sqlite'}"}.get(kind) or request.getfixturevalue(
        "empty_neo4j"
    )
    with closing(open_store(url, settings)) as target:
        done = copy(store, target)
        assert canonical(target.scan()) == canonical(store.scan())
        assert target.scan().decisions == store.scan().decisions
        assert (done.runs, done.logs) == (len(store.runs()), 3)
        assert target.runs()[:-1] == store.runs() and target.runs()[-1].source == "(copy)"
        assert target.status().sources == store.status().sources == ("north", "south")
        ours, theirs = publish(store, tmp_path / "a"), publish(target, tmp_path / "b")
        assert ours.content_hash == theirs.content_hash
        assert load(target, "north", a_roster("north", 6)).created == 0  # the same roster is the same again
        with pytest.raises(StoreError, match="empty store"):
            copy(store, target)


def test_an_empty_store_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing to copy"):
        copy(open_store("memory:"), open_store("memory:"))


def edited(path: Path, *statements: str) -> Store:
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement
    return open_store(f"sqlite:{path}")


EDITS = {
    "a value": ("UPDATE leaders SET name = 'Somebody Else' WHERE id = '{p}'", {"changed"}),
    "a list": ("UPDATE interests SET aliases = '[broken'", {"changed"}),
    "a value of another type": ("UPDATE leaders SET connect = 7 WHERE id = '{p}'", {"changed"}),
    "a row away": ("DELETE FROM leaders WHERE id = '{p}'", {"missing"}),
    "a row too many": ("INSERT INTO networks (id, name) VALUES ('nobody', 'Nobody')", {"unclaimed"}),
    "an end": ("UPDATE memberships SET to_id = 'elsewhere' WHERE from_id = '{p}'", {"moved"}),
    "a claim under another id": (
        "UPDATE claim SET entity = 'elsewhere' WHERE key = '{p}'",
        {"unclaimed", "missing", "moved"},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_a_hand_did_to_a_file_is_named_and_put_right(tmp_path: Path, edit: str) -> None:
    path = tmp_path / "book.sqlite"
    before = facts_of(filled(open_store(f"sqlite:{path}")))
    statement, kinds = EDITS[edit]
    store = edited(path, statement.format(p=PEOPLE[3]))
    named = found(store)
    assert named and {what for what, *_ in named} <= kinds, named
    assert [(f.what, f.kind, f.id) for f in repair(store).findings] == named
    assert found(store) == [] and facts_of(store) == before
    assert store.runs()[-1].source == "(repair)"


def test_a_damaged_claim_names_the_source_to_load_again(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    before = facts_of(filled(open_store(f"sqlite:{path}")), provenance=False)
    store = edited(path, f"UPDATE claim SET \"values\" = '[\"name\"' WHERE key = '{PEOPLE[1]}'")
    told = check(store)
    assert told.load_again == ("north",)
    assert {f.what for f in told.findings} == {"unreadable", "unclaimed"}  # and its memberships have lost an end
    repair(store)
    assert found(store) == []
    load(store, "north", a_roster("north", 6))
    assert found(store) == [] and facts_of(store, provenance=False) == before


def test_a_damaged_past_claim_is_named_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    store = filled(open_store(f"sqlite:{path}"))
    load(store, "north", a_roster("north", 5))
    load(store, "north", a_roster("north", 6))
    before = facts_of(store)
    edit = "UPDATE past_claim SET \"values\" = '{}' WHERE kind = '{}'"
    store = edited(path, edit.format("[broken", "memberships"), edit.format('{"shoe_size": 38}', "leaders"))
    told = check(store)
    assert sorted((f.what, f.kind) for f in told.findings) == [("past", "leaders"), ("past", "memberships")]
    assert "until run 5: it is no JSON" in "".join(f.words for f in told.findings)
    with pytest.raises(StoreError, match="netofnets store check"):
        facts_after(store, 2)
    repair(store)
    assert found(store) == [] and facts_of(store) == before
    facts_after(store, 2)


def test_a_value_that_no_schema_knows_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    filled(open_store(f"sqlite:{path}"))
    store = edited(path, f"UPDATE claim SET \"values\" = '{{\"shoe_size\": 38}}' WHERE key = '{PEOPLE[1]}'")
    assert "no property 'shoe_size'" in check(store).findings[0].words
    edited(path, "UPDATE interests SET aliases = '[broken'")
    with pytest.raises(StoreError, match="netofnets store check"):
        store.scan()


def test_the_commands_say_it(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    filled(open_store(f"sqlite:{path}"))
    edited(path, f"UPDATE leaders SET name = 'Eve\x1b[31m' WHERE id = '{PEOPLE[3]}'")

    def run(*arguments: str, store: Path = path, code: int = 0) -> str:
        where = [] if arguments[1] == "copy" else ["--store", f"sqlite:{store}"]
        done = CliRunner().invoke(netofnets_command, [*arguments, *where, "--home", str(tmp_path)])
        assert done.exit_code == code, done.output
        return done.output

    said = run("store", "check", code=1)
    assert f"changed: leaders {PEOPLE[3]}: name is" in said and "\x1b" not in said
    listed = json.loads(run("store", "check", "--format", "json", code=1))
    assert [f["what"] for f in listed["findings"]] == ["changed"]
    assert "Put right." in run("store", "repair")
    assert "each is as its claims make it" in run("store", "check")
    other = tmp_path / "other.sqlite"
    assert "3 rows of the logs" in run("store", "copy", f"sqlite:{path}", f"sqlite:{other}")
    assert "each is as its claims make it" in run("store", "check", store=other)


def test_looking_makes_no_file(tmp_path: Path) -> None:
    for command in (["status"], ["store", "check"]):
        done = CliRunner().invoke(netofnets_command, [*command, "--home", str(tmp_path / "none")])
        assert done.exit_code == 0, done.output
    assert not (tmp_path / "none").exists()


def everything_in(driver: Driver) -> list[object]:
    asked = (
        "MATCH (x) RETURN labels(x), properties(x)",
        "SHOW CONSTRAINTS YIELD name RETURN name",
        "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name",
    )
    return [[r.values() for r in driver.execute_query(query).records] for query in asked]


def test_commands_that_read_write_nothing_into_somebody_elses_database(
    clean_neo4j: str, neo4j_settings: Settings, driver: Driver, tmp_path: Path
) -> None:
    driver.execute_query("CREATE (:Leader {name: 'not ours'})-[:MEMBER_OF]->(:Network {name: 'not ours either'})")
    before = everything_in(driver)
    environment = {f"NETOFNETS_NEO4J_{name.upper()}": neo4j_settings[f"neo4j_{name}"] for name in ("user", "password")}
    for arguments in (
        ["status", "--format", "json"],
        ["cypher", "MATCH (n) RETURN count(n) AS n"],
        ["store", "check"],
        ["publish"],
    ):
        where = ["--store", clean_neo4j, "--home", str(tmp_path)]
        done = CliRunner().invoke(netofnets_command, [*arguments, *where], env=environment)
        assert done.exit_code == 0, done.output
        assert everything_in(driver) == before, arguments
    with closing(open_store(clean_neo4j, neo4j_settings, reading=True)) as store:
        load(store, "north", a_roster("north", 2))  # whoever writes after all finds everything made
        assert store.status().counts["leaders"] == 2 and found(store) == []


# What somebody can do in Browser, and what is then found.
HANDS = {
    "a name": ("MATCH (x:Leader {id: $p}) SET x.name = 'Somebody Else'", {"changed"}),
    "a type": ("MATCH (x:Leader {id: $p}) SET x.release_time = 'much', x.connect = [true]", {"changed"}),
    "a date": ("MATCH (:Leader {id: $p})-[x:MEMBER_OF]->() SET x.start = [date('2020-01-01')]", {"changed"}),
    "an id": ("MATCH (x:Leader {id: $p}) SET x.id = 'mine'", {"unclaimed", "missing", "moved"}),
    "no id": ("MATCH (x:Leader {id: $p}) REMOVE x.id", {"unclaimed", "missing", "moved"}),
    "its sources": ("MATCH (x:Leader {id: $p}) SET x.nn_sources = ['me']", {"sources"}),
}


@pytest.mark.parametrize("hand", HANDS)
def test_what_a_hand_did_in_browser_is_named_and_put_right(neo4j_store: Store, driver: Driver, hand: str) -> None:
    before = facts_of(filled(neo4j_store))
    driver.execute_query("MATCH (x:Leader {id: $p}) SET x.note = 'mine' CREATE (x)-[:KNOWS]->(:Cat)", p=PEOPLE[4])
    statement, kinds = HANDS[hand]
    driver.execute_query(statement, p=PEOPLE[3])  # type: ignore[arg-type]
    named = check(neo4j_store).findings
    assert named and {f.what for f in named} <= kinds, named
    repair(neo4j_store)
    assert check(neo4j_store).findings == []
    assert facts_of(neo4j_store) == before
    (kept,) = driver.execute_query("MATCH (x {note: 'mine'})-[:KNOWS]->(c:Cat) RETURN count(c)").records
    assert kept[0] == 1  # what others put beside ours stays


@pytest.mark.parametrize("damage", ["['no json']", "'no list'", "['[1,2]']", "[]"])
def test_a_damaged_claim_in_neo4j_is_a_sentence_and_can_be_loaded_again(
    neo4j_store: Store, driver: Driver, damage: str
) -> None:
    before = facts_of(filled(neo4j_store), provenance=False)
    driver.execute_query(f"MATCH (x:Leader {{id: $p}}) SET x.nn_claims = {damage}", p=PEOPLE[3])  # type: ignore[arg-type]
    if damage != "[]":
        with pytest.raises(StoreError, match="netofnets store check"):
            neo4j_store.scan()
    assert check(neo4j_store).load_again == ("north",)
    repair(neo4j_store)
    assert check(neo4j_store).findings == []
    load(neo4j_store, "north", a_roster("north", 6))
    assert facts_of(neo4j_store, provenance=False) == before


def test_a_claim_of_a_dated_spell_keeps_its_id(store: Store) -> None:
    ana, circle = leader("north", "1", "Ana"), network("north", "N", "Circle")
    maths = node("interests", "north", "maths", name="Maths")
    spells = [member(ana, circle, "2020-01-01", end="2021-01-01"), member(ana, circle, "2022-01-01")]
    load(store, "north", [ana, circle, maths, *spells, link("leader_interests", ana, maths, "offers", mode="offers")])
    assert check(store).findings == []
