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

from netofnets.schema.rows import Problem
from netofnets.schema.text import escape_controls

__all__ = ["Report", "QuarantinedRow", "print_report", "write_quarantine", "write_report"]

_REASONS, _PLACES = 12, 4  # shown on the terminal
_LISTED = 200  # warnings of one code that are listed one by one; all are counted

# What a spreadsheet program would run as a formula (OWASP, CSV injection), also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that was not taken, with its cells as they were read."""

    problem: Problem
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
    rows_ok: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    open: int = 0  # pairs of people that may be one, with a newcomer among them
    quarantined: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0, or 3 when rows are in quarantine."""
        return 3 if self.quarantined else 0

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
        }

    def as_json(self) -> dict[str, object]:
        """The whole report; long lists of warnings are cut, their counts are not."""
        return {
            "source": self.source,
            "run": self.run,
            "dry_run": self.dry_run,
            "files": self.files,
            "tables": self.tables,
            **{name: value for name, value in self.counts().items() if name != "quarantined"},
            "by_kind": self.by_kind,
            "judged": self.judged,
            "open": self.open,
            "quarantined": [_problem(p) for p in self.quarantined],
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
                writer.writerow([*map(_inert, header), "not_taken_from", "not_taken_because", "what_to_do"])
            problem = row.problem
            place = f"{problem.file}{'/' + problem.sheet if problem.sheet else ''} row {problem.row}"
            reason = f"{problem.column + ': ' if problem.column else ''}{problem.sentence} ({problem.code})"
            writer.writerow([*map(_inert, row.cells), _inert(place), _inert(reason), problem.remedy])


def _inert(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def print_report(report: Report, console: Console) -> None:
    """A summary for people; nothing from the data can move the cursor or pass for markup."""
    console.print(
        f"[bold]{_safe(report.source)}[/]: {report.rows_ok:,} of {report.rows:,} rows taken; "
        f"facts: {report.created:,} created, {report.updated:,} updated, "
        f"{report.unchanged:,} unchanged, {report.gone:,} gone"
        + (" [yellow](dry run: nothing was written)[/]" if report.dry_run else "")
    )
    if said := _recognised(report):
        console.print(said, markup=False)
    for code, n in Counter(p.code for p in report.warnings).most_common(12):
        first = next(p for p in report.warnings if p.code == code)
        column = f" '{_safe(first.column)}'" if first.column else ""
        console.print(f"[yellow]note[/] {code} ({n}): {_where(first)}{column}: {_safe(first.sentence)}")
    if report.quarantined:
        _print_quarantine(report.quarantined, console)


def _recognised(report: Report) -> str:
    """Who was joined without asking, and how many are asked about."""
    merged, may_be = report.judged.get("same", 0), report.open
    parts = []
    if merged:
        parts.append(
            _number(merged, "person", "people")
            + (" would be" if report.dry_run else " was" if merged == 1 else " were")
        )
        parts[-1] += " recognised"
    if may_be:
        parts.append(f"{may_be:,} may be known already: netofnets review")
    return ", ".join(parts) + ("." if parts and not may_be else "")


def _print_quarantine(problems: Sequence[Problem], console: Console) -> None:
    """Reasons, the most usual first, each with its remedy and the first places."""
    console.print(f"[bold]{_number(len(problems), 'row was', 'rows were')} put aside[/]")
    by_reason: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by_reason.setdefault((problem.code, problem.column), []).append(problem)
    reasons = sorted(by_reason.values(), key=len, reverse=True)
    for same in reasons[:_REASONS]:
        first = same[0]
        column = f" '{_safe(first.column)}'" if first.column else ""
        console.print(
            f"  [yellow]{len(same):,} x[/] {first.code}{column}: {_safe(first.sentence)} {_safe(first.remedy)}"
        )
        more = f" and {len(same) - _PLACES:,} more" if len(same) > _PLACES else ""
        console.print(f"      {'; '.join(map(_where, same[:_PLACES]))}{more}")
    if len(reasons) > _REASONS:
        console.print(f"  ... and {len(reasons) - _REASONS} other reasons; --report FILE lists all.")


def _number(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _where(problem: Problem) -> str:
    sheet = f"/{_safe(problem.sheet)}" if problem.sheet else ""
    return f"{_safe(problem.file)}{sheet}, row {problem.row}"


def _safe(text: str) -> str:
    return escape(escape_controls(text))
