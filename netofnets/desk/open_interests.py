"""The queue of interests without a sure concept, as the store has it now, of what organizers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.desk.interests import mapped_interests
from netofnets.graph.published import Published
from netofnets.services.index import index_of
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted
from netofnets.store.base import Store

__all__ = ["NOT_SHOWN", "InterestQuestion", "InterestQueue", "open_interests"]

NOT_SHOWN = "Only organizers are asked what an interest belongs to."


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

    Reads the whole store: what a vocabulary calls a concept is in the claims of its source.
    """
    if not viewer.sees_people:
        return InterestQueue(NOT_SHOWN, (), 0, 0)
    snapshot = index_of(published, viewer).snapshot
    held = snapshot.incidence("leader_interests").group_sizes
    shown = {node: at for at, node in enumerate(snapshot.ids("interests").to_pylist())}
    every = [(shown[one.id], one.mapped) for one in mapped_interests(store) if one.id in shown]
    rows = [
        InterestQuestion(ref(snapshot, "interests", at), int(held[at]), mapped.near, bool(mapped.concept))
        for at, mapped in every
        if not mapped.way.sure
    ]
    rows.sort(key=lambda row: (row.interest.id != first, -row.people, row.interest.name))
    sure = len(every) - len(rows)
    return InterestQueue(_summary(len(rows), sure), tuple(rows[: max(limit, 0)]), len(rows), sure)


def _summary(open_: int, sure: int) -> str:
    if not open_:
        return (
            f"No interest is asked about; {counted(sure, 'interest')} {'has' if sure == 1 else 'have'} a sure concept."
        )
    verb = "has" if open_ == 1 else "have"
    return f"{counted(open_, 'interest')} {verb} no sure concept of the vocabulary; {sure:,} have one."
