"""The queue: who may be one person, ordered by how much the answer would change the map of networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.recognise import Proposal, recognise
from netofnets.resolution.records import records_of_table
from netofnets.schema.arrow import QUESTIONS
from netofnets.schema.records import Judgement

__all__ = ["questions"]


def questions(snapshot: Snapshot, log: Sequence[Judgement]) -> pa.Table:
    """The open questions about the people of a snapshot, as :data:`netofnets.schema.arrow.QUESTIONS`.

    ``shared`` counts pairs of networks that would share somebody more, ``opened`` those of them that share nobody yet.
    ``change`` is what an answer is expected to change: the probability times the sum, over these pairs, of
    1 / (1 + people shared now). The largest change stands first; what somebody put off stands last.
    """
    known = set(snapshot.ids("leaders").to_pylist())
    found = [p for p in recognise(records_of_table(snapshot.claims), log).open if {p.left, p.right} <= known]
    effects = _effects(snapshot, found)
    rows: list[dict[str, Any]] = [
        {
            "left": p.left,
            "right": p.right,
            "probability": p.probability,
            "reasons": list(p.reasons),
            "against": list(p.against),
            "put_off": p.put_off,
            "shared": shared,
            "opened": opened,
            "change": round(p.probability * weight, 6),
        }
        for p, (shared, opened, weight) in zip(found, effects, strict=True)
    ]
    rows.sort(key=lambda row: (row["put_off"], -row["change"], -row["probability"], row["left"], row["right"]))
    return pa.Table.from_pylist(rows, schema=QUESTIONS)


def _effects(snapshot: Snapshot, found: Sequence[Proposal]) -> list[tuple[int, int, float]]:
    """For each proposal: pairs of networks that would share one more, those that share nobody now, and their weight."""
    belongs = snapshot.incidence("memberships")
    together = sp.csr_array(belongs.csr.T @ belongs.csr)
    effects = []
    for proposal in found:
        one, other = (belongs.groups_of(snapshot.position("leaders", end)) for end in (proposal.left, proposal.right))
        alone, apart = np.setdiff1d(one, other), np.setdiff1d(other, one)
        if not len(alone) or not len(apart):
            effects.append((0, 0, 0.0))
            continue
        shared = together[alone][:, apart].toarray()
        effects.append((shared.size, int((shared == 0).sum()), float((1 / (1 + shared)).sum())))
    return effects
