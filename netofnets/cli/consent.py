"""``netofnets consent``: show and set what a person's record may be used for, for organizers acting on a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netofnets.cli.options import home_option, settings_from, store_option

if TYPE_CHECKING:
    from netofnets.store.base import Store

__all__ = ["consent"]

_NAMES = ("map", "search", "suggestions", "research", "scores", "whereabouts")


@click.command()
@click.argument("leader")
@click.argument("purpose", metavar=f"[{'|'.join(_NAMES)}]", type=click.Choice(_NAMES), required=False)
@click.argument("answer", metavar="[yes|no]", type=click.Choice(["yes", "no"]), required=False)
@click.option("--who", default="", help="Who decided: the person, or an organizer on the person's word.")
@click.option("--why", default="", help="When and how it was said, in a few words.")
@click.option("--publish", is_flag=True, help="Publish anew, in the background.")
@home_option
@store_option
def consent(
    leader: str,
    purpose: str | None,
    answer: str | None,
    who: str,
    why: str,
    publish: bool,
    home: str | None,
    store: str | None,
) -> None:
    """Show who may see LEADER (a leader's id) and what the record may be used for; or set PURPOSE to yes or no.

    Purposes: map (drawn on it), search (found by it), suggestions (whom to meet), research (exports and notebooks),
    scores (about the person, in lists and profiles), whereabouts (school and place for others than owners). A no is in
    force at once, also on a map that is being served; a yes shows with the next publication.
    """
    from netofnets.store import open_store

    if purpose and not answer:
        raise click.UsageError("say yes or no")
    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        if purpose:
            from netofnets.desk.purposes import decide_purpose

            decide_purpose(opened, settings.home, leader, purpose, allowed=answer == "yes", who=who, how=why)
        for line in _lines(opened, leader):
            click.echo(line)
    finally:
        opened.close()
    if purpose and publish:
        from netofnets.desk.republish import republish

        republish(settings)
        click.echo("The map is being published anew; `netofnets status` says which run it shows.")
    elif purpose:
        click.echo("Run `netofnets publish` for the map to follow.")


def _lines(opened: Store, leader: str) -> list[str]:
    """Levels and purposes of a person, each with who decided it last."""
    from netofnets.desk.checks import check_known
    from netofnets.graph.edition import latest_levels
    from netofnets.schema.identity import Identity
    from netofnets.schema.policy import IMPORTED
    from netofnets.schema.purposes import PURPOSES, declined
    from netofnets.schema.topics import PURPOSE

    check_known(opened, leader)
    identity = Identity(opened.judgements())
    person, log = identity.canonical(leader), opened.decisions(PURPOSE)
    choices = opened.choices()
    levels = latest_levels(choices, {c.record: identity.canonical(c.record) for c in choices})
    found = [f"{leader}: the person is {levels.get((person, ''), IMPORTED)}"]
    found += [f"  {field}: {level}" for (who, field), level in sorted(levels.items()) if who == person and field]
    no = declined(log, identity.canonical)
    last = {one.value.partition(" ")[0]: one for one in log if identity.canonical(one.subjects[0]) == person}
    for one in PURPOSES:
        said = last.get(one.name)
        by = f" ({said.who}, {said.at[:10]}, {said.why})" if said else ""
        found.append(f"  {one.name}: {'no' if person in no.get(one.name, ()) else 'yes'}{by}")
    return found
