"""Which table of which file is read as what, and reading them all."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

from ingest.check import check_tables
from ingest.checked import CheckedTable
from ingest.inferred import infer, kind_of_name
from ingest.mapping import MappingFile, TableSpec
from ingest.mapping_keys import close_match, wrong
from ingest.meaning import meaning
from ingest.sources import matrix
from ingest.sources.files import InputFile
from ingest.sources.raw import RawRow, RawTable
from ingest.sources.reader import Source, Titles, Written
from ingest.sources.registry import open_source
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.rows import Problem

__all__ = ["Job", "open_sources", "open_table", "plan_jobs", "read_jobs"]

Tick = Callable[[int], None]
Passed = Mapping[tuple[str, str], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Job:
    """One table to read: an open file, a title in it (empty when it is one table), and what it is (None: inferred)."""

    source: Source
    sheet: str
    spec: TableSpec | None

    @property
    def file(self) -> InputFile:
        """The file that it is in."""
        return self.source.file


@contextmanager
def open_sources(files: Sequence[InputFile]) -> Iterator[list[Source]]:
    """Every file of a batch, opened once for all that is read from it.

    Raises :class:`InputError` for a file that is no table, or not safe to read.
    """
    with ExitStack() as stack:
        opened = []
        for file in files:
            opened.append(open_source(file))
            stack.callback(opened[-1].close)
        yield opened


@dataclass(slots=True)
class _Plan:
    jobs: list[Job] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def warn(self, file: str, code: str, sentence: str, sheet: str = "") -> None:
        self.warnings.append(Problem(file, 1, 1, "", code, sentence, sheet=sheet))


def plan_jobs(sources: Sequence[Source], mapping: MappingFile | None) -> tuple[list[Job], list[Problem]]:
    """What to read, in the order of the mapping, and warnings about what is not read.

    Raises :class:`InputError` for patterns of the mapping that match nothing, and sheets that nothing tells apart.
    """
    plan = _Plan()
    if mapping is None:
        for source in sources:
            _infer_jobs(plan, source)
    else:
        for spec in mapping.tables:
            _mapped_jobs(plan, spec, sources)
        used = {job.file.name for job in plan.jobs}
        for source in sources:
            if source.file.name not in used:
                plan.warn(source.file.name, "unknown_file", "The mapping does not name this file; it was not read.")
            else:
                _warn_sheets(plan, source, {job.sheet for job in plan.jobs if job.source is source})
    return plan.jobs, plan.warnings


def _infer_jobs(plan: _Plan, source: Source) -> None:
    visible = source.titles.visible
    if source.meaning:
        titles = source.titles.derived or visible
        specs = meaning(source.meaning).tables
        plan.jobs += [Job(source, title, spec) for title in titles for spec in specs if _named(spec, title)]
        return
    known = [title for title in visible if kind_of_name(title)]
    chosen = list(visible) if len(visible) == 1 else known
    if not chosen:
        shown = ", ".join(repr(title) for title in visible)
        raise InputError(
            say(
                "{name}: which sheet holds what? It has {shown}; name sheets after tables (roster, leaders ...) "
                "or write a mapping file",
                name=source.file.name,
                shown=shown,
            ),
            code="ambiguous_sheet",
            file=source.file.name,
        )
    plan.jobs.extend(Job(source, title, None) for title in chosen)
    _warn_sheets(plan, source, set(chosen))


def _named(spec: TableSpec, title: str) -> bool:
    return fnmatch.fnmatchcase(title.casefold(), spec.sheet.casefold())


def _warn_sheets(plan: _Plan, source: Source, used: set[str]) -> None:
    for title in source.titles.visible:
        if title not in used:
            plan.warn(source.file.name, "unknown_sheet", "The sheet was not read.", title)
    for title in source.titles.hidden:
        if title not in used:
            plan.warn(source.file.name, "hidden_sheet", "The sheet is hidden; it was not read.", title)


def _mapped_jobs(plan: _Plan, spec: TableSpec, sources: Sequence[Source]) -> None:
    pattern = spec.file.casefold()
    matching = [source for source in sources if fnmatch.fnmatchcase(source.file.name.casefold(), pattern)]
    if not matching and not spec.optional:
        close = close_match(spec.file, [source.file.name for source in sources])
        raise wrong(f"{spec.place}.file", f"no file of this batch matches {spec.file!r}{close}")
    for source in matching:
        if source.titles.visible == ("",) and spec.sheet not in source.titles.derived:
            plan.jobs.append(Job(source, "", spec))
        else:
            plan.jobs.extend(Job(source, title, spec) for title in _sheets(spec, source.file, source.titles))


def _sheets(spec: TableSpec, file: InputFile, titles: Titles) -> list[str]:
    visible = titles.visible
    if spec.sheet:
        pattern = spec.sheet.casefold()
        found = [title for title in visible if fnmatch.fnmatchcase(title.casefold(), pattern)]
        found += [title for title in (*titles.hidden, *titles.derived) if title == spec.sheet and title not in found]
        if not found and not spec.optional:
            shown = ", ".join(repr(title) for title in visible)
            raise wrong(
                f"{spec.place}.sheet",
                f"{file.name} has no sheet {spec.sheet!r}{close_match(spec.sheet, visible)}; it has {shown}",
            )
        return found
    if len(visible) == 1:
        return list(visible)
    named = [title for title in visible if kind_of_name(title) == spec.shape.name]
    if len(named) == 1:
        return named
    shown = ", ".join(repr(title) for title in visible)
    raise InputError(
        say(
            '{place}: {file} has several sheets ({shown}); say which one with sheet = "..."',
            place=spec.place,
            file=file.name,
            shown=shown,
        ),
        code="ambiguous_sheet",
        file=file.name,
    )


def read_jobs(jobs: Sequence[Job], encoding: str, tick: Tick, without: Passed | None = None) -> list[CheckedTable]:
    """Read and check every table, in the order of the jobs; jobs on one table of a file share one pass over it.

    ``encoding`` counts where the mapping names none; ``without`` has the rows of a file and sheet that are passed over.
    """
    together: dict[tuple[int, str, Written], list[int]] = {}
    for i, job in enumerate(jobs):
        together.setdefault((id(job.source), job.sheet, _written(job, encoding)), []).append(i)
    found: dict[int, CheckedTable] = {}
    for (_, sheet, written), members in together.items():
        raw = _opened(jobs[members[0]].source, sheet, written)
        if passed := (without or {}).get((raw.file, raw.sheet)):
            raw.rows = _others(raw.rows, passed)
        specs = [replace(jobs[i].spec or infer(raw), sheet=raw.sheet) for i in members]
        for i, table in zip(members, check_tables(specs, raw, tick), strict=True):
            _refuse_truncated(jobs[i], table)
            found[i] = table
    return [found[i] for i in range(len(jobs))]


def _others(rows: Iterator[RawRow], passed: frozenset[int]) -> Iterator[RawRow]:
    return (row for row in rows if row[0] not in passed)


def open_table(job: Job, encoding: str) -> RawTable:
    """Open the table of a job; ``encoding`` counts where the mapping names none."""
    return _opened(job.source, job.sheet, _written(job, encoding))


def _opened(source: Source, sheet: str, written: Written) -> RawTable:
    raw = source.table(sheet, written)
    return matrix.unfolded(raw, written.layout) if written.layout else raw


def _written(job: Job, encoding: str) -> Written:
    spec = job.spec
    if spec is None:
        return Written(encoding)
    return Written(spec.encoding or encoding, spec.delimiter, spec.skip_lines, spec.layout)


def _refuse_truncated(job: Job, table: CheckedTable) -> None:
    """Compare with a ``manifest.json`` beside the file if there is one: ``{"people.csv": {"rows": 100}}``."""
    path = job.file.path.parent / "manifest.json"
    if not path.is_file() or path.stat().st_size > 1 << 20:
        return
    try:
        stated = json.loads(path.read_text(encoding="utf-8")).get(job.file.path.name, {})
        rows, digest = stated.get("rows"), stated.get("sha256")
    except (ValueError, AttributeError):
        return
    if (isinstance(rows, int) and rows != table.read) or (digest and digest != job.file.sha256):
        promised = "another content" if rows is None else f"{rows} rows"
        raise InputError(
            say(
                "{name}: manifest.json promises {promised}, the file has {read} rows; copy the whole file again, "
                "or correct the manifest",
                name=job.file.name,
                promised=promised,
                read=table.read,
            ),
            code="truncated",
            file=job.file.name,
        )
