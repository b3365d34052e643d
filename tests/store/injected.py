"""Three ways by which what somebody typed gets into a query, and one by which it does not: read by pyright, never run.

`.ci/run` fails when pyright lets one of the three pass: then an ignore below is one too many
(``reportUnnecessaryTypeIgnoreComment``).
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from neo4j import Session

from netofnets.schema.kinds import node_kind
from netofnets.store.literal import spelled
from netofnets.store.neo4j import statements
from netofnets.store.sqlite.sql import Connection


def in_cypher(session: Session, typed: str) -> None:
    """A name put into the text, three times; a label of the program, and letters that are taken one by one."""
    session.run(f"MATCH (x {{name: '{typed}'}}) RETURN x")  # pyright: ignore[reportArgumentType]
    text = "MATCH (x) WHERE x.name = '" + typed + "' RETURN x"
    session.run(text)  # pyright: ignore[reportArgumentType]
    session.run("MATCH (x:%s) RETURN x" % typed)  # noqa: UP031  # pyright: ignore[reportArgumentType]
    session.run(statements.count("leaders", typed))  # pyright: ignore[reportArgumentType]
    session.run(f"MATCH (x:{node_kind('leaders').label}) WHERE x.name = $name RETURN x", name=typed)
    session.run(f"MATCH (x:{spelled(typed)}) RETURN x")


def in_sql(database: Connection, typed: str) -> None:
    """The same in SQL."""
    database.execute(f"SELECT * FROM leaders WHERE name = '{typed}'")  # pyright: ignore[reportArgumentType]
    database.execute(f"SELECT * FROM {node_kind('leaders').name} WHERE name = ?", (typed,))
