"""Retention: what nobody confirms any more is hidden, then erased; and what is kept for a time goes when it is over.

A person is confirmed by each load of a source that lists them. Whom no source has confirmed for the months of the
setting is hidden; whoever is still not confirmed when the days of notice are over is erased. Nobody asked for that, so
it leaves no tombstones: a source that lists the person again has a reason to. Who is listed again within the notice is
shown as before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from netofnets.accounts.database import FILE
from netofnets.accounts.gate import open_accounts
from netofnets.desk.erase import erase_unconfirmed
from netofnets.desk.imports import forget_old_imports
from netofnets.errors import SettingsError
from netofnets.publish import publish
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Visibility
from netofnets.schema.own_word import Said, word_in
from netofnets.schema.policy import IMPORTED
from netofnets.schema.records import CORRECTING, Run, VisibilityChoice
from netofnets.settings import Settings
from netofnets.store.base import Store

__all__ = ["RULE", "Periods", "Retention", "apply", "look", "periods"]

RULE = "rule:retention"
"""Who chose that a person is hidden, where it was this."""

_UPLOADS = timedelta(days=1)  # for which files that were given wait, as in the browser
_NOBODY = "No source has confirmed the person since {day}; erased after the notice unless one does."
_AGAIN = "A source has confirmed the person again."
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Periods:
    """How long what is kept."""

    unconfirmed: timedelta  # until whom no source confirms is hidden
    notice: timedelta  # until the hidden are erased
    audit: timedelta


@dataclass(slots=True)
class Retention:
    """What is due: people by their ids, and numbers of the rest."""

    hide: list[str] = field(default_factory=list)
    show: list[str] = field(default_factory=list)  # hidden by this, and confirmed again
    erase: list[str] = field(default_factory=list)
    waiting: int = 0  # hidden, and still within the notice
    counts: dict[str, int] = field(default_factory=dict)  # what else goes: uploads, sessions, links, audit entries


def periods(settings: Settings) -> Periods:
    """The periods of the settings; :class:`SettingsError` for one that is no positive number."""
    told = {name: settings.integer(name) for name in ("retention_months", "retention_notice_days", "audit_years")}
    if wrong := [name for name, number in told.items() if number < 1]:
        raise SettingsError(f"setting {wrong[0]} must be 1 or more")
    months, days, years = told.values()
    year = timedelta(days=365.25)
    return Periods(months * year / 12, timedelta(days=days), years * year)


def look(store: Store, home: Path, settings: Settings, clock: Clock) -> Retention:
    """What is due now; nothing is changed. ``clock`` gives the time, UTC."""
    due = _people(store, periods(settings), clock())
    due.counts = _rest(home, periods(settings), clock, do=False)
    return due


def apply(store: Store, home: Path, settings: Settings, clock: Clock, parameters: Mapping[str, Any]) -> Retention:
    """Do what is due, and publish anew when that concerns people; what was published before goes at once then."""
    due = _people(store, periods(settings), clock())
    before, now = _levels(store), clock().isoformat(timespec="seconds")
    last = _last_days(store, clock())
    why = {person: _NOBODY.format(day=last[person].date().isoformat()) for person in due.hide}
    rows = [VisibilityChoice(one, Visibility.HIDDEN, RULE, why[one], "", now) for one in due.hide]
    rows += [VisibilityChoice(one, before.get(one, IMPORTED), RULE, _AGAIN, "", now) for one in due.show]
    store.choose(rows)
    if due.erase:
        erase_unconfirmed(store, home, due.erase, parameters)
    elif rows:
        publish(store, home, parameters, keep_old=False)
    due.counts = _rest(home, periods(settings), clock, do=True)
    return due


def _people(store: Store, kept: Periods, now: datetime) -> Retention:
    due = Retention()
    hidden = _hidden(store)
    for person, last in sorted(_last_days(store, now).items()):
        stale = now - last > kept.unconfirmed
        since = hidden.get(person)
        if stale and since is None:
            due.hide.append(person)
        elif stale and since is not None and now - since > kept.notice:
            due.erase.append(person)
        elif stale:
            due.waiting += 1
        elif since is not None:
            due.show.append(person)
    return due


def _last_days(store: Store, now: datetime) -> dict[str, datetime]:
    """When each person was last confirmed: by a load of a source that lists, or did list, any record of theirs.

    Or by their own word: whoever says something about themselves is there.
    """
    book = store.book()
    identity = Identity(book.judgements)
    done = _times([run for run in book.runs if run.status == "done"], now)
    of_source: dict[str, datetime] = {}
    for run in book.runs:
        if run.number in done:
            of_source[run.source] = max(done[run.number], of_source.get(run.source, done[run.number]))
    last: dict[str, datetime] = {}

    def note(record: str, day: datetime | None) -> None:
        person = identity.canonical(record)
        if day is not None:
            last[person] = max(day, last.get(person, day))

    for kept in book.kept:
        for claim in kept.claims if kept.kind == LEADERS.name else ():
            if claim.source not in CORRECTING:
                note(claim.key, of_source.get(claim.source))
    for past in book.past:
        if past.claim.kind == LEADERS.name and past.stated and past.claim.source not in CORRECTING:
            note(past.claim.key, done.get(past.until))
    for decision in book.decisions:
        if (word := word_in(decision)) is not None and word[0] not in (Said.UPHELD, Said.STANDS) and decision.at:
            note(decision.subjects[0], min(datetime.fromisoformat(decision.at), now))
    return last


def _hidden(store: Store) -> dict[str, datetime]:
    """The people whom this hid, and nobody chose anything for since, with the day."""
    return {
        person: datetime.fromisoformat(choice.at)
        for person, (choice, _) in _last_choices(store).items()
        if choice.who == RULE and choice.level is Visibility.HIDDEN
    }


def _levels(store: Store) -> dict[str, Visibility]:
    """What each person's level was before this hid them."""
    return {person: before for person, (_, before) in _last_choices(store).items() if before is not None}


