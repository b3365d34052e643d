"""Who of a batch is known already: joined without asking, asked about, or an id that now stands for somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from netofnets.errors import InputError
from netofnets.resolution.judge import judge_by_email
from netofnets.resolution.normalise import another_person
from netofnets.resolution.recognise import Proposal, recognise
from netofnets.resolution.records import records_of_claims
from netofnets.schema.identity import Identity
from netofnets.schema.records import BY_HAND, Claim, Judgement
from netofnets.store.base import Writer

__all__ = ["Known", "known_people"]

_NAMED = 3  # reused ids that a message names


@dataclass(frozen=True, slots=True)
class Known:
    """Judgements to append with the batch, and what its newcomers leave to be asked."""

    judgements: tuple[Judgement, ...]
    open: tuple[Proposal, ...]


def known_people(
    writer: Writer, source: str, leaders: Sequence[Claim], log: Sequence[Judgement], same_people: frozenset[str]
) -> Known:
    """Compare the leaders of a batch that are new or changed with everybody whom other sources list.

    :class:`InputError` (``reused_id``) when an id of the source's last load now has another name and another address,
    unless it is among ``same_people``.
    """
    listed = list(writer.leaders())
    before = {claim.key: claim for claim in listed if claim.source == source}
    _refuse_reused(before, leaders, same_people)
    fresh = {c.key for c in leaders if c.key not in before or before[c.key].values != c.values}
    # What was edited by hand says only what differs: too little to tell somebody by.
    others = [claim for claim in listed if claim.source not in (source, BY_HAND)]
    by_email = judge_by_email([*leaders, *_sharing_an_address(leaders, others)], log)
    if not fresh or not others:
        return Known(tuple(by_email), ())
    identity = Identity([*log, *by_email])
    told = [*leaders, *others]
    records = records_of_claims((identity.canonical(claim.key), claim) for claim in told)
    newcomers = np.array([claim.source == source and claim.key in fresh for claim in told])
    found = recognise(records, [*log, *by_email], newcomers)
    return Known((*by_email, *found.automatic), found.open)


def _sharing_an_address(leaders: Iterable[Claim], others: Iterable[Claim]) -> list[Claim]:
    addresses = {str(email).casefold() for claim in leaders if (email := claim.values.get("email"))}
    own = {claim.key for claim in leaders}
    return [c for c in others if c.key not in own and str(c.values.get("email", "")).casefold() in addresses]


def _refuse_reused(before: Mapping[str, Claim], leaders: Iterable[Claim], same_people: frozenset[str]) -> None:
    reused = [
        (before[claim.key], claim)
        for claim in leaders
        if claim.local_id
        and claim.local_id not in same_people
        and claim.key in before
        and another_person(before[claim.key].values, claim.values)
    ]
    if not reused:
        return
    told = [
        f"id {new.local_id!r} was {old.values.get('name')!r} and is {new.values.get('name')!r} now ({new.origin})"
        for old, new in sorted(reused, key=lambda pair: pair[1].local_id)[:_NAMED]
    ]
    more = f" and {len(reused) - _NAMED} more" if len(reused) > _NAMED else ""
    raise InputError(
        f"{'; '.join(told)}{more}: other names, and nothing else that agrees. A newcomer under an old id would get the "
        "first person's record, choices and ties; nothing was changed. Give the newcomer an id of their own in the "
        f"file; if it is the same person, load with --same-person {reused[0][1].local_id}",
        code="reused_id",
    )
