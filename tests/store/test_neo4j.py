"""What the store on Neo4j does beyond the common behaviours."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from neo4j import Driver, GraphDatabase

from netofnets.errors import QueryRefused, SettingsError, StoreBusy, StoreError, StoreTooNew, StoreUnavailable
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store.base import AnalysisRun, AnswersCypher, WritesBack
from netofnets.store.ledger import plan
from netofnets.store.neo4j import journal, statements, steps, writer
from netofnets.store.neo4j.backend import Neo4jStore
from tests.store.statements import a_roster, facts_of, leader, load, network

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(empty_neo4j: str, neo4j_settings: Settings) -> Iterator[Neo4jStore]:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as opened:
        yield opened


@pytest.fixture
def driver(neo4j_url: str, neo4j_auth: tuple[str, str]) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as opened:
        yield opened


def value(driver: Driver, query: str, **parameters: object) -> object:
    return driver.execute_query(query, parameters).records[0][0]


def test_the_checked_in_cypher_is_what_the_schema_says() -> None:
    for name, text in statements.generated_files().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"{name} is out of date: run netofnets docs"


def test_the_graph_is_one_for_people_to_read(store: Neo4jStore, driver: Driver) -> None:
    load(store, "north", a_roster(people=2))
    found = driver.execute_query(
        """MATCH (p:Leader)-[m:MEMBER_OF]->(n:Network {name: 'Circle of north'})
        WHERE 'north' IN p.nn_sources AND m.start >= date('2024-01-01')
        RETURN p.name, p.release_time, p.connect, m.role, m.start.year ORDER BY p.name"""
    ).records
    assert [record.values() for record in found] == [
        ["Person 0 of north", 20.0, True, "member", 2024],
        ["Person 1 of north", 20.0, True, "member", 2024],
    ]
    assert value(driver, "MATCH (i:Interest) RETURN i.aliases") == ["mathematics", "math"]
    worked = "MATCH (:Leader)-[c:COLLABORATES_WITH {kind: 'mentors'}]->(:Leader) RETURN c.count + c.first.day"
    assert value(driver, worked) == 31


def test_the_same_batch_again_writes_no_fact(store: Neo4jStore, driver: Driver) -> None:
    facts = """CALL () { MATCH (x) WHERE x.nn_claims IS NOT NULL RETURN elementId(x) + x.nn_claims[0] AS it
        UNION MATCH ()-[x]->() RETURN elementId(x) + x.nn_claims[0] AS it } RETURN it ORDER BY it"""
    load(store, "north", a_roster())
    before = [record[0] for record in driver.execute_query(facts).records]
    with store.writer("north") as again:
        changes = plan(again, "north", a_roster())
        assert list(steps.steps_of(changes, again.run, steps.Logs(0, 0))) == []
        again.apply(changes)
        again.finish({})
    assert [record[0] for record in driver.execute_query(facts).records] == before


def test_full_text_search_folds_accents_and_forgives_typing_errors(store: Neo4jStore, driver: Driver) -> None:
    people = [leader("north", "1", "José Ángel Núñez"), leader("north", "2", "Josefine Berg", school="Lycée Curie")]
    load(store, "north", [*people, network("north", "N", "Rural Mathematics")])
    query = (
        f"CALL db.index.fulltext.queryNodes('{statements.SEARCH_INDEX}', $text) YIELD node RETURN collect(node.name)"
    )
    assert value(driver, query, text="jose") == ["José Ángel Núñez"]
    assert value(driver, query, text="nunes~") == ["José Ángel Núñez"]
    assert value(driver, query, text="mathmatics~1") == ["Rural Mathematics"]
    assert value(driver, query, text="lycee") == ["Josefine Berg"]


def test_only_the_first_load_skips_reading(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    stream = writer.Neo4jWriter._stream
    monkeypatch.setattr(
        writer.Neo4jWriter, "_stream", lambda self, query, **more: asked.append(query) or stream(self, query, **more)
    )
    load(store, "north", a_roster())
    assert asked == []
    load(store, "south", a_roster("south"))
    assert asked
    assert not any("nn_sources" in query for query in asked)  # an unknown source has no claims to look for


def test_what_others_keep_in_the_database_stays_theirs(store: Neo4jStore, driver: Driver) -> None:
    driver.execute_query("CREATE (:Leader {name: 'Not ours'})-[:MEMBER_OF {role: 'x'}]->(:Network {id: 'other'})")
    load(store, "north", a_roster(people=1))
    assert [row["name"] for row in store.scan().tables["leaders"].to_pylist()] == ["Person 0 of north"]
    load(store, "north", [])
    assert store.status().counts["leaders"] == 0
    assert value(driver, "MATCH (:Leader {name: 'Not ours'})-[r:MEMBER_OF]->() RETURN count(r)") == 1


def test_an_erased_person_is_in_no_answer_of_the_database(store: Neo4jStore, driver: Driver) -> None:
    load(store, "north", [leader("north", "1", "Wilhelmina Quux", email="quux@x.example"), leader("north", "2", "Ana")])
    [person] = [row["id"] for row in store.scan().tables["leaders"].to_pylist() if row["name"] != "Ana"]
    store.erase(person)
    found = driver.execute_query("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n), properties(r)").records
    left = repr([record.values() for record in found])
    assert "Ana" in left
    assert not any(trace in left for trace in ("Quux", "quux", person))


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours may catch it and tidy up."""


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_ROWS", 7)
    monkeypatch.setattr(writer, "_AT_ONCE", 10)


