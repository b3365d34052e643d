"""What a load (or a trial of it) came to, in words for the page: counts, first rows, and each reason once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.reasons import by_reason
from ingest.report import Report
from netofnets.language import joined, say, say_count
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.rows import Problem

__all__ = ["Became", "Outcome", "Reason", "outcome_of", "refusal"]

_ROWS = 12  # numbers that are named for a reason
_ON_PAGE = {
    "ambiguous_date": say("Write it as 2024-09-01, or say how days are written: change the columns."),
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
    named = joined([_named(place, rows) for place, rows in places.items()], "; ")
    if len(same) > _ROWS:
        named = say_count("{rows} and {n:,} more", "{rows} and {n:,} more", len(same) - _ROWS, rows=named)
    remedy = _ON_PAGE.get(first.code, first.remedy)
    return Reason(len(same), first.column, first.sentence, remedy, named)


def _named(place: str, rows: Sequence[int]) -> str:
    return say_count("{place}: row {rows}", "{place}: rows {rows}", len(rows), place=place, rows=_listed(rows))


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows))


_COUNTED: Mapping[str, Callable[[int], str]] = {
    "leaders": lambda n: say_count("{n:,} person", "{n:,} people", n),
    "networks": lambda n: say_count("{n:,} network", "{n:,} networks", n),
    "organizations": lambda n: say_count("{n:,} organization", "{n:,} organizations", n),
    "interests": lambda n: say_count("{n:,} interest", "{n:,} interests", n),
    "activities": lambda n: say_count("{n:,} activity", "{n:,} activities", n),
    "credentials": lambda n: say_count("{n:,} credential", "{n:,} credentials", n),
    "memberships": lambda n: say_count("{n:,} membership", "{n:,} memberships", n),
    "affiliations": lambda n: say_count("{n:,} affiliation", "{n:,} affiliations", n),
    "leader_interests": lambda n: say_count("{n:,} interest of a person", "{n:,} interests of people", n),
    "partnerships": lambda n: say_count("{n:,} partnership", "{n:,} partnerships", n),
    "network_focuses": lambda n: say_count("{n:,} network focus", "{n:,} network focuses", n),
    "organization_focuses": lambda n: say_count("{n:,} organization focus", "{n:,} organization focuses", n),
    "collaborations": lambda n: say_count("{n:,} collaboration", "{n:,} collaborations", n),
    "network_parts": lambda n: say_count("{n:,} network part", "{n:,} network parts", n),
    "participations": lambda n: say_count("{n:,} participation", "{n:,} participations", n),
    "leader_credentials": lambda n: say_count("{n:,} credential of a person", "{n:,} credentials of people", n),
    "credential_issuers": lambda n: say_count("{n:,} credential issuer", "{n:,} credential issuers", n),
    "broader_interests": lambda n: say_count("{n:,} broader interest", "{n:,} broader interests", n),
    "related_interests": lambda n: say_count("{n:,} related interest", "{n:,} related interests", n),
}


def _counts(by_kind: dict[str, int]) -> str:
    """``8 people, 1 network, 8 memberships``, in the order of the declaration."""
    order = [kind.name for kind in NODE_KINDS] + [kind.name for kind in RELATIONSHIP_KINDS]
    return joined([_COUNTED[name](by_kind[name]) for name in order if by_kind.get(name)], ", ")


def _changes(report: Report) -> str:
    told = (
        (report.created, say_count("{n:,} new", "{n:,} new", report.created)),
        (report.updated, say_count("{n:,} changed", "{n:,} changed", report.updated)),
        (report.unchanged, say_count("{n:,} as before", "{n:,} as before", report.unchanged)),
        (report.gone, say_count("{n:,} gone", "{n:,} gone", report.gone)),
    )
    return joined([words for count, words in told if count], ", ") or say("nothing")
