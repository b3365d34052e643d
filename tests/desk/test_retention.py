"""What nobody confirms any more is hidden, then erased, by a clock that is set; and the rest goes in its time."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.keys import Keys
from netofnets.accounts.links import Links, Purpose
from netofnets.accounts.model import AccountRole
from netofnets.accounts.sessions import Sessions
from netofnets.desk.choose import choose
from netofnets.desk.erasures import open_erasures
from netofnets.desk.imports import imports_folder
from netofnets.desk.own_word import dispute, settle_dispute, tell
from netofnets.desk.retention import RULE, apply, look, periods
from netofnets.errors import AccountError, SettingsError
from netofnets.graph.published import Published
from netofnets.schema.model import Visibility
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.store.statements import leader, load, member, network

SETTINGS = load_settings(environ={}, retention_months="18", retention_notice_days="30", audit_years="2")
DAY = timedelta(days=1)


def roster(source: str, *people: str) -> list:
    circle = network(source, "N1", f"Circle of {source}")
    leaders = [leader(source, name, name, email=f"{name.lower()}@x.example") for name in people]
    return [circle, *leaders, *(member(one, circle) for one in leaders)]


def after(days: float) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + days * DAY


def shown(home: Path) -> list[str]:
    with Published.current(home) as current:
        return sorted(current.edition("organizers").snapshot.nodes["leaders"]["name"].to_pylist())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")


def test_whom_no_source_confirms_is_hidden_then_erased_and_leaves_no_tombstone(store: Store, tmp_path: Path) -> None:
    load(store, "north", roster("north", "Ada", "Bo"))
    ada, bo = (claim.key for claim in roster("north", "Ada", "Bo")[1:3])
    load(store, "gone", roster("gone", "Old"))
    load(store, "gone", [network("gone", "N1", "Circle of gone")])  # whom only the past knows
    due = look(store, tmp_path, SETTINGS, after(17 * 30))
    assert not (due.hide or due.erase or due.show or due.waiting)
    run = store.status().run
    first = look(store, tmp_path, SETTINGS, after(560))
    assert {ada, bo} <= set(first.hide) and len(first.hide) == 3 and store.status().run == run, (
        "looking changes nothing"
    )
    apply(store, tmp_path, SETTINGS, after(560), {"seed": 1})
    assert shown(tmp_path) == [] and {c.who for c in store.choices()} == {RULE}
    again = apply(store, tmp_path, SETTINGS, after(580), {"seed": 1})
    assert (again.hide, again.erase, again.waiting) == ([], [], 3)
    last = apply(store, tmp_path, SETTINGS, after(591), {"seed": 1})
    assert len(last.erase) == 3 and store.status().counts["leaders"] == 0 and store.tombstones() == ()
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"ada@x.example" in p.read_bytes()]
    assert open_erasures(tmp_path) == []
    load(store, "north", roster("north", "Ada"))
    assert store.status().counts["leaders"] == 1, "nobody asked to be erased, so a source may list them again"


def test_who_is_confirmed_within_the_notice_is_shown_as_before(store: Store, tmp_path: Path) -> None:
    load(store, "north", roster("north", "Ada", "Bo"))
    ada = roster("north", "Ada")[1].key
    choose(store, tmp_path, ada, Visibility.PUBLIC, who="Ada")
    apply(store, tmp_path, SETTINGS, after(560), {"seed": 1})
    load(store, "south", roster("south", "Cy"))
    due = look(store, tmp_path, SETTINGS, lambda: datetime.now(UTC))
    assert len(due.show) == 2, "by a clock that says that their source was just read"
    apply(store, tmp_path, SETTINGS, lambda: datetime.now(UTC), {"seed": 1})
    assert shown(tmp_path) == ["Ada", "Bo", "Cy"]
    assert [c.level for c in store.choices() if c.record == ada][-1] is Visibility.PUBLIC
    choose(store, tmp_path, ada, Visibility.HIDDEN, who="Ada")
    assert not look(store, tmp_path, SETTINGS, after(1)).show, "what a person chose is not ours to take back"


def test_what_accounts_and_imports_keep_goes_in_its_time_and_the_chain_holds(store: Store, tmp_path: Path) -> None:
    start = datetime.now(UTC)
    accounts = open_accounts(tmp_path, lambda: start)
    account = accounts.roll.add("ada@x.example", AccountRole.VIEWER, origin="test")
    keys = Keys(b"x" * 32)
    Sessions(accounts.database, keys).start(account, "mail")
    Links(accounts.database, keys).make(account, Purpose.INVITATION, days=14)
    waiting = imports_folder(tmp_path) / "one"
    waiting.mkdir(parents=True)
    (waiting / "roster.csv").write_text("name\n")
    early = look(store, tmp_path, SETTINGS, lambda: start)
    assert set(early.counts.values()) == {0}
    later = open_accounts(tmp_path, after(100))
    later.audit.note("export", origin="test")
    due = look(store, tmp_path, SETTINGS, after(800))
    assert due.counts == {
        "files that were given": 1,
        "sessions that have ended": 1,
        "links that no longer work": 1,
        "old tries": 0,
        "entries of the audit": 1,
    }
    assert len(later.audit.entries()) == 2 and waiting.exists()
    done = apply(store, tmp_path, SETTINGS, after(800), {"seed": 1})
    assert done.counts == due.counts and not waiting.exists()
    assert [one.what for one in later.audit.entries()] == ["export", "shorten audit"] and later.audit.check()
    apply(store, tmp_path, SETTINGS, after(1700), {"seed": 1})
    assert later.audit.check() and later.audit.entries()[0].number == 3
    with later.database.writing() as opened:
        opened.execute("DROP TRIGGER audit_stays")
        opened.execute("UPDATE audit SET result = 'other' WHERE number = 3")
    with pytest.raises(AccountError, match="changed at entry"):
        later.audit.check()
    assert os.path.exists(tmp_path / "accounts.sqlite")


def test_periods_are_positive_numbers() -> None:
    with pytest.raises(SettingsError, match="retention_months must be 1 or more"):
        periods(SETTINGS.having(retention_months="0"))
    with pytest.raises(SettingsError, match="whole number"):
        periods(SETTINGS.having(audit_years="two"))


def test_whoever_says_something_about_themselves_is_confirmed_by_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, "north", roster("north", "Ada", "Bo"))
    ada, bo = (claim.key for claim in roster("north", "Ada", "Bo")[1:3])
    late = after(500)().isoformat(timespec="seconds")
    monkeypatch.setattr("netofnets.desk.own_word.now", lambda: late)
    tell(store, ada, {"place": "Vigo"})
    tell(store, bo, {"place": "Lugo"})
    settled = after(559)().isoformat(timespec="seconds")
    dispute(store, bo, "email")
    monkeypatch.setattr("netofnets.desk.own_word.now", lambda: settled)
    settle_dispute(store, bo, "email", right=True, who="an organizer")
    assert look(store, tmp_path, SETTINGS, after(560)).hide == []
    assert set(look(store, tmp_path, SETTINGS, after(500 + 556)).hide) == {ada, bo}, (
        "what organizers say confirms nobody"
    )
