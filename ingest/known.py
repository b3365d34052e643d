"""Who of a batch is known already: joined without asking, asked about, or an id that now stands for somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from ingest.perhaps_twice import PerhapsTwice
from netofnets.errors import InputError
from netofnets.language import joined, say, say_count
from netofnets.resolution.index import EVERYBODY, row_of
from netofnets.resolution.judge import judge_by_email
from netofnets.resolution.named import NAMED, named_of_claims
from netofnets.resolution.neighbours import recognise_newcomers
from netofnets.resolution.normalise import another_person
from netofnets.resolution.recognise import Proposal
from netofnets.resolution.spellings import Spelling, spellings
from netofnets.resolution.verdicts import answered
from netofnets.schema.records import CORRECTING, Claim, Judgement
from netofnets.store.base import Writer
from netofnets.store.parts import beside

__all__ = ["Known", "ReusedIds", "known_names", "known_people"]

Leaders = Callable[[], Iterator[tuple[int, Claim]]]

_NAMED = 3  # reused ids that a message names


class Repeats:
    """Which leaders of a batch may share an address or a page with another one of it."""

    def __init__(self) -> None:
        self._emails, self._pages = PerhapsTwice(), PerhapsTwice()

    def add(self, claim: Claim) -> None:
        """Note a leader."""
        if email := claim.values.get("email"):
            self._emails.add(str(email).casefold())
        if page := claim.values.get("url"):
            self._pages.add(str(page))

    def __bool__(self) -> bool:
        return bool(self._emails) or bool(self._pages)

    def __contains__(self, claim: Claim) -> bool:
        email, page = claim.values.get("email"), claim.values.get("url")
        return bool(email and str(email).casefold() in self._emails) or bool(page and str(page) in self._pages)


class ReusedIds(InputError):
    """Ids of the source's last load that now have another name and nothing else that agrees."""

    def __init__(self, message: str, ids: frozenset[str], on_page: str) -> None:
        super().__init__(message, code="reused_id", on_page=on_page)
        self.ids = ids


@dataclass(frozen=True, slots=True)
class Known:
    """Judgements to append with the batch, what its newcomers leave to be asked, and who may be alike within it."""

    judgements: tuple[Judgement, ...]
    open: tuple[Proposal, ...]
    repeats: Repeats


def known_people(writer: Writer, source: str, leaders: Leaders, same_people: frozenset[str]) -> Known:
    """Compare the leaders of a batch that are new or changed with everybody whom other sources list.

    ``leaders`` goes through them in the order of their keys, each with its place in the order in which they came.
    :class:`ReusedIds` when an id of the source's last load now has another name and another address,
    unless it is among ``same_people``.
    """
    people = writer.people()
    known, own = people.counts([EVERYBODY]).get(EVERYBODY, 0), 0
    fresh: list[Claim] = []
    reused: list[tuple[int, Claim, Claim]] = []
    repeats = Repeats()
    for at, claim, old in beside(writer, source, "leaders", leaders()):
        repeats.add(claim)
        own += old is not None
        if known and (old is None or old.values != claim.values):
            fresh.append(claim)
        if old is not None and _is_reused(old, claim, same_people):
            reused.append((at, old, claim))
    _refuse_reused([(old, claim) for _, old, claim in sorted(reused, key=lambda three: three[0])])
    sharing = _sharing_an_address(writer, source, leaders, repeats, alone=known == own)
    by_email = judge_by_email(sharing, writer.judgements_about({claim.key for claim in sharing})) if sharing else []
    if not fresh or known == own:
        return Known(tuple(by_email), (), repeats)
    newcomers = [row_of(claim, claim.key) for claim in fresh]
    judged = writer.judgements_about
    found = recognise_newcomers(people, newcomers, judged, by_email, source, lambda keys: _stated(leaders, keys))
    return Known((*by_email, *found.automatic), found.open, repeats)


