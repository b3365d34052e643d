"""``netofnets account``: who may sign in to a shared map."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import format_option, home_option, settings_from
from netofnets.errors import AccountError, NetOfNetsError

if TYPE_CHECKING:
    from netofnets.accounts.gate import Accounts
    from netofnets.accounts.model import Account

__all__ = ["account"]

_HERE = "command line"
_ROLES = ("owner", "organizer", "member", "viewer")

_role = click.option("--role", type=click.Choice(_ROLES), required=True, help="What the account is for.")
_networks = click.option("--network", "networks", multiple=True, metavar="ID", help="A network of an organizer's.")
_leader = click.option("--leader", metavar="ID", default="", help="The record of a member.")


@click.group()
def account() -> None:
    """Say who may sign in to a shared map (setting mode). The command line itself needs no account.

    Owners see everybody and may send every form. The others see the map of what is shown to whoever
    has signed in; organizers of named networks see the people of these in full besides, and members the people of their
    own networks as far as each shows it to the network.
    """


@account.command()
@click.argument("address")
@_role
@_networks
@_leader
@home_option
def add(address: str, role: str, networks: tuple[str, ...], leader: str, home: str | None) -> None:
    """Let whoever reads mail at ADDRESS sign in."""
    made = _added(_accounts(home), address, role, networks, leader)
    click.echo(
        f"{made.address} may sign in as {made.role}. To send an invitation: netofnets account invite {made.address}"
    )


@account.command()
@click.argument("address")
@click.option("--role", type=click.Choice(_ROLES), help="What the account is for, when there is none yet.")
@_networks
@_leader
@click.option("--print", "printed", is_flag=True, help="Print the link for you to hand over, and send no mail.")
@home_option
def invite(
    address: str, role: str | None, networks: tuple[str, ...], leader: str, printed: bool, home: str | None
) -> None:
    """Send ADDRESS a link that lets its reader in once, without a password; an older one stops working.

    Without a mail server in the settings the link is printed. There is an account of ADDRESS already, or --role says
    what it is for.
    """
    from netofnets.accounts.gate import open_gate
    from netofnets.accounts.links import Purpose
    from netofnets.accounts.mail import invitation_letter
    from netofnets.accounts.model import read_address

    settings = settings_from(home=home)
    gate = open_gate(settings, serving=False)
    known = gate.roll.find(read_address(address))
    if known is None:
        if role is None:
            raise AccountError(f"there is no account of {address}; say with --role what a new one is for")
        known = _added(_accounts(home), address, role, networks, leader)
    elif role or networks or leader:
        raise AccountError(f"there is an account of {address} already; it is {known.role}. Invite it without a role")
    link = gate.link(gate.links.make(known, Purpose.INVITATION, days=gate.invitation_days))
    by_mail = gate.mailer is not None and not printed
    if gate.mailer is not None and by_mail:
        gate.mailer.send(known.address, *invitation_letter(link, gate.host, gate.invitation_days))
    gate.audit.note("invite", whom=known.id, origin=_HERE, result="mail" if by_mail else "printed")
    what = (
        f"An invitation is on its way to {known.address}" if by_mail else f"Give {known.address} this link:\n{link}\nIt"
    )
    click.echo(f"{what}{'; it' if by_mail else ''} works once, within {gate.invitation_days} days.")


@account.command(name="list")
@home_option
@format_option("table", "json")
def listing(home: str | None, form: str) -> None:
    """List the accounts, closed ones too, each with what lets it in besides a link by mail.

    Oidc is said of an account that somebody at the provider has signed in to, and that is bound to that person.
    """
    found = _accounts(home).roll.listed()
    if form == "json":
        terms = _accounts(home).terms
        told = [{**_told(one), "accepted": [asdict(a) for a in terms.of(one)]} for one in found]
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for one in found:
        ways = [way for way, has in (("password", one.has_password), ("oidc", one.is_bound)) if has]
        state = "closed" if one.closed is not None else ", ".join(ways) or "mail only"
        click.echo("  ".join(part for part in (one.address, one.role, " ".join(one.scope), state) if part))
    click.echo(f"{len(found)} account{'' if len(found) == 1 else 's'}")


@account.command()
@click.argument("address")
@click.option("--forget", is_flag=True, help="Remove the address as well; the audit keeps an id that says nothing.")
@home_option
def close(address: str, forget: bool, home: str | None) -> None:
    """Close the account of ADDRESS: whoever is signed in with it is out at once."""
    closed = _accounts(home).roll.close(address, forget=forget, origin=_HERE)
    click.echo(f"{closed.address} cannot sign in any more{' and is forgotten' if forget else ''}.")


@account.command(name="sign-out")
@click.argument("address", required=False)
@click.option("--all", "everybody", is_flag=True, help="End the sessions of all accounts.")
@home_option
def sign_out(address: str | None, everybody: bool, home: str | None) -> None:
    """End every session of ADDRESS, or of all accounts: whoever is signed in has to sign in anew."""
    if bool(address) == everybody:
        raise NetOfNetsError("name one ADDRESS, or --all")
    roll = _accounts(home).roll
    ended = roll.sign_out(roll.get(address) if address else None, origin=_HERE)
    click.echo(f"Ended {ended:,} session{'' if ended == 1 else 's'} of {address or 'all accounts'}.")


@account.command()
@click.argument("address")
@home_option
def unbind(address: str, home: str | None) -> None:
    """Forget who signs in to the account of ADDRESS at the OpenID provider; every session of the account ends.

    For somebody to whom the provider gave a new identity: whoever signs in there next with ADDRESS is bound instead.
    """
    accounts = _accounts(home)
    known = accounts.roll.get(address)
    accounts.bindings.unbind(known, origin=_HERE)
    click.echo(f"{known.address} is bound to nobody; whoever signs in by oidc with this address next will be.")


@account.command()
@click.argument("address")
@home_option
def make_owner(address: str, home: str | None) -> None:
    """Make the account of ADDRESS an owner's: everything is shown to it, and it may send every form."""
    made = _accounts(home).roll.make_owner(address, origin=_HERE)
    click.echo(f"{made.address} is an owner.")


