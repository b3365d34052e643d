"""Which table of which file is read as what, and reading them all."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ingest.check import CheckedTable, check_table
from ingest.inferred import infer, kind_of_name
from ingest.mapping import MappingFile, TableSpec
from ingest.mapping_keys import close_match, wrong
from ingest.sources.csv_text import open_csv
from ingest.sources.files import InputFile, is_workbook, refuse_foreign
from ingest.sources.raw import RawTable
from ingest.sources.workbook import open_sheet, sheet_titles
from netofnets.errors import InputError
from netofnets.schema.rows import Problem

__all__ = ["Job", "open_table", "plan_jobs", "read_jobs"]

Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One table to read: a file, a sheet of it (empty for text), and what it is (None: to be inferred)."""

    file: InputFile
    sheet: str
    spec: TableSpec | None


@dataclass(slots=True)
class _Plan:
    jobs: list[Job] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def warn(self, file: str, code: str, sentence: str, sheet: str = "") -> None:
        self.warnings.append(Problem(file, 1, 1, "", code, sentence, sheet=sheet))


def plan_jobs(files: Sequence[InputFile], mapping: MappingFile | None) -> tuple[list[Job], list[Problem]]:
    """What to read, in the order of the mapping, and warnings about what is not read.

    Raises :class:`InputError` for files that are no tables and for patterns of the mapping that match nothing.
    """
    plan = _Plan()
    for file in files:
        refuse_foreign(file)
    if mapping is None:
        for file in files:
            _infer_jobs(plan, file)
    else:
        for spec in mapping.tables:
            _mapped_jobs(plan, spec, files)
        used = {job.file.name for job in plan.jobs}
        for file in files:
            if file.name not in used:
                plan.warn(file.name, "unknown_file", "The mapping does not name this file; it was not read.")
            elif is_workbook(file):
                _warn_sheets(plan, file, {job.sheet for job in plan.jobs if job.file is file})
    return plan.jobs, plan.warnings


def _infer_jobs(plan: _Plan, file: InputFile) -> None:
    if not is_workbook(file):
        plan.jobs.append(Job(file, "", None))
        return
    visible, _ = sheet_titles(file)
    known = [title for title in visible if kind_of_name(title)]
    chosen = known or (visible if len(visible) == 1 else [])
    if not chosen:
        shown = ", ".join(repr(title) for title in visible)
        raise InputError(
            f"{file.name}: which sheet holds what? It has {shown}; name sheets after tables "
            "(roster, leaders ...) or write a mapping file",
            code="ambiguous_sheet",
            file=file.name,
        )
    plan.jobs.extend(Job(file, title, None) for title in chosen)
    _warn_sheets(plan, file, set(chosen))


def _warn_sheets(plan: _Plan, file: InputFile, used: set[str]) -> None:
    visible, hidden = sheet_titles(file)
    for title in visible:
        if title not in used:
            plan.warn(file.name, "unknown_sheet", "The sheet was not read.", title)
    for title in hidden:
        if title not in used:
            plan.warn(file.name, "hidden_sheet", "The sheet is hidden; it was not read.", title)


def _mapped_jobs(plan: _Plan, spec: TableSpec, files: Sequence[InputFile]) -> None:
    pattern = spec.file.casefold()
    matching = [file for file in files if fnmatch.fnmatchcase(file.name.casefold(), pattern)]
    if not matching and not spec.optional:
        close = close_match(spec.file, [file.name for file in files])
        raise wrong(f"{spec.place}.file", f"no file of this batch matches {spec.file!r}{close}")
    for file in matching:
        if is_workbook(file):
            visible, hidden = sheet_titles(file)
            plan.jobs.extend(Job(file, title, spec) for title in _sheets(spec, file, visible, hidden))
        else:
            plan.jobs.append(Job(file, "", spec))


def _sheets(spec: TableSpec, file: InputFile, visible: Sequence[str], hidden: Sequence[str]) -> list[str]:
    if spec.sheet:
        pattern = spec.sheet.casefold()
        found = [title for title in visible if fnmatch.fnmatchcase(title.casefold(), pattern)]
        found += [title for title in hidden if title == spec.sheet]
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
        f'{spec.place}: {file.name} has several sheets ({shown}); say which one with sheet = "..."',
        code="ambiguous_sheet",
        file=file.name,
    )


def read_jobs(jobs: Sequence[Job], encoding: str, tick: Tick) -> list[CheckedTable]:
    """Read and check every table; ``encoding`` counts where the mapping names none."""
    tables = []
    for job in jobs:
        with open_table(job, encoding) as raw:
            spec = job.spec or infer(raw)
            table = check_table(replace(spec, sheet=raw.sheet), raw, tick)
        _refuse_truncated(job, table)
        tables.append(table)
    return tables


@contextmanager
def open_table(job: Job, encoding: str) -> Iterator[RawTable]:
    """Open the table of a job."""
    spec = job.spec
    skip = spec.skip_lines if spec else 0
    if job.sheet:
        with open_sheet(job.file, job.sheet, skip_lines=skip) as raw:
            yield raw
    else:
        declared = (spec.encoding if spec else "") or encoding
        with open_csv(job.file, encoding=declared, delimiter=spec.delimiter if spec else "", skip_lines=skip) as raw:
            yield raw


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
            f"{job.file.name}: manifest.json promises {promised}, the file has {table.read} rows; "
            "copy the whole file again, or correct the manifest",
            code="truncated",
            file=job.file.name,
        )
