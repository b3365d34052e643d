"""When a load would withdraw much: more often a cut-off export than the end of a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ingest import limits
from ingest.checked import CheckedTable
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.store.parts import Tally

__all__ = ["refuse_shrinking"]


def refuse_shrinking(source: str, tally: Tally, empty: Sequence[CheckedTable], *, allowed: bool) -> None:
    """Raise :class:`InputError` (``shrink``) for what would withdraw much, or anything of an ``empty`` table."""
    dropped = {kind: n for kind, n in tally.withdrawn.items() if n}
    guarded = {kind: n for kind, n in dropped.items() if kind in ("leaders", "memberships", "networks")}
    emptied = {kind for table in empty for kind in _fed_by(table)} & dropped.keys()
    if emptied:
        kind = min(emptied)
        why = say(
            "the {kind} table has no rows any more, and {n} {kind} would be withdrawn; an empty table never deletes. "
            "Load the whole table, or leave it out of the mapping",
            kind=kind,
            n=dropped[kind],
        )
        raise InputError(why, code="shrink")
    if not guarded or allowed:
        return
    for kind, gone in guarded.items():
        if gone > limits.SHRINK_SHARE * tally.before[kind]:
            why = _WITHDRAWN[kind](gone, tally.before[kind], source)
            raise InputError(f"{why}. If the file is complete, load it with --allow-shrink", code="shrink", on_page=why)


_WITHDRAWN: Mapping[str, Callable[[int, int, str], str]] = {
    "leaders": lambda gone, before, source: say(
        "this load would withdraw {gone} of the {before} leaders that {source!r} stated before, more than {share:.0%}; "
        "nothing was changed",
        gone=gone,
        before=before,
        source=source,
        share=limits.SHRINK_SHARE,
    ),
    "memberships": lambda gone, before, source: say(
        "this load would withdraw {gone} of the {before} memberships that {source!r} stated before, more than "
        "{share:.0%}; nothing was changed",
        gone=gone,
        before=before,
        source=source,
        share=limits.SHRINK_SHARE,
    ),
    "networks": lambda gone, before, source: say(
        "this load would withdraw {gone} of the {before} networks that {source!r} stated before, more than "
        "{share:.0%}; nothing was changed",
        gone=gone,
        before=before,
        source=source,
        share=limits.SHRINK_SHARE,
    ),
}


def _fed_by(table: CheckedTable) -> tuple[str, ...]:
    """The kinds that a table is there for."""
    name = table.spec.shape.name
    return ("leaders", "memberships") if name == "roster" else (name,)
