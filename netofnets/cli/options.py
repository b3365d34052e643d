"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from netofnets.language.languages import ENGLISH, LANGUAGES
from netofnets.schema.dates import read_date
from netofnets.schema.text import BadValue
from netofnets.settings import Settings, load_settings

if TYPE_CHECKING:
    from netofnets.services.answers import Answers

__all__ = [
    "answers_from",
    "as_of_option",
    "asked_run",
    "format_option",
    "home_option",
    "language_option",
    "published_home",
    "settings_from",
    "store_option",
]

Decorated = Callable[..., Any]
_RUN = "netofnets.as-of-run"

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


def _note_run(context: click.Context, _: click.Parameter, run: int | None) -> None:
    context.meta[_RUN] = run


_as_of = click.option(
    "--as-of", metavar="DATE", callback=_day, help="The day that counts (2024-09-01): what has ended by then is past."
)
_as_of_run = click.option(
    "--as-of-run",
    metavar="RUN",
    type=click.IntRange(1),
    callback=_note_run,
    expose_value=False,
    help="Answer from the store as it was after this run.",
)


def as_of_option(command: Decorated) -> Decorated:
    """``--as-of``, and ``--as-of-run``, which decides what :func:`published_home` and :func:`asked_run` give."""
    return _as_of(_as_of_run(command))


def language_option(what: str) -> Callable[[Decorated], Decorated]:
    """``--language``, for what a command writes for people to read."""
    return click.option("--language", type=click.Choice(list(LANGUAGES)), default=ENGLISH, show_default=True, help=what)


def asked_run() -> int | None:
    """The run that ``--as-of-run`` names."""
    context = click.get_current_context(silent=True)
    run: int | None = context.meta.get(_RUN) if context else None
    return run


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

    return Answers.current(published_home(home), replace(ORGANIZER, as_of=as_of or ""))


def published_home(home: str | None) -> Path:
    """The home that a command reads; with ``--as-of-run`` a folder that goes with the command, with that run published.

    :class:`~netofnets.errors.DayNotReady` when it holds so many people that the analyses take minutes.
    """
    settings, run = settings_from(home=home), asked_run()
    if run is None:
        return settings.home
    from netofnets.desk.past_run import publish_run

    folder = Path(click.get_current_context().with_resource(TemporaryDirectory(prefix="netofnets-")))
    publish_run(settings, run, folder)
    return folder
