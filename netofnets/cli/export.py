"""``netofnets export``: the published graph as a file that other programs open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import as_of_option, home_option, language_option, published_home, settings_from
from netofnets.cli.uniqueness import tell_uniqueness, uniqueness_option
from netofnets.export import FORMATS
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.leaving import FACTS
from netofnets.schema.purposes import PURPOSES

if TYPE_CHECKING:
    from netofnets.graph.published import Published
    from netofnets.graph.snapshot import Snapshot

__all__ = ["export"]

_HTML = "html"
_FORMATS = "\n".join(
    [*(f"{form.name}: {form.help}" for form in FORMATS.values()), f"{_HTML}: a map to look at, in one file"]
)


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
told, and with --uniqueness who: the shape of the graph is kept, so give it only to somebody who looks for nobody.

html is a picture with its list that opens from the disk and asks for nothing: the whole map, or with --about (by id or
name) one leader, network or interest, two networks, or the ways between two people. At most 300 marks."""
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*FORMATS, _HTML]))
@click.argument("path", metavar="[PATH]", required=False)
@click.option("--output", "-o", metavar="PATH", help="The file, or the folder, to write to.")
@click.option("--about", metavar="REF", multiple=True, help="What an html file is about; may be given twice.")
@click.option(
    "--audience", type=click.Choice(list(AUDIENCES)), default="organizers", help="Who may see it. [organizers]"
)
@click.option("--pseudonyms", is_flag=True, help="Write pseudonyms instead of people, as things hold on one day.")
@uniqueness_option
@language_option("Language of an html file.")
@as_of_option
@home_option
def export(
    form: str,
    path: str | None,
    output: str | None,
    about: tuple[str, ...],
    audience: str,
    pseudonyms: bool,
    uniqueness: Path | None,
    language: str,
    as_of: str | None,
    home: str | None,
) -> None:
    """Write the published graph to a file."""
    if (output is None) is (path is None):
        raise click.UsageError("say where to write to, once: netofnets export FORMAT PATH")
    target = Path(output or path or "")
    if form == _HTML:
        if pseudonyms or uniqueness is not None:
            raise click.UsageError("an html file names who is in it: --pseudonyms and --uniqueness are for the others")
        _refuse_while_waiting(audience, home, [purpose.name for purpose in PURPOSES])
        click.echo(_write_html(target, about, audience, language, as_of, home))
        _note_in_audit(f"html for {audience}", home)
        return
    if about:
        raise click.UsageError("--about is for html")
    _write_graph(form, target, audience, pseudonyms, uniqueness, as_of, home)


def _write_graph(
    form: str,
    target: Path,
    audience: str,
    pseudonyms: bool,
    uniqueness: Path | None,
    as_of: str | None,
    home: str | None,
) -> None:
    from netofnets.export import export as write
    from netofnets.graph.group_counts import LEAST
    from netofnets.graph.published import Published

    _refuse_while_waiting(audience, home, FACTS)
    with Published.current(published_home(home)) as published:
        snapshot = _leaving(published, audience, as_of, LEAST["public"] if pseudonyms else None)
        done, told = write(snapshot, form, target), ""
    if pseudonyms or audience in LEAST or uniqueness is not None:
        least = LEAST["public"] if pseudonyms else LEAST.get(audience, LEAST["public"])
        told = tell_uniqueness(snapshot, least, uniqueness, named=pseudonyms)
    _note_in_audit(f"{form} for {audience}{', pseudonyms' if pseudonyms else ''}", home)
    click.echo(f"Wrote {done.nodes:,} nodes and {done.relationships:,} relationships to {done.path}, for {audience}.")
    if done.replaced:
        click.echo(
            f"{done.replaced:,} control characters became U+FFFD, since XML cannot hold them; the other formats can."
        )
    if told:
        click.echo(told)


def _write_html(
    target: Path, about: tuple[str, ...], audience: str, language: str, as_of: str | None, home: str | None
) -> str:
    """Write the one-file map; what was written, in a sentence."""
    from netofnets.export.formats import write_file
    from netofnets.export.one_file import one_file
    from netofnets.graph.published import Published
    from netofnets.language.languages import tongue
    from netofnets.services.map.carried import carried_map
    from netofnets.services.viewer import reader_of

    with Published.current(published_home(home)) as published:
        carried = carried_map(published, replace(reader_of(audience), as_of=as_of or ""), about)
        write_file(target, (piece.encode() for piece in one_file(asdict(carried), tongue(language))))
    return f"Wrote {len(carried.scene.nodes):,} marks to {target}, for {audience}: {carried.scene.title}."


def _note_in_audit(what: str, home: str | None) -> None:
    from netofnets.accounts.gate import accounts_of

    if (accounts := accounts_of(settings_from(home=home).home)) is not None:
        accounts.audit.note("export", origin="command line", result=what)


def _refuse_while_waiting(audience: str, home: str | None, purposes: Collection[str]) -> None:
    from netofnets.graph.leaving import refuse_while_waiting
    from netofnets.graph.withheld import WithheldList

    refuse_while_waiting(WithheldList(settings_from(home=home).home).entries(), audience, purposes)


def _leaving(published: Published, audience: str, as_of: str | None, least: int | None) -> Snapshot:
    """What may leave the map for an audience; ``least``: under pseudonyms, in groups of at least so many."""
    from netofnets.export.pseudonyms import under_pseudonyms
    from netofnets.graph.leaving import for_research

    snapshot = for_research(published, audience)
    if least is not None:
        return under_pseudonyms(snapshot.at(as_of or date.today().isoformat()), least)
    return snapshot.at(as_of) if as_of else snapshot
