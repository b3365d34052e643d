"""``netofnets tombstones``: how many people were erased, and letting somebody back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.errors import SettingsError

if TYPE_CHECKING:
    from netofnets.schema.tombstones import Marks
    from netofnets.store.base import Store

__all__ = ["tombstones"]


@click.group()
def tombstones() -> None:
    """Know again who was erased: of each a keyed hash is left, so that no roster brings the person back."""


@tombstones.command("count")
@home_option
@store_option
def count_them(home: str | None, store: str | None) -> None:
    """Count the people who were erased."""
    from netofnets.desk.tombstones import count

    with _opened(home, store, reading=True) as (opened, marks):
        found = count(opened, marks)
    people = "1 person was" if found.people == 1 else f"{found.people:,} people were"
    click.echo(f"{people} erased; {found.marks:,} marks are left, by which loads know them.")
    if found.unknown:
        click.echo(f"Of {found.unknown:,} of them the key is not in this home: no load is possible without it.")


@tombstones.command("return")
@click.option("--email", default="", help="An address that the person had.")
@click.option("--source", default="", help="A source that listed the person; with --id.")
@click.option("--id", "local_id", default="", help="The id that the source gives the person.")
@home_option
@store_option
def let_back(email: str, source: str, local_id: str, home: str | None, store: str | None) -> None:
    """Let somebody who was erased, and asks for it, come back with the next load."""
    from netofnets.desk import tombstones as desk

    if bool(source) != bool(local_id) or not (email or local_id):
        raise SettingsError("say who: --email ADDRESS, or --source NAME --id ID")
    with _opened(home, store) as (opened, marks):
        people = desk.let_back(opened, marks, email=email, source=source, local_id=local_id)
    click.echo(f"{people} may come back: load a roster that lists the person again.")


@tombstones.command()
@click.option("--name", required=True, help="The name as the row has it.")
@click.option("--organization", default="", help="The school or organization of the row, if it names one.")
@home_option
@store_option
def other(name: str, organization: str, home: str | None, store: str | None) -> None:
    """Let another person in who has the name of somebody who was erased."""
    from netofnets.desk import tombstones as desk

    with _opened(home, store) as (opened, marks):
        desk.let_another_in(opened, marks, name, organization)
    click.echo("Rows of that name and organization are taken again; ids and addresses of who was erased are not.")


@tombstones.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@home_option
@store_option
def drop(yes: bool, home: str | None, store: str | None) -> None:
    """Give up tombstones whose key is lost: loads are possible again, and may bring those people back."""
    from netofnets.desk import tombstones as desk

    if not yes:
        click.confirm("Give up knowing people again whose tombstones are of another key than this home's?", abort=True)
    with _opened(home, store) as (opened, marks):
        people = desk.drop(opened, marks)
    click.echo(f"Tombstones of {people:,} people are given up; loads may bring them back.")


@contextmanager
def _opened(home: str | None, store: str | None, *, reading: bool = False) -> Iterator[tuple[Store, Marks | None]]:
    from netofnets.store import open_store
    from netofnets.store.erasure_key import kept_marks

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings, reading=reading)) as opened:
        yield opened, kept_marks(settings.home)
