"""Fetch the server and make ready what its starts need (``--fetch``), or keep one running until Ctrl-C."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.neo4j_server import Neo4jServer, fetch
from tests.neo4j_server.program import command
from tests.neo4j_server.server import rehearse


def main() -> None:
    print(f"Server jars in {(jars := fetch())}", flush=True)
    command(jars, rehearse)
    if "--fetch" in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory(prefix="netofnets-neo4j-") as home:
        server = Neo4jServer(Path(home)).start()
        user, password = server.auth
        print(f"export NETOFNETS_TEST_NEO4J_URI={server.url}")
        print(f"export NETOFNETS_TEST_NEO4J_USER={user} NETOFNETS_TEST_NEO4J_PASSWORD={password}")
        print("export NETOFNETS_TEST_NEO4J_MAY_ERASE=yes\nRunning until Ctrl-C ...", flush=True)
        try:
            sys.stdin.read()
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()


if __name__ == "__main__":
    main()
