"""The Cypher script on a real Neo4j: it makes the graph to the last character, twice is once, and text stays text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase

from netofnets.export import export
from netofnets.export.cypher import literal
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import NodeKind
from tests.export.graphs import CONTROL, HOSTILE, graph, stated

ANYTHING = graph((*HOSTILE, *CONTROL))


@pytest.fixture
def driver(clean_neo4j: str, neo4j_auth: tuple[str, str]) -> Iterator[Driver]:
    with GraphDatabase.driver(clean_neo4j, auth=neo4j_auth) as opened:
        yield opened


def run(driver: Driver, script: str) -> None:
    """The script as a shell would run it: statements end with a semicolon at the end of a line outside of texts."""
    for statement in script.split(";\n"):
        if statement.strip():
            driver.execute_query(statement)  # type: ignore[arg-type]


def found(driver: Driver) -> dict[str, dict[str, dict[str, Any]]]:
    graph: dict[str, dict[str, dict[str, Any]]] = {}
    for name, kind in BY_NAME.items():
        if isinstance(kind, NodeKind):
            query = f"MATCH (x:{kind.label}) RETURN x.id AS id, properties(x) AS values, {{}} AS ends"
        else:
            a, b = (BY_NAME[of].label for of in (kind.source, kind.target))
            query = (
                f"MATCH (a:{a})-[x:{kind.type}]->(b:{b}) RETURN x.id AS id, properties(x) AS values, "
                "{from_id: a.id, to_id: b.id} AS ends"
            )
        rows = driver.execute_query(query).records  # type: ignore[arg-type]
        graph[name] = {
            r["id"]: {**r["ends"], **{n: plain(v) for n, v in r["values"].items() if n != "id"}} for r in rows
        }
    return graph


def plain(value: Any) -> Any:
    return value.iso_format() if hasattr(value, "iso_format") else value


def test_the_script_makes_the_graph_once(driver: Driver, tmp_path):
    script = export(ANYTHING, "cypher", tmp_path / "map.cypher").path.read_text(encoding="utf-8")
    for _ in range(2):
        run(driver, script)
        assert found(driver) == stated(ANYTHING)
    (days,) = driver.execute_query(
        "MATCH ()-[m:MEMBER_OF]->() WHERE m.start > date('2011-01-01') RETURN count(m)"
    ).records
    assert days[0] == sum(
        v.get("start", "")[:2] == "20" and v["start"] > "2011-01-01" for v in stated(ANYTHING)["memberships"].values()
    )


def test_any_text_and_number_is_its_own_literal(driver: Driver):
    text = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\\'u0027{}`\"\x00\n")), max_size=12)
    value = st.one_of(
        text, st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**63), 2**63 - 1), st.booleans()
    )
    value = st.one_of(value, st.lists(text, max_size=3))

    @given(value)
    def check(value: Any) -> None:
        (record,) = driver.execute_query(f"RETURN {literal(value)} AS x").records  # type: ignore[arg-type]
        assert record["x"] == value

    check()
