"""How many claims each source has, beside the last run: what somebody deletes by hand takes its claims along.

The number is carried from run to run and not counted anew, so that a deletion stays visible until it is settled. An
older version of netofnets leaves it as it was: then its run is not the last one, and it counts for nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from neo4j import Transaction

from netofnets.store.claims import json_text

__all__ = ["counted", "gone", "kept", "written"]

_OF_NODES = "MATCH (x) WHERE x.nn_claims IS NOT NULL UNWIND x.nn_sources AS source RETURN source, count(*)"
_OF_TIES = "MATCH ()-[x]->() WHERE x.nn_claims IS NOT NULL UNWIND x.nn_sources AS source RETURN source, count(*)"


def written(run: int, claims: Mapping[str, int]) -> str:
    """The tally as the book's node keeps it."""
    return json_text({"run": run, "claims": {source: n for source, n in sorted(claims.items()) if n > 0}})


def kept(text: object, run: int) -> dict[str, int] | None:
    """The tally after ``run``; None when none was kept of it."""
    if run == 0:
        return {}  # nothing has been written yet
    try:
        read = json.loads(text) if isinstance(text, str) else {}
    except ValueError:
        return None
    return dict(read["claims"]) if isinstance(read, dict) and read.get("run") == run else None


def counted(transaction: Transaction, run: int) -> str:
    """The tally of what stands now."""
    found: Counter[str] = Counter()
    for text in (_OF_NODES, _OF_TIES):
        for source, claims in transaction.run(text):
            found[source] += claims
    return written(run, found)


def gone(text: object, run: int, sources: Iterable[str]) -> dict[str, int]:
    """By source, how many claims are missing; ``sources`` names the source of each claim that is there."""
    there, wanted = Counter(sources), kept(text, run) or {}
    return {source: n - there[source] for source, n in sorted(wanted.items()) if there[source] < n}
