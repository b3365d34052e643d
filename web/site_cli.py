"""The command ``netofnets site``: the public map as static files."""

from __future__ import annotations

import re
from pathlib import Path

import click

from netofnets.cli.options import language_option
from netofnets.cli.uniqueness import tell_uniqueness, uniqueness_option
from netofnets.errors import SettingsError
from netofnets.settings import load_settings

__all__ = ["site"]

_ROOT = re.compile(r"/([A-Za-z0-9._~-]+/)*")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--k", default=5, show_default=True, help="Smallest group of leaders that is told of; at least 5.")
@click.option("--embed", metavar="ORIGIN", multiple=True, help="Site that may show it in a frame; may be given again.")
@click.option(
    "--root", metavar="PATH", default="", help="Path below which it will lie at its host, such as / or /map/."
)
@uniqueness_option
@language_option("Language that its pages are in.")
@click.option("--home", metavar="DIR", help="Folder of the published snapshots.")
def site(
    folder: Path,
    k: int,
    embed: tuple[str, ...],
    root: str,
    uniqueness: Path | None,
    language: str,
    home: str | None,
) -> None:
    """Write what is public as files to DIR, for any web host: no server, no form, nobody who did not choose it.

    People are on it who chose to be public. All others are counted in groups of at least 5 (more with --k), and whoever
    hides is not counted. At the end stands how many of those who are on it could be told apart without their names. A
    site that is already in DIR is replaced whole; a folder that holds anything else is refused.
    docs/site.md says how to put it on a host.
    """
    from netofnets.accounts.gate import accounts_of
    from netofnets.graph.fallback import open_whole
    from web.site.folder import check_folder, put_in_place
    from web.site.writing import site_files

    if root and not _ROOT.fullmatch(root):
        raise SettingsError(f"root must begin and end with a slash, such as /map/, not {root!r}")
    folder, where = folder.expanduser().absolute(), load_settings(home=home).home
    check_folder(folder)
    if uniqueness is not None and folder in uniqueness.absolute().parents:
        raise SettingsError(f"{uniqueness} lies in the site and would be published; name a file elsewhere")
    files = site_files(where, k, embed, root, language)
    put_in_place(folder, files)
    if (accounts := accounts_of(where)) is not None:
        accounts.audit.note("export", origin="command line", result="static site for public")
    pages = sum(name.endswith(".html") for name in files)
    size = sum(map(len, files.values())) / 1e6
    published, _ = open_whole(where)
    with published:
        told = tell_uniqueness(published.edition("public").present, k, uniqueness)
    click.echo(f"Wrote {pages:,} pages in {len(files):,} files ({size:.1f} MB) to {folder}: what is public, no more.")
    click.echo(told)
