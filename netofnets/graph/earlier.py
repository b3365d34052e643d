"""What sources said before of people and their ties, as far as organizers may see both and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.cut import Levels
from netofnets.graph.edition import guarding
from netofnets.schema.arrow import EARLIER, EARLIER_TIES
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME, LEADERS
from netofnets.schema.model import RelationshipKind
from netofnets.schema.policy import Standing, may_see
from netofnets.schema.records import PastClaim, Run

__all__ = ["earlier", "earlier_ties"]

Tables = Mapping[str, pa.Table]
_Tie = tuple[str, str, str, str, PastClaim]  # leader, kind, direction, the other, what was said


def earlier(
    past: Iterable[PastClaim], runs: Sequence[Run], identity: Identity, tables: Tables, levels: Levels
) -> pa.Table:
    """Past claims about the leaders of ``tables`` (:data:`EARLIER`), by leader and the latest first.

    Like the claims that stand, none of somebody who keeps one of the fields from organizers.
    """
    past = [one for one in past if one.claim.kind == LEADERS.name]
    seen, day = _told_of(tables, levels, {identity.canonical(one.claim.key) for one in past}), _days(runs)
    rows = []
    for one in past:
        if (leader := identity.canonical(one.claim.key)) in seen:
            rows.append((leader, *_said(one, day)))
    rows.sort(key=lambda row: (row[0], -row[4], row[1:]))
    return _table(rows, EARLIER)


def earlier_ties(
    past: Iterable[PastClaim], runs: Sequence[Run], identity: Identity, tables: Tables, levels: Levels
) -> pa.Table:
    """Past claims about ties of the same leaders (:data:`EARLIER_TIES`), by leader and the latest first.

    Of a tie to somebody whom organizers do not see, nothing. What no source states any more goes by the name that it
    had last; where there was none it is left out.
    """
    past = tuple(past)
    ends = {identity.canonical(end) for one in past for end in (one.claim.from_id, one.claim.to_id) if end}
    seen, day = _told_of(tables, levels, ends), _days(runs)
    hidden = {i for (i, field), level in levels.items() if not field and not may_see(Standing.ORGANIZER, level)}
    ties = [one for one in _ties(past, identity, seen) if one[3] not in hidden]
    name = _names(past, identity, tables, ties)
    rows = [
        (leader, kind, way, other, called, *_said(one, day), one.claim.first_run)
        for leader, kind, way, other, one in ties
        if (called := name(kind, way, other))
    ]
    rows.sort(key=lambda row: (row[0], -row[8], row[1:]))
    return _table(rows, EARLIER_TIES)


def _ties(past: Iterable[PastClaim], identity: Identity, seen: set[str]) -> Iterator[_Tie]:
    """The past ties of those who are seen, once from each of their ends; none of somebody to himself."""
    for one in past:
        kind = BY_NAME[one.claim.kind]
        if not isinstance(kind, RelationshipKind):
            continue
        start, end = identity.canonical(one.claim.from_id), identity.canonical(one.claim.to_id)
        if kind.source == LEADERS.name and start in seen and start != end:
            yield start, kind.name, "to", end, one
        if kind.target == LEADERS.name and end in seen and start != end:
            yield end, kind.name, "from", start, one


def _names(
    past: Sequence[PastClaim], identity: Identity, tables: Tables, ties: Sequence[_Tie]
) -> Callable[[str, str, str], str]:
    """The name of the other end of a tie: kind of the tie, direction, id."""
    wanted: dict[str, set[str]] = {}
    for _, kind, way, other, _ in ties:
        wanted.setdefault(_at_end(kind, way), set()).add(other)
    found: dict[tuple[str, str], str] = {}
    for one in sorted(past, key=lambda one: one.until) if ties else ():
        if one.claim.kind in wanted and (said := str(one.claim.values.get("name") or "")):
            found[one.claim.kind, identity.canonical(one.claim.key)] = said
    for node, ids in wanted.items():
        table = tables[node].select(["id", "name"])
        rows = table.filter(pc.is_in(table["id"], value_set=pa.array(sorted(ids), pa.string()))).to_pylist()
        found |= {(node, row["id"]): row["name"] for row in rows if row["name"]}
    return lambda kind, way, other: found.get((_at_end(kind, way), other), "")


def _at_end(kind: str, way: str) -> str:
    declared = BY_NAME[kind]
    assert isinstance(declared, RelationshipKind)
    return declared.target if way == "to" else declared.source


def _told_of(tables: Tables, levels: Levels, asked: set[str]) -> set[str]:
    """Those of ``asked`` who are leaders of ``tables`` and keep no field from organizers."""
    ids = pa.array(sorted(asked - guarding(levels)), pa.string())
    return set(ids.filter(pc.is_in(ids, value_set=tables[LEADERS.name]["id"].combine_chunks())).to_pylist())


def _days(runs: Sequence[Run]) -> Callable[[str, int], str]:
    """The last day up to a run on which a source was read; empty where none is on record."""
    read: dict[str, list[tuple[int, str]]] = {}
    for run in runs:
        read.setdefault(run.source, []).append((run.number, run.finished[:10] or run.started[:10]))

    def day(source: str, until: int) -> str:
        return next((day for number, day in reversed(read.get(source, ())) if number <= until), "")

    return day


def _said(one: PastClaim, day: Callable[[str, int], str]) -> tuple[str, str, str, int, str]:
    values = json.dumps(dict(one.claim.values), ensure_ascii=False, sort_keys=True)
    return one.claim.source, values, one.claim.origin, one.until, day(one.claim.source, one.until)


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    return pa.table(list(zip(*rows, strict=True)) or [()] * len(schema), schema=schema)
