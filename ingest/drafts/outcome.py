"""What a load (or a trial of it) came to, in words for the page: counts, first rows, and each reason once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.reasons import by_reason
from ingest.report import Report
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.rows import Problem

__all__ = ["Became", "Outcome", "Reason", "outcome_of", "refusal"]

_ROWS = 12  # numbers that are named for a reason
_ON_PAGE = {
    "ambiguous_date": "Write it as 2024-09-01, or say how days are written: change the columns.",
}
"""Remedies that are another one on the page than for the command."""
_NOTES = {"unknown_column", "unknown_sheet", "hidden_sheet"}  # chosen on the page, so nobody need be told


@dataclass(frozen=True, slots=True)
class Became:
    """One of the first rows: what it says, as pairs of a label and words; or why it is not taken."""

    row: int
    said: tuple[tuple[str, str], ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for which rows or cells are put aside, however many have it."""

    count: int
    column: str
    sentence: str
    remedy: str
    rows: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one source's files came to. ``refused`` says why nothing of it is taken.

    ``leaves`` names what a person may allow all the same (``accept_bad``, ``allow_shrink``, ``same_people``); the rest
    says what it would come to then.
    """

    source: str
    refused: str = ""
    leaves: tuple[str, ...] = ()
    rows: int = 0
    taken: int = 0
    in_part: int = 0
    counts: str = ""
    changes: str = ""
    recognised: int = 0
    asked: int = 0
    repeats: int = 0
    run: int = 0
    rows_aside: tuple[Reason, ...] = ()
    cells_aside: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    first: tuple[Became, ...] = ()
    to_correct: int = 0


def outcome_of(
    report: Report, first: Sequence[Became], to_correct: int, refused: str = "", leaves: tuple[str, ...] = ()
) -> Outcome:
    """The outcome that a report tells of."""
    return Outcome(
        report.source,
        refused,
        leaves,
        report.rows,
        report.rows_ok + report.rows_in_part,
        report.rows_in_part,
        _counts(report.by_kind),
        _changes(report),
        report.judged.get("same", 0),
        report.open,
        report.repeats,
        report.run,
        _reasons([*report.left_out.perhaps, *report.quarantined]),
        _reasons(report.cells),
        _reasons([*report.left_out.erased, *(p for p in report.warnings if p.code not in _NOTES)]),
        tuple(first),
        to_correct,
    )


def refusal(source: str, why: str) -> Outcome:
    """Nothing of a source is taken."""
    return Outcome(source, why)


def _reasons(problems: Iterable[Problem]) -> tuple[Reason, ...]:
    return tuple(_reason(same) for same in by_reason(problems))


def _reason(same: Sequence[Problem]) -> Reason:
    first = same[0]
    places: dict[str, list[int]] = {}
    for problem in same[:_ROWS]:
        places.setdefault(f"{problem.file}, {problem.sheet}" if problem.sheet else problem.file, []).append(problem.row)
    named = "; ".join(f"{place}: row{'s' * (len(rows) > 1)} {_listed(rows)}" for place, rows in places.items())
    more = f" and {len(same) - _ROWS:,} more" if len(same) > _ROWS else ""
    remedy = _ON_PAGE.get(first.code, first.remedy)
    return Reason(len(same), first.column, first.sentence, remedy, named + more)


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows))


_CALLED = {
    "leaders": ("person", "people"),
    "activities": ("activity", "activities"),
    "leader_interests": ("interest of a person", "interests of people"),
    "leader_credentials": ("credential of a person", "credentials of people"),
}


def _counts(by_kind: dict[str, int]) -> str:
    """``8 people, 1 network, 8 memberships``, in the order of the declaration."""
    order = [kind.name for kind in NODE_KINDS] + [kind.name for kind in RELATIONSHIP_KINDS]
    return ", ".join(_number(by_kind[name], name) for name in order if by_kind.get(name))


def _number(count: int, kind: str) -> str:
    one, many = _CALLED.get(kind) or (kind.replace("_", " ").removesuffix("s"), kind.replace("_", " "))
    return f"{count:,} {one if count == 1 else many}"


def _changes(report: Report) -> str:
    told = Counter(
        {"new": report.created, "changed": report.updated, "as before": report.unchanged, "gone": report.gone}
    )
    return ", ".join(f"{count:,} {what}" for what, count in told.items() if count) or "nothing"
