"""What is taken but worth a second look: ids that look alike, addresses that several people share, blocked chains."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from ingest.known import Known, Leaders
from ingest.perhaps_twice import PerhapsTwice
from ingest.settle import Settled
from ingest.tellings import AT, FIRST, ROW
from netofnets.language import say
from netofnets.resolution.judge import blocked_chains, shared_addresses
from netofnets.schema.columns import IDENTIFIED_BY_NAME
from netofnets.schema.kinds import NODE_KINDS
from netofnets.schema.records import Claim, Judgement
from netofnets.schema.rows import Problem
from netofnets.schema.text import confusable_skeleton
from netofnets.store.base import Writer

__all__ = ["id_notices", "people_notices"]

_MANY = 10_000  # people whose judgements are looked up


def id_notices(settled: Settled) -> list[Problem]:
    """Ids that differ only in case, or only by letters that look alike; both are kept as they are."""
    found = []
    for kind in (kind.name for kind in NODE_KINDS if kind.name != IDENTIFIED_BY_NAME):
        by_case: dict[str, str] = {}
        by_look: dict[str, str] = {}
        for _, local, row in _alike(settled, kind):
            folded = local.casefold()
            if by_case.setdefault(folded, local) != local:
                found.append(_at(settled, row, "near_duplicate_id", _NEAR.format(by_case[folded][:60])))
            look = _look(local)
            if by_look.setdefault(look, local) != local:
                found.append(_at(settled, row, "confusable_id", _LOOK.format(by_look[look][:60])))
    return found


_NEAR = "The id differs from {!r} only in upper and lower case; they were taken for two."
_LOOK = "The id looks like {!r} but has other letters; they were taken for two."


def _alike(settled: Settled, kind: str) -> list[tuple[int, str, int]]:
    """Ids that another one may be like, in the order in which they came, with the first row of each."""
    case, look = PerhapsTwice(), PerhapsTwice()
    for told in settled.things(kind):
        local = told[0][FIRST]
        case.add(local.casefold())
        look.add(_look(local))
    if not case and not look:
        return []
    return sorted(
        (told[0][AT], local, told[0][ROW])
        for told in settled.things(kind)
        for local in (told[0][FIRST],)
        if local.casefold() in case or _look(local) in look
    )


def _look(local: str) -> str:
    return local if local.isascii() else confusable_skeleton(local)


def people_notices(writer: Writer, leaders: Leaders, known: Known) -> list[Problem]:
    """Addresses that join nobody, and joins that were not made because they would chain strangers together."""
    if not known.repeats:  # nobody shares an address or a page with somebody of the batch
        return []
    judgements = [*_log(writer, leaders), *known.judgements]
    judged = {record for judgement in judgements for record in (judgement.left, judgement.right)}
    concerned = sorted(
        ((at, claim) for at, claim in leaders() if claim in known.repeats or claim.key in judged),
        key=lambda pair: pair[0],
    )
    return _notices([claim for _, claim in concerned], judgements)


def _log(writer: Writer, leaders: Leaders) -> tuple[Judgement, ...]:
    """The judgements about the batch; about a large one the whole log, so that its ids need not wait in memory."""
    keys = [claim.key for _, claim in islice(leaders(), _MANY + 1)]
    return writer.judgements() if len(keys) > _MANY else writer.judgements_about(keys)


def _notices(leaders: Sequence[Claim], judgements: Sequence[Judgement]) -> list[Problem]:
    rows = {claim.key: claim.origin for claim in leaders}
    found = [
        _from_origin(
            rows.get(shared.records[0], ""),
            "shared_email",
            say("{n} people share one address; it joins nobody.", n=len(shared.records)),
        )
        for shared in shared_addresses(leaders)
    ]
    for left, _ in blocked_chains(leaders, judgements):
        sentence = say("Two records share a page, but one is joined to a name that does not fit; they were kept apart.")
        found.append(_from_origin(rows.get(left, ""), "chain_merge_blocked", sentence))
    return found


def _at(settled: Settled, row: int, code: str, sentence: str) -> Problem:
    table, number, line = settled.place(row)
    return Problem(table.file, number, line, "id", code, sentence, sheet=table.sheet)


def _from_origin(origin: str, code: str, sentence: str) -> Problem:
    file, _, row = origin.rpartition(":")
    number = int(row) if row.isdigit() else 0
    return Problem(file, number, number, "", code, sentence)
