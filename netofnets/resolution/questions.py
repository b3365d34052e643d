"""The queue: what may be one person, network or organization, ordered by how much the answer would change the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.effects import named_effects
from netofnets.resolution.named import NAMED, named_of_table
from netofnets.resolution.recognise import Proposal, recognise
from netofnets.resolution.records import records_of_table
from netofnets.resolution.spellings import spellings
from netofnets.resolution.verdicts import answered
from netofnets.schema.arrow import QUESTIONS
from netofnets.schema.records import Judgement

__all__ = ["questions"]


def questions(snapshot: Snapshot, log: Sequence[Judgement]) -> pa.Table:
    """The open questions about a snapshot, as :data:`netofnets.schema.arrow.QUESTIONS`.

    ``shared`` counts pairs of networks that would share somebody more (of organizations: partner networks that would
    have one in common), ``opened`` those of them that share nobody yet. ``change`` is what an answer is expected to
    change: the probability, for names a rating, times the sum, over these pairs, of 1 / (1 + shared now). The largest
    change stands first; what somebody put off stands last.
    """
    rows = [*_about_people(snapshot, log), *_about_names(snapshot, log)]
    rows.sort(key=lambda r: (r["put_off"], -r["change"], -(r["probability"] or 0.0), r["left"], r["right"]))
    return pa.Table.from_pylist(rows, schema=QUESTIONS)


def _about_people(snapshot: Snapshot, log: Sequence[Judgement]) -> list[dict[str, Any]]:
    known = set(snapshot.ids("leaders").to_pylist())
    found = [p for p in recognise(records_of_table(snapshot.claims), log).open if {p.left, p.right} <= known]
    effects = _effects(snapshot, found)
    return [
        {
            "kind": "leaders",
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


def _about_names(snapshot: Snapshot, log: Sequence[Judgement]) -> list[dict[str, Any]]:
    verdicts, rows = answered(log), []
    for kind in NAMED:
        known = set(snapshot.ids(kind).to_pylist())
        things = [one for one in named_of_table(snapshot.claims, kind) if one.entity in known]
        found = spellings(kind, things, verdicts)
        for one, effect in zip(found, named_effects(snapshot, found), strict=True):
            rows.append(
                {
                    "kind": kind,
                    "left": one.left,
                    "right": one.right,
                    "reasons": [*one.reasons, *effect.reasons],
                    "against": list(one.against),
                    "put_off": one.put_off,
                    "probability": None,
                    "shared": effect.shared,
                    "opened": effect.opened,
                    "change": round(one.rating * effect.weight, 6),
                }
            )
    return rows


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
