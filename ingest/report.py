"""What a load tells: a report for programs, a file of the rows to correct, and a few lines for people."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ingest.erased import LeftOut
from ingest.reasons import by_reason, places, reason_line
from netofnets.schema.cells import inert
from netofnets.schema.rows import Problem
from netofnets.schema.text import escape_controls

__all__ = ["Report", "QuarantinedRow", "print_report", "write_quarantine", "write_report"]

_LISTS = ("quarantined", "cells", "erased", "perhaps_erased", "files")
_REASONS = 12  # shown on the terminal
_PERHAPS = "rows that may be about somebody who was erased were"
_LISTED = 200  # warnings of one code that are listed one by one; all are counted


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that was not taken, or not with all of its cells, as it was read."""

    problems: tuple[Problem, ...]
    header: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """The outcome of one load."""

    source: str
    dry_run: bool = False
    run: int = 0
    files: list[dict[str, object]] = field(default_factory=list)
    tables: list[dict[str, object]] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    rows: int = 0
    rows_ok: int = 0  # taken with every cell
    rows_in_part: int = 0  # taken without one cell or more
    by_kind: dict[str, int] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    open: int = 0  # pairs of people that may be one, with a newcomer among them
    open_names: dict[str, int] = field(default_factory=dict)  # pairs of networks, organizations that may be one
    quarantined: list[Problem] = field(default_factory=list)  # rows that were not taken
    cells: list[Problem] = field(default_factory=list)  # cells that were not taken, of rows that were
    warnings: list[Problem] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)  # rows about people who were erased
    repeats: int = 0  # the run that loaded the very same files; nothing was read again
    inputs: str = ""  # digest of files and mapping, by which the next load knows them

    @property
    def exit_code(self) -> int:
        """0, or 3 when rows or cells are in quarantine, or rows may be about somebody who was erased."""
        return 3 if self.quarantined or self.cells or self.left_out.perhaps else 0

    def counts(self) -> dict[str, object]:
        """The part that the store keeps with the run."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "gone": self.gone,
            "quarantined": len(self.quarantined),
            "rows": self.rows,
            "rows_ok": self.rows_ok,
            "rows_in_part": self.rows_in_part,
            "cells": len(self.cells),
            "erased": len(self.left_out.erased),
            "perhaps_erased": len(self.left_out.perhaps),
            "files": len(self.files),
            "inputs": self.inputs,
        }

    def as_json(self) -> dict[str, object]:
        """The whole report; long lists of warnings are cut, their counts are not."""
        return {
            "source": self.source,
            "run": self.run,
            "dry_run": self.dry_run,
            "repeats": self.repeats,
            "files": self.files,
            "tables": self.tables,
            **{name: value for name, value in self.counts().items() if name not in _LISTS},
            "by_kind": self.by_kind,
            "judged": self.judged,
            "open": self.open,
            "open_names": self.open_names,
            "quarantined": [_problem(p) for p in self.quarantined],
            "cells": [_problem(p) for p in self.cells],
            "erased": [_problem(p) for p in self.left_out.erased],
            "perhaps_erased": [_problem(p) for p in self.left_out.perhaps],
            "warning_counts": dict(sorted(Counter(p.code for p in self.warnings).items())),
            "warnings": [_problem(p) for p in _some_of_each(self.warnings)],
            "exit_code": self.exit_code,
        }


def _problem(problem: Problem) -> dict[str, object]:
    return {name: value for name, value in asdict(problem).items() if value != ""}


def _some_of_each(warnings: Iterable[Problem]) -> list[Problem]:
    seen: Counter[str] = Counter()
    listed = []
    for problem in warnings:
        seen[problem.code] += 1
        if seen[problem.code] <= _LISTED:
            listed.append(problem)
    return listed


def write_report(report: Report, path: Path) -> None:
    """Write the JSON report."""
    path.write_text(json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_quarantine(rows: Sequence[QuarantinedRow], path: Path) -> None:
    """Write the rows to correct, with reason and remedy, so that a spreadsheet program opens them safely.

    Rows of tables with other headers follow under a header of their own, after an empty line.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        header: tuple[str, ...] | None = None
        for row in rows:
            if row.header != header:
                if header is not None:
                    writer.writerow([])
                header = row.header
                writer.writerow([*map(inert, header), "not_taken_from", "not_taken_because", "what_to_do"])
            first = row.problems[0]
            place = f"{first.file}{'/' + first.sheet if first.sheet else ''} row {first.row}"
            reason = " ".join(f"{p.column + ': ' if p.column else ''}{p.sentence} ({p.code})" for p in row.problems)
            remedy = " ".join(dict.fromkeys(p.remedy for p in row.problems))
            writer.writerow([*map(inert, row.cells), inert(place), inert(reason), remedy])


