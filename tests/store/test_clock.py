"""The clock of the machine goes back by days: runs keep their order, and none ends before it began."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from netofnets.store import moments
from netofnets.store.base import Store
from tests.store.statements import leader, load


class TurnedBack(datetime):
    """The time of three days ago."""

    @classmethod
    def now(cls, tz=None):  # type: ignore[no-untyped-def]
        return datetime.now(tz) - timedelta(days=3)


def test_runs_are_in_the_order_of_their_numbers_and_last_no_negative_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, "north", [leader("north", "1", "Ada Obi")])
    with store.writer("north") as writer:  # it is turned back while this run is under way
        monkeypatch.setattr(moments, "datetime", TurnedBack)
        writer.finish({})
    load(store, "north", [leader("north", "1", "Ada Okafor")])
    runs = store.runs()
    assert [run.number for run in runs] == [1, 2, 3]
    assert runs[1].finished == runs[1].started and runs[2].started < runs[1].started
    assert all(run.started <= run.finished for run in runs)
    assert store.scan().tables["leaders"]["name"].to_pylist() == ["Ada Okafor"], "the later run, not the later time"
    assert datetime.fromisoformat(runs[2].finished) < datetime.now(UTC) - timedelta(days=2)
