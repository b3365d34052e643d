"""``netofnets erase``: remove a person from the store and from everything published."""

from __future__ import annotations

import click

from netofnets.cli.options import home_option, settings_from, store_option

__all__ = ["erase"]


@click.command()
@click.argument("leader")
@click.option("--yes", is_flag=True, help="Do not ask.")
@home_option
@store_option
def erase(leader: str, yes: bool, home: str | None, store: str | None) -> None:
    """Remove LEADER (a leader's id): every record and relationship, then publish anew without the person.

    Keyed hashes are left, so that a roster that still lists the person does not bring them back (`netofnets
    tombstones`). What was cut off is finished by the same command, `netofnets publish` or `netofnets serve`.
    """
    from netofnets.desk.erase import erase as remove
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    if not yes:
        click.confirm(f"Remove everything about {leader} from {settings.store}? This cannot be undone", abort=True)
    opened = open_store(settings.store, settings)
    try:
        done = remove(opened, settings.home, leader, {"seed": settings.integer("seed")})
    finally:
        opened.close()
    receipt = done.receipt
    click.echo(
        f"Removed {len(receipt.records)} records, {receipt.claims} claims, {receipt.relationships} relationships"
        f"{f' and {receipt.quotes} proposals from articles' if receipt.quotes else ''}; "
        f"published run {done.publication.run} without them."
    )
    click.echo("The person is gone from files that waited to be loaded, the store, what is published, and accounts.")
    click.echo(
        f"{receipt.tombstones} keyed hashes are left: rosters that still list the person are loaded without them."
    )
    for role in done.accounts_left:
        click.echo(
            f"An account with the person's address stays, since it is an {role}'s: netofnets account close --forget"
        )