def killed_at(number: int, store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Load south's roster and end at the ``number``-th write transaction; False when the run needs fewer."""
    left = number

    def check(lease: object, transaction: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("netofnets.store.neo4j.lease.Lease.check", check)
        patch.setattr("netofnets.store.neo4j.lease.Lease.release", lambda self: None)
        try:
            load(store, "south", a_roster("south", 9))
        except Killed:
            return True
    return False


@pytest.mark.usefixtures("small_steps")
def test_a_run_that_ends_at_any_write_is_wholly_there_or_not_at_all(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for number in range(100):
        driver.execute_query("MATCH (n) DETACH DELETE n")
        with closing(Neo4jStore.open(empty_neo4j, neo4j_settings, lease_seconds=0.2)) as store:
            load(store, "north", a_roster())
            old = facts_of(store)
            if not killed_at(number, store, monkeypatch):
                break
            time.sleep(0.25)  # the lease of the dead writer runs out
            with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as reader:
                state = facts_of(reader)
                assert value(driver, "MATCH (c:NetOfNetsChunk) RETURN count(c)") == 0
            load(store, "south", a_roster("south", 9))
            new = facts_of(store)
            assert state["claims"] in (
                old["claims"],
                [c.replace("'first_run': 3", "'first_run': 2") for c in new["claims"]],
            )
            seen.add(state["claims"] == old["claims"])
            assert {kind: state[kind] for kind in ("leaders", "memberships")} in (
                {kind: facts[kind] for kind in ("leaders", "memberships")} for facts in (old, new)
            )
    assert number > 10
    assert seen == {True, False}


@pytest.mark.usefixtures("small_steps")
def test_a_reader_brings_a_dead_writers_run_to_its_end(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings, lease_seconds=1.0)) as store:
        written, forward = [], journal.roll_forward

        def stop(*arguments: object, **more: object) -> None:
            written.append(value(driver, "MATCH (c:NetOfNetsChunk) RETURN count(c)"))
            raise Killed

        monkeypatch.setattr(journal, "roll_forward", stop)
        monkeypatch.setattr("netofnets.store.neo4j.lease.Lease.release", lambda self: None)
        with pytest.raises(Killed):
            load(store, "south", a_roster("south", 9))
        monkeypatch.setattr(journal, "roll_forward", forward)
        assert written[0] > 3
        assert value(driver, "MATCH (n:Leader) RETURN count(n)") == 0
        start = time.monotonic()
        assert store.scan().tables["leaders"].num_rows == 9  # waits for the lease to run out, then finishes the run
        assert time.monotonic() - start < 10
        assert store.status().run == 1


def test_who_lost_the_lease_writes_no_more(empty_neo4j: str, neo4j_settings: Settings, driver: Driver) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as store:
        with pytest.raises(StoreBusy, match="took the lease over"), store.writer("north") as slow:
            slow.apply(plan(slow, "north", a_roster()))
            # as if this process had been stopped for longer than the lease lasts
            driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.expires = 0")
            with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as other:
                load(other, "south", a_roster("south"))
            slow.finish({})
        assert store.status().sources == ("south",)
        assert [run.source for run in store.runs()] == ["south"]


def test_a_lease_is_renewed_while_its_holder_plans(empty_neo4j: str, neo4j_settings: Settings) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings, lease_seconds=0.6)) as store, store.writer("north"):
        time.sleep(1.5)
        with pytest.raises(StoreBusy, match="'north'"), store.writer("south"):
            pass


