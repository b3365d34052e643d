"""One command for each measure that analysts ask for by name, made from its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from netofnets.cli.options import as_of_option, format_option, home_option, published_home

if TYPE_CHECKING:
    from netofnets.analysis.measure import Measure

__all__ = ["measure_command", "measure_commands"]


def measure_commands() -> list[str]:
    """The names of all commands that print a measure."""
    from netofnets.analysis.registry import MEASURES

    return [declared.command for declared in MEASURES if declared.command]


def measure_command(name: str) -> click.Command | None:
    """The command called ``name``, with one option for each parameter of the measure (and of those it needs).

    None when no measure has a command of that name.
    """
    from netofnets.analysis.registry import by_command, needed
    from netofnets.cli.output import FORMATS
    from netofnets.cli.table import where_options

    declared = by_command(name)
    if declared is None:
        return None
    parameters = {p.name: p for m in needed(declared.id) for p in m.parameters}
    command = click.Command(
        name,
        callback=_callback(declared),
        help=f"{declared.question}\n\n{declared.use}\n\nMisleads: {declared.misleads}",
        short_help=declared.title,
    )
    for parameter in parameters.values():
        options = ["--" + parameter.name.replace("_", "-"), parameter.name]
        if len(parameter.name) == 1:
            options.append("-" + parameter.name)
        kind = type(parameter.default)
        command.params.append(click.Option(options, type=kind, help=f"{parameter.help} [{parameter.default}]"))
    format_option(*FORMATS)(home_option(as_of_option(command)))
    command.params.append(click.Option(["--output", "-o"], metavar="FILE", help="Write to a file."))
    command.params += where_options()
    command.params.append(click.Option(["--rows"], type=int, help="Print only the first so many rows."))
    return command


def _callback(declared: Measure) -> Any:
    def run(
        home: str | None,
        as_of: str | None,
        form: str,
        output: str | None,
        rows: int | None,
        where: tuple[tuple[str, str, str], ...],
        sort: str | None,
        **given: Any,
    ) -> None:
        from netofnets.cli.output import print_table
        from netofnets.graph.published import Published
        from netofnets.services.chosen_rows import chosen_rows
        from netofnets.services.tables import measure_table
        from netofnets.services.viewer import ORGANIZER

        with Published.current(published_home(home)) as published:
            chosen = {name: value for name, value in given.items() if value is not None}
            table = measure_table(published, ORGANIZER, declared.id, chosen, as_of or "")
            # What a reader looks for stands first; the measures themselves sort by id or rank.
            table = chosen_rows(declared, table, where, sort or "")
            print_table(table if rows is None else table.slice(0, rows), form, output)

    return run
