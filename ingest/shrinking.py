"""When a load would withdraw much: more often a cut-off export than the end of a network."""

from __future__ import annotations

from collections.abc import Sequence

from ingest import limits
from ingest.checked import CheckedTable
from netofnets.errors import InputError
from netofnets.store.parts import Tally

__all__ = ["refuse_shrinking"]


def refuse_shrinking(source: str, tally: Tally, empty: Sequence[CheckedTable], *, allowed: bool) -> None:
    """Raise :class:`InputError` (``shrink``) for what would withdraw much, or anything of an ``empty`` table."""
    dropped = {kind: n for kind, n in tally.withdrawn.items() if n}
    guarded = {kind: n for kind, n in dropped.items() if kind in ("leaders", "memberships", "networks")}
    emptied = {kind for table in empty for kind in _fed_by(table)} & dropped.keys()
    if emptied:
        kind = min(emptied)
        raise InputError(
            f"the {kind} table has no rows any more, and {dropped[kind]} {kind} would be withdrawn; "
            "an empty table never deletes. Load the whole table, or leave it out of the mapping",
            code="shrink",
        )
    if not guarded or allowed:
        return
    for kind, gone in guarded.items():
        if gone > limits.SHRINK_SHARE * tally.before[kind]:
            raise InputError(
                f"this load would withdraw {gone} of the {tally.before[kind]} {kind} that {source!r} stated "
                f"before, more than {limits.SHRINK_SHARE:.0%}; nothing was changed. "
                "If the file is complete, load it with --allow-shrink",
                code="shrink",
            )


def _fed_by(table: CheckedTable) -> tuple[str, ...]:
    """The kinds that a table is there for."""
    name = table.spec.shape.name
    return ("leaders", "memberships") if name == "roster" else (name,)
