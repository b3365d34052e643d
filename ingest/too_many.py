"""When so much of a file cannot be taken that its mapping must be wrong, or the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest import limits
from ingest.checked import CheckedTable
from ingest.reasons import by_reason, places, reason_line
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.rows import Problem

__all__ = ["refuse_too_many"]

_REASONS = 12  # shown in the message


def refuse_too_many(tables: Iterable[CheckedTable], later: Iterable[Problem] = ()) -> None:
    """Raise :class:`InputError` when too many rows are bad, or most cells of a column.

    The codes are ``too_many_bad_rows`` (more than both limits of ``ingest.limits``) and ``too_many_bad_cells`` (more
    than the first of them, and more than half of the rows or every cell that is not empty).
    """
    tables = list(tables)
    problems = [problem for table in tables for problem in table.bad] + list(later)
    total = sum(table.read - table.skipped for table in tables)
    if len(problems) > limits.BAD_ROWS_SURE and len(problems) > limits.BAD_ROWS_SHARE * total:
        why = say(
            "{bad:,} of {all:,} rows cannot be taken, so the mapping or the file is probably wrong",
            bad=len(problems),
            all=total,
        )
        raise _refused(why, "too_many_bad_rows", problems)
    for table in tables:
        for same in by_reason(table.cells):
            most = len(same) > (table.read - table.skipped) / 2 or same[0].column in table.hopeless
            if len(same) > limits.BAD_ROWS_SURE and most:
                why = say(
                    "{n:,} cells of one column cannot be taken, so the mapping or the file is probably wrong",
                    n=len(same),
                )
                raise _refused(why, "too_many_bad_cells", same)


def _refused(why: str, code: str, problems: Sequence[Problem]) -> InputError:
    reasons = by_reason(problems)
    shown = "\n".join(f"  {reason_line(same)}\n      {places(same)}" for same in reasons[:_REASONS])
    more = f"\n  ... and {len(reasons) - _REASONS} other reasons" if len(reasons) > _REASONS else ""
    return InputError(
        f"{why}; nothing was loaded.\n{shown}{more}\nIf all the rest is right, load it with --accept-bad-rows",
        code=code,
        on_page=why,
    )
