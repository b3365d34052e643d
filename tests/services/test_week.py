"""What there is to do this week, on ten leaders whose every tie is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from netofnets.graph.published import Published
from netofnets.schema.records import Decision, Run
from netofnets.schema.topics import INTRODUCTION
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from netofnets.services.week import STALE_DAYS, Task, this_week
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders

READ = date(2026, 1, 10)


def step(one: str, other: str, state: str, day: str) -> Decision:
    pair = sorted((leader_id(one), leader_id(other)))
    return Decision(INTRODUCTION, tuple(pair), state, "Ada", "robotics", f"{day}T09:00:00+00:00")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The ten, of whom two introductions wait and one is over; their roster was read once."""
    home: Path = tmp_path_factory.mktemp("home")
    log = (
        step("ana", "dan", "asked", "2026-01-03"),
        step("bo", "eva", "asked", "2026-01-02"),
        step("bo", "eva", "accepted", "2026-01-05"),
        step("cleo", "finn", "asked", "2025-12-01"),
        step("cleo", "finn", "declined", "2025-12-02"),
    )
    runs = (Run(1, "roster", "done", f"{READ}T08:00:00+00:00", f"{READ}T08:01:00+00:00"),)
    publish_copy(replace(ten_leaders().facts(), decisions=log, runs=runs), home)
    opened = Published.current(home)
    yield opened
    opened.close()


def tasks(published: Published, days: int = 1) -> dict[str, Task]:
    return {task.kind: task for task in this_week(published, ORGANIZER, READ + timedelta(days=days))}


def test_introductions_that_wait_are_counted_and_the_oldest_is_named(published: Published) -> None:
    task = tasks(published)["introductions"]
    assert task.text == "Follow up 2 introductions" and task.href == "/introductions/board"
    assert "Ana Sousa" in task.why and "Dan Okafor" in task.why and "asked on 2026-01-03" in task.why


def test_the_largest_network_that_hangs_on_one_person_is_named_with_them(published: Published) -> None:
    """Alpha, of which Beta is a part, is tied to the others by Dan alone, as Gamma is; Delta's Iris is hidden."""
    task = tasks(published)["hinge"]
    assert task.text == "Find Alpha Readers a second person who is elsewhere too"
    assert task.why == "Dan Okafor is its only member who is in other networks."


def test_a_roster_is_told_of_when_it_is_old_and_not_a_day_sooner(published: Published) -> None:
    assert "roster" not in tasks(published, STALE_DAYS)
    task = tasks(published, STALE_DAYS + 1)["roster"]
    assert task.href == "/import" and "2026-01-10, 181 days ago" in task.why


def test_nobody_but_organizers_has_things_to_do_and_a_day_that_is_past_has_none(published: Published) -> None:
    later = READ + timedelta(days=400)
    assert this_week(published, ANONYMOUS, later) == ()
    assert this_week(published, replace(ORGANIZER, as_of="2025-12-31"), later) == ()
    assert len(this_week(published, ORGANIZER, later)) >= 3
