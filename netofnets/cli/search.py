"""``netofnets search``: who answers a text, as the page says it, in order of rank."""

from __future__ import annotations

import click

from netofnets.cli.options import answers_from, as_of_option, format_option, home_option
from netofnets.cli.output import FORMATS
from netofnets.services.find.filters import FILTERS

__all__ = ["search"]


@click.command(params=[click.Option([f"--{f.name}"], metavar=f.name.upper(), default="", help=f.help) for f in FILTERS])
@click.argument("text", default="")
@click.option("--me", metavar="LEADER", default="", help="Who asks: adds what this person and those found share.")
@click.option("--limit", type=click.IntRange(1, 100), default=30, help="How many people at most.")
@format_option(*FORMATS)
@click.option("--output", metavar="FILE", help="Write here instead of printing.")
@home_option
@as_of_option
def search(
    text: str, me: str, limit: int, form: str, output: str | None, home: str | None, as_of: str | None, **chosen: str
) -> None:
    """Print the people that TEXT matches, best first, each with the reason.

    TEXT is a name, an interest, an abbreviation or a few words on what somebody works on; without it everybody whom the
    filters leave. An interest and a network are given by id, or by a name that only one has.
    """
    import pyarrow as pa

    from netofnets.cli.output import print_table
    from netofnets.services.find.filters import Filters

    with answers_from(home, as_of) as answers:
        people = answers.search(text, Filters(**chosen), me=me, limit=limit).people
    columns = {
        "rank": pa.array(range(1, len(people) + 1), pa.int64()),
        "id": pa.array([p.ref.id for p in people], pa.string()),
        "name": pa.array([p.ref.name for p in people], pa.string()),
        "score": pa.array([p.score for p in people], pa.float64()),
        "why": pa.array([list(p.why) for p in people], pa.list_(pa.string())),
        "detail": pa.array([p.detail for p in people], pa.string()),
        **({"to_me": pa.array([list(p.to_me) for p in people], pa.list_(pa.string()))} if me else {}),
        "networks": pa.array([[n.name for n in p.networks] for p in people], pa.list_(pa.string())),
    }
    print_table(pa.table(columns), form, output)
