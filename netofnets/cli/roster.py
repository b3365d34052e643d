"""``netofnets roster``: the people of one network as a file for another organizer, as far as that one may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netofnets.cli.options import home_option, published_home, settings_from
from netofnets.errors import AccountError, BeingPublished, NotFound

if TYPE_CHECKING:
    from netofnets.services.viewer import Viewer

__all__ = ["roster"]

_LEVELS = ("organizers", "signed_in", "public")


@click.command()
@click.option("--network", metavar="ID", required=True, help="The network whose people are meant.")
@click.option(
    "--for",
    "recipient",
    metavar="ADDRESS|LEVEL",
    required=True,
    help="Whom it is for: the address of an account, or organizers, signed_in or public.",
)
@click.option("--output", "-o", metavar="PATH", required=True, help="The CSV file to write.")
@home_option
def roster(network: str, recipient: str, output: str, home: str | None) -> None:
    """Write the people of a network to a CSV file for somebody else.

    In it are the people, and of each the fields, that whoever it is for may see; without those who declined that their
    record leaves the map, and without what somebody disputes. Its columns are those of a roster. What is handed over is
    noted in the audit of a shared map.
    """
    from netofnets.accounts.gate import accounts_of
    from netofnets.export.roster import write_rows
    from netofnets.graph.published import Published
    from netofnets.graph.withheld import WithheldList
    from netofnets.services.person.roster import COLUMNS, roster_for

    settings = settings_from(home=home)
    if WithheldList(settings.home).entries():
        raise BeingPublished("somebody has withdrawn since the last publication; run: netofnets publish")
    accounts = accounts_of(settings.home)
    viewer, whom = _viewer(settings.home, recipient)
    with Published.current(published_home(home)) as published:
        found = roster_for(published, viewer, network)
    write_rows(found.rows, COLUMNS, output)
    if accounts is not None:
        accounts.audit.note("export roster", whom=f"{whom} {network}".strip(), origin="command line")
    click.echo(
        f"Wrote {found.people:,} {'person' if found.people == 1 else 'people'} of {found.network} to {output}: only "
        f"whom, and of each only what, {recipient} may see and their purposes allow to leave this map. Nobody else is "
        "in it, and nobody says who that is."
    )


def _viewer(home: object, recipient: str) -> tuple[Viewer, str]:
    """Who reads it, and the id of the account if it is one."""
    from pathlib import Path

    from netofnets.accounts.gate import accounts_of
    from netofnets.accounts.model import AccountRole
    from netofnets.services.viewer import ANONYMOUS, ORGANIZER, signed_in

    named = dict(zip(_LEVELS, (ORGANIZER, signed_in(), ANONYMOUS), strict=True))
    if recipient in named:
        return named[recipient], ""
    accounts = accounts_of(Path(str(home)))
    if accounts is None:
        raise NotFound(f"nobody has an account here; write --for {', '.join(_LEVELS)}")
    account = accounts.roll.get(recipient)
    if account.closed is not None:
        raise AccountError(f"the account of {recipient} is closed")
    if account.role is AccountRole.OWNER:
        return ORGANIZER, account.id
    organizes = frozenset(account.scope) if account.role is AccountRole.ORGANIZER else frozenset[str]()
    return signed_in(organizes, account.scope[0] if account.role is AccountRole.MEMBER else ""), account.id
