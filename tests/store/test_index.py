"""What newcomers are compared by, on every store: the same answer as from comparing with everybody."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import Driver

from netofnets.resolution.index import DictIndex, Row, people_of_rows, row_number, row_of
from netofnets.resolution.neighbours import corpus_of, recognise_newcomers
from netofnets.resolution.recognise import recognise_people
from netofnets.schema.identity import Identity
from netofnets.schema.records import Claim, Judgement, Verdict
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.mending import check, repair
from netofnets.store.neo4j.backend import Neo4jStore
from netofnets.store.neo4j.people import Table, decoded, encoded, tables_of
from netofnets.store.sqlite.backend import SqliteStore
from netofnets.store.sqlite.connection import VERSION
from netofnets.store.sqlite.index import SqliteIndex
from netofnets.store.sqlite.statements import known_among
from netofnets.store.sqlite.writer import _LOG_ABOUT
from tests.data.variants import rosters
from tests.store.statements import leader, load


@cache
def made() -> list[dict[str, str | None]]:
    """Many people as several rosters spell them; made by the first test that asks."""
    return rosters(1500, 4).records.to_pylist()


def claims_of(source: str) -> list[Claim]:
    names = ("email", "school", "place", "region")
    own = [row for row in made() if row["source"] == source]
    return [leader(source, row["entity"], row["name"], **{n: row[n] for n in names if row[n]}) for row in own]


def filled(store: Store, networks: int = 6) -> Store:
    for number in range(networks):
        load(store, f"network{number}", claims_of(f"network{number}"))
    a, b, c = (claims_of(f"network{number}")[0].key for number in (0, 1, 2))
    same, unsure = sorted((a, b)), sorted((b, c))
    store.judge([Judgement(*same, Verdict.SAME, "Ann", ""), Judgement(*unsure, Verdict.UNSURE, "Ann", "")])
    return store


def everybody(index: DictIndex, newcomers: list[Row], rows: list[Row], log: tuple[Judgement, ...]) -> object:
    """The answer from comparing with all, found without looking anybody up."""
    ordered = sorted([*newcomers, *rows], key=lambda row: (row.entity, row.source, row.parts))
    people, fresh = people_of_rows(ordered), {row.number for row in newcomers}
    flags = np.array([row.number in fresh for row in ordered])
    return recognise_people(people, corpus_of(index, newcomers, people), log, flags)


def test_a_newcomer_is_judged_as_if_compared_with_everybody(store: Store) -> None:
    with filled(store, 10).writer("network11") as writer:
        log = writer.judgements()
        identity = Identity(log)
        rows = [row_of(claim, identity.canonical(claim.key)) for claim in writer.leaders()]
        newcomers = [row_of(claim, claim.key) for claim in claims_of("network11")]
        found = recognise_newcomers(writer.people(), newcomers, writer.judgements_about, (), "network11", frozenset)
        assert len(found.automatic) > 5 and len(found.open) > 20
        assert found == everybody(DictIndex(writer.leaders(), identity), newcomers, rows, log)


def test_who_waits_for_an_answer_about_a_newcomer_is_asked_about_without_any_key(store: Store) -> None:
    one, two = leader("one", "1", "Ada Obi"), leader("two", "2", "Bo Yi")
    load(store, "one", [one])
    load(store, "two", [two])
    store.judge([Judgement(*sorted((one.key, two.key)), Verdict.UNSURE, "Ann", "")])
    with store.writer("two") as writer:
        judged = writer.judgements_about
        newcomer = row_of(leader("two", "2", "Bo Yi Chen"), two.key)
        [asked] = recognise_newcomers(writer.people(), [newcomer], judged, (), "two", frozenset).open
        assert {asked.left, asked.right} == {one.key, two.key} and asked.put_off


def test_the_index_follows_loads_withdrawals_judgements_and_erasures(store: Store) -> None:
    filled(store, 3)
    assert check(store).findings == []
    load(store, "network0", claims_of("network0")[5:])
    changed = [Claim(c.kind, c.key, c.source, {**c.values, "name": "Ada Obi"}) for c in claims_of("network1")]
    load(store, "network1", changed)
    a, b = sorted(claims_of(f"network{number}")[7].key for number in (0, 1))
    store.judge([Judgement(a, b, Verdict.SAME, "Ann", "")])
    store.judge([Judgement(a, b, Verdict.DIFFERENT, "Ann", "")])
    store.erase(claims_of("network2")[3].key)
    assert check(store).findings == []
    load(store, "network1", [])
    assert check(store).findings == []


@pytest.mark.parametrize("harm", ["DELETE FROM block", "UPDATE usual SET count = 7", "DELETE FROM comparable"])
def test_an_index_that_is_not_as_the_claims_make_it_is_named_and_made_anew(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "book.sqlite"
    store = filled(open_store(f"sqlite:{path}"))
    with closing(sqlite3.connect(path)) as hand, hand:
        hand.execute(harm)
    assert [(finding.what, finding.kind) for finding in check(store).findings] == [("index", "leaders")]
    assert len(repair(store).findings) == 1
    assert check(store).findings == []


@pytest.mark.parametrize(
    "harm", ["MATCH (p:NetOfNetsPeople {source: 'network1'}) DELETE p", "MATCH (p:NetOfNetsPeople) SET p.keys = p.of"]
)
def test_a_graph_without_its_index_gets_one_with_the_next_load(
    neo4j_store: Neo4jStore, driver: Driver, harm: str
) -> None:
    filled(neo4j_store, 3)
    driver.execute_query(harm)
    assert [(finding.what, finding.kind) for finding in check(neo4j_store).findings] == [("index", "leaders")]
    assert len(repair(neo4j_store).findings) == 1
    assert check(neo4j_store).findings == []
    assert kept_people(driver) == {}
    load(neo4j_store, "network3", claims_of("network3"))
    assert set(kept_people(driver)) == {f"network{number}" for number in range(4)}
    assert check(neo4j_store).findings == []


def test_a_graph_from_before_the_index_gets_one_with_the_next_load(
    neo4j_store: Neo4jStore, neo4j_settings: Settings, driver: Driver
) -> None:
    filled(neo4j_store, 2)
    driver.execute_query("MATCH (p:NetOfNetsPeople) DELETE p")
    driver.execute_query("MATCH (m:NetOfNetsMeta) REMOVE m.people SET m.format = 3, m.schema = []")
    with closing(Neo4jStore.open(neo4j_store.url, neo4j_settings)) as store:
        store.judge([Judgement(claims_of("network0")[1].key, claims_of("network1")[1].key, Verdict.UNSURE, "Ann", "")])
        assert kept_people(driver) == {}
        load(store, "network1", claims_of("network1")[4:])
        assert check(store).findings == []
    assert kept_people(driver) == {"network0": len(claims_of("network0")), "network1": len(claims_of("network1")) - 4}


def test_judging_writes_no_index(neo4j_store: Neo4jStore, driver: Driver) -> None:
    filled(neo4j_store, 3)
    driver.execute_query("MATCH (p:NetOfNetsPeople) SET p.untouched = true")
    a, b = (claims_of(f"network{number}")[7].key for number in (0, 1))
    neo4j_store.judge([Judgement(*sorted((a, b)), Verdict.SAME, "Ann", "")])
    assert all(driver.execute_query("MATCH (p:NetOfNetsPeople) RETURN p.untouched").records[0])
    assert check(neo4j_store).findings == []


def test_a_table_is_the_same_however_it_came_about() -> None:
    claims = claims_of("network0")
    whole, numbers = Table.of_claims(claims), {row_number(claim.key, claim.source) for claim in claims[:20]}
    assert Table.joined([Table.of_claims(claims[20:]), Table.of_claims(claims[:20])]) == whole
    assert Table.joined([whole.without(numbers), Table.of_claims(claims[:20])]) == whole
    assert whole.without(numbers) == Table.of_claims(claims[20:]) != whole
    sent = [[decoded(row)[name] for name in ("source", *NAMES)] for row in encoded("network0", whole)]
    assert Table.joined([table for _, table in tables_of(sent)]) == whole


def kept_people(driver: Driver) -> dict[str, int]:
    """How many records the index has of each source."""
    found = driver.execute_query("MATCH (p:NetOfNetsPeople) RETURN p.source, sum(p.size)").records
    return {record[0]: record[1] for record in found}


def test_a_file_from_before_the_index_gets_one_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    filled(open_store(f"sqlite:{path}"))
    with closing(sqlite3.connect(path)) as old, old:
        for kind, name in (
            ("TABLE", "comparable"),
            ("TABLE", "block"),
            ("TABLE", "usual"),
            ("INDEX", "judgement_left"),
        ):
            old.execute(f"DROP {kind} {name}")
        old.execute("DROP INDEX judgement_right")
        old.execute("PRAGMA user_version = 3")
    store = open_store(f"sqlite:{path}")
    assert isinstance(store, SqliteStore) and check(store).findings == []
    with closing(sqlite3.connect(path)) as now:
        assert now.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert SqliteIndex(now).is_right()


NAMES = ("records", "numbers", "said", "keys", "of")
Verdicts = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(list(Verdict))), max_size=25)


@given(Verdicts, st.sets(st.integers(0, 8), min_size=1))
@settings(max_examples=60, deadline=None)
def test_the_judgements_about_some_say_who_they_are_as_the_whole_log_does(said, asked) -> None:
    log = [Judgement(f"l{min(a, b)}", f"l{max(a, b)}", verdict, "Ann", "") for a, b, verdict in said if a != b]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:{Path(folder) / 'book.sqlite'}")
        store.judge(log)
        with store.writer("x") as writer:
            about = writer.judgements_about([f"l{one}" for one in asked])
    whole, part = Identity(log), Identity(about)
    for one in asked:
        assert part.canonical(f"l{one}") == whole.canonical(f"l{one}")
        assert part.members(part.canonical(f"l{one}")) == whole.members(whole.canonical(f"l{one}"))


def test_judging_and_choosing_look_up_what_they_need_and_go_through_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    store = filled(open_store(f"sqlite:{path}"))
    asked: list[str] = []
    with closing(sqlite3.connect(path)) as database:
        for query in (_LOG_ABOUT, known_among("leaders")):
            asked += [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}", ("[]",))]
    assert store.known_among("leaders", [claims_of("network1")[0].key, "l0"]) == {claims_of("network1")[0].key}
    scans = [step for step in asked if step.startswith("SCAN")]
    assert asked and not [step for step in scans if {"judgement", "j", "leaders"} & set(step.split())]
