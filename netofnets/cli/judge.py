"""``netofnets judge``: say that two records are the same person, or are not."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.errors import NotFound, SettingsError
from netofnets.schema.records import Judgement, Verdict
from netofnets.store.base import Facts

__all__ = ["judge"]


@click.command()
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.option("--who", required=True, help="Who decided.")
@click.option("--why", required=True, help="The reason, in a sentence.")
@home_option
@store_option
def judge(left: str, right: str, verdict: str, who: str, why: str, home: str | None, store: str | None) -> None:
    """Append a verdict on two records (ids as profiles show them) to the log of identity.

    A merge is undone by a later `different`; nothing is ever removed from the log.
    """
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        _check_known(opened.scan(), left, right)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        opened.judge([Judgement(min(left, right), max(left, right), Verdict(verdict), who, why, at=now)])
    finally:
        opened.close()
    click.echo(f"{left} and {right}: {verdict}. Run `netofnets publish` for it to take effect.")


def _check_known(facts: Facts, left: str, right: str) -> None:
    """Refuse ids that mean nobody: nothing leaves the log, and a mistyped verdict would wait there for good."""
    if left == right:
        raise SettingsError(f"{left} is given twice; a verdict is about two records")
    known = set(facts.tables["leaders"]["id"].to_pylist())
    known.update(record for judgement in facts.judgements for record in (judgement.left, judgement.right))
    if unknown := [record for record in (left, right) if record not in known]:
        raise NotFound(f"there is no leader's record with id {', '.join(unknown)}; profiles show the ids")