def print_report(report: Report, console: Console) -> None:
    """A summary for people; nothing from the data can move the cursor or pass for markup."""
    console.print(
        f"[bold]{_safe(report.source)}[/]: {report.rows_ok + report.rows_in_part:,} of {report.rows:,} rows taken; "
        f"facts: {report.created:,} created, {report.updated:,} updated, "
        f"{report.unchanged:,} unchanged, {report.gone:,} gone"
        + (" [yellow](dry run: nothing was written)[/]" if report.dry_run else "")
    )
    if report.repeats:
        console.print(f"These are the files of run {report.repeats}, unchanged; nothing was read again.")
    if said := _recognised(report):
        console.print(said, markup=False)
    for code, n in Counter(p.code for p in report.warnings).most_common(12):
        first = next(p for p in report.warnings if p.code == code)
        column = f" '{_safe(first.column)}'" if first.column else ""
        console.print(f"[yellow]note[/] {code} ({n}): {_safe(_where(first))}{column}: {_safe(first.sentence)}")
    if erased := report.left_out.erased:
        what = "row is" if len(erased) == 1 else "rows are"
        console.print(
            f"[bold]{len(erased):,} {what} about somebody who was erased[/] and left out: {_safe(places(erased))}"
        )
    if report.left_out.perhaps:
        what = _number(len(report.left_out.perhaps), "row that may be about somebody who was erased was", _PERHAPS)
        _print_reasons(what, report.left_out.perhaps, console)
    if report.quarantined:
        _print_reasons(_number(len(report.quarantined), "row was", "rows were"), report.quarantined, console)
    if report.cells:
        what = _number(len(report.cells), "cell was", "cells were")
        of_rows = _number(report.rows_in_part, "row that was taken without it", "rows that were taken without them")
        _print_reasons(what, report.cells, console, f", of {of_rows}")


def _recognised(report: Report) -> str:
    """Who was joined without asking, and how many people, networks and organizations are asked about."""
    merged = report.judged.get("same", 0)
    parts = []
    if merged:
        parts.append(
            _number(merged, "person", "people")
            + (" would be" if report.dry_run else " was" if merged == 1 else " were")
        )
        parts[-1] += " recognised"
    may_be = []
    if report.open:
        may_be.append(_number(report.open, "person", "people") if report.open_names else f"{report.open:,}")
    may_be += [_number(n, kind.removesuffix("s"), kind) for kind, n in report.open_names.items()]
    if may_be:
        parts.append(f"{' and '.join(may_be)} may be known already: netofnets review")
    return ", ".join(parts) + ("." if parts and not may_be else "")


def _print_reasons(what: str, problems: Sequence[Problem], console: Console, of_rows: str = "") -> None:
    """Reasons, the most usual first, each once with its remedy and the first places."""
    console.print(f"[bold]{what} put aside[/]{of_rows}")
    reasons = by_reason(problems)
    for same in reasons[:_REASONS]:
        console.print(f"  {escape(reason_line(same))}")
        console.print(f"      {escape(places(same))}")
    if len(reasons) > _REASONS:
        console.print(f"  ... and {len(reasons) - _REASONS} other reasons; --report FILE lists all.")


def _number(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _where(problem: Problem) -> str:
    sheet = f"/{problem.sheet}" if problem.sheet else ""
    return f"{problem.file}{sheet}" + (f", row {problem.row}" if problem.row else "")


def _safe(text: str) -> str:
    return escape(escape_controls(text))
