"""Small made-up statements of sources, for tests of the stores."""

from __future__ import annotations

from collections.abc import Iterable

from neo4j import Driver

from netofnets.schema.identifiers import record_id, relationship_id
from netofnets.schema.kinds import RELATIONSHIP_KINDS, relationship_kind
from netofnets.schema.records import Claim, Value
from netofnets.store.base import Changes, Facts, Store
from netofnets.store.ledger import plan


def leader(source: str, local_id: str, name: str, /, **values: Value) -> Claim:
    return node("leaders", source, local_id, name=name, **values)


def network(source: str, local_id: str, name: str, /, **values: Value) -> Claim:
    return node("networks", source, local_id, name=name, **values)


def node(of_kind: str, source: str, local_id: str, /, **values: Value) -> Claim:
    return Claim(of_kind, record_id(of_kind, source, local_id), source, values, local_id, origin=f"{source}.csv")


def link(of_kind: str, start: Claim, end: Claim, /, *distinguishing: str, **values: Value) -> Claim:
    key = relationship_id(of_kind, start.key, end.key, distinguishing or ("",) * _count(of_kind))
    return Claim(of_kind, key, start.source, values, "", start.key, end.key, f"{start.source}.csv")


def _count(of_kind: str) -> int:
    return len(relationship_kind(of_kind).distinguishing)


def member(person: Claim, of: Claim, start: str = "", **values: Value) -> Claim:
    dated = {"start": start, **values} if start else values
    return link("memberships", person, of, start, **dated)


def load(store: Store, source: str, claims: Iterable[Claim], judgements=()) -> Changes:
    with store.writer(source) as writer:
        changes = plan(writer, source, claims, judgements)
        writer.apply(changes)
        writer.finish({"created": changes.created})
    return changes


def ledger_counts(changes: Changes) -> tuple[int, int, int, int]:
    return changes.created, changes.updated, changes.unchanged, changes.withdrawn


def facts_of(store: Store, *, provenance: bool = True) -> dict[str, object]:
    """What a scan says, in an order that does not depend on how it was loaded."""
    return canonical(store.scan(), provenance=provenance)


def canonical(facts: Facts, *, provenance: bool = True) -> dict[str, object]:
    tables = {kind: sorted(map(repr, table.to_pylist())) for kind, table in facts.tables.items()}
    claims = facts.claims if provenance else facts.claims.drop_columns(["origin", "first_run"])
    return {
        **tables,
        "schemas": {kind: table.schema for kind, table in facts.tables.items()} | {"claims": facts.claims.schema},
        "claims": sorted(map(repr, claims.to_pylist())),
        "choices": facts.choices,
        "judgements": facts.judgements,
    }


def a_roster(source: str = "north", people: int = 3) -> list[Claim]:
    """Some people in one network, with an interest and a collaboration."""
    circle = network(source, "N1", f"Circle of {source}", kind="fellowship", sensitive=False)
    maths = node("interests", source, "maths", name="Maths", aliases=("mathematics", "math"))
    leaders = [
        leader(
            source, f"P{i}", f"Person {i} of {source}", email=f"p{i}@{source}.example", release_time=20.0, connect=True
        )
        for i in range(people)
    ]
    claims = [circle, maths, *leaders]
    claims += [member(person, circle, "2024-01-01", role="member") for person in leaders]
    claims += [link("leader_interests", person, maths, "seeks", mode="seeks") for person in leaders]
    pairs = zip(leaders, leaders[1:], strict=False)
    claims += [link("collaborations", a, b, "mentors", kind="mentors", count=2, first="2024-02-29") for a, b in pairs]
    return claims


def value(driver: Driver, query: str, **parameters: object) -> object:
    return driver.execute_query(query, parameters).records[0][0]


def assert_both_ends(store: Store) -> None:
    tables = store.scan().tables
    for kind in RELATIONSHIP_KINDS:
        assert set(tables[kind.name]["from_id"].to_pylist()) <= set(tables[kind.source]["id"].to_pylist())
        assert set(tables[kind.name]["to_id"].to_pylist()) <= set(tables[kind.target]["id"].to_pylist())


def rows(store: Store, kind: str) -> list[dict[str, object]]:
    return sorted(store.scan().tables[kind].to_pylist(), key=lambda row: str(row["id"]))
