"""``netofnets paths``: how to reach somebody, step by step, as the page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netofnets.cli.options import answers_from, as_of_option, format_option, home_option
from netofnets.cli.output import FORMATS

if TYPE_CHECKING:
    import pyarrow as pa

    from netofnets.services.person.paths import Paths

__all__ = ["paths"]


@click.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--without", metavar="PERSON", default="", help="Somebody not to be asked.")
@format_option(*FORMATS)
@click.option("--output", metavar="FILE", help="Write here instead of printing.")
@home_option
@as_of_option
def paths(
    start: str, end: str, without: str, form: str, output: str | None, home: str | None, as_of: str | None
) -> None:
    """Print how FROM reaches TO past other people: at most three ways, no two past the same person, one row a step.

    People are ids, or names that only one person has. A step is a direct tie or a network in common; small circles
    count for more than large ones, and a network of nearly everybody counts for nothing.
    """
    from netofnets.cli.output import print_table
    from netofnets.services.person.paths import required_paths

    with answers_from(home, as_of) as answers:
        found = required_paths(answers.paths(start, end, without=without))
    print_table(_table(found), form, output)
    if not found.paths:
        click.echo("\n".join([found.summary, *found.joins]), err=True)


def _table(found: Paths) -> pa.Table:
    import pyarrow as pa

    steps = [
        (rank, at, path, step) for rank, path in enumerate(found.paths, 1) for at, step in enumerate(path.steps, 1)
    ]
    return pa.table(
        {
            "path": pa.array([rank for rank, *_ in steps], pa.int64()),
            "step": pa.array([at for _, at, *_ in steps], pa.int64()),
            "from": pa.array([s.first.id for *_, s in steps], pa.string()),
            "from_name": pa.array([s.first.name for *_, s in steps], pa.string()),
            "to": pa.array([s.second.id for *_, s in steps], pa.string()),
            "to_name": pa.array([s.second.name for *_, s in steps], pa.string()),
            "length": pa.array([s.length for *_, s in steps], pa.float64()),
            "path_length": pa.array([path.length for _, _, path, _ in steps], pa.float64()),
            "evidence": pa.array([list(s.evidence) for *_, s in steps], pa.list_(pa.string())),
        }
    )
