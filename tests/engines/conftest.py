"""Every engine that is at hand: this process, a real Neo4j server, a real Spark (where pyspark is installed)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from netofnets.analysis.engine import Engine
from netofnets.analysis.local import LOCAL
from netofnets.engines.spark import SparkEngine
from netofnets.settings import load_settings
from netofnets.store.neo4j.engine import Neo4jEngine


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkEngine]:
    """One session for all tests; ``bash .ci/spark`` has an environment with pyspark, and skips none of them."""
    if find_spec("pyspark") is None:
        reason = "pyspark is not installed here; bash .ci/spark runs this"
        pytest.fail(reason, pytrace=False) if os.environ.get("NETOFNETS_TEST_SPARK") else pytest.skip(reason)
    if find_spec("splink") is not None:  # the functions that it brings along have to be there when the session begins
        from splink.backends.spark import similarity_jar_location

        os.environ["PYSPARK_SUBMIT_ARGS"] = f"--jars {similarity_jar_location()} pyspark-shell"
    engine = SparkEngine.open("local[2]")
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def neo4j(neo4j_url: str, neo4j_auth: tuple[str, str]) -> Iterator[Neo4jEngine]:
    user, password = neo4j_auth
    engine = Neo4jEngine.open(load_settings(environ={}, store=neo4j_url, neo4j_user=user, neo4j_password=password))
    yield engine
    engine.close()


@pytest.fixture(params=["local", "neo4j", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return LOCAL if request.param == "local" else request.getfixturevalue(request.param)


@pytest.fixture(params=["neo4j", "spark"])
def other(request: pytest.FixtureRequest) -> Engine:
    """An engine that is held against the local one."""
    return request.getfixturevalue(request.param)
