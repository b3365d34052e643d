"""The queue of interests without a sure concept, as the store has it now, of what organizers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.desk.interests import concepts_of
from netofnets.graph.published import Published
from netofnets.language import say, say_count
from netofnets.schema.kinds import RELATIONSHIP_KINDS
from netofnets.schema.topics import INTEREST_MEANING, UNDECIDED
from netofnets.services.find.embedder import shipped_embedder
from netofnets.services.find.mapping import Mapped, map_tags
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.store.base import Store

__all__ = ["NOT_SHOWN", "InterestQuestion", "InterestQueue", "open_interests"]

NOT_SHOWN = say("Only organizers are asked what an interest belongs to.")


@dataclass(frozen=True, slots=True)
class InterestQuestion:
    """Which of these concepts is it? ``likely``: the first is alike enough to be called so, and still only asked."""

    interest: Ref
    people: int
    near: tuple[str, ...]
    likely: bool


@dataclass(frozen=True, slots=True)
class InterestQueue:
    """Interests that people named and no rule maps, those of most people first."""

    summary: str
    rows: tuple[InterestQuestion, ...]
    total: int
    sure: int  # interests with a sure concept


def open_interests(
    store: Store, published: Published, viewer: Viewer, *, first: str = "", limit: int = 20
) -> InterestQueue:
    """What no rule maps and nobody has answered, of the interests that the publication shows, ``first`` before all.

    The interests and who has them are those of the publication; of the store only the vocabularies and what was said of
    interests are read.
    """
    if not viewer.sees_people:
        return InterestQueue(NOT_SHOWN, (), 0, 0)
    index = index_of(published, viewer)
    snapshot = index.snapshot
    held = snapshot.incidence("leader_interests").group_sizes
    every = _mapped(store, index)
    rows = [
        InterestQuestion(ref(snapshot, "interests", at), int(held[at]), mapped.near, bool(mapped.concept))
        for at, mapped in every
        if not mapped.way.sure
    ]
    rows.sort(key=lambda row: (row.interest.id != first, -row.people, row.interest.name))
    sure = len(every) - len(rows)
    return InterestQueue(_summary(len(rows), sure), tuple(rows[: max(limit, 0)]), len(rows), sure)


def _mapped(store: Store, index: EditionIndex) -> list[tuple[int, Mapped]]:
    """Each interest that somebody or something is tied to, by position, with what it is taken for now.

    Remembered until a vocabulary, or what was said of an interest, is another.
    """
    ids, names = index.record.labels("interests")
    said = {row.subjects[0]: row.value for row in store.decisions(INTEREST_MEANING)}
    tied = [at for at in _tied(index) if names[at]]
    decided = {names[at]: said[ids[at]] for at in tied if said.get(ids[at], UNDECIDED) != UNDECIDED}
    concepts = concepts_of(store)
    state = hash((tuple(concepts), tuple(sorted(decided.items()))))
    if index.memo.get("open interests", (0, ()))[0] != state:
        mapped = map_tags([names[at] for at in tied], concepts, shipped_embedder(), decided)
        index.memo["open interests"] = state, list(zip(tied, mapped, strict=True))
    found: list[tuple[int, Mapped]] = index.memo["open interests"][1]
    return found


def _tied(index: EditionIndex) -> list[int]:
    """Positions of the interests that a person, network or organization is tied to."""
    kinds = [k.name for k in RELATIONSHIP_KINDS if k.target == "interests" and k.source != "interests"]
    return sorted({int(at) for kind in kinds for at in index.record.edges[kind].target})


def _summary(open_: int, sure: int) -> str:
    if not open_:
        if not sure:
            return say("No interest is asked about; no interests have a sure concept.")
        return say_count(
            "No interest is asked about; {n:,} interest has a sure concept.",
            "No interest is asked about; {n:,} interests have a sure concept.",
            sure,
        )
    return say_count(
        "{n:,} interest has no sure concept of the vocabulary; {sure:,} have one.",
        "{n:,} interests have no sure concept of the vocabulary; {sure:,} have one.",
        open_,
        sure=sure,
    )
