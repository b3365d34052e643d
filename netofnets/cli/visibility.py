"""``netofnets visibility``: record who may see a person, or one of the person's fields."""

from __future__ import annotations

import click

from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Visibility

__all__ = ["visibility"]


@click.command()
@click.argument("leader")
@click.argument("level", type=click.Choice([level.value for level in Visibility]))
@click.option("--field", type=click.Choice([p.name for p in LEADERS.properties]), help="Only this field of the person.")
@click.option("--who", required=True, help="Who decided: the person, or an organizer on the person's word.")
@click.option("--why", default="", help="When and how it was said, in a few words.")
@click.option("--publish", is_flag=True, help="Publish anew, in the background.")
@home_option
@store_option
def visibility(
    leader: str,
    level: str,
    field: str | None,
    who: str,
    why: str,
    publish: bool,
    home: str | None,
    store: str | None,
) -> None:
    """Set who may see LEADER (a leader's id): hidden, organizers, shared_network, signed_in or public.

    The choice is appended to a log. Whoever it keeps out is shown nothing of the person from now on, also by a map that
    is being served; what it allows shows with the next publication.
    """
    from netofnets.desk.choose import choose
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        choose(opened, settings.home, leader, Visibility(level), who=who, why=why, field=field or "")
    finally:
        opened.close()
    follow = "Run `netofnets publish` for the map to follow."
    if publish:
        from netofnets.desk.republish import republish

        republish(settings)
        follow = "The map is being published anew; `netofnets status` says which run it shows."
    click.echo(f"{leader}: {field or 'the person'} is now {level}. Whom that keeps out is shown nothing more. {follow}")
