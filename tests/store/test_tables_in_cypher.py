"""The Cypher beside a table gives the same table as the page, the command and Python do, after a write-back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from netofnets.export.cypher import cypher
from netofnets.graph.published import Published
from netofnets.services.answers import Answers
from netofnets.services.table_page import CYPHER
from netofnets.services.write_back import analysis_findings, analysis_results
from netofnets.store.base import AnalysisRun
from netofnets.store.neo4j.backend import Neo4jStore
from tests.published import publish_copy
from tests.services.graphs import four_blocks


@pytest.fixture
def answers(neo4j_store: Neo4jStore, driver: Driver, tmp_path: Path) -> Any:
    """Four blocks of networks, published, and in Neo4j with the results written back."""
    publish_copy(four_blocks().facts(), tmp_path)
    published = Published.current(tmp_path)
    for statement in "".join(cypher(published.edition("organizers").snapshot)).split(";\n"):
        if statement and not statement.startswith("CREATE CONSTRAINT"):
            driver.execute_query(statement)  # type: ignore[arg-type]
    tables, parameters = analysis_results(published)
    neo4j_store.write_back(AnalysisRun(1, "abc", parameters), tables, *analysis_findings(published))
    with Answers(published) as found:
        yield found


def test_each_gives_the_same_rows(answers: Answers, neo4j_store: Neo4jStore) -> None:
    for name, told in CYPHER.items():
        found = neo4j_store.query(told.text, rows=100_000)
        table = answers.table(name, where=told.where).select(list(told.columns))
        expected = [tuple(row.values()) for row in table.to_pylist()]
        assert found.columns == told.columns and expected, name
        keys = [told.columns.index(c) for c in ("id", "first", "second", "community") if c in told.columns]

        def ends(row: tuple[Any, ...], keys: list[int] = keys) -> list[str]:
            return [str(row[at]) for at in keys]

        assert sorted(map(tuple, found.rows), key=ends) == sorted(expected, key=ends), name
