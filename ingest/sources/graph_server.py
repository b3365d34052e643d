"""An existing graph on a Neo4j server as input: what the Cypher in a mapping returns is read as a table.

An answer waits in a file of its own that nobody else may read, until the load is over. So it is read, checked, told by
row and known again like any other table, however large it is, and the server is asked once.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import limits
from ingest.mapping import MappingFile, Recipe, TableSpec, refuse_lacking
from ingest.mapping_keys import close_match, wrong
from netofnets.errors import InputError, QueryRefused
from netofnets.language import say
from netofnets.settings import Settings
from netofnets.store import refuse_credentials

if TYPE_CHECKING:
    from netofnets.store.neo4j.stream import Graph

__all__ = ["is_address", "tables_of"]

_ADDRESS = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether this names a Neo4j server rather than a file."""
    return _ADDRESS.match(text) is not None


@contextmanager
def tables_of(
    addresses: Sequence[str], mapping: MappingFile | None, settings: Settings
) -> Iterator[tuple[list[Path], MappingFile | None]]:
    """The answers to the Cypher of a mapping as files, and the mapping that reads them; both as given without any.

    Raises :class:`InputError` when there is an address and no Cypher or the other way round, or when a question is
    refused; :class:`~netofnets.errors.StoreUnavailable` when the server is not to be reached.
    """
    asking = [spec for spec in mapping.tables if spec.cypher] if mapping else []
    if not addresses and not asking:
        yield [], mapping
        return
    if mapping is None or not addresses or not asking:
        raise _unmatched(addresses, asking)
    if len(addresses) > 1:
        raise InputError(say("name one graph in a load; another one is another source"), code="several_graphs")
    refuse_credentials(addresses[0])
    # Here and not above: the driver takes longer to import than all that reads files, and few ask a server.
    from netofnets.store.neo4j.stream import opened_graph

    with tempfile.TemporaryDirectory(prefix="netofnets-answers-") as folder:  # only its owner may enter it
        with opened_graph(addresses[0], settings) as graph:
            specs = tuple(_answered(graph, spec, Path(folder)) if spec.cypher else spec for spec in mapping.tables)
        yield [Path(folder) / spec.file for spec in specs if spec.cypher], replace(mapping, tables=specs)


def _unmatched(addresses: Sequence[str], asking: Sequence[TableSpec]) -> InputError:
    if addresses:
        return InputError(
            say(
                "{what}: say what to read from the graph, with --mapping FILE and cypher in its tables "
                "(docs/mapping.md)",
                what=addresses[0].split("@")[-1],
            ),
            code="no_cypher",
        )
    return wrong(f"{asking[0].place}.cypher", "name the graph to ask: netofnets ingest neo4j://HOST:7687 --mapping ...")


def _answered(graph: Graph, spec: TableSpec, folder: Path) -> TableSpec:
    """Write the answer of a table's question down; the table as it is then to be read."""
    try:
        with graph.answer(spec.cypher, spec.seconds or limits.CYPHER_SECONDS) as (columns, rows):
            read = _described(spec, columns)
            with (folder / spec.file).open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(rows)
    except QueryRefused as refused:
        raise InputError(
            say("{place}.cypher: {refused}", place=spec.place, refused=str(refused)), code="cypher", file=spec.file
        ) from refused
    return read


def _described(spec: TableSpec, columns: Sequence[str]) -> TableSpec:
    own = [column.name for column in spec.shape.columns]
    mapped = any(recipe.how != "constant" for recipe in spec.columns.values())
    recipes = dict(spec.columns)
    if not mapped:
        recipes |= {
            name: Recipe("first_of", (name,), fallback=recipes[name].text if name in recipes else "")
            for name in columns
            if name in own
        }
        if strange := [name for name in columns if name not in own]:
            close = close_match(strange[0], own) or f"; it has {', '.join(own)}"
            raise wrong(
                f"{spec.place}.cypher", f"{spec.shape.name} has no column {strange[0]!r}{close}. Use AS to name it"
            )
        refuse_lacking(spec.place, spec.shape, recipes)
    return replace(spec, columns=recipes, encoding="utf-8", delimiter=",", skip_lines=0)
