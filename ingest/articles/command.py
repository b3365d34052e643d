"""``netofnets ingest articles``: read articles and keep what they propose, for somebody to accept or reject."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ingest.articles.loading import Outcome, read_articles
from netofnets.errors import InputError
from netofnets.schema.text import escape_controls
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.erasure_key import kept_marks

__all__ = ["KindOfInput", "articles"]

_WORD = "articles"


@click.command(_WORD)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="DIR...")
@click.option("--source", required=True, help="Who published them: the name under which what they say is kept.")
@click.option("--dry-run", is_flag=True, help="Say what would be proposed, write nothing.")
@click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
@click.option("--store", metavar="URL", help="sqlite:PATH or neo4j://HOST:7687; default: SQLite in the home.")
def articles(paths: tuple[Path, ...], source: str, dry_run: bool, home: str | None, store: str | None) -> None:
    """Read articles (.txt, .md, .html) and propose the leaders, networks, organizations and interests in them.

    Relations between these, too. Each proposal has its file, characters, quote and reason. Nothing enters the map:
    `netofnets proposals` lists them, `netofnets accept` and `netofnets reject` answer. Reading the same again proposes
    nothing new.
    """
    name = source.strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise InputError("say who published the articles: --source NAME", code="source")
    settings = load_settings(home=home, store=store)
    url = settings.store
    if url.startswith("sqlite:") and dry_run and not Path(url.removeprefix("sqlite:")).exists():
        url = "memory:"  # a dry run leaves no database behind
    elif url.startswith("sqlite:"):
        settings.home.mkdir(parents=True, exist_ok=True)
    opened = open_store(url, settings)
    try:
        outcome = read_articles(opened, paths, name, dry_run=dry_run, marks=kept_marks(settings.home))
    finally:
        opened.close()
    _print(outcome, dry_run)


def _print(outcome: Outcome, dry_run: bool) -> None:
    for file, made, fresh in outcome.files:
        click.echo(f"{file}: {made} proposals, {fresh} new")
    for like in outcome.alike:
        click.echo(
            f"{like.file} says nearly what {escape_controls(like.other)} says ({like.share:.0%} of the shorter one)"
        )
    for kind, count in outcome.kinds:
        click.echo(f"  {count:4} {kind}")
    if outcome.left_out:
        click.echo(f"{outcome.left_out:,} proposals that name somebody who was erased were left out.")
    if dry_run:
        click.echo("Nothing was written.")
    elif outcome.kinds:
        click.echo("Next: netofnets proposals. Nothing of this is on the map before somebody accepts it.")


class KindOfInput(click.Command):
    """``ingest FILE...`` for tables; ``ingest articles DIR...`` goes to its own command.

    A folder that is called articles and holds tables is given alone, or as ``./articles``. ``others`` are the commands
    that the first word chooses, for the page of commands.
    """

    others = (articles,)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command that the first words mean, wherever options stand."""
        words = self._words(args)
        if [args[at] for at in words[:1]] == [_WORD] and (len(words) > 1 or {"--help", "-h"} & set(args)):
            rest = [*args[: words[0]], *args[words[0] + 1 :]]
            return articles.make_context(f"{info_name} {_WORD}", rest, parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def _words(self, args: Sequence[str]) -> list[int]:
        """Where the arguments stand that are neither options nor what an option is given."""
        given = {
            name
            for parameter in (*self.params, *articles.params)
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in parameter.opts
        }
        end = args.index("--") if "--" in args else len(args)
        at, words = 0, []
        while at < end:
            if not args[at].startswith("-"):
                words.append(at)
            at += 2 if args[at] in given else 1
        return [*words, *range(end + 1, len(args))]
