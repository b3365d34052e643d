"""A run in parts: what a source said before and what it says now, side by side in the order of their keys.

A run that is larger than memory is worked out and carried out range by range. Each part is whole: it is planned on the
state that the parts before it have left, and entities that several parts touch end as all claims make them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.records import Claim, Judgement
from netofnets.store.base import Changes, LedgerView, TakesParts
from netofnets.store.ledger import ClaimId, Touched, replan, settle_touched, state, withdraw

__all__ = ["Parts", "Tally", "beside", "compare", "plan_parts", "tally_of"]

T = TypeVar("T")
_TOGETHER = 10_000  # claims that are compared at once

Parts = Iterable[tuple[str, list[Claim]]]
"""Lists of claims of one kind in the order of their keys; the lists of a kind follow each other, and no key is in two.
Both ends of every relationship are among them."""


@dataclass(slots=True)
class Tally:
    """What a run changes, counted."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)  # claims that the source states now
    before: Counter[str] = field(default_factory=Counter)  # claims that it stated before
    withdrawn: Counter[str] = field(default_factory=Counter)


def compare(view: LedgerView, source: str, parts: Parts) -> Tally:
    """What a run would change, counted, without working out the changes."""
    tally, nobody = Tally(), Identity()
    for kind, old, claims in _ranges(_Before(view, source), parts):
        _add(tally, kind, old, claims, _stated(old, claims, nobody)[0])
    return tally


def tally_of(changes: Changes, claims: Iterable[Claim]) -> Tally:
    """The counts of changes that were planned at once from ``claims``."""
    by_kind = Counter(claim.kind for claim in claims)
    withdrawn = Counter(kind for kind, _, _ in changes.drop)
    new = Counter(claim.kind for claim, _ in changes.put if not claim.first_run)
    before = by_kind - new + withdrawn
    return Tally(changes.created, changes.updated, changes.unchanged, by_kind, before, withdrawn)


def plan_parts(
    view: TakesParts, source: str, parts: Parts, judgements: Sequence[Judgement], tally: Tally
) -> Iterator[Changes]:
    """The changes that make ``parts`` all that ``source`` claims, after appending ``judgements``, counted in ``tally``.

    Each must be carried out before the next is asked for. The outcome is that of :func:`netofnets.store.ledger.plan`.
    """
    if judgements:
        yield replan(view, judgements)
    # Where nobody else says anything and nobody was merged, each thing is what its one claim says.
    alone = not view.has_others(source) and not view.judgements()
    for kind, old, claims in _ranges(_Before(view, source), parts):
        identity = Identity() if alone else Identity.of(view.judgements_about(_named(old.values(), claims)))
        changes, touched, replaced = _stated(old, claims, identity)
        _add(tally, kind, old, claims, changes)
        settle_touched(_OneEach(old) if alone else view, identity, identity, changes, touched, replaced)
        if not changes.empty:
            yield changes


def beside(
    view: LedgerView, source: str, kind: str, claims: Iterable[tuple[T, Claim]]
) -> Iterator[tuple[T, Claim, Claim | None]]:
    """Claims of a kind, in the order of their keys, each with what the source said before under its key."""
    before, following = _Before(view, source), iter(claims)
    while batch := list(islice(following, _TOGETHER)):
        first, last = batch[0][1].key, batch[-1][1].key
        old = before.between(kind, first[:-1], last)  # a key comes after its own beginning
        yield from ((mark, claim, old.get(claim.key)) for mark, claim in batch)


class _OneEach:
    """A source that is alone: about every thing there is its own claim at most, under the key of that claim."""

    def __init__(self, old: Mapping[str, Claim]) -> None:
        self._old = old

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """The claim that was made before about each of these."""
        return (self._old[entity] for entity in entities if entity in self._old)


class _Before:
    """What a source said before; a store that takes parts is asked range by range, another once for everything."""

    def __init__(self, view: LedgerView, source: str) -> None:
        self._view = view
        self._source = source
        self._all: dict[str, dict[str, Claim]] | None = None

    def between(self, kind: str, after: str, upto: str) -> dict[str, Claim]:
        """The claims of a kind by key, of keys after ``after`` and up to ``upto``; empty stands for no bound."""
        if isinstance(self._view, TakesParts):
            return {claim.key: claim for claim in self._view.claims_between(self._source, kind, after, upto)}
        if self._all is None:
            self._all = {name: {} for name in BY_NAME}
            for claim in self._view.claims_of(self._source):
                self._all[claim.kind][claim.key] = claim
        of_kind = self._all[kind]
        return {key: claim for key, claim in of_kind.items() if key > after and (not upto or key <= upto)}


def _ranges(before: _Before, parts: Parts) -> Iterator[tuple[str, dict[str, Claim], list[Claim]]]:
    """Kind, what was said before by key, and what is said now, range by range through every kind."""
    stated = groupby(parts, itemgetter(0))
    following = next(stated, None)
    for kind in BY_NAME:
        after = ""
        if following is not None and following[0] == kind:
            for _, claims in following[1]:
                yield kind, before.between(kind, after, claims[-1].key), claims
                after = claims[-1].key
            following = next(stated, None)
        if rest := before.between(kind, after, ""):
            yield kind, rest, []


def _named(*several: Iterable[Claim]) -> set[str]:
    """The records that claims stand on."""
    claims = [claim for some in several for claim in some]
    return {end for claim in claims for end in ((claim.from_id, claim.to_id) if claim.from_id else (claim.key,))}


def _stated(
    old: Mapping[str, Claim], claims: Iterable[Claim], identity: Identity
) -> tuple[Changes, Touched, set[ClaimId]]:
    """The claims of one range to put and to drop."""
    changes, touched, replaced = Changes(), defaultdict[str, set[str]](set), set[ClaimId]()
    known = dict(old)
    for claim in claims:
        state(claim, known.pop(claim.key, None), identity, identity, changes, touched, replaced)
    changes.withdrawn = len(known)
    withdraw(known.values(), identity, identity, changes, touched)
    replaced.update(changes.drop)
    return changes, touched, replaced


def _add(tally: Tally, kind: str, old: Mapping[str, Claim], claims: Sequence[Claim], changes: Changes) -> None:
    tally.created += changes.created
    tally.updated += changes.updated
    tally.unchanged += changes.unchanged
    tally.by_kind[kind] += len(claims)
    tally.before[kind] += len(old)
    tally.withdrawn[kind] += changes.withdrawn
