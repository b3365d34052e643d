"""``netofnets settings``: every setting, its value and its sentence."""

from __future__ import annotations

import click

from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.settings import SETTINGS

__all__ = ["settings"]


@click.command()
@home_option
@store_option
def settings(home: str | None, store: str | None) -> None:
    """Print every setting with its value; secrets are only said to be set or not."""
    loaded = settings_from(home=home, store=store)
    for setting in SETTINGS:
        value = loaded[setting.name]
        shown = ("set" if value else "not set") if setting.secret else (value or "(default)")
        click.echo(f"{setting.variable:28} {shown}\n    {setting.help}")
