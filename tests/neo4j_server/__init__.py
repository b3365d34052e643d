"""A real Neo4j 5.26 Community server for tests, run from Maven artifacts.

``python -m tests.neo4j_server`` keeps one running while you work, and prints the variables that make tests use it.
"""

from tests.neo4j_server.artifacts import NoServer, cache_folder, fetch
from tests.neo4j_server.server import Neo4jServer, free_port

__all__ = ["Neo4jServer", "NoServer", "cache_folder", "fetch", "free_port"]
