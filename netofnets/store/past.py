"""The book of record as it stood after a past run: claims are dated by runs, and everything else follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from netofnets.errors import NotFound, StoreError
from netofnets.graph.edition import latest_levels
from netofnets.language import say
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import Visibility
from netofnets.schema.policy import IMPORTED, Standing, may_see
from netofnets.schema.proposals import naming
from netofnets.schema.records import Claim, Decision, Entity, PastClaim, VisibilityChoice
from netofnets.schema.topics import OWN_WORDS
from netofnets.store.audit import expected
from netofnets.store.base import Facts, Store
from netofnets.store.book import Book
from netofnets.store.claims import CHECK, values_text
from netofnets.store.columns import claim_table, entity_row, entity_table

__all__ = ["facts_after", "stood"]

_Address = tuple[str, str, str]


def stood(claims: Iterable[Claim], past: Iterable[PastClaim], run: int) -> Iterator[Claim]:
    """The claims that stood after ``run``, from those that stand now and all past ones of the same sources.

    Of each claim it is the version that ended first since then, else the one that stands now; a version that only came
    later did not stand.
    """
    then: dict[_Address, PastClaim] = {}
    for one in past:
        if one.until >= run:
            address = (one.claim.kind, one.claim.key, one.claim.source)
            if address not in then or one.until < then[address].until:
                then[address] = one
    for claim in claims:
        if claim.first_run <= run and (claim.kind, claim.key, claim.source) not in then:
            yield claim
    yield from (one.claim for one in then.values() if one.stated and one.claim.first_run <= run)


def facts_after(store: Store, run: int) -> Facts:
    """What :meth:`Store.scan` gave after ``run``, without who was erased since; never showing more than today.

    Nodes and relationships are derived from the claims of then by the judgements of then. Choices of visibility are
    those of then, and today's where these are stricter; a network that is sensitive today was so then. Reads the whole
    store. :class:`NotFound` for a run that there is not, or that was before the store kept the past.
    """
    book = store.book()
    _refuse_unknown(book, run)
    identity = Identity(j for j in book.judgements if j.run <= run)
    claims = list(stood(_readable(book), book.past, run))
    entities = expected(claims, identity)
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in BY_NAME}
    for entity in _as_sensitive_as_now(book, entities.values()):
        rows[entity.kind].append(entity_row(entity))
    about = (
        (c.kind, entity.id, c.source, c.local_id, values_text(c.values), c.origin, c.first_run)
        for entity in entities.values()
        for c in entity.claims
    )
    return Facts(
        run,
        {kind: entity_table(kind, of_kind) for kind, of_kind in rows.items()},
        claim_table(about),
        _choices(book, run),
        tuple(j for j in book.judgements if j.run <= run),
        tuple(r for r in book.runs if r.number <= run),
        _decisions(book, run),
        tuple(one for one in book.past if one.stated and one.until < run),
    )


def _refuse_unknown(book: Book, run: int) -> None:
    if not 0 < run <= book.run:
        raise NotFound(say("there is no run {run}; the last one is {last}", run=run, last=book.run))
    if run < book.kept_since:
        raise NotFound(
            say(
                "what the store held after run {run} is not known: it keeps what sources said before since run "
                "{since}, when this version of netofnets was first used with it",
                run=run,
                since=book.kept_since,
            )
        )


def _readable(book: Book) -> Iterator[Claim]:
    if book.lost or any(kept.unreadable for kept in book.kept):
        raise StoreError(say("something in the store is not as netofnets wrote it; {check}", check=CHECK))
    return (claim for kept in book.kept for claim in kept.claims)


def _as_sensitive_as_now(book: Book, entities: Iterable[Entity]) -> Iterator[Entity]:
    """The entities; a network of which a record is in one that is sensitive today is sensitive."""
    identity = Identity(book.judgements)
    sensitive = {kept.id for kept in book.kept if kept.kind == "networks" and kept.values.get("sensitive")}
    for entity in entities:
        if entity.kind == "networks" and any(identity.canonical(c.key) in sensitive for c in entity.claims):
            yield replace(entity, values={**entity.values, "sensitive": True})
        else:
            yield entity


def _choices(book: Book, run: int) -> tuple[VisibilityChoice, ...]:
    """The choices of then, and after them what a person's records may show today where that is less."""
    then = [choice for choice in book.choices if choice.run <= run]
    held = {(choice.record, choice.field): choice.level for choice in then}
    identity, levels = _today(book)
    for (person, field), level in sorted(levels.items()):
        for record in sorted(identity.members(person)):
            before = held.get((record, field), None if field else IMPORTED)
            if before is None or level.rank < before.rank:
                then.append(VisibilityChoice(record, level, "", "Chosen later.", field))
    return tuple(then)


def _decisions(book: Book, run: int) -> tuple[Decision, ...]:
    """The decisions of then, and all that people have said of themselves since.

    Without what articles were taken to say in words that name somebody hidden today.
    """
    then = [d for d in book.decisions if d.run <= run or d.topic in OWN_WORDS]
    identity, levels = _today(book)
    hidden = {one for (one, field), level in levels.items() if not field and not may_see(Standing.ORGANIZER, level)}
    names = [str(k.values.get("name") or "") for k in book.kept if k.kind == "leaders" and k.id in hidden]
    records = {record for person in hidden for record in identity.members(person)}
    unheard = set(naming(then, records, names)) if hidden else set()
    return tuple(decision for decision in then if not unheard.intersection(decision.subjects))


def _today(book: Book) -> tuple[Identity, dict[tuple[str, str], Visibility]]:
    """Who is who today, and what each (person, field) may show."""
    identity = Identity(book.judgements)
    return identity, latest_levels(book.choices, {c.record: identity.canonical(c.record) for c in book.choices})
