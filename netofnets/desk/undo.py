"""Undo the last load of a source: a new run that states again what the source stated before it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from netofnets.desk.checks import now
from netofnets.errors import NotFound, SettingsError
from netofnets.language import joined, say
from netofnets.schema.records import BY_PERSON, Judgement, Run, Verdict, last_verdicts
from netofnets.store.base import Store
from netofnets.store.ledger import plan
from netofnets.store.operations import is_source
from netofnets.store.past import stood

__all__ = ["Undoable", "Undone", "undo", "undoable"]

_RULE = "rule:undo"
_LISTED = say("netofnets undo lists what can be undone")


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last load of a source that changed something: what it did, and which run it undid itself (0: none)."""

    run: int
    source: str
    finished: str
    created: int
    updated: int
    withdrawn: int
    undid: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing run ``undone`` did, as run ``run``: claims restated, put back and withdrawn, verdicts taken back."""

    run: int
    undone: int
    source: str
    restored: int  # withdrawn by the load, and stated again
    put_back: int  # changed by the load, and as before again
    withdrawn: int  # brought by the load
    judgements: int


def undoable(store: Store) -> tuple[Undoable, ...]:
    """The last load of each source that can be undone, the latest first."""
    with_loads = {run.source: run for run in store.runs() if _is_load(run) and _changed(run)}
    return tuple(_told(run) for run in sorted(with_loads.values(), key=lambda run: -run.number))


def undo(store: Store, run: int) -> Undone:
    """Undo ``run``, the last load of its source, by a new run; undoing that one does the load again.

    The source then states what it stated before, with the places and first runs of then; of a first load nothing is
    left. What a rule judged in that run, and nobody since, is judged as before. Choices, decisions and judgements of
    people stand, and who was erased since does not come back. Raises :class:`NotFound` for a number that is no run's,
    :class:`SettingsError` when it cannot be undone; nothing is changed then.
    """
    source = _chosen(store.runs(), run).source
    with store.writer(source) as writer:
        chosen = _chosen(store.runs(), run)  # again: nobody else writes from here on
        if run <= writer.kept_since():
            raise SettingsError(_too_old(run, source, writer.kept_since()))
        before = list(stood(writer.claims_of(source), writer.past_of(source), run - 1))
        judgements = _taken_back(writer.judgements(), chosen)
        changes = plan(writer, source, before, judgements)
        if changes.empty:
            nothing = say("run {run} of {source!r} changed nothing that still stands", run=run, source=source)
            raise SettingsError(joined([nothing, _LISTED], "; "))
        writer.apply(changes)
        counts = {"created": changes.created, "updated": changes.updated, "gone": changes.withdrawn}
        writer.finish({**counts, "unchanged": changes.unchanged, "undid": run})
        done = (changes.created, changes.updated, changes.withdrawn, len(judgements))
        return Undone(writer.run, run, source, *done)


def _chosen(runs: Sequence[Run], number: int) -> Run:
    """The run, when it is the last of its source that changed something."""
    run = next((one for one in runs if one.number == number), None)
    if run is None:
        raise NotFound(joined([say("there is no run {run}", run=number), _LISTED], "; "))
    if not is_source(run.source):
        other = say(
            "run {run} is no load of a source, it is {source}: a verdict is taken back by another one (netofnets "
            "judge), a choice by another one (netofnets visibility)",
            run=number,
            source=run.source,
        )
        raise SettingsError(joined([other, _LISTED], "; "))
    if run.source == BY_PERSON:
        own = say(
            "run {run} is what somebody said about themselves: only they take it back, on their own page", run=number
        )
        raise SettingsError(joined([own, _LISTED], "; "))
    if not _is_load(run):
        raise SettingsError(
            say(
                "run {run} holds answers to what articles propose: take them back with netofnets reject or accept",
                run=number,
            )
        )
    later = [one.number for one in runs if one.source == run.source and one.number > number and _changed(one)]
    if later:
        raise SettingsError(_not_the_last(number, run.source, later[-1]))
    return run


def _too_old(run: int, source: str, since: int) -> str:
    return say(
        "run {run} is from before this store kept what sources said earlier (since run {since}); load the file that "
        "{source!r} had before once more",
        run=run,
        since=since,
        source=source,
    )


def _not_the_last(run: int, source: str, last: int) -> str:
    return say(
        "run {run} is not the last load of {source!r}: run {last} is, and only the last one can be undone. To go "
        "further back, load the file of then once more",
        run=run,
        source=source,
        last=last,
    )


def _taken_back(log: Sequence[Judgement], run: Run) -> list[Judgement]:
    """What makes the verdicts that rules gave in ``run``, where they still count, what they were before it."""
    before = last_verdicts(j for j in log if j.run < run.number)
    at, why = now(), f"Run {run.number} was undone."
    found = []
    for pair, last in last_verdicts(log).items():
        if last.run == run.number and (last.who.startswith("rule:") or "undid" in _counts(run)):
            earlier = before.get(pair)
            found.append(
                replace(earlier, why=f"{why} Before it: {earlier.why}", at=at, run=0)
                if earlier is not None and earlier.verdict is not Verdict.UNDONE
                else Judgement(*pair, Verdict.UNDONE, _RULE, why, at=at)
            )
    return found


def _is_load(run: Run) -> bool:
    return is_source(run.source) and run.source != BY_PERSON and "answers" not in _counts(run)


def _changed(run: Run) -> bool:
    """Whether a run may have changed something: all of its counts are there and zero when it did not."""
    counts = _counts(run)
    return any(counts.get(name) != 0 for name in ("created", "updated", "gone"))


def _told(run: Run) -> Undoable:
    counts = _counts(run)
    created, updated, gone, undid = (int(counts.get(n) or 0) for n in ("created", "updated", "gone", "undid"))
    return Undoable(run.number, run.source, run.finished, created, updated, gone, undid)


def _counts(run: Run) -> dict[str, Any]:
    try:
        counts = json.loads(run.report or "{}")
    except ValueError:
        return {}
    return counts if isinstance(counts, dict) else {}
