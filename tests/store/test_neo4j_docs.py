"""Every query in docs/neo4j.md is run, and answers its question."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from neo4j import Driver

from netofnets.errors import QueryRefused
from netofnets.schema.records import Claim, Judgement, Verdict
from netofnets.store.base import AnalysisRun, FoundThings, FoundTies
from netofnets.store.neo4j.backend import Neo4jStore
from tests.store.statements import facts_of, leader, link, load, member, network, node, value

PAGE = Path(__file__).resolve().parents[2] / "docs" / "neo4j.md"
BLOCKS = re.findall(r"^```cypher ?(\w*)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def filled(neo4j_store: Neo4jStore) -> Neo4jStore:
    """A made-up corner of the example networks."""
    inclusive, calm, rural = (
        network("example", name, name)
        for name in ("Inclusive Practice Collective", "Calm Classrooms Network", "Small Schools Compact")
    )
    practice = node("interests", "example", "rp", name="Restorative practice")
    carmen, wei, ada, noor = (leader("example", n, n) for n in ("Carmen Berg", "Wei Sithole", "Ada Roy", "Noor Lind"))
    memberships = [member(carmen, inclusive), member(carmen, calm), member(ada, calm), member(ada, inclusive)]
    memberships += [member(wei, rural), member(noor, rural), member(noor, calm)]
    interests = [link("leader_interests", p, practice, "seeks", mode="seeks") for p in (carmen, wei)]
    worked = [link("collaborations", a, b) for a, b in ((carmen, ada), (ada, noor), (wei, noor))]
    nodes = [inclusive, calm, rural, practice, carmen, wei, ada, noor]
    coaching = node("credentials", "example", "c", name="Coaching a Colleague")
    board = node("organizations", "example", "b", name="Larkfield Board")
    held = [link("leader_credentials", p, coaching, day, start=day, end=end) for p, day, end in _held(wei, noor)]
    nodes += [coaching, board]
    load(neo4j_store, "example", [*nodes, *memberships, *interests, *worked, *held, _issued(coaching, board)])
    other = replace(leader("second", "c", "Carmen Berg-Roth", school="Old Mill"), origin="second.xlsx/People:17")
    load(neo4j_store, "second", [other])
    left, right = sorted((other.key, carmen.key))
    neo4j_store.judge([Judgement(left, right, Verdict.SAME, "Ada", "one person")])
    ids = [left, noor.key]
    results = {
        "id": ids,
        "community": [0, 1],
        "community_label": ["Old Mill", "around Calm"],
        "bridging": [False, True],
        "bridge_rank": [2, 1],
    }
    results |= {"bridge_score": [0.1, 0.7], "bridge_reason": ["joins two", "the only one in both"]}
    found = FoundThings("Community", pa.table({"id": ["community 0"], "name": ["Old Mill"], "agreement": [0.9]}))
    ends = {"from_id": [calm.key, inclusive.key], "to_id": ["community 0"] * 2, "strength": [0.5, 0.7]}
    overlap = {"from_id": [inclusive.key], "to_id": [calm.key], "shared": [2], "expected": [0.4], "q": [0.001]}
    ties = [
        FoundTies("IN_COMMUNITY", "networks", "Community", pa.table(ends)),
        FoundTies("OVERLAPS_WITH", "networks", "networks", pa.table(overlap)),
    ]
    neo4j_store.write_back(AnalysisRun(1, "abc"), {"leaders": pa.table(results)}, [found], ties)
    return neo4j_store


def _held(valid: Claim, expired: Claim) -> list[tuple[Claim, str, str]]:
    return [(valid, "2024-01-01", "9000-01-01"), (expired, "2015-01-01", "2020-01-01")]


def _issued(credential: Claim, by: Claim) -> Claim:
    return link("credential_issuers", credential, by)


def test_reading_queries_have_answers(filled: Neo4jStore) -> None:
    answers = {text.split("\n")[0]: filled.query(text).rows for kind, text in BLOCKS if not kind}
    assert len(answers) == len([kind for kind, _ in BLOCKS if not kind]) >= 10
    assert all(answers.values()), [question for question, rows in answers.items() if not rows]
    found = list(answers.values())
    assert found[0][0] == ("Calm Classrooms Network", "Inclusive Practice Collective", 2)
    assert {row[0] for row in found[1]} == {"Carmen Berg", "Ada Roy"}
    assert found[2] == (("Small Schools Compact", "Noor Lind"),)
    assert found[3] == (
        ("example", "example.csv", 0, "Carmen Berg", ""),
        ("second", "second.xlsx/People", 17, "Carmen Berg-Roth", "Old Mill"),
    )
    assert [(row[1], row[3]) for row in found[4]] == [
        ("name", ["Carmen Berg", "Carmen Berg-Roth"]),
        ("school", ["", "Old Mill"]),
    ]
    assert len(found[5]) == 7
    assert found[6] == (("Wei Sithole", ["Restorative practice"], ["Small Schools Compact"]),)
    assert found[7] == ((["Carmen Berg", "Ada Roy", "Noor Lind", "Wei Sithole"],),)
    assert [(row[0], row[2]) for row in found[8]] == [("Wei Sithole", ["Larkfield Board"])]
    assert found[10][0][:2] == (1, "Noor Lind")
    assert [(row[0], row[1], len(row[2]), row[3]) for row in found[12]] == [("Old Mill", 0.9, 2, 1)]
    assert found[13] == (("Calm Classrooms Network", "Inclusive Practice Collective", 2, 0.4, 0.001),)
    assert {row[1] for row in found[14]} == {"Carmen Berg", "Restorative practice"}


def test_graph_data_science_where_it_is_installed(filled: Neo4jStore, driver: Driver) -> None:
    if not value(driver, "SHOW PROCEDURES YIELD name WHERE name = 'gds.graph.project' RETURN count(*)"):
        pytest.skip("the Neo4j server has no Graph Data Science")
    project, drop = (text for kind, text in BLOCKS if kind == "gds")
    assert [tuple(r.values()) for r in driver.execute_query(project).records] == [(7, 14)]
    with pytest.raises(QueryRefused, match=r"calls gds\.graph\.list, which may fill the server's memory"):
        filled.query("CALL gds.graph.list() YIELD graphName RETURN graphName")
    assert [tuple(r.values()) for r in driver.execute_query(drop).records] == [("netofnets",)]


def test_results_can_be_taken_away_again(filled: Neo4jStore, driver: Driver) -> None:
    before = facts_of(filled)
    for text in (text for kind, text in BLOCKS if kind == "write"):
        driver.execute_query(text)
    kept = value(
        driver, "MATCH (x:Leader) UNWIND keys(x) AS k WITH k WHERE k STARTS WITH 'nn_' RETURN collect(DISTINCT k)"
    )
    assert set(kept) == {"nn_sources", "nn_claims", "nn_files", "nn_rows", "nn_said_name", "nn_said_school"}
    assert value(driver, "MATCH (x:AnalysisRun|Community) RETURN count(x)") == 0
    assert value(driver, "MATCH ()-[x:OVERLAPS_WITH|IN_COMMUNITY]->() RETURN count(x)") == 0
    assert facts_of(filled) == before
