"""Who of a batch is known already: joined without asking, asked about, or an id that now stands for somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from ingest.perhaps_twice import PerhapsTwice
from netofnets.errors import InputError
from netofnets.resolution.judge import judge_by_email
from netofnets.resolution.named import NAMED, named_of_claims
from netofnets.resolution.normalise import another_person
from netofnets.resolution.recognise import Proposal, recognise
from netofnets.resolution.records import records_of_claims
from netofnets.resolution.spellings import Spelling, spellings
from netofnets.resolution.verdicts import answered
from netofnets.schema.identity import Identity
from netofnets.schema.records import BY_HAND, Claim, Judgement
from netofnets.store.base import Writer
from netofnets.store.parts import beside

__all__ = ["Known", "ReusedIds", "known_names", "known_people"]

Leaders = Callable[[], Iterator[tuple[int, Claim]]]

_NAMED = 3  # reused ids that a message names


class ReusedIds(InputError):
    """Ids of the source's last load that now have another name and nothing else that agrees."""

    def __init__(self, message: str, ids: frozenset[str]) -> None:
        super().__init__(message, code="reused_id")
        self.ids = ids


@dataclass(frozen=True, slots=True)
class Known:
    """Judgements to append with the batch, and what its newcomers leave to be asked."""

    judgements: tuple[Judgement, ...]
    open: tuple[Proposal, ...]


def known_people(
    writer: Writer, source: str, leaders: Leaders, log: Sequence[Judgement], same_people: frozenset[str]
) -> Known:
    """Compare the leaders of a batch that are new or changed with everybody whom other sources list.

    ``leaders`` goes through them in the order of their keys, each with its place in the order in which they came.
    :class:`ReusedIds` when an id of the source's last load now has another name and another address,
    unless it is among ``same_people``.
    """
    # What was edited by hand says only what differs: too little to tell somebody by.
    others = [claim for claim in writer.leaders() if claim.source not in (source, BY_HAND)]
    fresh: set[str] = set()
    reused: list[tuple[int, Claim, Claim]] = []
    for at, claim, old in beside(writer, source, "leaders", leaders()):
        if others and (old is None or old.values != claim.values):
            fresh.add(claim.key)
        if old is not None and _is_reused(old, claim, same_people):
            reused.append((at, old, claim))
    _refuse_reused([(old, claim) for _, old, claim in sorted(reused, key=lambda three: three[0])])
    by_email = judge_by_email(_sharing_an_address(leaders, others), log)
    if not fresh or not others:
        return Known(tuple(by_email), ())
    identity = Identity([*log, *by_email])
    told = chain((claim for _, claim in leaders()), others)
    records = records_of_claims((identity.canonical(claim.key), claim) for claim in told)
    told = chain((claim for _, claim in leaders()), others)
    newcomers = np.array([claim.source == source and claim.key in fresh for claim in told])
    found = recognise(records, [*log, *by_email], newcomers)
    return Known((*by_email, *found.automatic), found.open)


def known_names(
    writer: Writer, source: str, stated: Callable[[str], Iterator[Claim]], log: Sequence[Judgement]
) -> dict[str, tuple[Spelling, ...]]:
    """The networks and organizations of a batch that may be those of other sources under another spelling.

    ``stated`` goes through the claims of a kind. Only what is new or says something else than before is looked at;
    nothing is joined by it.
    """
    standing, found = answered(log), {}
    for kind in NAMED:
        own = list(stated(kind))
        if not own:
            continue
        listed = list(writer.told(kind))
        before = {claim.key: claim.values for claim in listed if claim.source == source}
        canonical = standing.identity.canonical
        fresh = {canonical(claim.key) for claim in own if before.get(claim.key) != claim.values}
        told = [*own, *(claim for claim in listed if claim.source not in (source, BY_HAND))] if fresh else []
        things = named_of_claims(kind, ((canonical(claim.key), claim) for claim in told))
        if may_be := spellings(kind, things, standing, fresh):
            found[kind] = tuple(may_be)
    return found


def _sharing_an_address(leaders: Leaders, others: Sequence[Claim]) -> list[Claim]:
    """The leaders of the batch, in their order, and then the others, that share an address with somebody."""
    theirs = {str(email).casefold() for claim in others if (email := claim.values.get("email"))}
    records = {claim.key for claim in others}
    twice = PerhapsTwice()
    for _, claim in leaders():
        if email := claim.values.get("email"):
            twice.add(str(email).casefold())
    found: list[tuple[int, Claim]] = []
    own: set[str] = set()
    for at, claim in leaders():
        email = str(claim.values.get("email") or "").casefold()
        if email and (email in theirs or email in twice):
            found.append((at, claim))
        if claim.key in records:
            own.add(claim.key)
    ours = [claim for _, claim in sorted(found, key=lambda pair: pair[0])]
    addresses = {str(claim.values["email"]).casefold() for claim in ours}
    return [*ours, *(c for c in others if c.key not in own and str(c.values.get("email", "")).casefold() in addresses)]


def _is_reused(old: Claim, claim: Claim, same_people: frozenset[str]) -> bool:
    given = claim.local_id and claim.local_id not in same_people
    return bool(given) and another_person(old.values, claim.values)


def _refuse_reused(reused: Sequence[tuple[Claim, Claim]]) -> None:
    if not reused:
        return
    told = [
        f"id {new.local_id!r} was {old.values.get('name')!r} and is {new.values.get('name')!r} now ({new.origin})"
        for old, new in sorted(reused, key=lambda pair: pair[1].local_id)[:_NAMED]
    ]
    more = f" and {len(reused) - _NAMED} more" if len(reused) > _NAMED else ""
    raise ReusedIds(
        f"{'; '.join(told)}{more}: other names, and nothing else that agrees. A newcomer under an old id would get the "
        "first person's record, choices and ties; nothing was changed. Give the newcomer an id of their own in the "
        f"file; if it is the same person, load with --same-person {reused[0][1].local_id}",
        frozenset(new.local_id for _, new in reused),
    )