@account.command()
@click.argument("address")
@home_option
def password(address: str, home: str | None) -> None:
    """Set the password of ADDRESS, which is asked for; every session of the account ends."""
    accounts = _accounts(home)
    known = accounts.roll.get(address)
    given = click.prompt("New password", hide_input=True, confirmation_prompt=True)
    accounts.roll.set_password(known, given, origin=_HERE)
    click.echo(f"{known.address} has a new password.")


@account.command()
@click.option("--rows", default=20, show_default=True, help="How many entries to print, the latest; 0 for all.")
@home_option
@format_option("table", "json")
def audit(rows: int, home: str | None, form: str) -> None:
    """Check that no entry of the audit was changed, and print the latest.

    Keep the digest that is printed: when an audit that was written anew passes the check, it tells the difference.
    """
    log = _accounts(home).audit
    digest = log.check()
    entries = log.entries(rows)
    if form == "json":
        click.echo(json.dumps({"digest": digest, "entries": [asdict(one) for one in entries]}, indent=1))
        return
    for one in entries:
        parts = (one.time, one.what, one.result, one.who and f"by {one.who}", one.whom and f"on {one.whom}", one.origin)
        click.echo("  ".join(filter(None, parts)))
    click.echo(f"Nothing was changed. The digest of the last entry is {digest or 'none: the audit is empty'}")


def _accounts(home: str | None) -> Accounts:
    from netofnets.accounts.gate import open_accounts

    return open_accounts(settings_from(home=home).home)


def _added(accounts: Accounts, address: str, role: str, networks: tuple[str, ...], leader: str) -> Account:
    from netofnets.accounts.model import AccountRole

    if networks and leader:
        raise NetOfNetsError("name networks for an organizer, or a leader for a member, not both")
    scope = (*networks, *([leader] if leader else []))
    return accounts.roll.add(address, AccountRole(role), scope, origin=_HERE)


def _told(one: Account) -> dict[str, object]:
    def day(moment: int | None) -> str | None:
        return None if moment is None else datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")

    return {**asdict(one), "created": day(one.created), "closed": day(one.closed)}
