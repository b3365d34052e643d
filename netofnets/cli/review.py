"""``netofnets review``: list the pairs that may be one, for `netofnets judge` to answer."""

from __future__ import annotations

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.cli.output import print_answer
from netofnets.schema.text import escape_controls
from netofnets.services.review import Question, ReviewQueue

__all__ = ["review"]


@click.command()
@click.option("--rows", default=20, show_default=True, help="How many questions to print; 0 for all.")
@home_option
@store_option
@format_option("text", "json", default="text")
def review(rows: int, home: str | None, store: str | None, form: str) -> None:
    """List pairs of people, networks or organizations that may be one: both records, what speaks for and against it.

    People are compared by name, address, place and page, with a probability; networks and organizations by name and
    place, without one, and are never joined unless somebody says so.

    Those whose answer would change the map most stand first. `netofnets judge` answers: same, different, or unsure
    for later. What was judged different is never asked about again.
    """
    from netofnets.desk.review import open_questions
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        queue = open_questions(opened, limit=rows if rows > 0 else 1_000_000)
    finally:
        opened.close()
    if form == "json":
        print_answer(queue, form)
        return
    for line in _lines(queue, home):
        click.echo(line)


def _lines(queue: ReviewQueue, home: str | None) -> list[str]:
    lines = [queue.summary]
    for number, question in enumerate(queue.rows, start=1):
        lines += ["", *_asked(number, question)]
    if queue.rows:
        ids = f"{queue.rows[0].left.node.id} {queue.rows[0].right.node.id}"
        at = f" --home {home}" if home else ""
        lines += ["", f'Answer: netofnets judge {ids} same --who "your name" --why "a reason"{at}']
    if len(queue.rows) < queue.total:
        lines.append(f"{queue.total - len(queue.rows):,} more; --rows 0 lists all.")
    return lines


def _asked(number: int, question: Question) -> list[str]:
    later = ", put off" if question.put_off else ""
    chance = question.probability
    what = question.kind.capitalize() if chance is None else f"{min(chance, 0.99):.0%} likely"
    lines = [f"{number}. {what}{later}. {escape_controls(question.effect)}"]
    for record in (question.left, question.right):
        told = escape_controls("; ".join(" or ".join(values) for values in record.facts.values()))
        lines.append(f"   {record.node.id}  {told}  [{', '.join(record.sources)}]")
    lines.append(f"   for: {', '.join(question.reasons) or 'nothing'}")
    if question.against:
        lines.append(f"   against: {', '.join(question.against)}")
    return lines
