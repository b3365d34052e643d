"""The commands ``ingest`` and ``template``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ingest.articles.command import KindOfInput
from ingest.drafts.names import note_names
from ingest.mapping import MappingFile, load_mapping
from ingest.opening import opened_for_load
from ingest.pipeline import Loaded, Options, load
from ingest.report import print_report, write_quarantine, write_report
from ingest.sources.graph_server import is_address, tables_of
from ingest.suggest import suggest
from netofnets.errors import InputError, NetOfNetsError, SchemaError
from netofnets.graph.memory import without_pandas
from netofnets.schema.artefacts import template_csv, template_help
from netofnets.schema.columns import shapes
from netofnets.settings import Settings, load_settings
from netofnets.store.erasure_key import kept_marks

__all__ = ["ingest", "template"]


@click.command(cls=KindOfInput)
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option("--source", help="Who says so: the name under which this data is kept, replaced and withdrawn.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), metavar="FILE", help="What the columns mean (docs/mapping.md)."
)
@click.option(
    "--suggest", "suggesting", is_flag=True, help="Print a mapping for these files, guessed from what they hold."
)
@click.option("--encoding", default="", help="Encoding of text files that are not UTF-8, such as cp1252.")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option("--report", "report_file", type=click.Path(path_type=Path), metavar="FILE", help="Write a JSON report.")
@click.option(
    "--quarantine", type=click.Path(path_type=Path), metavar="FILE", help="Write the rows to correct, as CSV."
)
@click.option("--allow-shrink", is_flag=True, help="Allow that much of what the source said before is withdrawn.")
@click.option("--accept-bad-rows", is_flag=True, help="Take the good rows, however many are bad.")
@click.option(
    "--same-person",
    "same_people",
    multiple=True,
    metavar="ID",
    help="An id that still stands for the same person, under another name; may be repeated.",
)
@click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
@click.option("--store", metavar="URL", help="sqlite:PATH or neo4j://HOST:7687; default: SQLite in the home.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0.0,
    metavar="SECONDS",
    help="Try again for so long while the store's server does not answer.",
)
@click.pass_context
def ingest(
    context: click.Context,
    paths: tuple[str, ...],
    source: str | None,
    mapping: Path | None,
    suggesting: bool,
    encoding: str,
    dry_run: bool,
    report_file: Path | None,
    quarantine: Path | None,
    allow_shrink: bool,
    accept_bad_rows: bool,
    same_people: tuple[str, ...],
    home: str | None,
    store: str | None,
    wait: float,
) -> None:
    """Load rosters, tables, graphs and vocabularies from files or folders (docs/ingest.md lists all kinds of files).

    Articles are read with `ingest articles DIR` (see its --help). An existing graph is read with
    `ingest neo4j://HOST:7687 --mapping FILE`, with Cypher in the mapping (docs/mapping.md).

    Loading a source again replaces what it said before. Exit code 0: all was taken; 3: some rows or cells were
    put aside, the rest is loaded; 2: refused, nothing changed; 4: the store does not answer.
    """
    graphs, files = [p for p in paths if is_address(p)], [Path(p) for p in paths if not is_address(p)]
    if suggesting:
        click.echo(suggest(files, source or ""), nl=False)
        return
    read = load_mapping(mapping) if mapping else None
    name = _source_name(source, read)
    settings = load_settings(home=home, store=store)
    without_pandas()
    with _progress() as tick:
        same, keep = frozenset(same_people), quarantine is not None
        options = Options(name, read, encoding, dry_run, allow_shrink, accept_bad_rows, same, keep, tick)
        loaded = _load(settings, graphs, files, options, wait)
    _leave(loaded, dry_run, report_file, quarantine)
    _tell(loaded, quarantine, "" if dry_run else "Next: netofnets publish" + (f" --home {home}" if home else ""))
    context.exit(loaded.report.exit_code)


def _leave(loaded: Loaded, dry_run: bool, report_file: Path | None, quarantine: Path | None) -> None:
    """The files that were asked for beside the load."""
    with _after_the_load(dry_run):
        if report_file:
            write_report(loaded.report, report_file)
        if quarantine:
            write_quarantine(loaded.to_correct, quarantine)


@contextmanager
def _after_the_load(dry_run: bool) -> Iterator[None]:
    """Say what is done where a file that was asked for besides cannot be written."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        done = "nothing was to be changed" if dry_run else "the load itself is done"
        raise NetOfNetsError(
            f"{where}{error.strerror or error}, so the report or the rows to correct were not written; {done}. "
            "Name a place with room and run it again"
        ) from None


def _tell(loaded: Loaded, quarantine: Path | None, following: str) -> None:
    """The summary, where the rows to correct are, and what to do next."""
    console = Console(highlight=False, soft_wrap=True)
    print_report(loaded.report, console)
    if quarantine and loaded.to_correct:
        console.print(f"The rows to correct are in {click.format_filename(quarantine)}.", markup=False)
    if following:
        console.print(following, markup=False)


def _source_name(given: str | None, mapping: MappingFile | None) -> str:
    name = (given or (mapping.source if mapping else "")).strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise InputError('say who the data is from: --source NAME, or source = "NAME" in the mapping', code="source")
    return name


def _load(settings: Settings, graphs: Sequence[str], files: Sequence[Path], options: Options, wait: float) -> Loaded:
    with (
        tables_of(graphs, options.mapping, settings) as (answers, mapping),
        opened_for_load(settings, dry_run=options.dry_run, wait=wait) as store,
    ):
        options = replace(options, mapping=mapping, marks=kept_marks(settings.home))
        loaded = load(store, [*files, *answers], options)
    note_names(settings.home, settings.store, loaded.report)
    return loaded


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """A counter of rows on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda rows: None
        return
    columns = SpinnerColumn(), TextColumn("{task.completed:,} rows read"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("rows", total=None)
        yield lambda rows: progress.advance(task, rows)


@click.command()
@click.argument("kind", metavar="KIND")
@click.option("--explain", is_flag=True, help="Say what each column means.")
def template(kind: str, explain: bool) -> None:
    """Print the CSV header of a table: roster, leaders, networks, memberships ..."""
    try:
        click.echo(template_help(kind) if explain else template_csv(kind), nl=False)
    except SchemaError:
        raise NetOfNetsError(f"there is no table {kind!r}; the tables are {', '.join(shapes())}") from None
