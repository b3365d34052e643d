"""What an organizer could do this week: at most one thing of each kind, each with its reason and where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import say, say_count
from netofnets.schema.introductions import OPEN, Introduction, introductions
from netofnets.schema.topics import INTRODUCTION
from netofnets.services.index import EditionIndex, index_of, positions
from netofnets.services.networks.gaps import first_gap
from netofnets.services.person.provenance import canonical_leader
from netofnets.services.review import open_questions_words
from netofnets.services.viewer import Viewer
from netofnets.services.words import quoted, state_words

__all__ = ["STALE_DAYS", "Task", "has_week", "this_week"]

STALE_DAYS = 180
"""A roster that nobody has read for so long is told of: a school year has two halves, and people move between them."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing worth doing: ``kind`` is questions | gap | introductions | hinge | roster."""

    kind: str
    text: str
    why: str
    href: str
    of: tuple[str, ...] = ()  # the people whom it names, by id: without them it is not told


def has_week(viewer: Viewer) -> bool:
    """Whether there may be things to do for this viewer: who sees everybody, and looks at the map of today."""
    return viewer.sees_people and not viewer.as_of and not viewer.as_of_run


def this_week(published: Published, viewer: Viewer, today: date) -> tuple[Task, ...]:
    """The tasks for whoever sees everybody, at most five; nobody else has any."""
    if not has_week(viewer):
        return ()
    index = index_of(published, viewer)
    return index.once(
        ("week", today),
        lambda: (*_questions(index), *_introductions(index), *_gap(index), *_hinge(index), *_roster(index, today)),
    )


def _questions(index: EditionIndex) -> Iterator[Task]:
    """Answers are wanted first: what is counted twice misleads all the rest."""
    if not index.questions.num_rows:
        return
    text = say_count(
        "Answer {n:,} open question about who is who",
        "Answer {n:,} open questions about who is who",
        index.questions.num_rows,
    )
    changing = open_questions_words(index.questions)
    yield Task("questions", text, changing or say("None of them would change which networks overlap."), "/review")


def _introductions(index: EditionIndex) -> Iterator[Task]:
    log = index.snapshot.decided(INTRODUCTION)
    known = introductions(log, lambda record: canonical_leader(index, record))
    waiting = [one for one in known if one.state in OPEN and _there(index, one)]
    if not waiting:
        return
    oldest = min(waiting, key=lambda one: one.steps[-1].at)
    first, second = (index.leader(index.snapshot.position("leaders", who)) for who in (oldest.first, oldest.second))
    text = say_count("Follow up {n:,} introduction", "Follow up {n:,} introductions", len(waiting))
    why = say(
        "{a} and {b} have waited longest: {state} on {day}.",
        a=first.name,
        b=second.name,
        state=state_words(oldest.state),
        day=oldest.steps[-1].at[:10],
    )
    yield Task("introductions", text, why, "/introductions/board", (first.id, second.id))


def _there(index: EditionIndex, one: Introduction) -> bool:
    try:
        return all(index.snapshot.position("leaders", who) >= 0 for who in (one.first, one.second))
    except NotFound:
        return False


def _gap(index: EditionIndex) -> Iterator[Task]:
    """The first gap, by the order of the page about gaps, that nobody set aside."""
    if found := first_gap(index):
        first, second, reason = found
        text = say("Bring {a} and {b} together", a=first.name, b=second.name)
        yield Task("gap", text, reason, f"/gaps?network={first.id}")


def _hinge(index: EditionIndex) -> Iterator[Task]:
    """The largest network of which one member alone is in others."""
    table = index.table("dependence")
    hanging = table.filter(table["sole_link"].is_valid())
    if not hanging.num_rows:
        return
    networks = positions(index.snapshot, "networks", hanging["network"])
    row = int(np.argmax(index.memberships.group_sizes[networks]))
    network = index.network(int(networks[row]))
    person = index.leader(int(positions(index.snapshot, "leaders", hanging.slice(row, 1)["sole_link"])[0]))
    text = say("Find {network} a second person who is elsewhere too", network=network.name)
    why = say("{name} is its only member who is in other networks.", name=person.name)
    yield Task("hinge", text, why, f"/introductions?network={network.id}", (person.id,))


def _roster(index: EditionIndex, today: date) -> Iterator[Task]:
    """The source that was last read longest ago, when that is long ago."""
    last: pa.Table = index.snapshot.readings.group_by("source").aggregate([("day", "max")])
    last = last.sort_by([("day_max", "ascending"), ("source", "ascending")])
    days = [(today - date.fromisoformat(day)).days for day in last["day_max"].to_pylist()]
    stale = sum(age > STALE_DAYS for age in days)
    if not stale:
        return
    source, day = last["source"][0].as_py(), last["day_max"][0].as_py()
    text = say("Ask for a new roster of {source}", source=quoted(source))
    yield Task("roster", text, _last_read(day, days[0], stale - 1), "/import")


def _last_read(day: str, ago: int, others: int) -> str:
    if not others:
        return say("It was last read on {day}, {ago:,} days ago.", day=day, ago=ago)
    return say_count(
        "It was last read on {day}, {ago:,} days ago; {n:,} other is older than half a year too.",
        "It was last read on {day}, {ago:,} days ago; {n:,} others are older than half a year too.",
        others,
        day=day,
        ago=ago,
    )
