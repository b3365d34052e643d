"""What hands changed on the nodes and relationships themselves: refused, put right, or adopted as claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from netofnets.errors import SettingsError, StoreError
from netofnets.language import joined, say, say_count
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import Kind, RelationshipKind
from netofnets.schema.records import BY_HAND, Claim, Entity, Value
from netofnets.schema.tombstones import Marks
from netofnets.store.audit import different, expected, fits
from netofnets.store.base import Store
from netofnets.store.book import Book, Kept
from netofnets.store.erasure_key import refuse_other_keys
from netofnets.store.ledger import plan
from netofnets.store.mending import repair

__all__ = ["HOW", "adopt", "checked_how", "forget", "refusal", "settle"]

HOW = ("refuse", "mend", "adopt")
"""What the setting ``hand_edits`` may say."""


def checked_how(how: str) -> str:
    """The setting ``hand_edits``; :class:`SettingsError` when it is none of :data:`HOW`."""
    if how not in HOW:
        raise SettingsError(
            say("setting hand_edits must be one of {words}, not {how!r}", words=", ".join(HOW), how=how)
        )
    return how


def refusal(url: str, edited: int, shown: Iterable[str]) -> StoreError:
    """The sentence for a graph that is not as its claims make it."""
    what = say_count(
        "{url}: a node or relationship is not as the sources make it ({shown}): somebody edited the graph by hand, or "
        "another version of netofnets wrote it.",
        "{url}: {n:,} nodes or relationships are not as the sources make it ({shown}): somebody edited the graph by "
        "hand, or another version of netofnets wrote it.",
        edited,
        url=url,
        shown="; ".join(shown),
    )
    remedy = say(
        "netofnets store check names everything; then netofnets store repair puts back what the sources say, or "
        "netofnets store adopt keeps the edits as a source of their own (NETOFNETS_HAND_EDITS=mend or adopt: always)"
    )
    return StoreError(joined([what, remedy]))


def settle(store: Store, how: str, marks: Marks | None = None) -> None:
    """Mend, or adopt what can be adopted and mend the rest.

    A deletion takes the claims along. Mended, it is for the next load of the same files to put back; adopted, it stands
    until a source states the thing anew.
    """
    if how == "adopt":
        adopt(store, marks)
    repair(store, deletions_stand=how == "adopt")


def adopt(store: Store, marks: Marks | None = None) -> int:
    """Make claims of the values that differ from what sources say, in one run; how many claims are new or changed.

    A value that was taken away, that is not of its type or that tells relationships apart (the first day of a spell)
    cannot be claimed: repairing puts it back. So are things that were moved, or deleted with their claims, and the name
    or address of somebody who was erased; ``marks`` are those that tombstones were made with.
    """
    with store.writer(BY_HAND) as writer:
        book = store.book()  # under the lease: no run changes anything meanwhile
        refuse_other_keys(book.tombstones, marks, store.url)
        changes = plan(writer, BY_HAND, _statements(book, marks))
        if changes.created or changes.updated:
            writer.apply(changes)
            writer.finish({"created": changes.created, "updated": changes.updated})
    return changes.created + changes.updated


def forget(store: Store) -> int:
    """Withdraw everything that was adopted, so that sources alone are heard again; how many claims that were."""
    with store.writer(BY_HAND) as writer:
        changes = plan(writer, BY_HAND, [])
        if changes.withdrawn:
            writer.apply(changes)
            writer.finish({"withdrawn": changes.withdrawn})
    return changes.withdrawn


def _statements(book: Book, marks: Marks | None) -> list[Claim]:
    """All that hands state: what was adopted before, and what differs now in its place; with both ends of ties."""
    identity = Identity(book.judgements)
    claims = [claim for kept in book.kept for claim in kept.claims]
    stated = {(claim.kind, claim.key): claim for claim in claims if claim.source == BY_HAND}
    wanted = expected(claims, identity)
    seen = f"Neo4j, {datetime.now(UTC).date().isoformat()}"
    erased = {one.mark for one in book.tombstones}
    for kept in book.kept:
        entity = wanted.get((kept.kind, kept.id))
        if entity is None or (kept.from_id, kept.to_id) != (entity.from_id, entity.to_id):
            continue
        edits = dict(_edits(BY_NAME[kept.kind], kept, entity))
        if kept.kind == "leaders" and marks is not None and erased:
            edits = {name: value for name, value in edits.items() if _mark(marks, name, value) not in erased}
        if edits:
            base = _base(kept, stated)
            stated[base.kind, base.key] = Claim(
                base.kind, base.key, BY_HAND, {**base.values, **edits}, "", base.from_id, base.to_id, seen
            )
    for claim in [claim for claim in stated.values() if claim.from_id]:
        declared = BY_NAME[claim.kind]
        assert isinstance(declared, RelationshipKind)
        for kind, end in ((declared.source, claim.from_id), (declared.target, claim.to_id)):
            stated.setdefault((kind, end), Claim(kind, end, BY_HAND, {}, origin=claim.origin))
    return list(stated.values())


def _edits(declared: Kind, kept: Kept, entity: Entity) -> Iterator[tuple[str, Value]]:
    telling = declared.distinguishing if isinstance(declared, RelationshipKind) else ()
    types = {prop.name: prop.type for prop in declared.properties}
    for name, stands, _ in different(declared, kept.values, entity.values):
        if stands is not None and name not in telling and fits(stands, types[name]):
            yield name, stands  # type: ignore[misc]


def _mark(marks: Marks, name: str, value: Value) -> str:
    """The mark of what tells who somebody is; empty for any other value."""
    if name == "email":
        return marks.address(str(value))
    return marks.name(str(value)) if name == "name" else ""


def _base(kept: Kept, stated: Mapping[tuple[str, str], Claim]) -> Claim:
    """The claim of hands on a thing as it stands so far: on the record of the first source that lists it."""
    own = [claim for claim in kept.claims if (claim.kind, claim.key) in stated]
    if own:
        return stated[own[0].kind, own[0].key]
    first = min(kept.claims, key=lambda claim: (claim.key, claim.source))
    declared = BY_NAME[kept.kind]
    telling = declared.distinguishing if isinstance(declared, RelationshipKind) else ()
    values = {name: first.values[name] for name in telling if first.values.get(name) is not None}
    return Claim(kept.kind, first.key, BY_HAND, values, "", first.from_id, first.to_id)
