"""``netofnets table``: any published table by its name, with the rows and in the order that a page shows."""

from __future__ import annotations

import click

from netofnets.cli.options import answers_from, as_of_option, format_option, home_option
from netofnets.services.chosen_rows import HOWS

__all__ = ["table", "where_options"]


def where_options() -> list[click.Option]:
    """``--where`` and ``--sort``, for every command that prints a table."""
    where = click.Option(
        ["--where"],
        metavar="COLUMN HOW VALUE",
        nargs=3,
        multiple=True,
        type=(str, click.Choice(HOWS), str),
        help=f"Only rows that meet it; HOW is {', '.join(HOWS)}.",
    )
    return [where, click.Option(["--sort"], metavar="COLUMN", help="In this order; -COLUMN: from the largest.")]


@click.command()
@click.argument("name", metavar="TABLE")
@click.option("--set", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="A parameter other than published.")
@format_option("table", "csv", "json", "parquet")
@home_option
@as_of_option
@click.option("--output", "-o", metavar="FILE", help="Write to a file.")
@click.option("--rows", type=int, help="Print only the first so many rows.")
def table(
    name: str,
    given: tuple[tuple[str, str], ...],
    form: str,
    home: str | None,
    as_of: str | None,
    output: str | None,
    rows: int | None,
    where: tuple[tuple[str, str, str], ...],
    sort: str | None,
) -> None:
    """Print a published TABLE whole, by its name on the page Tables or as a command calls it.

    With a parameter that is not the published one it is computed anew.
    """
    from netofnets.analysis.registry import by_command, measure
    from netofnets.cli.output import print_table
    from netofnets.services.chosen_rows import chosen_rows
    from netofnets.services.tables import measure_table

    declared = by_command(name) or measure(name)
    with answers_from(home, None) as answers:
        found = measure_table(answers.published, answers.viewer, declared.id, dict(given), as_of or "")
        found = chosen_rows(declared, found, where, sort or "")
        print_table(found if rows is None else found.slice(0, rows), form, output)


table.params += where_options()
