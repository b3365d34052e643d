"""One load, from files to a finished run: read, check, settle, state, judge, guard, write; all or nothing."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest import limits
from ingest.checked import CheckedTable
from ingest.facts import facts_of, note_people
from ingest.known import known_people
from ingest.mapping import MappingFile
from ingest.notices import id_notices, people_notices
from ingest.people import DERIVED, People
from ingest.reading import Job, open_sources, open_table, plan_jobs, read_jobs
from ingest.repeated import fingerprint, last_load
from ingest.report import QuarantinedRow, Report
from ingest.settle import Row, Settled, settle
from ingest.sources.batch import collect
from ingest.sources.files import InputFile, refuse_if_changed
from ingest.statements import Statements, record_of
from ingest.too_many import refuse_too_many
from netofnets.desk.propose import refuse_source_of_articles
from netofnets.errors import InputError
from netofnets.schema.rows import Problem
from netofnets.store.base import Changes, Store, Writer
from netofnets.store.ledger import plan

__all__ = ["Loaded", "Options", "load"]


@dataclass(frozen=True, slots=True)
class Options:
    """How a load is to be done."""

    source: str
    mapping: MappingFile | None = None
    encoding: str = ""
    dry_run: bool = False
    allow_shrink: bool = False
    accept_bad: bool = False  # take what is good, however much is not
    same_people: frozenset[str] = frozenset()  # ids that stand for the person they stood for, whatever the name says
    keep_rows: bool = False  # collect the cells of quarantined rows, for a file of rows to correct
    tick: Callable[[int], None] = field(default=lambda rows: None)
    called: Mapping[Path, str] = field(default_factory=dict)  # names of files that are kept under another one
    without: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)  # file, sheet -> rows to pass over


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome: the report, and the rows to correct when they were asked for."""

    report: Report
    to_correct: tuple[QuarantinedRow, ...] = ()


def load(store: Store, paths: Sequence[Path], options: Options) -> Loaded:
    """Load the files as all that ``options.source`` states, in one run.

    Raises :class:`InputError` (and nothing is changed) for files or mappings that cannot be taken, too many bad rows,
    a load that would withdraw too much, or a file that changes while it is read.
    """
    with _no_cycle_search():
        return _load(store, paths, options)


