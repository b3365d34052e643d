"""The analyst's tables: what was published with which parameters, row by row, and how to have it elsewhere."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from netofnets.analysis.registry import MEASURES, measure
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.chosen_rows import Condition, chosen_places
from netofnets.services.column_words import column_words
from netofnets.services.index import index_of
from netofnets.services.measures import Definition, definition
from netofnets.services.refs import path_of
from netofnets.services.runs import RunsListed, runs_listed
from netofnets.services.tables import measure_table
from netofnets.services.viewer import Viewer
from netofnets.services.words import said

__all__ = ["CYPHER", "CypherTable", "Recipe", "TableColumn", "TablePage", "TablesPage", "table_page", "tables_page"]

_TYPES = (
    (pa.types.is_boolean, say("yes or no")),
    (pa.types.is_integer, say("whole number")),
    (pa.types.is_floating, say("number")),
    (pa.types.is_nested, say("list")),
)


@dataclass(frozen=True, slots=True)
class CypherTable:
    """A question in Cypher that gives ``columns`` of a table, of the rows that meet ``where``."""

    text: str
    columns: tuple[str, ...]
    where: tuple[Condition, ...] = ()


# What `netofnets write-back` puts into Neo4j; other tables rest on more than the graph of the store holds.
CYPHER: Mapping[str, CypherTable] = {
    "communities": CypherTable(
        "MATCH (x:Leader|Network) WHERE x.nn_community IS NOT NULL\n"
        "RETURN CASE WHEN x:Leader THEN 'leaders' ELSE 'networks' END AS kind, x.id AS id, x.name AS name,\n"
        "       x.nn_community AS community, x.nn_community_strength AS strength\n"
        "ORDER BY community, strength DESC, id",
        ("kind", "id", "name", "community", "strength"),
        (("community", "least", "0"),),
    ),
    "bridges": CypherTable(
        "MATCH (p:Leader) WHERE p.nn_bridge_strength IS NOT NULL\n"
        "RETURN p.id AS id, p.name AS name, p.nn_bridge_rank AS rank, p.nn_bridging AS bridging,\n"
        "       p.nn_bridge_participation AS participation, p.nn_bridge_strength AS strength,\n"
        "       p.nn_bridge_score AS score, p.nn_bridge_reason AS reason\n"
        "ORDER BY id",
        ("id", "name", "rank", "bridging", "participation", "strength", "score", "reason"),
    ),
    "overlap": CypherTable(
        "MATCH (a:Network)-[o:OVERLAPS_WITH]->(b:Network)\n"
        "RETURN a.id AS first, a.name AS first_name, b.id AS second, b.name AS second_name,\n"
        "       o.shared AS shared, o.expected AS expected, o.ratio AS ratio, o.q AS q\n"
        "ORDER BY q, shared DESC, first, second",
        ("first", "first_name", "second", "second_name", "shared", "expected", "ratio", "q"),
        (("validated", "is", "true"),),
    ),
    "blocks": CypherTable(
        "MATCH (n:Network)-[i:IN_BLOCK]->(b:NetworkBlock)\n"
        "RETURN n.id AS id, n.name AS name, b.number AS block, i.validated_ties AS validated_ties\n"
        "ORDER BY id",
        ("id", "name", "block", "validated_ties"),
        (("block", "least", "0"),),
    ),
    "community_summary": CypherTable(
        "MATCH (c:Community)\n"
        "RETURN c.number AS community, c.leaders AS leaders, c.networks AS networks, c.name AS label,\n"
        "       c.description AS description, c.agreement AS agreement\n"
        "ORDER BY community",
        ("community", "leaders", "networks", "label", "description", "agreement"),
    ),
}


@dataclass(frozen=True, slots=True)
class TableListed:
    """A table in the list: how many rows, and the parameters that it was computed with."""

    id: str
    title: str
    question: str
    rows: int
    parameters: tuple[tuple[str, str], ...]
    command: str  # empty: it has no command of its own


@dataclass(frozen=True, slots=True)
class TablesPage:
    """What was published: of which run and day, with which program, and every table of it."""

    version: str
    run: int | None
    day: str
    programs: tuple[tuple[str, str], ...]
    tables: tuple[TableListed, ...]
    people: int
    runs: RunsListed | None = None  # None: whoever asks is not told of runs


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its name and words for it, what it holds, and the sentence that defines it.

    The sentence is empty for names and source ids.
    """

    name: str
    words: str
    type: str
    help: str
    links: str = ""  # the start of the path of the page about what the column names


