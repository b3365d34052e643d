"""One command for each measure that analysts ask for by name, made from its declaration."""

from __future__ import annotations

from typing import Any

import click
import pyarrow as pa

from netofnets.cli.options import format_option, home_option, settings_from

__all__ = ["COMMANDS", "measure_command"]

# The command and the measure behind it; kept apart from the registry so that --help needs no engine.
COMMANDS = {
    "overlap": "overlap",
    "islands": "islands",
    "communities": "communities",
    "community-summary": "community_summary",
    "resolutions": "resolution_profile",
    "bridges": "bridges",
    "roles": "roles",
    "ties": "direct_ties",
    "dependence": "dependence",
    "layout": "layout",
}

# What a reader looks for stands first; the measures themselves sort by id or rank.
_ORDER = {
    "overlap": [("q", "ascending"), ("shared", "descending"), ("first", "ascending"), ("second", "ascending")],
    "communities": [("community", "ascending"), ("strength", "descending"), ("id", "ascending")],
    "direct_ties": [("betweenness", "descending"), ("id", "ascending")],
    "roles": [("total", "descending"), ("id", "ascending")],
}


def measure_command(name: str) -> click.Command:
    """The command called ``name``, with one option for each parameter of the measure (and of those it needs)."""
    from netofnets.analysis.registry import measure, needed
    from netofnets.cli.output import FORMATS

    declared = measure(COMMANDS[name])
    parameters = {p.name: p for m in needed(declared.id) for p in m.parameters}
    command = click.Command(
        name,
        callback=_callback(declared.id),
        help=f"{declared.question}\n\n{declared.use}\n\nMisleads: {declared.misleads}",
        short_help=declared.title,
    )
    for parameter in parameters.values():
        option = "--" + parameter.name.replace("_", "-")
        kind = type(parameter.default)
        command.params.append(
            click.Option([option, parameter.name], type=kind, help=f"{parameter.help} [{parameter.default}]")
        )
    format_option(*FORMATS)(home_option(command))
    command.params.append(click.Option(["--output", "-o"], metavar="FILE", help="Write to a file."))
    command.params.append(click.Option(["--rows"], type=int, help="Print only the first so many rows."))
    return command


def _telling_first(measure_id: str, table: pa.Table) -> pa.Table:
    return table.sort_by(_ORDER[measure_id]) if measure_id in _ORDER else table


def _callback(measure_id: str) -> Any:
    def run(home: str | None, form: str, output: str | None, rows: int | None, **given: Any) -> None:
        from netofnets.cli.output import print_table
        from netofnets.graph.published import Published
        from netofnets.services.tables import measure_table
        from netofnets.services.viewer import ORGANIZER

        with Published.current(settings_from(home=home).home) as published:
            chosen = {name: value for name, value in given.items() if value is not None}
            table = _telling_first(measure_id, measure_table(published, ORGANIZER, measure_id, chosen))
            print_table(table if rows is None else table.slice(0, rows), form, output)

    return run
