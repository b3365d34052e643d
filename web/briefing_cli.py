"""The command ``netofnets briefing``: one page about the map or a network, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from netofnets.cli.options import language_option
from netofnets.settings import load_settings

__all__ = ["briefing"]


@click.command()
@click.argument("network", required=False, default="")
@click.option(
    "--to",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("briefing.html"),
    show_default=True,
    help="The file, replaced if it is there.",
)
@click.option(
    "--audience",
    type=click.Choice(["public", "organizers"]),
    default="public",
    show_default=True,
    help="Whom it is for: who else is named on it.",
)
@language_option("Language it is written in.")
@click.option("--home", metavar="DIR", help="Folder of the published snapshots.")
def briefing(network: str, path: Path, audience: str, language: str, home: str | None) -> None:
    """Write one page to print or to send: about the whole map, or about NETWORK (its id or name).

    The file stands alone: it asks for nothing, and opens in any browser. For the public it names nobody who did not
    choose to be public.
    """
    from netofnets.accounts.gate import accounts_of
    from netofnets.errors import BeingPublished
    from netofnets.export.formats import write_file
    from netofnets.services.answers import Answers
    from netofnets.services.viewer import ANONYMOUS, ORGANIZER
    from web.app import create_app

    settings = load_settings(home=home)
    viewer = ORGANIZER if audience == "organizers" else ANONYMOUS
    with Answers.current(settings.home, viewer) as answers:
        about = f"/networks/{answers.network(network, limit=1).network.id}" if network else ""
    app = create_app(settings, viewer=viewer)
    try:
        answer = app.test_client().get(f"{about}/briefing?form=file", headers={"Accept-Language": language})
    finally:
        app.extensions["netofnets-current"].close()
    if answer.status_code != 200:
        raise BeingPublished(
            f"no briefing is written ({answer.status}): somebody has withdrawn; run: netofnets publish"
        )
    write_file(path, [answer.get_data()])
    if (accounts := accounts_of(settings.home)) is not None:
        accounts.audit.note("export", origin="command line", result=f"briefing for {audience}")
    click.echo(
        f"Wrote {path}: for {audience}, {len(answer.get_data()) / 1024:.0f} KB, with its picture and its styles."
    )