def _last_choices(store: Store) -> dict[str, tuple[VisibilityChoice, Visibility | None]]:
    """The last choice about each person, and the last level that was not set by this."""
    identity = Identity(store.judgements())
    found: dict[str, tuple[VisibilityChoice, Visibility | None]] = {}
    for choice in store.choices():
        if not choice.field:
            person = identity.canonical(choice.record)
            before = found[person][1] if person in found else None
            found[person] = (choice, before if choice.who == RULE else choice.level)
    return found


def _rest(home: Path, kept: Periods, clock: Clock, *, do: bool) -> dict[str, int]:
    """Files that wait, and what accounts keep; counted, or removed as well."""
    counts = {"files that were given": forget_old_imports(home, clock(), _UPLOADS, do=do)}
    if (home / FILE).is_file():
        accounts = open_accounts(home, clock)
        counts |= accounts.database.expired(do=do)
        counts["entries of the audit"] = accounts.audit.shorten(clock() - kept.audit, origin="retention", do=do)
    return counts


def _time(run: Run) -> datetime:
    moment = datetime.fromisoformat(run.finished or run.started)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _times(runs: Sequence[Run], now: datetime) -> dict[int, datetime]:
    """When each run was, where the clock may have been wrong: never before an earlier run, never after now.

    A time that is still to come is that of the next run whose time is not. So nobody is taken to be unconfirmed for
    longer than is true because a clock was wrong while their source was read.
    """
    latest, found = datetime.min.replace(tzinfo=UTC), dict[int, datetime]()
    wrong: list[int] = []
    for run in sorted(runs, key=lambda one: one.number):
        if (moment := _time(run)) > now:
            wrong.append(run.number)
            continue
        latest = max(latest, moment)
        found |= dict.fromkeys([*wrong, run.number], latest)
        wrong.clear()
    return found | dict.fromkeys(wrong, now)
