"""Loading claims into the stores, against the barest way to write the same rows into the same tables or graph.

    python -m benchmarks.stores --synth ../shared/tools/synth_networks.py --people 10000 [--neo4j] [--profile]

SQLite: CPU time of this process. Bare is one ``executemany`` per table of the finished rows, entities and claims, into
an empty database with the same tables, indexes and settings. Then a tenth of the roster changes, with and without
keeping what it said before.

Neo4j (``NETOFNETS_TEST_NEO4J_URI``, ``_USER``, ``_PASSWORD``; a server on this machine, whose database is emptied): CPU
time of server and client together, and wall time. Bare is ``UNWIND $rows ... MERGE ... SET x += row.p`` with the same
nodes, relationships and properties, the claims on them included, in the same chunks. Rounds alternate, since a Java
server is several times faster once it is warm; the first round is not counted.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib.util
import json
import os
import pstats
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from neo4j import Driver, GraphDatabase

from netofnets.schema.identifiers import record_id, relationship_id
from netofnets.schema.kinds import BY_NAME, node_kind
from netofnets.schema.model import NodeKind
from netofnets.schema.records import Claim
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.base import Changes, Store
from netofnets.store.ledger import plan
from netofnets.store.neo4j.rows import with_dates
from netofnets.store.neo4j.statements import columns
from netofnets.store.neo4j.steps import Logs, Step, steps_of
from netofnets.store.sqlite import statements
from netofnets.store.sqlite.connection import connection
from netofnets.store.sqlite.rows import claim_row, entity_rows

SOURCE = "roster"


def claims_of(synth: Path, people: int) -> list[Claim]:
    """What a roster of the planted networks states."""
    spec = importlib.util.spec_from_file_location("synth_networks", synth)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(_claims(module.generate(people, 7)))


def _claims(drawn: dict[str, dict[str, Any]]) -> Iterator[Claim]:
    region = drawn["people"]["region"].tolist()
    leaders = [record_id("leaders", SOURCE, f"p{i}") for i in range(len(region))]
    networks = [record_id("networks", SOURCE, f"n{i}") for i in range(len(drawn["networks"]["network"]))]
    interests = [record_id("interests", "interest", f"topic {i}") for i in range(500)]
    for i, key in enumerate(leaders):
        values = {"name": f"Person {i}", "email": f"p{i}@school.example", "school": f"School {i % 997}"}
        values["region"] = f"Region {region[i]}"
        yield Claim("leaders", key, SOURCE, values, f"p{i}", origin=f"roster.csv:{i}")
    for i, key in enumerate(networks):
        yield Claim("networks", key, SOURCE, {"name": f"Network {i}"}, f"n{i}", origin="roster.csv:2")
    for i, key in enumerate(interests):
        yield Claim("interests", key, SOURCE, {"name": f"Topic {i}"}, f"topic {i}", origin="roster.csv:2")
    pairs = zip(drawn["memberships"]["person"].tolist(), drawn["memberships"]["network"].tolist(), strict=True)
    for p, n in pairs:
        values = {"role": "member", "start": f"20{10 + p % 14}-09-01"}
        yield _link("memberships", leaders[p], networks[n], values, (values["start"],))
    pairs = zip(drawn["interests"]["person"].tolist(), drawn["interests"]["interest"].tolist(), strict=True)
    for p, i in pairs:
        yield _link("leader_interests", leaders[p], interests[i], {"mode": "practises"}, ("practises",))
    ties = drawn["collaborations"]
    for a, b, n in zip(*(ties[name].tolist() for name in ("source", "target", "weight")), strict=True):
        yield _link("collaborations", leaders[a], leaders[b], {"kind": "co-led", "count": n}, ("co-led",))


def _link(kind: str, start: str, end: str, values: dict[str, Any], telling: tuple[str, ...]) -> Claim:
    key = relationship_id(kind, start, end, telling)
    return Claim(kind, key, SOURCE, values, "", start, end, "roster.csv:2")


@dataclass
class Meter:
    """CPU seconds of this process (and of a server), and wall seconds."""

    server: psutil.Process | None = None

    def __call__(self, work: Callable[[], object]) -> tuple[float, float]:
        cpu, wall = self._cpu(), time.perf_counter()
        work()
        return self._cpu() - cpu, time.perf_counter() - wall

    def _cpu(self) -> float:
        return sum(sum(p.cpu_times()[:2]) for p in (psutil.Process(), self.server) if p)


def load(store: Store, claims: list[Claim], *, past: bool = True) -> Changes:
    """What ``netofnets ingest`` does once the rows are read and checked; not ``past``: what was said before is lost."""
    with store.writer(SOURCE) as writer:
        changes = plan(writer, SOURCE, claims)
        if not past:
            changes.past.clear()
        writer.apply(changes)
        writer.finish({"created": changes.created, "unchanged": changes.unchanged})
    return changes


def bare_sqlite(path: Path, changes: Changes) -> Callable[[], None]:
    """Finished rows, ready to be written."""
    open_store(f"sqlite:{path}").close()
    tables = {kind: list(entity_rows(kind, entities)) for kind, entities in changes.born.items()}
    claims = sorted(claim_row(claim, entity, 1) for claim, entity in changes.put)

    def write() -> None:
        with connection(path) as database:
            database.execute("BEGIN IMMEDIATE")
            for kind, rows in tables.items():
                database.executemany(statements.insert_entity(BY_NAME[kind]), rows)
            database.execute("INSERT INTO run VALUES (1, 'roster', 'done', '', '', '')")
            database.executemany(f"INSERT INTO claim VALUES ({', '.join('?' * 11)})", claims)
            database.execute("COMMIT")

    return write


def measure_sqlite(claims: list[Claim], rounds: int) -> dict[str, Any]:
    meter = Meter()
    ours, bare, again = [], [], []
    changed: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(f"sqlite:{folder}/ours.sqlite")
            changes: list[Changes] = []
            ours.append(meter(lambda: changes.append(load(store, claims)))[0])  # noqa: B023
            bare.append(meter(bare_sqlite(Path(folder) / "bare.sqlite", changes[0]))[0])
            again.append(meter(lambda: load(store, claims))[0])  # noqa: B023
            for past, said in ((False, _changed(claims, 1)), (True, _changed(claims, 2))):
                changed[past].append(meter(lambda: load(store, said, past=past))[0])  # noqa: B023
    with_past, without = median(changed[True]), median(changed[False])
    told = {"tenth_changed_cpu_s": round(with_past, 2), "past_ratio": round(with_past / without, 2)}
    return _summary("sqlite", claims, bare, ours, again) | told


def _changed(claims: list[Claim], month: int) -> list[Claim]:
    """The roster of another month: a tenth of all that it says is said otherwise."""
    told = {"leaders": "about", "memberships": "role", "networks": "about"}
    return [
        replace(claim, values={**claim.values, told[claim.kind]: f"In month {month}."})
        if at % 10 == 0 and claim.kind in told
        else claim
        for at, claim in enumerate(claims)
    ]


def empty(driver: Any) -> None:
    with driver.session() as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS").consume()


def bare_neo4j(driver: Driver, steps: list[Step]) -> Callable[[], None]:
    """The usual way: one map per row, the properties of each as a map in it."""
    work: list[tuple[str, list[dict[str, Any]]]] = []
    for step in steps:
        kind, names = BY_NAME[step.subject], columns(step.subject)
        maps = [dict(zip(names, row, strict=True)) for row in with_dates(step.subject, step.rows)]
        keys = ("id", "from_id", "to_id")
        rows = [
            {**{k: m[k] for k in keys if k in m}, "p": {k: v for k, v in m.items() if k not in keys and v is not None}}
            for m in maps
        ]
        if isinstance(kind, NodeKind):
            work.append((f"UNWIND $rows AS row MERGE (x:{kind.label} {{id: row.id}}) SET x += row.p", rows))
            continue
        ends = (
            f"MATCH (a:{node_kind(kind.source).label} {{id: row.from_id}}) "
            f"MATCH (b:{node_kind(kind.target).label} {{id: row.to_id}})"
        )
        merge = f"MERGE (a)-[x:{kind.type} {{id: row.id}}]->(b) SET x += row.p"
        work.append((f"UNWIND $rows AS row {ends} {merge}", rows))

    def write() -> None:
        with driver.session() as session:
            for query, rows in work:
                session.execute_write(lambda transaction: transaction.run(query, rows=rows).consume())  # noqa: B023

    return write


def measure_neo4j(claims: list[Claim], rounds: int) -> dict[str, Any]:
    url = os.environ["NETOFNETS_TEST_NEO4J_URI"]
    user, password = (os.environ[f"NETOFNETS_TEST_NEO4J_{name}"] for name in ("USER", "PASSWORD"))
    settings = load_settings(neo4j_user=user, neo4j_password=password)
    meter = Meter(_listening(int(url.rsplit(":", 1)[1])))
    figures: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": [], "again": []}
    with GraphDatabase.driver(url, auth=(user, password)) as driver:
        for _ in range(rounds + 1):
            empty(driver)
            store = open_store(url, settings)
            changes: list[Changes] = []
            figures["ours"].append(meter(lambda: changes.append(load(store, claims))))  # noqa: B023
            figures["again"].append(meter(lambda: load(store, claims)))  # noqa: B023
            store.close()
            empty(driver)
            figures["bare"].append(meter(bare_neo4j(driver, list(steps_of(changes[0], 1, Logs(0, 0, 0))))))
            print(json.dumps({name: [round(x, 2) for x in several[-1]] for name, several in figures.items()}))
        empty(driver)
    cpu = {name: [cpu for cpu, _ in several[1:]] for name, several in figures.items()}
    wall = {f"{name}_wall_s": round(median(w for _, w in several[1:]), 2) for name, several in figures.items()}
    return _summary("neo4j", claims, cpu["bare"], cpu["ours"], cpu["again"]) | wall


def _listening(port: int) -> psutil.Process:
    for socket in psutil.net_connections("tcp"):
        if socket.status == psutil.CONN_LISTEN and socket.laddr.port == port and socket.pid:
            return psutil.Process(socket.pid)
    raise SystemExit(f"no server listens on port {port} of this machine")


def _summary(
    store: str, claims: list[Claim], bare: list[float], ours: list[float], again: list[float]
) -> dict[str, Any]:
    return {
        "store": store,
        "claims": len(claims),
        "bare_cpu_s": round(median(bare), 2),
        "ours_cpu_s": round(median(ours), 2),
        "second_load_cpu_s": round(median(again), 2),
        "ratio": round(median(ours) / median(bare), 2),
        "second_ratio": round(median(again) / median(bare), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--neo4j", action="store_true", help="measure Neo4j instead of SQLite")
    parser.add_argument("--profile", action="store_true", help="print where the time of one load goes")
    given = parser.parse_args()
    claims = claims_of(given.synth, given.people)
    measure = measure_neo4j if given.neo4j else measure_sqlite
    profile = cProfile.Profile()
    if given.profile:
        profile.enable()
    figures = measure(claims, given.rounds)
    if given.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    print(json.dumps({"people": given.people, **figures}))


if __name__ == "__main__":
    main()
