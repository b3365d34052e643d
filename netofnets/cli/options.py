"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from netofnets.settings import Settings, load_settings

__all__ = ["format_option", "home_option", "settings_from", "store_option"]

Decorated = Callable[..., Any]

home_option = click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
store_option = click.option(
    "--store", metavar="URL", help="sqlite:PATH or neo4j://HOST:7687; default: SQLite in the home."
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
