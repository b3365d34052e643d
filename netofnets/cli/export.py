"""``netofnets export``: the published graph as a file that other programs open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import as_of_option, home_option, published_home, settings_from
from netofnets.cli.uniqueness import tell_uniqueness, uniqueness_option
from netofnets.errors import BeingPublished
from netofnets.export import FORMATS
from netofnets.graph.edition import AUDIENCES

if TYPE_CHECKING:
    from netofnets.graph.published import Published
    from netofnets.graph.snapshot import Snapshot

__all__ = ["export"]

_FORMATS = "\n".join(f"{form.name}: {form.help}" for form in FORMATS.values())


@click.command(
    help=f"""Write what was last published to PATH, in a format for other programs.

\b
{_FORMATS}

Everything on record is written, past memberships with their days; with --as-of, what holds on that day. The file for
the public holds what anybody may see, no more. Whoever declined research is in no file, and what somebody disputes
of themselves neither. With a file for others than organizers stands how many of the people in it could be told apart
without their names. The same facts give the same bytes.

With --pseudonyms, for analysts: each person stands under a pseudonym that is made for this file alone, so two files
cannot be joined by them. Left out are names, addresses, schools, texts and days, sensitive networks, what fewer than 5
people are tied to (networks excepted), and what fewer than 5 people say alike. How many could still be told apart is
told, and with --uniqueness who: the shape of the graph is kept, so give it only to somebody who looks for nobody."""
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--output", "-o", metavar="PATH", required=True, help="The file, or the folder, to write to.")
@click.option(
    "--audience", type=click.Choice(list(AUDIENCES)), default="organizers", help="Who may see it. [organizers]"
)
@click.option("--pseudonyms", is_flag=True, help="Write pseudonyms instead of people, as things hold on one day.")
@uniqueness_option
@as_of_option
@home_option
def export(
    form: str,
    output: str,
    audience: str,
    pseudonyms: bool,
    uniqueness: Path | None,
    as_of: str | None,
    home: str | None,
) -> None:
    """Write the published graph to a file."""
    from netofnets.accounts.gate import accounts_of
    from netofnets.export import export as write
    from netofnets.graph.group_counts import LEAST
    from netofnets.graph.published import Published

    _refuse_while_waiting(audience, home)
    with Published.current(published_home(home)) as published:
        snapshot = _leaving(published, audience, as_of, LEAST["public"] if pseudonyms else None)
        done, told = write(snapshot, form, output), ""
    if pseudonyms or audience in LEAST or uniqueness is not None:
        least = LEAST["public"] if pseudonyms else LEAST.get(audience, LEAST["public"])
        told = tell_uniqueness(snapshot, least, uniqueness, named=pseudonyms)
    if (accounts := accounts_of(settings_from(home=home).home)) is not None:
        what = f"{form} for {audience}{', pseudonyms' if pseudonyms else ''}"
        accounts.audit.note("export", origin="command line", result=what)
    click.echo(f"Wrote {done.nodes:,} nodes and {done.relationships:,} relationships to {done.path}, for {audience}.")
    if done.replaced:
        click.echo(
            f"{done.replaced:,} control characters became U+FFFD, since XML cannot hold them; the other formats can."
        )
    if told:
        click.echo(told)


def _refuse_while_waiting(audience: str, home: str | None) -> None:
    from netofnets.graph.withheld import WithheldList, declined_since, kept_from
    from netofnets.schema.purposes import MAP, RESEARCH, WHEREABOUTS

    waiting = WithheldList(settings_from(home=home).home).entries()
    if kept_from(waiting, AUDIENCES[audience]) or declined_since(waiting, (MAP, RESEARCH, WHEREABOUTS)):
        raise BeingPublished("somebody has withdrawn since the last publication; run: netofnets publish")


def _leaving(published: Published, audience: str, as_of: str | None, least: int | None) -> Snapshot:
    """What may leave the map for an audience; ``least``: under pseudonyms, in groups of at least so many."""
    from netofnets.export.pseudonyms import under_pseudonyms
    from netofnets.graph.leaving import for_research

    snapshot = for_research(published, audience)
    if least is not None:
        return under_pseudonyms(snapshot.at(as_of or date.today().isoformat()), least)
    return snapshot.at(as_of) if as_of else snapshot