def known_names(
    writer: Writer, source: str, stated: Callable[[str], Iterator[Claim]]
) -> dict[str, tuple[Spelling, ...]]:
    """The networks and organizations of a batch that may be those of other sources under another spelling.

    ``stated`` goes through the claims of a kind. Only what is new or says something else than before is looked at;
    nothing is joined by it.
    """
    found = {}
    for kind in NAMED:
        own = list(stated(kind))
        if not own:
            continue
        listed = list(writer.told(kind))
        before = {claim.key: claim.values for claim in listed if claim.source == source}
        new = [claim for claim in own if before.get(claim.key) != claim.values]
        if not new:
            continue
        told = [*own, *(claim for claim in listed if claim.source not in CORRECTING | {source})]
        standing = answered(writer.judgements_about({claim.key for claim in told}))
        canonical = standing.identity.canonical
        fresh = {canonical(claim.key) for claim in new}
        things = named_of_claims(kind, ((canonical(claim.key), claim) for claim in told))
        if may_be := spellings(kind, things, standing, fresh):
            found[kind] = tuple(may_be)
    return found


def _sharing_an_address(writer: Writer, source: str, leaders: Leaders, repeats: Repeats, *, alone: bool) -> list[Claim]:
    """The leaders of the batch, in their order, and then those of others, that share an address with somebody.

    Others are those of other sources, and those whom this source listed before and does not list any more.

    ``alone``: nobody is listed but by this source before, so nobody else need be looked up.
    """
    told = () if alone else leaders()
    addresses = (str(email).casefold() for _, claim in told if (email := claim.values.get("email")))
    # What was edited by hand says only what differs: too little to tell somebody by.
    found_there = [claim for claim in writer.claims_with_email(addresses) if claim.source not in CORRECTING]
    # A record of this source that the batch does not list any more is that of somebody who got a new id.
    stated = _stated(leaders, {claim.key for claim in found_there if claim.source == source})
    others = [claim for claim in found_there if claim.source != source or claim.key not in stated]
    theirs = {str(claim.values["email"]).casefold() for claim in others}
    records = {claim.key for claim in others}
    if not others and not repeats:
        return []
    found: list[tuple[int, Claim]] = []
    own: set[str] = set()
    for at, claim in leaders():
        email = str(claim.values.get("email") or "").casefold()
        if email and (email in theirs or claim in repeats):
            found.append((at, claim))
        if claim.key in records:
            own.add(claim.key)
    ours = [claim for _, claim in sorted(found, key=lambda pair: pair[0])]
    return [*ours, *(claim for claim in others if claim.key not in own)]


def _stated(leaders: Leaders, keys: Set[str]) -> set[str]:
    return {claim.key for _, claim in leaders() if claim.key in keys} if keys else set()


def _is_reused(old: Claim, claim: Claim, same_people: frozenset[str]) -> bool:
    given = claim.local_id and claim.local_id not in same_people
    return bool(given) and another_person(old.values, claim.values)


def _reused(old: Claim, new: Claim) -> str:
    return say(
        "id {id!r} was {before!r} and is {now!r} now ({origin})",
        id=new.local_id,
        before=old.values.get("name"),
        now=new.values.get("name"),
        origin=new.origin,
    )


def _refuse_reused(reused: Sequence[tuple[Claim, Claim]]) -> None:
    if not reused:
        return
    first = sorted(reused, key=lambda pair: pair[1].local_id)[:_NAMED]
    told = joined([_reused(old, new) for old, new in first], "; ")
    if len(reused) > _NAMED:
        told = say_count("{told} and {n} more", "{told} and {n} more", len(reused) - _NAMED, told=told)
    why = say(
        "{told}: other names, and nothing else that agrees. A newcomer under an old id would get the first person's "
        "record, choices and ties; nothing was changed. Give the newcomer an id of their own in the file",
        told=told,
    )
    raise ReusedIds(
        f"{why}; if it is the same person, load with --same-person {reused[0][1].local_id}",
        frozenset(new.local_id for _, new in reused),
        why,
    )
