"""``netofnets backup`` and ``netofnets restore``: a home in one file, and back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from netofnets.cli.options import home_option, settings_from, store_option

__all__ = ["backup", "restore"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--published", is_flag=True, help="With what is published, so that the map can be served at once.")
@home_option
@store_option
def backup(file: Path, published: bool, home: str | None, store: str | None) -> None:
    """Write the store, accounts, keys, settings and kept mappings into one FILE, while loads and pages go on.

    The file holds everything about everybody, keys included: keep it where only you can read it. A store on a Neo4j
    server is copied out of it, claims and logs and all; results that were written back are not.
    """
    from netofnets.desk.backup import backup as write
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings, reading=True)) as opened:
        done = write(opened, settings, file, published=published)
    size = sum(done.sizes.values())
    click.echo(
        f"{done.path}: {len(done.sizes)} members, {size:,} bytes; run {done.run}, content {done.content_hash[:12]}"
    )
    if settings["secret"]:
        click.echo("The secret stands in the environment, so it is not in the file; keep it elsewhere.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Replace what the home holds; who was erased in it stays erased.")
@home_option
@store_option
def restore(file: Path, replace: bool, home: str | None, store: str | None) -> None:
    """Put a backup into the home: all of it is checked first, then switched in at once. End `netofnets serve` before.

    A home that is empty cannot know who was erased since the backup was made: erase them again.
    """
    from netofnets.desk.restore import restore as put

    settings = settings_from(home=home, store=store)
    done = put(settings, file, replace=replace)
    click.echo(f"{settings.home}: {done.members} members; run {done.run}, content {done.content_hash[:12]}")
    if done.erased:
        click.echo(f"{done.erased} people of the backup had been erased in this home since, and are not in it.")
    if not settings.store.startswith("sqlite:"):
        click.echo(
            f"The store of the settings is {settings.store}: into it, empty, goes what was restored with "
            f"netofnets store copy sqlite:{settings.home / 'netofnets.sqlite'} {settings.store}"
        )
    if not done.published:
        click.echo("Next: netofnets publish")
