"""The board of introductions: how far each has come, with the next steps, a drafted message and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import listed, say, say_count
from netofnets.schema.introductions import NEXT, Introduction, introductions
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_STATES
from netofnets.services.find.naming import Candidates, meant
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.introduced.draft import Draft, drafted
from netofnets.services.introduced.outcome import Outcome, outcome_of
from netofnets.services.person.provenance import canonical_leader
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import state_words

__all__ = ["Board", "Card", "Column", "Step", "introductions_board"]

_TITLES = {
    "suggested": (say("Suggested"), say("nobody has been asked")),
    "asked": (say("Asked"), say("waiting for an answer")),
    "accepted": (say("Accepted"), say("both want to, and have not met")),
    "declined": (say("Declined"), say("asked again only for a new reason")),
    "met": (say("Met"), say("with what became of it")),
    "dismissed": (say("Set aside"), say("not suggested again, until somebody takes them up")),
}

_SAID: dict[str, Callable[[int], str]] = {
    "suggested": lambda n: say_count("{n:,} suggested", "{n:,} suggested", n),
    "asked": lambda n: say_count("{n:,} asked", "{n:,} asked", n),
    "accepted": lambda n: say_count("{n:,} accepted", "{n:,} accepted", n),
    "declined": lambda n: say_count("{n:,} declined", "{n:,} declined", n),
    "met": lambda n: say_count("{n:,} met", "{n:,} met", n),
    "dismissed": lambda n: say_count("{n:,} set aside", "{n:,} set aside", n),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the log."""

    state: str
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class Card:
    """Two people and how far they have come; ``state`` is empty when nothing is recorded of them yet."""

    first: Ref
    second: Ref
    first_networks: tuple[Ref, ...]
    second_networks: tuple[Ref, ...]
    state: str
    steps: tuple[Step, ...]  # oldest first
    next: tuple[str, ...]  # the states that may follow
    draft: Draft | None  # while there is something to write about
    outcome: Outcome | None  # of those who met


@dataclass(frozen=True, slots=True)
class Column:
    """The introductions in one state, the last that moved first; ``total`` counts those beyond the limit too."""

    state: str
    title: str
    note: str
    cards: tuple[Card, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board. ``shown`` is false for viewers to whom introductions are not shown."""

    version: str
    shown: bool
    summary: str
    columns: tuple[Column, ...]
    chosen: Card | None  # the two that were asked for
    unclear: tuple[Candidates, ...]
    most: int  # open introductions of one person at a time


def introductions_board(
    published: Published,
    viewer: Viewer,
    decisions: Sequence[Decision] | None = None,
    *,
    first: str = "",
    second: str = "",
    most: int = 3,
    limit: int = 50,
) -> Board:
    """The board, from the log of decisions as it stands (None: as it was published), for people who are published.

    ``first`` and ``second`` name two people by id or name, to be looked at and written about. Whoever is not an
    organizer is shown nothing: who was introduced to whom is theirs to tell.
    """
    index = index_of(published, viewer)
    if not viewer.sees_people:
        return Board(index.version, False, say("Introductions are not shown to you."), (), None, (), most)
    log = index.snapshot.decided(INTRODUCTION) if decisions is None else decisions
    known = [i for i in introductions(log, lambda record: canonical_leader(index, record)) if _there(index, i)]
    chosen, unclear = _chosen(index, known, first, second)
    columns = tuple(_column(index, known, state, limit) for state in INTRODUCTION_STATES)
    return Board(index.version, True, _summary(known), columns, chosen, unclear, most)


def _there(index: EditionIndex, one: Introduction) -> bool:
    try:
        return all(index.snapshot.position("leaders", who) >= 0 for who in (one.first, one.second))
    except NotFound:
        return False  # hidden since, or not published yet


def _summary(known: list[Introduction]) -> str:
    if not known:
        return say("No introduction is recorded yet.")
    counts = {state: sum(i.state == state for i in known) for state in INTRODUCTION_STATES}
    return say_count(
        "{n:,} introduction on record: {states}.",
        "{n:,} introductions on record: {states}.",
        len(known),
        states=listed([_SAID[state](n) for state, n in counts.items() if n]),
    )


def _column(index: EditionIndex, known: list[Introduction], state: str, limit: int) -> Column:
    own = [i for i in known if i.state == state]
    own.sort(key=lambda i: i.steps[-1].at, reverse=True)  # stable: of one moment the one that began first
    return Column(state, *_TITLES[state], tuple(_card(index, i) for i in own[: max(limit, 0)]), len(own))


def _card(index: EditionIndex, one: Introduction) -> Card:
    first, second = (index.snapshot.position("leaders", who) for who in (one.first, one.second))
    state = one.state if one.steps else ""
    met = state == "met"
    return Card(
        index.leader(first),
        index.leader(second),
        index.networks_of(first),
        index.networks_of(second),
        state,
        tuple(Step(state_words(d.value), d.who, d.why, d.at) for d in one.steps),
        NEXT[state],
        None if met else drafted(index, first, second),
        outcome_of(index, first, second, one.steps[0].at[:10]) if met else None,
    )


def _chosen(
    index: EditionIndex, known: list[Introduction], first: str, second: str
) -> tuple[Card | None, tuple[Candidates, ...]]:
    given = [Candidates(field, text, meant(index, "leaders", text)) for field, text in _asked(first, second)]
    unclear = tuple(c for c in given if len(c.meant) != 1)
    ids = sorted({c.meant[0].id for c in given if len(c.meant) == 1})
    if unclear or len(ids) < 2:
        return None, unclear
    standing = next((i for i in known if [i.first, i.second] == ids), Introduction(ids[0], ids[1], ()))
    return _card(index, standing), ()


def _asked(first: str, second: str) -> list[tuple[str, str]]:
    return [(field, text) for field, text in (("first", first), ("second", second)) if text]
