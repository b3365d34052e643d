"""The map of another day: the same facts, what held on that day, and every analysis computed from it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

import pyarrow as pa

from netofnets.analysis.registry import MEASURES, kept_apart, run_all
from netofnets.errors import DayNotReady
from netofnets.graph.published import Edition
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say
from netofnets.schema.arrow import GROUPS
from netofnets.services.long_work import one_at_a_time

__all__ = ["MOST", "DatedEdition", "on_day", "refuse_many"]

MOST = 10_000  # people; with more, the analyses of a day take minutes, too long for an answer
_KEPT = 4  # days of an edition that are kept

_DAYS: WeakKeyDictionary[Snapshot, OrderedDict[str, DatedEdition]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def on_day(edition: Edition, day: str) -> Edition:
    """``edition`` as of an ISO day; itself, when nothing is different. The last few days are kept.

    :class:`DayNotReady` with so many people that the analyses take minutes.
    """
    state = edition.snapshot.turned(day)
    if state == edition.as_of:
        return edition
    refuse_many(edition.snapshot.count("leaders"), day, f"--as-of {day}")
    with _LOCK:
        days = _DAYS.setdefault(edition.snapshot, OrderedDict())
        found = days.pop(state, None) or DatedEdition(edition, state)
        days[state] = found
        while len(days) > _KEPT:
            days.popitem(last=False)
    return found


def refuse_many(people: int, time: str, option: str) -> None:
    """:class:`DayNotReady` with so many people that the analyses of another ``time`` are no answer to wait for."""
    if people > MOST:
        told = say(
            "with so many people the analyses of {time} take minutes: run netofnets publish {option} --home OTHER",
            time=time,
            option=option,
        )
        raise DayNotReady(told)


class DatedEdition(Edition):
    """An edition whose analyses are of another day; computed together, when the first is asked for."""

    def __init__(self, published: Edition, state: str) -> None:
        super().__init__(published.folder, published.name, published.manifest, published._reading)
        self._state = state
        self._computing = threading.Lock()
        self._previous = {m.id: published.table(m.id) for m in MEASURES if m.continues and m.id in published.measures}

    @property
    def as_of(self) -> str:
        """The day whose state was analysed."""
        return self._state

    @cached_property
    def present(self) -> Snapshot:
        """The facts that held on that day."""
        return self.snapshot.at(self._state)

    @cached_property
    def groups(self) -> pa.Table:
        """None: counts of many days, side by side, would tell who came on which."""
        return GROUPS.empty_table()

    def table(self, measure: str) -> pa.Table:
        """The table of an analysis, with the parameters that were published."""
        self._known(measure)
        return self._results[measure]

    @property
    def _results(self) -> Mapping[str, pa.Table]:
        if self._tables:
            return self._tables
        with one_at_a_time(), self._computing:
            if not self._tables:
                parameters = kept_apart({m: self.parameters(m) for m in self.measures})
                self._tables = run_all(self.present, parameters, self._previous)
        return self._tables
