"""``netofnets export``: the published graph as a file that other programs open."""

from __future__ import annotations

from pathlib import Path

import click

from netofnets.cli.options import as_of_option, home_option, published_home, settings_from
from netofnets.cli.uniqueness import tell_uniqueness, uniqueness_option
from netofnets.errors import BeingPublished
from netofnets.export import FORMATS
from netofnets.graph.edition import AUDIENCES

__all__ = ["export"]

_FORMATS = "\n".join(f"{form.name}: {form.help}" for form in FORMATS.values())


@click.command(
    help=f"""Write what was last published to PATH, in a format for other programs.

\b
{_FORMATS}

Everything on record is written, past memberships with their days; with --as-of, what holds on that day. The file for
the public holds what anybody may see, no more. Whoever declined research is in no file, and what somebody disputes
of themselves neither. With a file for others than organizers stands how many of the people in it could be told apart
without their names. The same facts give the same bytes."""
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--output", "-o", metavar="PATH", required=True, help="The file, or the folder, to write to.")
@click.option(
    "--audience", type=click.Choice(list(AUDIENCES)), default="organizers", help="Who may see it. [organizers]"
)
@uniqueness_option
@as_of_option
@home_option
def export(form: str, output: str, audience: str, uniqueness: Path | None, as_of: str | None, home: str | None) -> None:
    """Write the published graph to a file."""
    from netofnets.accounts.gate import accounts_of
    from netofnets.export import export as write
    from netofnets.graph.group_counts import LEAST
    from netofnets.graph.leaving import for_research
    from netofnets.graph.published import Published
    from netofnets.graph.withheld import WithheldList, declined_since, kept_from
    from netofnets.schema.purposes import MAP, RESEARCH, WHEREABOUTS

    waiting = WithheldList(settings_from(home=home).home).entries()
    if kept_from(waiting, AUDIENCES[audience]) or declined_since(waiting, (MAP, RESEARCH, WHEREABOUTS)):
        raise BeingPublished("somebody has withdrawn since the last publication; run: netofnets publish")
    with Published.current(published_home(home)) as published:
        snapshot = for_research(published, audience)
        snapshot = snapshot.at(as_of) if as_of else snapshot
        done = write(snapshot, form, output)
    told = ""
    if audience in LEAST or uniqueness is not None:
        told = tell_uniqueness(snapshot, LEAST.get(audience, LEAST["public"]), uniqueness)
    if (accounts := accounts_of(settings_from(home=home).home)) is not None:
        accounts.audit.note("export", origin="command line", result=f"{form} for {audience}")
    click.echo(f"Wrote {done.nodes:,} nodes and {done.relationships:,} relationships to {done.path}, for {audience}.")
    if done.replaced:
        click.echo(
            f"{done.replaced:,} control characters became U+FFFD, since XML cannot hold them; the other formats can."
        )
    if told:
        click.echo(told)
