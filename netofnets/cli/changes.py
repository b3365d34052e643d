"""``netofnets changes``: what changed since a day or a run, on the terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import as_of_option, format_option, home_option, published_home
from netofnets.schema.text import escape_controls

if TYPE_CHECKING:
    from netofnets.services.changes import ChangesReport

__all__ = ["changes"]


@click.command()
@click.option("--since", metavar="DATE|RUN", required=True, help="A day (2024-09-01), or the number of a run.")
@as_of_option
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, help="How many rows of each sort at most.")
@format_option("text", "json", default="text")
@home_option
def changes(since: str, as_of: str | None, limit: int, form: str, home: str | None) -> None:
    """Say who joined and left, which networks overlap anew, and who joins or bridges networks anew.

    Compared is what was published last with what held on the day, or was known at the run, that --since names. With
    --as-of, two days are compared by what is on record now.
    """
    import json
    from dataclasses import asdict

    from netofnets.services.answers import Answers

    with Answers.current(published_home(home)) as answers:
        report = answers.changes(since=since, as_of=as_of or "", limit=limit, bridging=True)
    if form == "json":
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(escape_controls, _lines(report))))


def _lines(report: ChangesReport) -> Iterator[str]:
    """The summary, then a line for each row below the title of its sort."""
    yield report.summary
    for section in report.sections:
        yield f"{section.title}: {section.total:,}"
        for row in section.rows:
            yield "  " + ", ".join(filter(None, (row.first.name, row.second.name if row.second else "", row.words)))
        if section.total > len(section.rows):
            yield f"  and {section.total - len(section.rows):,} more (--limit)"
    yield from report.notes
