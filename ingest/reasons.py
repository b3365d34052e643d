"""One reason is one line, however many rows it has: what, in which column, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from netofnets.schema.rows import Problem
from netofnets.schema.text import escape_controls

__all__ = ["by_reason", "places", "reason_line"]

_PLACES = 4  # named for each reason


def by_reason(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of one code and column together, the most usual reason first."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.column), []).append(problem)
    return sorted(found.values(), key=len, reverse=True)


def reason_line(same: Sequence[Problem]) -> str:
    """``60 x ambiguous_date 'Joined': sentence remedy``, fit for a terminal."""
    first = same[0]
    column = f" '{escape_controls(first.column)}'" if first.column else ""
    return f"{len(same):,} x {first.code}{column}: {escape_controls(f'{first.sentence} {first.remedy}'.strip())}"


def places(same: Sequence[Problem]) -> str:
    """The first places, and how many more there are."""
    more = f" and {len(same) - _PLACES:,} more" if len(same) > _PLACES else ""
    return "; ".join(map(_where, same[:_PLACES])) + more


def _where(problem: Problem) -> str:
    sheet = f"/{escape_controls(problem.sheet)}" if problem.sheet else ""
    return f"{escape_controls(problem.file)}{sheet}, row {problem.row}"