def test_a_database_of_a_newer_version_is_refused(store: Neo4jStore, driver: Driver, neo4j_settings: Settings) -> None:
    driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.format = 99")
    with pytest.raises(StoreTooNew, match="update netofnets"):
        Neo4jStore.open(store.url, neo4j_settings)


def test_a_value_too_long_for_an_index_is_a_clear_error(store: Neo4jStore) -> None:
    with pytest.raises(StoreError, match="too large to index"):
        load(store, "north", [network("north", "N1", "x" * 20_000)])
    assert store.status().run == 0


# Reaching the server


@contextmanager
def listener(answer: bytes | None) -> Iterator[int]:
    """A port that takes connections, and answers each with ``answer`` or not at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                taken.append(connection)
                if answer is not None:
                    connection.recv(64)
                    connection.sendall(answer)
                    connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for connection in taken:
            connection.close()


def refusal(url: str, password: str = "something") -> str:
    start = time.monotonic()
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url, load_settings(environ={}, neo4j_password=password))
    assert time.monotonic() - start < 5
    assert "\n" not in str(caught.value)
    assert password not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_cannot_be_used_is_told_within_five_seconds(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "no Neo4j answers" in refusal(f"{scheme}://127.0.0.1:{port}")
    with listener(None) as port:
        assert "no Neo4j answers" in refusal(f"{scheme}://127.0.0.1:{port}")
    with listener(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") as port:
        assert "usually 7687, not 7474" in refusal(f"{scheme}://127.0.0.1:{port}")


def test_a_wrong_password_is_told(neo4j_url: str) -> None:
    assert "NETOFNETS_NEO4J_PASSWORD" in refusal(neo4j_url, "not-this-one")
    with pytest.raises(SettingsError, match="NETOFNETS_NEO4J_PASSWORD"):
        open_store(neo4j_url, load_settings(environ={}))


def test_an_old_server_is_told(neo4j_url: str, neo4j_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netofnets.store.neo4j.connection._OLDEST", (99, 0))
    with pytest.raises(StoreUnavailable, match="is no Neo4j 99.0 or newer"):
        open_store(neo4j_url, neo4j_settings)


# Raw Cypher


def test_a_query_gives_columns_and_plain_values(store: Neo4jStore) -> None:
    assert isinstance(store, AnswersCypher)
    load(store, "north", a_roster(people=2))
    query = """MATCH (p:Leader {name: $name})-[m:MEMBER_OF]->(n)
    RETURN p.name AS name, m, m.start, {both: [n.name, 1.5]}, p AS leader"""
    answer = store.query(query, {"name": "Person 1 of north"})
    assert answer.columns[:3] == ("name", "m", "m.start")
    name, membership, start, both, person = answer.rows[0]
    assert (name, start, both) == ("Person 1 of north", "2024-01-01", {"both": ["Circle of north", 1.5]})
    assert isinstance(membership, dict) and isinstance(person, dict)
    assert (membership["type"], membership["role"], person["labels"]) == ("MEMBER_OF", "member", ["Leader"])


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Leader {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Leader) SET n.name = 'x' RETURN n",
        "PROFILE MATCH (n:Leader) REMOVE n.name",
        "CALL db.createLabel('Foo')",
        "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
        "DROP CONSTRAINT netofnets_leaders",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'bbbbbbbbb'",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "CALL dbms.killConnection('bolt-1')",
        "RETURN 1; MATCH (n) DETACH DELETE n",
        "MATCH (n RETURN n",
        "",
    ],
)
def test_a_query_that_does_more_than_read_is_refused(store: Neo4jStore, text: str) -> None:
    load(store, "north", a_roster(people=1))
    before = facts_of(store)
    with pytest.raises(QueryRefused):
        store.query(text)
    assert facts_of(store) == before


def test_a_query_stops_at_its_limits(store: Neo4jStore) -> None:
    assert len(store.query("UNWIND range(1, 10) AS x RETURN x", rows=10).rows) == 10
    with pytest.raises(QueryRefused, match="more than 10 rows"):
        store.query("UNWIND range(1, 11) AS x RETURN x", rows=10)
    start = time.monotonic()
    with pytest.raises(QueryRefused, match="stopped after 1 s"):
        store.query("UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)", seconds=1)
    assert time.monotonic() - start < 10


def test_explain_and_profile_and_procedures_that_read_are_let_through(store: Neo4jStore) -> None:
    load(store, "north", a_roster(people=1))
    assert store.query("EXPLAIN MATCH (n:Leader) RETURN n").rows == ()
    assert store.query("profile MATCH (n:Leader) RETURN count(n)").rows == ((1,),)
    assert ("Leader",) in store.query("CALL db.labels()").rows
    found = store.query("CALL db.index.fulltext.queryNodes('netofnets_search', 'person') YIELD node RETURN node.name")
    assert found.rows == (("Person 0 of north",),)


# Results on the nodes


def analysis(run: int) -> AnalysisRun:
    return AnalysisRun(run, f"hash-of-{run}", {"seed": 7, "resolution": 1.0}, "0.1.0", "2024-01-01T00:00:00+00:00")


def test_results_are_written_onto_the_nodes_and_replace_older_ones(store: Neo4jStore, driver: Driver) -> None:
    assert isinstance(store, WritesBack)
    load(store, "north", a_roster(people=3))
    ids = sorted(store.scan().tables["leaders"]["id"].to_pylist())
    nets = store.scan().tables["networks"]["id"].to_pylist()
    first = {
        "leaders": pa.table({"id": ids, "community": [1, 1, 2], "old": [0.5, None, 0.5]}),
        "networks": pa.table({"id": nets, "community": [1]}),
    }
    assert store.write_back(analysis(1), first) == 4
    facts = facts_of(store)
    assert value(driver, "MATCH (p:Leader {nn_community: 1}) RETURN count(p)") == 2
    second = {"leaders": pa.table({"id": ids[:2], "community": [5, 6], "reason": ["joins two blocks", None]})}
    assert store.write_back(analysis(2), second) == 2
    found = driver.execute_query("MATCH (p:Leader) RETURN p.nn_community, p.nn_reason, p.nn_old ORDER BY p.id").records
    assert [r.values() for r in found] == [[5, "joins two blocks", None], [6, None, None], [None, None, None]]
    assert value(driver, "MATCH (n:Network) RETURN n.nn_community") is None
    [run] = driver.execute_query("MATCH (r:AnalysisRun) RETURN r").records
    assert dict(run[0]) == {
        "id": "2-hash-of-2",
        "run": 2,
        "content_hash": "hash-of-2",
        "parameters": '{"resolution":1.0,"seed":7}',
        "version": "0.1.0",
        "at": "2024-01-01T00:00:00+00:00",
        "columns": ["nn_community", "nn_reason"],
        "status": "done",
        "nodes": 2,
    }
    assert facts_of(store) == facts  # results are no facts
    renamed = [replace(c, values={**c.values, "place": "Vigo"}) if c.kind == "leaders" else c for c in a_roster()]
    load(store, "north", renamed)
    assert value(driver, "MATCH (p:Leader {nn_community: 5}) RETURN p.place") == "Vigo"  # a load leaves results be


def test_a_result_cannot_take_the_place_of_claims(store: Neo4jStore) -> None:
    for name in ("claims", "sources", "Bad Name", "x`"):
        with pytest.raises(StoreError, match="cannot be called"):
            store.write_back(analysis(1), {"leaders": pa.table({"id": ["x"], name: [1]})})
