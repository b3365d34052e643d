"""No scores about those who declined them: what is measured of single people is left out before anything uses it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.measure import Measure
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.purposes import SCORES

__all__ = ["tells_of_people", "without_scores"]

_RANKS = ("rank", "rank_low", "rank_high")
_OF_ONE = "leader"  # the column of ids where a row is about one person
_SHARES = ("communities", "strength")  # of a table that says where everybody is: a fact stays, how strongly goes


def without_scores(declared: Measure, found: pa.Table, snapshot: Snapshot) -> pa.Table:
    """The table of a measure without the rows about people who want no scores; ranks close up.

    The facts that the numbers were made of stay, and so does everybody else's number: who is tied to whom is no score.
    """
    if not tells_of_people(declared):
        return found
    away = snapshot.ids("leaders").filter(pa.array(snapshot.declining(SCORES)))
    if not len(away):
        return found
    if declared.id == _SHARES[0]:
        theirs = pc.is_in(found["id"], value_set=away)
        share = pc.if_else(theirs, pa.scalar(None, found[_SHARES[1]].type), found[_SHARES[1]])
        return found.set_column(found.schema.get_field_index(_SHARES[1]), _SHARES[1], share)
    theirs = pc.is_in(found[_OF_ONE], value_set=away)
    kept = found.filter(pc.invert(theirs))
    return _closed_up(kept, found.filter(theirs))


def tells_of_people(declared: Measure) -> bool:
    """Whether the table of a measure has rows about single people."""
    one = any(output.name == _OF_ONE and output.of == "leaders" for output in declared.outputs)
    return one or declared.id == _SHARES[0]


def _closed_up(kept: pa.Table, gone: pa.Table) -> pa.Table:
    """Ranks as they are without those who are gone; a bound of an interval never passes its own rank."""
    if "rank" not in kept.column_names or not gone.num_rows:
        return kept
    taken = np.sort(gone["rank"].drop_null().to_numpy())
    for name in (one for one in _RANKS if one in kept.column_names):
        ranks = kept[name].to_pylist()
        moved = [None if r is None else max(1, r - int(np.searchsorted(taken, r, side="left"))) for r in ranks]
        kept = kept.set_column(kept.schema.get_field_index(name), name, pa.array(moved, kept[name].type))
    return kept
