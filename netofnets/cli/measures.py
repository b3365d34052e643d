"""One command for each measure that analysts ask for by name, made from its declaration."""

from __future__ import annotations

from typing import Any

import click

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
    command.params.append(click.Option(["--limit"], type=int, help="Print only the first rows."))
    return command


def _callback(measure_id: str) -> Any:
    def run(home: str | None, form: str, output: str | None, limit: int | None, **given: Any) -> None:
        from netofnets.cli.output import print_table
        from netofnets.graph.published import Published
        from netofnets.services.tables import measure_table
        from netofnets.services.viewer import ORGANIZER

        with Published.current(settings_from(home=home).home) as published:
            chosen = {name: value for name, value in given.items() if value is not None}
            table = measure_table(published, ORGANIZER, measure_id, chosen)
            print_table(table if limit is None else table.slice(0, limit), form, output)

    return run
