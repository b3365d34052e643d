"""``netofnets introductions``: who of different networks should meet, on the terminal or as a table."""

from __future__ import annotations

from typing import Any

import click

from netofnets.analysis.introductions import MODES
from netofnets.cli.options import as_of_option, format_option, home_option, published_home

__all__ = ["introductions"]


@click.command()
@click.option("--mode", type=click.Choice(tuple(MODES)), help="How much closing a gap counts. [balanced]")
@click.option("--beta", type=float, help="The same as a number: 0 is safe, 1 balanced, 1.5 bold.")
@click.option("--per-person", type=int, help="Introductions of one person, open ones included. [3]")
@click.option("--per-pair", type=int, help="Introductions for one pair of networks. [2]")
@click.option("--between", nargs=2, metavar="NETWORK NETWORK", help="Between these two networks only (ids or names).")
@format_option("table", "csv", "json", "parquet")
@home_option
@as_of_option
@click.option("--output", "-o", metavar="FILE", help="Write to a file.")
@click.option("--rows", type=int, help="Print only the first so many rows.")
def introductions(
    mode: str | None,
    beta: float | None,
    between: tuple[str, str] | None,
    form: str,
    home: str | None,
    as_of: str | None,
    output: str | None,
    rows: int | None,
    **caps: int | None,
) -> None:
    """Who of different networks should meet, why, and what it would change; the most useful first.

    Two who share an interest or know the same person, from networks that little joins. Ask both before you introduce
    them.
    """
    from netofnets.cli.output import print_table
    from netofnets.errors import SettingsError
    from netofnets.services.answers import Answers
    from netofnets.services.tables import measure_table

    if mode is not None and beta is not None:
        raise SettingsError("a mode and a beta say the same: give one of the two")
    gap = MODES[mode or "balanced"] if beta is None else beta
    given: dict[str, Any] = {name: value for name, value in caps.items() if value is not None}
    with Answers.current(published_home(home)) as answers:
        if gap not in MODES.values() or given:
            given["beta"] = f"{gap:g}"
        if between is not None:
            given |= {"beta": f"{gap:g}", "between": " ".join(answers.ids("networks", between))}
        table = measure_table(answers.published, answers.viewer, "introductions", given, as_of or "")
        wanted = [at for at, value in enumerate(table["beta"].to_pylist()) if value == gap]
        print_table(table.take(wanted[:rows]), form, output)
