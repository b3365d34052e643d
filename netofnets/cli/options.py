"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from netofnets.schema.dates import read_date
from netofnets.schema.text import BadValue
from netofnets.settings import Settings, load_settings

if TYPE_CHECKING:
    from netofnets.services.answers import Answers

__all__ = ["answers_from", "as_of_option", "format_option", "home_option", "settings_from", "store_option"]

Decorated = Callable[..., Any]

home_option = click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
store_option = click.option(
    "--store", metavar="URL", help="sqlite:PATH or neo4j://HOST:7687; default: SQLite in the home."
)


def _day(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return read_date(text)
    except BadValue as wrong:
        raise click.BadParameter(f"{text!r}: {wrong}") from None


as_of_option = click.option(
    "--as-of", metavar="DATE", callback=_day, help="The day that counts (2024-09-01): what has ended by then is past."
)


def format_option(*formats: str, default: str = "table") -> Callable[[Decorated], Decorated]:
    """``--format`` with these choices."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=default, help="How to print the answer."
    )


def settings_from(**arguments: Any) -> Settings:
    """Settings with the options given on the command line on top."""
    return load_settings(
        environ=None, **{name: None if value is None else str(value) for name, value in arguments.items()}
    )


def answers_from(home: str | None, as_of: str | None) -> Answers:
    """What is published in the home, for an organizer, as of a day (None: of the day that was published)."""
    from netofnets.services.answers import Answers
    from netofnets.services.viewer import ORGANIZER

    return Answers.current(settings_from(home=home).home, replace(ORGANIZER, as_of=as_of or ""))
