"""``netofnets introduce``: record how an introduction of two people goes on, and list those that are recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.cli.output import FORMATS
from netofnets.errors import NotPublished, SettingsError
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_STATES

if TYPE_CHECKING:
    import pyarrow as pa

    from netofnets.services.introduced.board import Board
    from netofnets.settings import Settings
    from netofnets.store.base import Store

__all__ = ["introduce"]


@click.command()
@click.argument("first", metavar="A", default="")
@click.argument("second", metavar="B", default="")
@click.option("--state", type=click.Choice(INTRODUCTION_STATES), help="What it has come to.")
@click.option("--who", default="", help="Who decided, or heard of it.")
@click.option("--why", default="", help="The reason, or how it became known, in a sentence.")
@click.option("--list", "listed", is_flag=True, help="List all introductions, as far as they have come.")
@format_option(*FORMATS)
@click.option("--output", metavar="FILE", help="Write the list here instead of printing it.")
@home_option
@store_option
def introduce(
    first: str,
    second: str,
    state: str | None,
    who: str,
    why: str,
    listed: bool,
    form: str,
    output: str | None,
    home: str | None,
    store: str | None,
) -> None:
    """Record one step of the introduction of A to B: suggested or asked; then accepted or declined; then met.

    What is not worth suggesting is dismissed: it is suggested no more, until somebody takes it up again.
    A and B are ids, or names that only one person has. Who declined is asked again only for a new reason; nobody is in
    more than a few open introductions at a time (setting open_introductions). Nothing is ever removed from the log.
    """
    from netofnets.cli.output import print_table
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    if not listed and not state:
        raise SettingsError("say what it has come to, with --state, or list what is recorded, with --list")
    opened = open_store(settings.store, settings)
    try:
        if listed:
            print_table(_table(_board(settings, opened)), form, output)
        else:
            click.echo(_record(settings, opened, (first, second), str(state), who, why))
    finally:
        opened.close()


def _record(settings: Settings, store: Store, given: tuple[str, str], state: str, who: str, why: str) -> str:
    from netofnets.desk.introduce import introduce as append
    from netofnets.graph.published import Published
    from netofnets.services.introduced.pair import pair_of
    from netofnets.services.viewer import ORGANIZER

    most = settings.integer("open_introductions")
    try:
        with Published.current(settings.home) as published:
            pair = pair_of(published, ORGANIZER, *given)
    except NotPublished:  # ids mean somebody before anything is published
        append(store, *given, state, who=who, why=why, most=most)
        return f"{given[0]} and {given[1]}: {state}."
    one, other = pair.first, pair.second
    append(store, one.id, other.id, state, who=who, why=why, most=most, unwilling=pair.unwilling, named=pair.named)
    return f"{one.name} and {other.name}: {state}."


def _board(settings: Settings, store: Store) -> Board:
    from netofnets.services.answers import Answers

    with Answers.current(settings.home) as answers:
        return answers.board(store.decisions(INTRODUCTION), limit=10**9)


def _table(board: Board) -> pa.Table:
    import pyarrow as pa

    cards = [card for column in board.columns for card in column.cards]
    texts = {
        "first": [c.first.id for c in cards],
        "first_name": [c.first.name for c in cards],
        "second": [c.second.id for c in cards],
        "second_name": [c.second.name for c in cards],
        "state": [c.state for c in cards],
        "who": [c.steps[-1].who for c in cards],
        "why": [c.steps[-1].why for c in cards],
        "at": [c.steps[-1].at for c in cards],
        "begun": [c.steps[0].at for c in cards],
        "outcome": [c.outcome.words if c.outcome else None for c in cards],
    }
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    columns["steps"] = pa.array([len(c.steps) for c in cards], pa.int64())
    return pa.table(columns)
