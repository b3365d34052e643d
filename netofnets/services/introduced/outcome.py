"""What became of an introduction: how near the networks of the two were before, and are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from netofnets.analysis.between import Between, as_known_on, between
from netofnets.analysis.what_if import standing
from netofnets.graph.snapshot import Snapshot
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.networks.what_if import standing_now

__all__ = ["Outcome", "outcome_of"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Before and now, as of the day that the introduction began and the day that everything is computed as of.

    Steps are between the networks that the two were in then: None where nothing leads from one to the other. ``people``
    are in a network of the one and in a network of the other.
    """

    day: str
    steps_before: int | None
    steps_now: int | None
    people_before: int
    people_now: int
    tie: str  # what is on record between the two, in words
    words: str


def outcome_of(index: EditionIndex, first: int, second: int, day: str) -> Outcome:
    """The outcome for two leaders (positions) who were introduced on ``day`` (ISO)."""
    then, near_then = _on(index, day)
    ends = [then.incidence("memberships").groups_of(at).astype(np.int64) for at in (first, second)]
    if not all(map(len, ends)):  # not on a roster yet: their networks of today
        ends = [index.memberships.groups_of(at).astype(np.int64) for at in (first, second)]
    before = between(then, near_then, *ends)
    now = between(index.snapshot, standing_now(index).near, *ends)
    tie = _tie(index, first, second, day)
    words = _words(index, ends, before, now)
    return Outcome(day, before.steps, now.steps, before.people, now.people, tie, joined([words, tie]))


def _on(index: EditionIndex, day: str) -> tuple[Snapshot, sp.csr_array]:
    """The snapshot of a day with the steps between its networks, worked out once."""
    key = ("near", day)

    def build() -> tuple[Snapshot, sp.csr_array]:
        held = as_known_on(index.record, day)
        return held, standing(held).near

    return index.once(key, build)


def _words(index: EditionIndex, ends: list[Ints], before: Between, now: Between) -> str:
    if not all(map(len, ends)):
        return say("One of them is in no network, so there is no distance between their networks.")
    if before.steps == 0:
        return say("They were in one network already.")
    if before.steps == now.steps:
        far = say("Their networks were {far}, and still are.", far=_far(before.steps))
    else:
        far = say("Their networks were {far} and are {now} now.", far=_far(before.steps), now=_far(now.steps))
    return joined([far, _people(before.people, now.people)])


def _people(before: int, now: int) -> str:
    if before == now and not now:
        return say("No people are in networks of both, as before.")
    if before == now:
        return say_count(
            "{n:,} person is in networks of both, as before.", "{n:,} people are in networks of both, as before.", now
        )
    if not now:
        return say("No people in networks of both, {before:,} then.", before=before)
    return say_count(
        "{n:,} person in networks of both, {before:,} then.",
        "{n:,} people in networks of both, {before:,} then.",
        now,
        before=before,
    )


def _far(steps: int | None) -> str:
    if steps is None:
        return say("not joined at all")
    if steps == 1:
        return say("directly joined")
    return say_count("{n:,} step apart", "{n:,} steps apart", steps) if steps else say("one and the same")


def _tie(index: EditionIndex, first: int, second: int, day: str) -> str:
    """Direct ties between the two: since the introduction, from before it, or without a date."""
    edges = index.record.edges["collaborations"]
    pair = ((edges.source == first) & (edges.target == second)) | ((edges.source == second) & (edges.target == first))
    rows: list[dict[str, Any]] = edges.table.take(np.flatnonzero(pair)).to_pylist()
    since = sorted((r["first"], r["kind"] or "") for r in rows if r["first"] and r["first"] >= day)
    if since:
        kind = since[0][1] or say("works together")
        return say("A direct tie is on record since then: {kind}, from {day}.", kind=kind, day=since[0][0])
    if any(r["first"] for r in rows):
        return say("A direct tie is on record from before.")
    if rows:
        return say("A direct tie is on record, without a date.")
    return say("No direct tie between them is on record yet.")
