"""What changed since a day or a run: who joined and left, which networks and people join anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.convene import MOST_JOINED, pairs_joined
from netofnets.analysis.differences import COMPARED, Differences, differences
from netofnets.analysis.measure import Results
from netofnets.analysis.registry import MEASURES, compute, kept_apart
from netofnets.errors import SettingsError
from netofnets.graph.history import HISTORY, NEW, membership_codes, membership_columns, pair_codes, undone
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say
from netofnets.schema.dates import read_date
from netofnets.schema.text import BadValue
from netofnets.services.change_words import SECTIONS, Section, Tables, section, summary
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.long_work import one_at_a_time
from netofnets.services.viewer import Viewer

__all__ = ["ChangesReport", "Compared", "changes_report", "compared"]

_DAYS = 30  # looked back when nobody says since when
_CLAIMS_UP_TO = 5_000  # people; with more, who is called bridging takes too long for a page
_KEPT = 8  # states whose tables are kept
_COMPARED = 2  # pairs of states of which is kept what differs
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class ChangesReport:
    """Two states of the map and what differs. ``since`` is what was compared with: a day, or a run."""

    version: str
    since: str
    before: str  # the day of the earlier state; empty where no day is known
    after: str
    summary: str
    sections: tuple[Section, ...]  # those with something in them
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states and what differs; ``since`` in words, ``wanted`` the measures whose tables were compared."""

    since: str
    wanted: tuple[str, ...]
    tables: Tables
    differences: Differences


def changes_report(
    published: Published,
    viewer: Viewer,
    *,
    since: str = "",
    as_of: str = "",
    limit: int = 200,
    bridging: bool | None = None,
) -> ChangesReport:
    """What differs from ``since``, an ISO day or the number of a run; empty: a month before the last change.

    Without ``as_of`` the later state is the published one, and what came into or went out of the rosters after
    ``since`` counts as well as first and last days. With it, two days are compared by what is on record now. Run
    numbers are for organizers. ``bridging`` says whether that claim is compared too (None: when it does not take long).
    :class:`SettingsError` for a ``since`` that is neither.
    """
    found = compared(published, viewer, since=since, as_of=as_of, bridging=bridging)
    tables = found.tables
    told = (section(tables, name, getattr(found.differences, name), limit) for name in SECTIONS)
    return ChangesReport(
        tables.index.version,
        found.since,
        tables.since,
        tables.until,
        summary(found.differences, found.since),
        tuple(one for one in told if one.total),
        _notes(tables.index, viewer, found.wanted, found.differences, as_of),
    )


def compared(
    published: Published, viewer: Viewer, *, since: str = "", as_of: str = "", bridging: bool | None = None
) -> Compared:
    """Two states of the map and what differs; parameters and errors as of :func:`changes_report`."""
    index = index_of(published, viewer)
    as_of = _day(as_of) if as_of else ""
    day, events, asked = _since(index, viewer, since, as_of)
    after = index.record.at(as_of) if as_of else index.snapshot
    after_day = as_of or max(_last_day(index), day)
    wanted = _wanted(index, bridging)

    def build() -> tuple[Tables, Differences]:
        before = undone(index.record, events).at(day) if day else undone(index.snapshot, events)
        was, now = _tables(index, before, (day, events.num_rows), wanted), _now(index, after, as_of, wanted)
        return Tables(index, before, after, was, now, day, after_day), differences(before, after, was, now)

    key = (day, events.num_rows, after_day, as_of, wanted)
    return Compared(asked, wanted, *index.lately("differences", key, build, _COMPARED))


def _since(index: EditionIndex, viewer: Viewer, since: str, as_of: str) -> tuple[str, pa.Table, str]:
    """The day of the earlier state, the events after it, and the words for it."""
    nothing = HISTORY.empty_table()
    if since.isdecimal():
        if not viewer.sees_people:
            raise SettingsError(say("runs are numbered for organizers only: give a day, such as 2024-09-01"))
        run = int(since[:9])
        return _day_of(index, run), nothing if as_of else _events_after(index, run), say("run {number}", number=run)
    if not since:
        last = as_of or _last_day(index)
        since = (date.fromisoformat(last) - timedelta(_DAYS)).isoformat() if last else ""
    day = _day(since) if since else ""
    events = index.history.filter(pc.greater(index.history["day"], day)) if day and not as_of else nothing
    return day, events, day


