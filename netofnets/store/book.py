"""A store as it is kept, unchecked: what `netofnets store` looks through, mends and copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from netofnets.schema.records import Claim, Decision, Judgement, PastClaim, Run, VisibilityChoice
from netofnets.schema.tombstones import Tombstone

__all__ = ["Book", "Kept", "LostPast", "Unreadable"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in the place of a claim and cannot be read: of which sources it may be, and how a store names it."""

    sources: tuple[str, ...]
    address: tuple[str, str, str] | None = None  # (kind, key, source), where the store has it beside the claim


@dataclass(frozen=True, slots=True)
class Kept:
    """One node or relationship as it stands, with the claims that are kept under its id; nothing of it is checked.

    ``values`` are those that are not null, as plain values (dates as ISO text, lists as tuples) where they can be read.
    """

    kind: str
    id: str
    values: Mapping[str, object]
    claims: tuple[Claim, ...] = ()
    from_id: str = ""
    to_id: str = ""
    unreadable: tuple[Unreadable, ...] = ()
    sources: tuple[str, ...] | None = None  # as the store lists them for queries; None: it does not
    stands: bool = True  # False: there are claims about it, and no node or relationship


LostPast = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is in a store, as of one moment."""

    run: int
    kept: tuple[Kept, ...]
    judgements: tuple[Judgement, ...]
    choices: tuple[VisibilityChoice, ...]
    decisions: tuple[Decision, ...]
    runs: tuple[Run, ...]
    past: tuple[PastClaim, ...] = ()
    lost: tuple[LostPast, ...] = ()  # past claims that cannot be read: (kind, key, source, until)
    kept_since: int = 0  # the run from which on past claims are kept
    index_is_right: bool = True  # that of people to compare; yes where none is kept
    # By source, how many claims went without a run: their nodes or relationships were deleted by hand.
    gone: Mapping[str, int] = field(default_factory=dict)
    tombstones: tuple[Tombstone, ...] = ()  # of everybody who was erased, in order
