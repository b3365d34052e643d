"""One load, from files to a finished run: read, check, settle, state, judge, guard, write; all or nothing."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from ingest import limits
from ingest.checked import CheckedTable
from ingest.erased import leave_out
from ingest.facts import note_people
from ingest.known import known_names, known_people
from ingest.mapping import MappingFile
from ingest.notices import id_notices, people_notices
from ingest.people import DERIVED, People
from ingest.reading import Job, open_sources, open_table, plan_jobs, read_jobs
from ingest.record_ids import RecordIds
from ingest.repeated import fingerprint, last_load
from ingest.report import QuarantinedRow, Report
from ingest.settle import Settled, settle
from ingest.shrinking import refuse_shrinking
from ingest.sources.batch import collect
from ingest.sources.files import InputFile, refuse_if_changed
from ingest.statements import Statements
from ingest.too_many import refuse_too_many
from netofnets.desk.propose import refuse_source_of_articles
from netofnets.language import say
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.records import Claim, Judgement
from netofnets.schema.rows import Problem
from netofnets.schema.tombstones import Marks
from netofnets.store.base import Changes, Store, TakesParts, Writer
from netofnets.store.erasure_key import refuse_other_keys
from netofnets.store.ledger import plan
from netofnets.store.origins import UNNAMED
from netofnets.store.parts import Tally, compare, plan_parts, tally_of

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
    marks: Marks | None = None  # of the home's key: tell who was erased


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
            tombstones = writer.tombstones()
            refuse_other_keys(tombstones, options.marks, store.url)
            ids = RecordIds(options.source, options.mapping.namespaces if options.mapping else {})
            erased = leave_out(tables, ids, tombstones, options.marks, jobs, options.encoding)
            settled = _settled(tables, ids, writer)
            later = [_problem(settled, i) for i in sorted(settled.refused)]
            if not options.accept_bad:
                refuse_too_many(tables, later)
            report = _report(options, files, tables, settled, later, warnings)
            report.inputs, report.left_out = inputs, erased
            report.files = [{**one, "name": UNNAMED} if one["name"] in erased.files else one for one in report.files]
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
    return Problem(name, 0, 0, "", "unknown_file", say("This is no table; it was not read."))


def _settled(tables: Sequence[CheckedTable], ids: RecordIds, writer: Writer) -> Settled:
    people = People()
    for table in tables:
        note_people(table, people)

    def known(kind: str, missing: set[str]) -> dict[str, str]:
        if kind not in ids.namespaces:
            return {}
        records = {ids.of(kind, local): local for local in missing if not local.startswith(DERIVED)}
        claims = [c for c in writer.claims_touching(records) if c.kind == kind and c.source != ids.source]
        return {
            records[c.key]: str(c.values["name"])
            for c in sorted(claims, key=lambda c: c.source)
            if c.values.get("name")
        }

    return settle(tables, ids, people, known)


def _problem(settled: Settled, i: int) -> Problem:
    (table, number, line), (column, bad) = settled.place(i), settled.refused[i]
    return table.problem(number, line, column, bad)


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
    refused = Counter(id(settled.place(i)[0]) for i in settled.refused)
    for table in tables:
        cells = _cells_of_standing_rows(table, settled)
        in_part = len({problem.row for problem in cells})
        ok = len(table.rows) - refused[id(table)] - in_part
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
                    say("The table has a header and no rows; nothing is withdrawn for it."),
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
    gone = {number for i in settled.refused for of, number, _ in (settled.place(i),) if of is table}
    return [problem for problem in table.cells if problem.row not in gone]


def _write(
    writer: Writer,
    settled: Settled,
    options: Options,
    report: Report,
    tables: Sequence[CheckedTable],
    files: Sequence[InputFile],
) -> None:
    statements = Statements(settled)
    known = known_people(writer, options.source, statements.leaders, options.same_people)
    report.judged = dict(Counter(j.verdict.value for j in known.judgements))
    report.open = len(known.open)
    may_be = known_names(writer, options.source, statements.things)
    report.open_names = {kind: len(pairs) for kind, pairs in may_be.items()}
    notices = people_notices(writer, statements.leaders, known)
    stated = any(table.read for table in tables)
    parts = statements.parts() if stated else _as_before(writer, options.source)
    tally = _apply(writer, options, parts, known.judgements)
    report.warnings += statements.warnings + notices
    report.by_kind = {kind: n for kind, n in tally.by_kind.items() if n and stated}
    report.created, report.updated, report.unchanged = tally.created, tally.updated, tally.unchanged
    report.gone, report.run = tally.withdrawn.total(), 0 if options.dry_run else writer.run
    empty = [table for table in tables if not table.read]
    refuse_shrinking(options.source, tally, empty, allowed=options.allow_shrink)
    refuse_if_changed(files)
    if not options.dry_run:
        writer.finish(report.counts())


def _as_before(writer: Writer, source: str) -> Iterator[tuple[str, list[Claim]]]:
    """All that the source said before: an empty table never deletes."""
    before = sorted(writer.claims_of(source), key=lambda claim: (list(BY_NAME).index(claim.kind), claim.key))
    return ((kind, list(claims)) for kind, claims in groupby(before, attrgetter("kind")))


def _apply(
    writer: Writer, options: Options, parts: Iterable[tuple[str, list[Claim]]], judgements: Sequence[Judgement]
) -> Tally:
    """Give the writer what changes, in parts if it takes them; nothing of it is seen before the run is finished."""
    if options.dry_run:
        return compare(writer, options.source, parts)
    if isinstance(writer, TakesParts):
        tally = Tally()
        for changes in plan_parts(writer, options.source, parts, judgements, tally):
            writer.take(changes)
        return tally
    claims = [claim for _, part in parts for claim in part]
    changes = plan(writer, options.source, claims, judgements)
    writer.apply(changes)
    return tally_of(changes, claims)


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
