"""``netofnets cypher``: ask the graph in Neo4j with Cypher that only reads."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import Any, TextIO

import click
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from netofnets.cli.apart import apart
from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.cli.output import print_table
from netofnets.errors import NotSupported, SettingsError
from netofnets.settings import Settings
from netofnets.store.base import AnswersCypher, QueryResult

__all__ = ["cypher"]

_ON_TOP = 10.0  # seconds, to connect, to plan and to read the answer
_MOST = 1024  # MiB that an answer may take


@click.command()
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.File(encoding="utf-8"), help="Read the query from a file.")
@click.option(
    "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter, $NAME in the query; JSON or text."
)
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="Stop after this long."
)
@click.option("--rows", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="Refuse more rows.")
@format_option("table", "csv", "json")
@home_option
@store_option
def cypher(
    text: str | None,
    file: TextIO | None,
    given: tuple[str, ...],
    seconds: float,
    rows: int,
    form: str,
    home: str | None,
    store: str | None,
) -> None:
    """Run Cypher that only reads against the Neo4j store and print the rows. TEXT may be - for standard input.

    A query that would write, read files, stop other people's work, or call a procedure that may fill the server's
    memory is refused. The answer may take 10 s and 1,024 MiB on top.
    """
    from netofnets.store import open_store

    settings = _as_reader(settings_from(home=home, store=store))
    query, parameters = _query(text, file), dict(map(_parameter, given))

    def asked() -> QueryResult:
        with closing(open_store(settings.store, settings, reading=True)) as opened:
            if not isinstance(opened, AnswersCypher):
                raise NotSupported(f"{opened.url} does not speak Cypher; use --store neo4j://HOST:7687")
            return opened.query(query, parameters, seconds=seconds, rows=rows)

    # The server stops a query in time, but not its answer on the way, and one value may be as large as it likes.
    _print(apart(asked, seconds=seconds + _ON_TOP, mebibytes=_MOST), form)


def _as_reader(settings: Settings) -> Settings:
    """As the user who may only read, where the settings name one; nobody else's password goes to the server then."""
    if not settings["neo4j_reading_user"]:
        return settings
    user, password = settings["neo4j_reading_user"], settings["neo4j_reading_password"]
    return settings.having(neo4j_user=user, neo4j_password=password)


def _query(text: str | None, file: TextIO | None) -> str:
    if (text is None) == (file is None):
        raise click.UsageError("give the query, or -f FILE, or - to read it from standard input")
    if file is not None:
        return file.read()
    return sys.stdin.read() if text == "-" else str(text)


def _parameter(given: str) -> tuple[str, object]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise SettingsError(f"--param {given!r}: write NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value  # not JSON, so it is the text itself


def _print(result: QueryResult, form: str) -> None:
    if form == "json":
        rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        columns = [[_cell(row[i]) for row in result.rows] for i in range(len(result.columns))]
        print_table(pa.table(dict(zip(result.columns, map(_column, columns), strict=True))), "csv")
    else:
        _print_table(result)


def _print_table(result: QueryResult) -> None:
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for name in result.columns:
        shown.add_column(_printable(name))
    for row in result.rows:
        shown.add_row(*("-" if value is None else _printable(str(_cell(value))) for value in row))
    width = None if sys.stdout.isatty() else 10_000  # a pipe has no width: one line a row
    Console(highlight=False, markup=False, emoji=False, width=width).print(shown)


def _cell(value: object) -> Any:
    """What fits into one cell: nodes, relationships and lists as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _column(values: list[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1:  # a column of Arrow has one type; one of Cypher may have several
        values = [value if value is None or isinstance(value, str) else json.dumps(value) for value in values]
    return pa.array(values)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
