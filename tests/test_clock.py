"""The clock of the machine goes back by days: nothing lasts longer by it, and nobody who withdrew is shown again."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ingest import limits
from ingest.drafts.folder import clear_old, drafts, new_draft
from netofnets.accounts.begun import Begun
from netofnets.accounts.links import Purpose
from netofnets.desk.choose import choose
from netofnets.desk.imports import forget_old_imports
from netofnets.desk.retention import look
from netofnets.errors import TooManyTries
from netofnets.graph.published import Published
from netofnets.graph.withheld import WithheldList
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.store import moments, open_store
from netofnets.store.base import Facts
from netofnets.store.memory import MemoryStore
from tests.accounts.shared import clock, gate, quick
from tests.desk.test_retention import SETTINGS, after, roster
from tests.store.statements import load

__all__ = ["clock", "gate", "quick"]  # fixtures


def of(moved: timedelta, kind: type) -> type:
    """The class ``datetime`` or ``date`` on a machine whose clock is wrong by so much."""

    class Wrong(kind):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + moved

        @classmethod
        def today(cls):
            return date.today() + moved

    return Wrong


def test_sessions_and_links_of_before_are_worth_nothing_and_do_not_last_longer(gate, clock):
    owner = gate.roll.get("owner@x.example")
    session, link = gate.sessions.start(owner, "mail"), gate.links.make(owner, Purpose.SIGN_IN)
    invitation = gate.links.make(owner, Purpose.INVITATION, days=90)
    begun = Begun(gate.roll._database, gate.sessions._keys)
    attempt = begun.start("/")
    clock.turn(minutes=-4)  # as clocks are set right
    assert gate.sessions.find(session) and gate.links.look(link) and gate.links.look(invitation)
    clock.turn(days=-3)
    assert gate.sessions.find(session) is None and gate.sessions.count(owner) == 0
    assert gate.links.look(link) is None and gate.links.spend(link) is None
    assert gate.links.look(invitation) is None and gate.links.invited() == ()
    assert begun.finish(attempt.token, attempt.state) is None
    again = gate.sessions.start(owner, "mail")
    assert gate.sessions.find(again).fresh and gate.sessions.count(owner) == 1
    clock.turn(days=3)
    assert gate.sessions.find(session) is None, "it was removed when the next began"


def test_nobody_is_locked_out_for_the_days_by_which_the_clock_went_back(gate, clock):
    def attempt():
        gate.tries.count("password", address="a@x.example", client="192.0.2.1")

    for _ in range(5):
        attempt()
    clock.turn(days=-3)
    attempt()
    with pytest.raises(TooManyTries) as refused:
        attempt()
    assert 0 < refused.value.wait <= 15 * 60, "and who guesses gains one try"


class ChosenMeanwhile(MemoryStore):
    """Somebody chooses to be hidden when the store has just been read for a publication."""

    meanwhile = staticmethod(lambda: None)

    def scan(self) -> Facts:
        facts = super().scan()
        self.meanwhile()
        return facts


def test_who_withdraws_while_it_is_published_stays_withheld_whatever_the_clock_says(tmp_path, monkeypatch):
    store = ChosenMeanwhile()
    people = roster("north", "Ada", "Bo")
    load(store, "north", people)
    bo = people[2].key

    def withdraw() -> None:
        now = time.time_ns()
        monkeypatch.setattr(time, "time_ns", lambda: now - 3 * 86_400 * 10**9)
        choose(store, tmp_path, bo, Visibility.HIDDEN, who="Bo")

    store.meanwhile = withdraw
    publish(store, tmp_path)
    assert [one.record for one in WithheldList(tmp_path).entries()] == [bo], "what is published does not have it"
    store.meanwhile = lambda: None
    publish(store, tmp_path)
    assert WithheldList(tmp_path).entries() == ()
    with Published.current(tmp_path) as current:
        assert current.edition("organizers").snapshot.nodes["leaders"]["name"].to_pylist() == ["Ada"]


def test_what_is_published_on_an_earlier_day_is_the_newer_run(tmp_path, monkeypatch):
    store = open_store("memory:")
    load(store, "north", roster("north", "Ada"))
    publish(store, tmp_path)
    monkeypatch.setattr("netofnets.publish.date", of(timedelta(days=-3), date))
    monkeypatch.setattr("netofnets.graph.beside.date", of(timedelta(days=-3), date))
    monkeypatch.setattr(moments, "datetime", of(timedelta(days=-3), datetime))
    load(store, "north", roster("north", "Ada", "Bo"))
    assert publish(store, tmp_path).run == 2 and not publish(store, tmp_path).fresh
    with Published.current(tmp_path) as current:
        assert current.run == 2 and current.edition("organizers").as_of <= date.today().isoformat()
        assert sorted(current.edition("organizers").present.nodes["leaders"]["name"].to_pylist()) == ["Ada", "Bo"]


@pytest.mark.parametrize("wrong", [timedelta(days=-20_000), timedelta(days=5_000)])
def test_nobody_is_hidden_since_their_source_was_read_by_a_wrong_clock(tmp_path: Path, monkeypatch, wrong) -> None:
    store = open_store("memory:")
    load(store, "other", roster("other", "Zoe"))
    with monkeypatch.context() as patched:
        patched.setattr(moments, "datetime", of(wrong, datetime))
        load(store, "north", roster("north", "Ada"))
    load(store, "other", roster("other", "Zoe"))
    assert look(store, tmp_path, SETTINGS, after(0)).hide == []
    assert len(look(store, tmp_path, SETTINGS, after(18 * 31)).hide) == 2, "and nobody stays longer by it"


def test_what_waits_to_be_loaded_goes_a_day_after_the_clock_went_back(tmp_path):
    new_draft(tmp_path)
    [draft] = drafts(tmp_path)
    future = time.time() + 3 * 86_400
    os.utime(draft.folder / "draft.json", (future, future))
    clear_old(tmp_path)
    assert abs(drafts(tmp_path)[0].touched - time.time()) < 60
    clear_old(tmp_path, lambda: time.time() + limits.DRAFT_SECONDS + 1)
    assert drafts(tmp_path) == ()
    os.utime(new_draft(tmp_path).folder, (future, future))
    now, day = datetime.now(UTC), timedelta(days=1)
    assert forget_old_imports(tmp_path, now, day) == 0
    assert forget_old_imports(tmp_path, now + 1.1 * day, day) == 1
