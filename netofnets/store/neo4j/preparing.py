"""The book's own node, its constraints and its indexes: looked at by everybody, made for the first who writes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, LiteralString

from neo4j import Driver
from neo4j.exceptions import Neo4jError

from netofnets.errors import SettingsError, StoreError, StoreTooNew
from netofnets.language import say
from netofnets.schema.kinds import BY_NAME
from netofnets.store.literal import spelled
from netofnets.store.neo4j import constraints

__all__ = ["META", "NOTHING", "check", "checked_prefix", "prepare"]

FORMAT = 4  # of the bookkeeping nodes
META = """MATCH (m:NetOfNetsMeta {id: 'book'})
RETURN m.format AS format, m.run AS run, m.sources AS sources, m.ready AS ready, m.journal AS journal,
       m.schema AS schema, coalesce(m.properties, []) AS properties, coalesce(m.prefix, '') AS prefix,
       coalesce(m.kept_since, m.run) AS kept_since, m.claims AS claims, coalesce(m.people, false) AS people,
       m.holder AS holder, m.expires > timestamp() AS held"""
NOTHING = {
    "run": 0,
    "sources": [],
    "ready": None,
    "journal": False,
    "kept_since": 0,
    "claims": None,
    "holder": None,
    "held": False,
}
"""What is known of a database that netofnets has never written to."""
_MAKE_META = """MERGE (m:NetOfNetsMeta {id: 'book'})
ON CREATE SET m.format = $format, m.run = 0, m.sources = [], m.fence = 0, m.expires = 0, m.journal = false"""
_SAVE_SCHEMA = """MATCH (m:NetOfNetsMeta {id: 'book'})
SET m.schema = $schema, m.properties = $properties, m.format = $format, m.prefix = $prefix,
    m.kept_since = coalesce(m.kept_since, m.run)"""
_NAMES = """SHOW INDEXES YIELD name RETURN name"""  # each constraint has an index of its name
_PREFIX = re.compile(r"([A-Z][A-Za-z0-9]{0,30})?\Z")
_MADE = re.compile(r"CREATE (?:FULLTEXT )?(CONSTRAINT|INDEX) (\w+)")


def checked_prefix(prefix: str) -> LiteralString:
    """The setting ``neo4j_label_prefix``, fit to stand in a label; :class:`SettingsError` otherwise."""
    if not _PREFIX.match(prefix):
        told = say(
            "setting neo4j_label_prefix is {prefix!r}; take a capital letter and then letters or digits, such as Non",
            prefix=prefix,
        )
        raise SettingsError(told)
    return spelled(prefix)


def check(found: Sequence[Any], url: str, prefix: str) -> None:
    """Refuse a book that a newer version wrote, or that stands under other labels; ``found`` are the rows of META."""
    if not found:
        return
    if found[0]["format"] > FORMAT or set(found[0]["properties"]) - set(_properties()):
        raise StoreTooNew(say("{url} was written by a newer netofnets; update netofnets to open it", url=url))
    if (stands := found[0]["prefix"]) != prefix:
        if stands:
            told = say(
                "{url} keeps its graph under labels that begin with {prefix}: set "
                "NETOFNETS_NEO4J_LABEL_PREFIX={prefix}, or name another database with NETOFNETS_NEO4J_DATABASE",
                url=url,
                prefix=stands,
            )
        else:
            told = say(
                "{url} keeps its graph under labels without a prefix: set NETOFNETS_NEO4J_LABEL_PREFIX=, or name "
                "another database with NETOFNETS_NEO4J_DATABASE",
                url=url,
            )
        raise StoreError(told)


def prepare(driver: Driver, database: str, url: str, prefix: LiteralString, found: Sequence[Any]) -> bool:
    """Make what is missing of constraints, indexes and the book's node; whether anything was.

    The database is asked what is there: MERGE alone keeps no node from being doubled, so a constraint that somebody
    dropped is made again. :class:`StoreError` when other data under the same labels stands in the way, or what was
    doubled meanwhile; then nothing is left of the try.
    """
    wanted, properties = list(constraints.schema(prefix)), _properties()
    before = {record["name"] for record in driver.execute_query(_NAMES, database_=database).records}
    as_made = found and (found[0]["schema"], found[0]["properties"]) == (wanted, properties)
    if as_made and before.issuperset(name for _, name in _made_by(wanted)):
        return False
    if found and constraints.search_index(prefix) not in found[0]["schema"]:
        driver.execute_query(constraints.drop_search_index(prefix), database_=database)
        before.discard(_made_by([constraints.search_index(prefix)])[0][1])
    try:
        for statement in wanted:
            driver.execute_query(statement, database_=database)
        driver.execute_query("CALL db.awaitIndexes(300)", database_=database)
    except Neo4jError as error:
        if not _is_in_the_way(error):
            raise
        for statement in _dropped(wanted, before):
            driver.execute_query(statement, database_=database)
        raise _in_the_way(url, " ".join(str(error.message).split()), bool(as_made)) from error
    driver.execute_query(_MAKE_META, format=FORMAT, database_=database)
    driver.execute_query(
        _SAVE_SCHEMA, schema=wanted, properties=properties, format=FORMAT, prefix=prefix, database_=database
    )
    return True


def _in_the_way(url: str, error: str, as_made: bool) -> StoreError:
    if as_made:
        return StoreError(
            say(
                "{url}: a constraint is missing and cannot be made again ({error}); nothing was changed. Somebody "
                "dropped it, and something else wrote here since: remove what is there twice, then run it again",
                url=url,
                error=error,
            )
        )
    return StoreError(
        say(
            "{url}: other data in this database is in the way of labels of ours ({error}); nothing was changed. Set "
            "NETOFNETS_NEO4J_LABEL_PREFIX to a word that no label there begins with, such as Non, or name a database "
            "of its own with NETOFNETS_NEO4J_DATABASE",
            url=url,
            error=error,
        )
    )


def _is_in_the_way(error: Neo4jError) -> bool:
    code = error.code or ""
    return ".Schema." in code or code.endswith(("ProcedureCallFailed", "IndexNotFound"))


def _made_by(statements: Sequence[str]) -> list[tuple[str, str]]:
    """What each of these makes (a constraint or an index), and its name."""
    return [(match[1], match[2]) for text in statements if (match := _MADE.match(text))]


def _dropped(wanted: Sequence[str], before: set[str]) -> list[LiteralString]:
    """What takes those constraints and indexes away that were not there before."""
    return [f"DROP {spelled(what)} {spelled(name)} IF EXISTS" for what, name in _made_by(wanted) if name not in before]


def _properties() -> list[str]:
    return [f"{name}.{p.name}" for name, kind in BY_NAME.items() for p in kind.properties]
