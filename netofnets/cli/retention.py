"""``netofnets retention``: what is due to be hidden, erased and removed, and doing it."""

from __future__ import annotations

import json
from contextlib import closing

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option

__all__ = ["retention"]

_SHOWN = 50  # ids on the terminal


@click.command()
@click.option("--apply", "applying", is_flag=True, help="Do it; without, it is only said.")
@home_option
@store_option
@format_option("text", "json", default="text")
def retention(applying: bool, home: str | None, store: str | None, form: str) -> None:
    """Hide, and after a notice erase, people whom no source confirms any more; remove what is kept for a time.

    Run it every day. The settings retention_months, retention_notice_days and audit_years say how long.
    """
    from netofnets.accounts.database import system_clock
    from netofnets.desk.retention import apply, look
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings, reading=not applying)) as opened:
        if applying:
            due = apply(opened, settings.home, settings, system_clock, {"seed": settings.integer("seed")})
        else:
            due = look(opened, settings.home, settings, system_clock)
    people = {"hide": due.hide, "show again": due.show, "erase": due.erase}
    if form == "json":
        click.echo(json.dumps({"applied": applying, **people, "waiting": due.waiting, "counts": due.counts}, indent=1))
        return
    for what, ids in people.items():
        more = f" and {len(ids) - _SHOWN:,} more (--format json lists all)" if len(ids) > _SHOWN else ""
        click.echo(f"{what}: {len(ids):,} people{': ' if ids else ''}{' '.join(ids[:_SHOWN])}{more}")
    click.echo(f"hidden, and within the notice: {due.waiting:,} people")
    for what, count in due.counts.items():
        click.echo(f"{what}: {count:,}")
    click.echo("Done." if applying else "Nothing was changed; --apply does it.")
