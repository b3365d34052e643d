"""``netofnets cypher`` goes in as a user of its own where the settings name one, at a real server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from neo4j import GraphDatabase


def test_cypher_goes_in_as_the_reading_user_and_with_no_other_password(
    clean_neo4j: str, neo4j_auth: tuple[str, str], tmp_path: Path
) -> None:
    with GraphDatabase.driver(clean_neo4j, auth=neo4j_auth) as driver:
        driver.execute_query("CREATE USER reading SET PASSWORD 'read-only-88' CHANGE NOT REQUIRED", database_="system")
        try:
            known = {"NETOFNETS_STORE": clean_neo4j, "NETOFNETS_HOME": str(tmp_path)}
            known |= {"NETOFNETS_NEO4J_USER": "nobody", "NETOFNETS_NEO4J_PASSWORD": "not the one"}

            def asked(**more: str) -> subprocess.CompletedProcess[str]:
                command = [sys.executable, "-m", "netofnets.cli", "cypher", "RETURN 7 AS n", "--format", "csv"]
                return subprocess.run(command, env={**os.environ, **known, **more}, capture_output=True, text=True)

            reading = {"NETOFNETS_NEO4J_READING_USER": "reading", "NETOFNETS_NEO4J_READING_PASSWORD": "read-only-88"}
            done = asked(**reading)
            assert done.returncode == 0, done.stderr
            assert done.stdout.split() == ["n", "7"]
            wrong = asked(**reading | {"NETOFNETS_NEO4J_READING_PASSWORD": "another"})
            assert wrong.returncode == 4 and "another" not in wrong.stdout + wrong.stderr
            assert asked().returncode == 4
        finally:
            driver.execute_query("DROP USER reading", database_="system")
