"""What sources said of people before, as far as organizers may see the people and where facts of them come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pyarrow as pa

from netofnets.graph.cut import Levels
from netofnets.graph.edition import guarding
from netofnets.schema.arrow import EARLIER
from netofnets.schema.identity import Identity
from netofnets.schema.records import PastClaim, Run

__all__ = ["earlier"]


def earlier(
    past: Iterable[PastClaim],
    runs: Sequence[Run],
    identity: Identity,
    leaders: pa.ChunkedArray,
    levels: Levels,
) -> pa.Table:
    """Past claims about ``leaders`` (:data:`EARLIER`), by leader and the latest first.

    Like the claims that stand, none of somebody who keeps one of the fields from organizers.
    """
    seen = set(leaders.to_pylist()) - guarding(levels)
    read: dict[str, list[tuple[int, str]]] = {}
    for run in runs:
        read.setdefault(run.source, []).append((run.number, run.finished[:10] or run.started[:10]))
    rows = []
    for one in past:
        claim, leader = one.claim, identity.canonical(one.claim.key)
        if leader in seen:
            days = [day for number, day in read.get(claim.source, ()) if number <= one.until]
            values = json.dumps(dict(claim.values), ensure_ascii=False, sort_keys=True)
            rows.append((leader, claim.source, values, claim.origin, one.until, days[-1] if days else ""))
    rows.sort(key=lambda row: (row[0], -row[4], row[1:]))
    columns = list(zip(*rows, strict=True)) or [()] * len(EARLIER)
    return pa.table(columns, schema=EARLIER)
