"""``netofnets judge``: say that two records are the same person, network or organization, or are not."""

from __future__ import annotations

import click

from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.schema.records import Verdict

__all__ = ["judge"]

_VERDICTS = [verdict.value for verdict in Verdict if verdict is not Verdict.UNDONE]  # which only undoing a load says


@click.command()
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(_VERDICTS))
@click.option("--who", required=True, help="Who decided.")
@click.option("--why", required=True, help="The reason, in a sentence.")
@home_option
@store_option
def judge(left: str, right: str, verdict: str, who: str, why: str, home: str | None, store: str | None) -> None:
    """Append a verdict on two records (ids as pages show them) to the log of identity: two people, two networks ...

    A merge is undone by a later `different`; nothing is ever removed from the log.
    """
    from netofnets.desk.judge import judge as append
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        append(opened, left, right, Verdict(verdict), who=who, why=why)
    finally:
        opened.close()
    click.echo(f"{left} and {right}: {verdict}. Run `netofnets publish` for it to take effect.")
