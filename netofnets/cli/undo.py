"""``netofnets undo``: what could be undone, and undoing the last load of a source."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.schema.text import escape_controls

if TYPE_CHECKING:
    from netofnets.desk.undo import Undoable, Undone

__all__ = ["undo"]


@click.command()
@click.argument("run", type=click.IntRange(1), required=False)
@home_option
@store_option
@format_option("text", "json", default="text")
def undo(run: int | None, home: str | None, store: str | None, form: str) -> None:
    """Undo RUN, the last load of its source: the source states again what it stated before. Without RUN: list them.

    That is a new run; undoing it does the load again. What a rule judged with the load is taken back; what people
    chose, judged or decided stands, and who was erased since does not come back.
    """
    from netofnets.desk.undo import undo as take_back
    from netofnets.desk.undo import undoable
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings, reading=run is None)) as opened:
        if run is None:
            found = undoable(opened)
            _print([asdict(one) for one in found], _lines(found), form)
        else:
            done = take_back(opened, run)
            _print(asdict(done), [_told(done)], form)


def _print(facts: object, lines: list[str], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(facts, indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(map(escape_controls, lines)))


def _told(done: Undone) -> str:
    return (
        f"Run {done.undone} of {done.source!r} is undone by run {done.run}: {done.restored:,} claims stated again, "
        f"{done.put_back:,} as before again, {done.withdrawn:,} withdrawn; {done.judgements:,} verdicts of rules taken "
        "back. Run `netofnets publish` for it to take effect."
    )


def _lines(found: tuple[Undoable, ...]) -> list[str]:
    if not found:
        return ["Nothing can be undone: no source was loaded."]
    lines = []
    for one in found:
        what = f"an undo of run {one.undid}" if one.undid else "a load"
        counts = f"{one.created:,} new, {one.updated:,} changed, {one.withdrawn:,} withdrawn"
        lines.append(f"{one.run}: {one.source}, {what} on {one.finished[:10]}: {counts}")
    return [*lines, f"Undo one of them: netofnets undo {found[0].run}"]
