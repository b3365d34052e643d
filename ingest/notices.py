"""What is taken but worth a second look: ids that look alike, addresses that several people share, blocked chains."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.settle import Row, Settled
from netofnets.resolution.judge import blocked_chains, shared_addresses
from netofnets.schema.columns import IDENTIFIED_BY_NAME
from netofnets.schema.records import Claim, Judgement
from netofnets.schema.rows import Problem
from netofnets.schema.text import confusable_skeleton

__all__ = ["id_notices", "people_notices"]


def id_notices(settled: Settled) -> list[Problem]:
    """Ids that differ only in case, or only by letters that look alike; both are kept as they are."""
    found = []
    for kind, states in settled.states.items():
        if kind == IDENTIFIED_BY_NAME:
            continue
        by_case: dict[str, str] = {}
        by_look: dict[str, str] = {}
        for local, state in states.items():
            folded = local.casefold()
            if by_case.setdefault(folded, local) != local:
                found.append(_at(settled.rows[state.rows[0]], "near_duplicate_id", _NEAR.format(by_case[folded][:60])))
            look = local if local.isascii() else confusable_skeleton(local)
            if by_look.setdefault(look, local) != local:
                found.append(_at(settled.rows[state.rows[0]], "confusable_id", _LOOK.format(by_look[look][:60])))
    return found


_NEAR = "The id differs from {!r} only in upper and lower case; they were taken for two."
_LOOK = "The id looks like {!r} but has other letters; they were taken for two."


def people_notices(leaders: Sequence[Claim], judgements: Sequence[Judgement]) -> list[Problem]:
    """Addresses that join nobody, and joins that were not made because they would chain strangers together."""
    rows = {claim.key: claim.origin for claim in leaders}
    found = [
        _from_origin(
            rows.get(shared.records[0], ""),
            "shared_email",
            f"{len(shared.records)} people share one address; it joins nobody.",
        )
        for shared in shared_addresses(leaders)
    ]
    for left, _ in blocked_chains(leaders, judgements):
        sentence = "Two records share a page, but one is joined to a name that does not fit; they were kept apart."
        found.append(_from_origin(rows.get(left, ""), "chain_merge_blocked", sentence))
    return found


def _at(row: Row, code: str, sentence: str) -> Problem:
    return Problem(row.table.file, row.number, row.line, "id", code, sentence, sheet=row.table.sheet)


def _from_origin(origin: str, code: str, sentence: str) -> Problem:
    file, _, row = origin.rpartition(":")
    number = int(row) if row.isdigit() else 0
    return Problem(file, number, number, "", code, sentence)