@dataclass(frozen=True, slots=True)
class Recipe:
    """The same table elsewhere; ``cypher`` is None where the graph of the store does not hold it."""

    command: str
    python: str
    cypher: CypherTable | None


@dataclass(frozen=True, slots=True)
class TablePage:
    """A table: some of its rows as lists in the order of ``columns``."""

    version: str
    definition: Definition
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    rows_total: int  # that meet the condition
    rows_every: int  # of the whole table
    page: int
    pages: int
    sort: str
    recipe: Recipe
    tables: tuple[tuple[str, str], ...] = field(default=())  # (id, title) of all


def tables_page(published: Published, viewer: Viewer) -> TablesPage:
    """Every published table of the viewer's edition."""
    index, edition = index_of(published, viewer), viewer.edition(published)
    listed = tuple(
        TableListed(
            m.id,
            m.title,
            m.question,
            edition.table(m.id).num_rows,
            tuple((name, str(value)) for name, value in edition.parameters(m.id).items()),
            m.command,
        )
        for m in MEASURES
        if m.id in edition.measures
    )
    day = viewer.as_of or str(edition.manifest.get("as_of") or "")
    programs = tuple(published.manifest["versions"].items())
    if not viewer.sees_people:
        return TablesPage(index.version, None, day, programs, listed, index.people)
    runs = runs_listed(index, edition.parameters("communities"))
    return TablesPage(index.version, published.run, day, programs, listed, index.people, runs)


def table_page(
    published: Published,
    viewer: Viewer,
    table: str,
    *,
    where: Sequence[Condition] = (),
    sort: str = "",
    page: int = 1,
    limit: int = 100,
) -> TablePage:
    """Some rows of a table; :class:`NotFound` when there is none such."""
    index, edition = index_of(published, viewer), viewer.edition(published)
    if table not in edition.measures:
        raise NotFound(f"there is no published table {table!r}")
    declared = measure(table)
    whole = measure_table(published, viewer, table, {})
    found = chosen_places(declared, whole, where, sort)
    pages = max(1, -(-len(found) // limit))
    page = min(page, pages)
    places = found.slice((page - 1) * limit, limit)
    some, told = whole.take(places), edition.table(table).take(places)
    rows = (
        tuple(zip(*(_cells(some, told, column) for column in whole.column_names), strict=True))
        if some.num_columns
        else ()
    )
    return TablePage(
        index.version,
        definition(published, viewer, table),
        _columns(whole, table),
        rows,
        len(found),
        whole.num_rows,
        page,
        pages,
        sort,
        _recipe(table, where, sort, viewer.as_of),
        tuple((m.id, m.title) for m in MEASURES if m.id in edition.measures),
    )


def _cells(shown: pa.Table, told: pa.Table, column: str) -> list[Any]:
    """The values of a column; sentences so that they can be said again, from how ``told`` keeps them."""
    if f"{column}_message" not in told.column_names:
        return list(shown[column].to_pylist())
    kept = told.select([column, f"{column}_message"])
    return [said(row, column) or None for row in kept.to_pylist()]


def _columns(table: pa.Table, measure_id: str) -> tuple[TableColumn, ...]:
    declared = measure(measure_id)
    told = {("id" if o.name == declared.about else o.name): o for o in declared.outputs}
    found = []
    for name, kind in zip(table.column_names, table.schema.types, strict=True):
        output = told.get(name)
        of = output.of if output and output.of != "kind" else ""
        holds = next((word for is_kind, word in _TYPES if is_kind(kind)), say("text"))
        found.append(
            TableColumn(
                name,
                column_words(name, measure_id),
                holds,
                output.help if output else "",
                path_of(of, "") if of else "",
            )
        )
    return tuple(found)


def _recipe(table: str, where: Sequence[Condition], sort: str, as_of: str) -> Recipe:
    """How organizers have the same table; of another day, by the command only."""
    asked = [*(part for one in where for part in ("--where", *one)), *(["--sort", sort] if sort else [])]
    asked += ["--as-of", as_of] if as_of else []
    line = shlex.join(["netofnets", "table", table, *asked, "--format", "csv"])
    if as_of:
        return Recipe(line, "", None)
    given = [repr(table), *([f"where={list(where)!r}"] if where else []), *([f"sort={sort!r}"] if sort else [])]
    call = f"ask.table({', '.join(given)})"
    python = f"import netofnets\n\nwith netofnets.answers() as ask:\n    table = {call}  # a pyarrow.Table"
    return Recipe(line, python, CYPHER.get(table))
