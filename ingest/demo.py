"""The demo: copies the made-up rosters into a home, loads each with its mapping, and publishes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from ingest.example_files import write_examples
from ingest.mapping import load_mapping
from ingest.pipeline import Options, load
from netofnets.errors import NotPublished
from netofnets.graph.published import Published
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store.base import Store

__all__ = ["SOURCES", "DemoResult", "demo", "example_data", "load_examples"]

# In the order of loading: the register first, since the others point at its networks. Each has a mapping file of its
# name, which says what its files are.
SOURCES = (
    "register",
    "teachers-commons",
    "hearthlight",
    "rural-schools",
    "storyline",
    "city-schools",
    "metro-mentors",
    "lantern",
    "inclusion",
    "quiet-bell",
    "many-minds",
    "leading-teachers",
    "lesson-study",
    "global-classrooms",
    "saltmarsh",
    "boat-and-bus",
)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What a call of :func:`load_examples` did; ``loaded`` is empty when there was nothing to do."""

    folder: Path
    loaded: tuple[str, ...]
    quarantined: int
    published: bool
    foreign: bool = False  # the store holds other data and was left alone


def load_examples(settings: Settings, *, again: bool = False) -> DemoResult:
    """Write, load and publish the example, as far as that is not done yet.

    A store with data of somebody's own is left alone unless ``again``; so are example sources that were loaded
    before, so that what a person changed since then stays. A demo that was interrupted goes on where it was.
    """
    folder = settings.home / "examples"
    store = open_store(settings.store, settings)
    try:
        known = {run.source for run in store.runs() if run.status == "done"}
        missing = tuple(source for source in SOURCES if again or source not in known)
        if known and not again and len(missing) == len(SOURCES):
            return DemoResult(folder, (), 0, published=False, foreign=True)
        quarantined = 0
        if missing:
            settings.home.mkdir(parents=True, exist_ok=True)
            write_examples(folder)
            quarantined = sum(_load(store, folder, source) for source in missing)
        published = bool(missing) or not _is_published(settings.home)
        if published:
            _publish(store, settings)
    finally:
        store.close()
    return DemoResult(folder, missing, quarantined, published)


def _load(store: Store, folder: Path, source: str) -> int:
    """Load one source; how many of its rows wait in quarantine."""
    mapping = load_mapping(folder / "mappings" / f"{source}.toml")
    files = dict.fromkeys(table.file for table in mapping.tables)
    return len(load(store, [folder / "rosters" / file for file in files], Options(source, mapping)).report.quarantined)


def _publish(store: Store, settings: Settings) -> None:
    # Here and not above: the analysis engines take a second to import, which a second start need not wait for.
    from netofnets.publish import publish

    publish(store, settings.home, {"seed": settings.integer("seed")})


def _is_published(home: Path) -> bool:
    try:
        Published.current(home).close()
    except NotPublished:
        return False
    return True


@click.command()
@click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
@click.option("--store", metavar="URL", help="sqlite:PATH or neo4j://HOST:7687; default: SQLite in the home.")
@click.option(
    "--again", is_flag=True, help="Write the example files as they were and load them again, also beside other data."
)
def demo(home: str | None, store: str | None, again: bool) -> None:
    """Load made-up rosters of 24 networks and publish the map, to look around with.

    The files are written to DIR/examples. What is loaded already is left as it is.
    """
    settings = load_settings(home=home, store=store)
    done = load_examples(settings, again=again)
    at = f" --home {home}" if home else ""
    for line in _said(done, at):
        click.echo(line)


def _said(done: DemoResult, at: str) -> list[str]:
    if done.foreign:
        return [
            "The store holds data of your own; the examples were not loaded.",
            "Use --again to load them beside it, or --home DIR for a place of their own.",
        ]
    lines = []
    if done.loaded:
        lines += [
            f"Loaded {len(done.loaded)} made-up sources from {done.folder / 'rosters'}.",
            f"{done.quarantined} rows wait in quarantine: they are wrong on purpose, to show what happens then.",
        ]
    else:
        lines.append("The examples are loaded already; what you changed since then is as you left it.")
    lines.append("Published." if done.published else "What is published is kept as well.")
    return [
        *lines,
        "",
        "Next:",
        f"  netofnets serve --open{at}     the map in your browser",
        f"  netofnets bridges{at}          the leaders who hold blocks of networks together",
        f"  netofnets overlap{at}          which networks share members, compared with chance",
        f"The story to discover, and the answers: {done.folder / 'rosters' / 'README.md'}",
    ]


@click.command("example-data")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def example_data(folder: Path) -> None:
    """Write the made-up rosters, their mapping files and a README below FOLDER; nothing is loaded."""
    paths = write_examples(folder)
    click.echo(f"{len(paths)} files of made-up example data in {folder}; begin with {folder / 'rosters' / 'README.md'}")