@contextmanager
def _no_cycle_search() -> Iterator[None]:
    """Without the search for reference cycles: a load makes millions of small objects, none in cycles; it took 25 %."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _load(store: Store, paths: Sequence[Path], options: Options) -> Loaded:
    files, passed_over = collect(paths, options.called)
    inputs = fingerprint(files, options.mapping, options.encoding)
    if known := last_load(store, options.source, inputs):
        return Loaded(_repeated(store, options, files, *known))
    with open_sources(files) as sources:
        jobs, warnings = plan_jobs(sources, options.mapping)
        warnings += [_no_table(name) for name in passed_over]
        refuse_source_of_articles(store, options.source)
        tables = read_jobs(jobs, options.encoding, options.tick, options.without)
        if not options.accept_bad:
            refuse_too_many(tables)
        with store.writer(options.source) as writer:
            settled = _settled(tables, options, writer)
            later = [_problem(settled, i) for i in sorted(settled.refused)]
            if not options.accept_bad:
                refuse_too_many(tables, later)
            report = _report(options, files, tables, settled, later, warnings)
            report.inputs = inputs
            _write(writer, settled, options, report, tables, files)
        wrong = [*report.quarantined, *report.cells]
        to_correct = _cells(jobs, options, wrong) if options.keep_rows and wrong else ()
    return Loaded(report, to_correct)


def _repeated(
    store: Store, options: Options, files: Sequence[InputFile], run: int, counts: Mapping[str, Any]
) -> Report:
    """The files of the last load once more: a run that confirms it and changes nothing."""
    report = Report(options.source, options.dry_run, repeats=run, inputs=str(counts["inputs"]))
    report.files = [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in files]
    report.unchanged = sum(int(counts.get(name, 0)) for name in ("created", "updated", "unchanged"))
    report.rows, report.rows_ok = int(counts.get("rows", 0)), int(counts.get("rows_ok", 0))
    if not options.dry_run:
        with store.writer(options.source) as writer:
            report.run = writer.run
            writer.apply(Changes(unchanged=report.unchanged))
            writer.finish(report.counts())
    return report


def _no_table(name: str) -> Problem:
    return Problem(name, 0, 0, "", "unknown_file", "This is no table; it was not read.")


def _settled(tables: Sequence[CheckedTable], options: Options, writer: Writer) -> Settled:
    people = People()
    for table in tables:
        note_people(table, people)
    rows = [Row(table, number, line, facts) for table in tables for number, line, facts in facts_of(table, people)]
    namespaces = options.mapping.namespaces if options.mapping else {}

    def known(kind: str, ids: set[str]) -> dict[str, str]:
        if kind not in namespaces:
            return {}
        records = {
            record_of(kind, local, options.source, namespaces): local for local in ids if not local.startswith(DERIVED)
        }
        claims = [c for c in writer.claims_touching(records) if c.kind == kind and c.source != options.source]
        return {
            records[c.key]: str(c.values["name"])
            for c in sorted(claims, key=lambda c: c.source)
            if c.values.get("name")
        }

    return settle(rows, known)


def _problem(settled: Settled, i: int) -> Problem:
    row, (column, bad) = settled.rows[i], settled.refused[i]
    return row.table.problem(row.number, row.line, column, bad)


def _report(
    options: Options,
    files: Sequence[InputFile],
    tables: Sequence[CheckedTable],
    settled: Settled,
    later: Sequence[Problem],
    warnings: Sequence[Problem],
) -> Report:
    report = Report(options.source, options.dry_run)
    report.files = [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in files]
    refused = Counter(id(settled.rows[i].table) for i in settled.refused)
    for table in tables:
        cells = _cells_of_standing_rows(table, settled)
        in_part = len({problem.row for problem in cells})
        ok = table.taken - refused[id(table)] - in_part
        counts = {"rows": table.read, "rows_ok": ok, "rows_in_part": in_part}
        counts |= {"skipped": table.skipped, "duplicates": table.duplicates}
        report.tables.append({"file": table.file, "sheet": table.sheet, "is": table.spec.shape.name, **counts})
        report.rows += table.read - table.skipped
        report.rows_ok += ok
        report.rows_in_part += in_part
        report.cells += cells
        report.warnings += table.warnings
        if not table.read:
            report.warnings.append(
                Problem(
                    table.file,
                    1,
                    1,
                    "",
                    "no_rows",
                    "The table has a header and no rows; nothing is withdrawn for it.",
                    sheet=table.sheet,
                )
            )
    report.quarantined = [*(problem for table in tables for problem in table.bad), *later]
    report.warnings = [*warnings, *report.warnings, *id_notices(settled)]
    return report


def _cells_of_standing_rows(table: CheckedTable, settled: Settled) -> list[Problem]:
    """The cells that were put aside of rows that were taken in the end."""
    if not table.cells:
        return []
    gone = {row.number for i in settled.refused if (row := settled.rows[i]).table is table}
    return [problem for problem in table.cells if problem.row not in gone]


def _write(
    writer: Writer,
    settled: Settled,
    options: Options,
    report: Report,
    tables: Sequence[CheckedTable],
    files: Sequence[InputFile],
) -> None:
    namespaces = options.mapping.namespaces if options.mapping else {}
    statements = Statements(settled, options.source, namespaces)
    claims = list(statements.claims())
    settled.forget()  # the claims say all of it; what comes now needs the memory
    leaders = [claim for claim in claims if claim.kind == "leaders"]
    log = writer.judgements()
    known = known_people(writer, options.source, leaders, log, options.same_people)
    judgements = known.judgements
    report.warnings += statements.warnings + people_notices(leaders, [*log, *judgements])
    report.by_kind = dict(Counter(claim.kind for claim in claims))
    report.judged = dict(Counter(j.verdict.value for j in judgements))
    report.open = len(known.open)
    if not any(table.read for table in tables):
        claims = list(writer.claims_of(options.source))  # an empty table never deletes
    changes = plan(writer, options.source, claims, judgements)
    report.created, report.updated = changes.created, changes.updated
    report.unchanged, report.gone, report.run = changes.unchanged, changes.withdrawn, writer.run
    _guard(writer, options, changes, [table for table in tables if not table.read])
    refuse_if_changed(files)
    if options.dry_run:
        report.run = 0
        return
    writer.apply(changes)
    writer.finish(report.counts())


def _guard(writer: Writer, options: Options, changes: Changes, empty: Sequence[CheckedTable]) -> None:
    """Refuse a load that would withdraw much: more often a cut-off export than the end of a network."""
    dropped = Counter(kind for kind, _, _ in changes.drop)
    guarded = {kind: n for kind, n in dropped.items() if kind in ("leaders", "memberships", "networks")}
    emptied = {kind for table in empty for kind in _fed_by(table)} & dropped.keys()
    if emptied:
        kind = min(emptied)
        raise InputError(
            f"the {kind} table has no rows any more, and {dropped[kind]} {kind} would be withdrawn; "
            "an empty table never deletes. Load the whole table, or leave it out of the mapping",
            code="shrink",
        )
    if not guarded or options.allow_shrink:
        return
    before = Counter(claim.kind for claim in writer.claims_of(options.source))
    for kind, gone in guarded.items():
        if gone > limits.SHRINK_SHARE * before[kind]:
            raise InputError(
                f"this load would withdraw {gone} of the {before[kind]} {kind} that {options.source!r} stated before, "
                f"more than {limits.SHRINK_SHARE:.0%}; nothing was changed. "
                "If the file is complete, load it with --allow-shrink",
                code="shrink",
            )


def _fed_by(table: CheckedTable) -> tuple[str, ...]:
    """The kinds that a table is there for."""
    name = table.spec.shape.name
    return ("leaders", "memberships") if name == "roster" else (name,)


def _cells(jobs: Sequence[Job], options: Options, problems: Iterable[Problem]) -> tuple[QuarantinedRow, ...]:
    """The cells of the quarantined rows, read once more: they are few, and need not wait in memory."""
    wanted: dict[tuple[str, str], dict[int, list[Problem]]] = {}
    for problem in problems:
        wanted.setdefault((problem.file, problem.sheet), {}).setdefault(problem.row, []).append(problem)
    found = []
    done: set[tuple[str, str]] = set()
    for job in jobs:
        of_table = wanted.get((job.file.name, job.sheet))
        if of_table and (job.file.name, job.sheet) not in done:
            done.add((job.file.name, job.sheet))
            raw = open_table(job, options.encoding)
            for number, _, cells, _ in raw.rows:
                # A row that several tables of the mapping refused is one row to correct.
                if problems_of := of_table.get(number):
                    shown = tuple(cell[: limits.CELL_CHARACTERS] for cell in cells)
                    found.append(QuarantinedRow(tuple(problems_of), tuple(raw.header), shown))
    return tuple(found)
