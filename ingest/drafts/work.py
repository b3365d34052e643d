"""The process that tries, loads and publishes for the browser; the pages read how far it is."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

from ingest.drafts.batches import Batch, batches, read_plan
from ingest.drafts.first_rows import first_rows
from ingest.drafts.folder import Draft, draft
from ingest.drafts.kept import keep
from ingest.drafts.names import note_names
from ingest.drafts.outcome import Outcome, outcome_of, refusal
from ingest.drafts.progress import LOCK, busy_lock
from ingest.known import ReusedIds
from ingest.opening import opened_for_load
from ingest.pipeline import Loaded, Options, load
from ingest.report import write_quarantine
from netofnets.desk.undo import Undone, undo
from netofnets.errors import InputError, NetOfNetsError
from netofnets.graph.in_use import alone
from netofnets.language import Message, joined, said_by, say, say_count
from netofnets.settings import Settings, load_settings
from netofnets.store.erasure_key import kept_marks

__all__ = ["work"]

_LEAVES = {
    "too_many_bad_rows": "accept_bad",
    "too_many_bad_cells": "accept_bad",
    "shrink": "allow_shrink",
    "reused_id": "same_people",
}
"""What a refusal can be answered with, by its code."""

_PAUSE = 0.3  # seconds between two notes of how far it is
_BUSY = say("another load or publication of this home is under way; wait until it is done, then try again")


class Steps:
    """Tells the pages how far the work is."""

    def __init__(self, one: Draft, job: str) -> None:
        self._draft, self._job = one, job
        self._last = 0.0
        self._read = self._of = 0
        self._doing, self._unit = "", "row"

    def begin(self, doing: str, of: int = 0) -> None:
        """A new step begins."""
        self._doing, self._read, self._of, self._unit = doing, 0, of, "row"
        self._write("working")

    def part(self, doing: str, done: int, of: int) -> None:
        """So many steps of a publication are done, and this one begins."""
        self._doing, self._read, self._of, self._unit = doing, done, of, "step"
        self._write("working")

    def tick(self, rows: int) -> None:
        """So many more rows were read."""
        self._read += rows
        if time.monotonic() - self._last > _PAUSE:
            self._write("working")

    def end(self, why: str = "") -> None:
        """All is done, or ``why`` says why not."""
        self._write("failed" if why else "done", why)

    def _write(self, state: str, why: str = "") -> None:
        self._last = time.monotonic()
        told = {"job": self._job, "state": state, "doing": self._doing, "done": self._read, "of": self._of}
        self._draft.write("progress", told | {"words": self._words(), "why": why})

    def _words(self) -> str:
        """``33 %: step 20 of 60``, of rows how many were read; the share is one of steps, not of time."""
        if not self._of:
            return ""
        share = min(100, 100 * self._read // self._of)
        if self._unit == "step":
            return say("{share} %: step {step:,} of {of:,}", share=share, step=self._read + 1, of=self._of)
        return say("{share} %: {read:,} of {of:,} rows", share=share, read=self._read, of=self._of)


def work(settings: Settings, one: Draft, job: str) -> None:
    """Do a job (``check``, ``load``, ``undo`` or ``publish``) and tell what came of it in the folder of the draft."""
    steps = Steps(one, job)
    try:
        with alone(one.folder / LOCK, wait=False), alone(busy_lock(settings.home), wait=False):
            _JOBS[job](settings, one, steps)
            steps.end()
    except NetOfNetsError as error:
        steps.end(_sentence(error))
    except BlockingIOError:
        steps.end(_BUSY)
    except Exception as error:
        traceback.print_exc()
        kind = type(error).__name__
        steps.end(say("something went wrong on our side ({kind}); the program's log says what", kind=kind))


def _check(settings: Settings, one: Draft, steps: Steps) -> None:
    found, marks = [], kept_marks(settings.home)
    with opened_for_load(settings, dry_run=True) as store:
        for number, batch in enumerate(batches(one, read_plan(one))):
            steps.begin(say("Trying {source}", source=batch.source), batch.total)
            options = replace(batch.options, dry_run=True, tick=steps.tick, marks=marks)
            found.append(_tried(one, number, batch, options, partial(load, store, batch.paths)))
    one.write("check", {"outcomes": [asdict(outcome) for outcome in found]})


def _tried(one: Draft, number: int, batch: Batch, options: Options, attempt: Callable[[Options], Loaded]) -> Outcome:
    """What a batch would come to; what a person may allow is allowed for the trial, and said to be needed."""
    why: list[str] = []
    leaves: list[str] = []
    while True:
        try:
            loaded = attempt(options)
            break
        except InputError as error:
            leave = _LEAVES.get(error.code, "")
            if not leave or leave in leaves or leave in _given(options):
                return refusal(batch.source, _sentence(error))
            why.append(_sentence(error))
            leaves.append(leave)
            options = _allowing(options, leave, error)
    return _told(one, number, batch, options, loaded, joined(why, "; ") if why else "", leaves)


def _load(settings: Settings, one: Draft, steps: Steps) -> None:
    found: list[Outcome] = []
    plan, marks = read_plan(one), kept_marks(settings.home)
    with opened_for_load(settings, dry_run=False) as store:
        for number, batch in enumerate(batches(one, plan)):
            steps.begin(say("Loading {source}", source=batch.source), batch.total)
            options = replace(batch.options, tick=steps.tick, marks=marks)
            try:
                try:
                    loaded = load(store, batch.paths, options)
                except ReusedIds as error:
                    if "same_people" not in plan.allowed.get(batch.source, ()):
                        raise
                    loaded = load(store, batch.paths, _allowing(options, "same_people", error))
            except InputError as error:
                found.append(refusal(batch.source, _sentence(error)))
                continue
            finally:
                one.write("load", {"outcomes": [asdict(outcome) for outcome in found]})
            note_names(settings.home, settings.store, loaded.report)
            found.append(_told(one, number, batch, options, loaded))
            one.write("load", {"outcomes": [asdict(outcome) for outcome in found]})
            if batch.text:
                keep(settings.home, batch.source, batch.text)
    if any(not outcome.refused for outcome in found):
        _publish(settings, one, steps)
    if not any(outcome.refused or outcome.to_correct for outcome in found):
        one.forget_files()


def _undo(settings: Settings, one: Draft, steps: Steps) -> None:
    run = int(one.read("undo")["run"])
    steps.begin(say("Undoing run {run}", run=run))
    with opened_for_load(settings, dry_run=False) as store:
        done = undo(store, run)
    one.write("undone", {"words": _undone(run, done)})
    _publish(settings, one, steps)


def _undone(run: int, done: Undone) -> str:
    counts = (
        (done.restored, say_count("{n:,} stated again", "{n:,} stated again", done.restored)),
        (done.put_back, say_count("{n:,} as before again", "{n:,} as before again", done.put_back)),
        (done.withdrawn, say_count("{n:,} withdrawn", "{n:,} withdrawn", done.withdrawn)),
    )
    told = joined([words for count, words in counts if count], ", ") or say("stand")
    return say(
        "Run {run} of {source} is undone, as run {again}: facts {told}.",
        run=run,
        source=done.source,
        again=done.run,
        told=told,
    )


def _publish(settings: Settings, one: Draft, steps: Steps) -> None:
    # Here and not above: the analysis engines take a second to import, which a trial need not wait for.
    steps.begin(say("Analysing and publishing"))
    from netofnets.publish import publish
    from netofnets.store import open_store

    store = open_store(settings.store, settings, reading=True)
    try:
        done = publish(store, settings.home, {"seed": settings.integer("seed")}, tell=steps.part)
    finally:
        store.close()
    one.write("published", {"run": done.run, "fresh": done.fresh})


_JOBS: dict[str, Callable[[Settings, Draft, Steps], None]] = {
    "check": _check,
    "load": _load,
    "publish": _publish,
    "undo": _undo,
}


def _told(
    one: Draft,
    number: int,
    batch: Batch,
    options: Options,
    loaded: Loaded,
    why: str = "",
    leaves: list[str] | None = None,
) -> Outcome:
    write_quarantine(loaded.to_correct, one.folder / f"to-correct-{number}.csv")
    passed = {key: options.without.get(key, frozenset()) | rows for key, rows in loaded.report.left_out.rows.items()}
    first = first_rows(batch.paths, replace(options, without={**options.without, **passed}))
    return outcome_of(loaded.report, first, len(loaded.to_correct), why, tuple(leaves or ()))


def _given(options: Options) -> set[str]:
    return {name for name in ("accept_bad", "allow_shrink", "same_people") if getattr(options, name)}


def _allowing(options: Options, leave: str, error: InputError) -> Options:
    if leave == "same_people":
        ids = error.ids if isinstance(error, ReusedIds) else frozenset[str]()
        return replace(options, same_people=ids)
    return replace(options, accept_bad=True) if leave == "accept_bad" else replace(options, allow_shrink=True)


def _sentence(error: NetOfNetsError) -> str:
    """What an error says, without what only concerns the command line."""
    text = error.on_page if isinstance(error, InputError) and error.on_page else said_by(error)
    return text if type(text) is Message else text.rstrip(".; ")


if __name__ == "__main__":
    _settings = load_settings()
    work(_settings, draft(_settings.home, sys.argv[1]), sys.argv[2])