def _events_after(index: EditionIndex, run: int) -> pa.Table:
    """What the publications since tell, and the memberships that no source stated up to this run."""
    told = index.history.filter(pc.greater(index.history["run"], run))
    claims = index.record.claims
    own = claims.filter(pc.equal(claims["kind"], "memberships")).group_by("entity").aggregate([("first_run", "min")])
    late = own.filter(pc.greater(own["first_run_min"], run))["entity"].combine_chunks()
    fresh = pc.is_in(index.record.edges["memberships"].table["id"], value_set=late).to_numpy()
    stated = membership_codes(index.record)
    early = np.concatenate([stated[~fresh], _stated_by(index, run)])
    new = np.isin(stated, early, invert=True)
    leaders, networks = (column.filter(pa.array(new)) for column in membership_columns(index.record))
    rows = [pa.repeat(pa.scalar(run + 1), len(leaders)), pa.repeat("", len(leaders)), leaders, networks]
    return pa.concat_tables([told, pa.table([*rows, pa.repeat(NEW, len(leaders))], schema=HISTORY)])


def _stated_by(index: EditionIndex, run: int) -> npt.NDArray[np.int64]:
    """Who was in which network by what a source said up to this run, and says otherwise, or no more, since."""
    past = index.earlier_ties.filter(pc.equal(index.earlier_ties["kind"], "memberships"))
    past = past.filter(pc.and_(pc.less_equal(past["first_run"], run), pc.greater_equal(past["until"], run)))
    return pair_codes(index.record, past["leader"], past["other"])


def _day(text: str) -> str:
    try:
        return read_date(text)
    except BadValue:
        told = say("{text!r} is no day: write it as 2024-09-01, or give the number of a run", text=text)
        raise SettingsError(told) from None


def _day_of(index: EditionIndex, run: int) -> str:
    """The day of the last reading up to a run; that of what is published when none is on record."""
    days: list[str] = [row["day"] for row in index.record.readings.to_pylist() if row["run"] <= run]
    return days[-1] if days else index.as_of


def _last_day(index: EditionIndex) -> str:
    """The last day on which anything changed, as far as is known."""
    told: list[str] = index.history["day"].to_pylist()
    return max([index.as_of, *told[-1:]])


def _wanted(index: EditionIndex, bridging: bool | None) -> tuple[str, ...]:
    if bridging is None and pairs_joined(index.record) > MOST_JOINED:
        return COMPARED[:1]
    claims = index.people <= _CLAIMS_UP_TO if bridging is None else bridging
    return COMPARED if claims else COMPARED[:-1]


def _now(index: EditionIndex, after: Snapshot, as_of: str, wanted: tuple[str, ...]) -> Results:
    if as_of:
        return _tables(index, after, (as_of, 0), wanted)
    return {name: index.table(name) for name in wanted}


def _tables(index: EditionIndex, snapshot: Snapshot, state: tuple[str, int], wanted: tuple[str, ...]) -> Results:
    """The tables of a state, with the parameters of what is published; the last few states are remembered."""
    key = (snapshot.turned(state[0]) if state[0] else "", state[1], wanted)

    def build() -> Results:
        standing = {m.id: index.table(m.id) for m in MEASURES if m.continues and m.id in index.measures}
        parameters = kept_apart(index.parameters)
        with one_at_a_time():
            return {name: compute(name, snapshot, parameters, standing) for name in wanted}

    return index.lately("states", key, build, _KEPT)


def _notes(
    index: EditionIndex, viewer: Viewer, wanted: tuple[str, ...], found: Differences, as_of: str
) -> tuple[str, ...]:
    notes = []
    if found.empty and not index.as_of:
        notes.append(say("No membership shown here has a first or last day."))
    if not as_of:
        notes.append(
            say(
                "Who came into or went out of the rosters is known since the first publication of this map, and shown "
                "of those who are on it now."
            )
        )
    if COMPARED[1] not in wanted:
        notes.append(say("Who joins networks is not compared here: with so many pairs of networks it takes long."))
    if COMPARED[-1] not in wanted:
        notes.append(say("Who is called bridging is not compared here: with so many people it takes long."))
    if not viewer.sees_people:
        notes.append(say("You see only {shown}; what is not shown may have changed as well.", shown=viewer.shown))
    return tuple(notes)
