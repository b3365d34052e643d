"""What the store in memory holds, and how it forgets."""

from __future__ import annotations

from dataclasses import dataclass, field

from netofnets.errors import StoreError
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.records import Claim, Decision, Judgement, PastClaim, Run, VisibilityChoice
from netofnets.schema.tombstones import Tombstone
from netofnets.store.book import Kept
from netofnets.store.claims import values_text
from netofnets.store.columns import columns_of

__all__ = ["MemoryBook", "forget", "kept", "refuse_what_no_file_can_hold", "touches"]


@dataclass
class MemoryBook:
    """What a store holds: claims with the entity they are about, and entities as rows of their tables."""

    claims: dict[tuple[str, str, str], tuple[Claim, str]] = field(default_factory=dict)
    entities: dict[str, dict[str, tuple[object, ...]]] = field(default_factory=lambda: {name: {} for name in BY_NAME})
    judgements: list[Judgement] = field(default_factory=list)
    choices: list[VisibilityChoice] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    past: list[PastClaim] = field(default_factory=list)
    tombstones: set[Tombstone] = field(default_factory=set)
    kept_since: int = 0


def forget(book: MemoryBook, forgotten: set[str]) -> None:
    """Take records and proposals out of logs and past claims."""
    book.judgements = [j for j in book.judgements if not {j.left, j.right} & forgotten]
    book.choices = [c for c in book.choices if c.record not in forgotten]
    book.decisions = [d for d in book.decisions if not forgotten.intersection(d.subjects)]
    book.past = [one for one in book.past if not touches(one.claim, forgotten)]


def touches(claim: Claim, records: set[str]) -> bool:
    """Whether a claim is about one of these records, or has one at an end."""
    return not records.isdisjoint((claim.key, claim.from_id, claim.to_id))


def refuse_what_no_file_can_hold(claim: Claim) -> None:
    """Refuse what the other stores could not write down, so that no test passes with it."""
    try:
        values_text(claim.values).encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"a value cannot be stored ({error}); nothing was changed") from None


def kept(kind: str, row: tuple[object, ...], claims: list[Claim]) -> Kept:
    """An entity as it is kept, with the claims about it."""
    values = dict(zip(columns_of(kind), row, strict=True))
    name, start, end = (str(values.pop(column, "")) for column in ("id", "from_id", "to_id"))
    stated = {column: value for column, value in values.items() if value is not None}
    return Kept(kind, name, stated, tuple(claims), start, end)
