"""What stands: the loads that wait, the mappings that are kept, what was loaded before, and how one draft stands."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ingest.drafts.batches import Plan, read_plan
from ingest.drafts.folder import Draft, drafts
from ingest.drafts.kept import all_kept
from ingest.drafts.names import names_of_loads
from ingest.drafts.outcome import Became, Outcome, Reason
from ingest.drafts.progress import Progress, progress
from netofnets.schema.records import Run
from netofnets.store.operations import is_source

__all__ = ["DraftStands", "Imports", "KeptMapping", "LoadRun", "Waiting", "draft_stands", "imports_stand"]

_RUNS = 30  # shown


@dataclass(frozen=True, slots=True)
class Waiting:
    """A load that somebody began: its files, and how far it is (choosing, working, tried, loaded or failed)."""

    id: str
    files: tuple[str, ...]
    step: str


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping in the home, under the source that it is for."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class LoadRun:
    """A run of a source; counts are None where the run did not keep them."""

    run: int
    source: str
    when: str
    files: int | None
    rows: int | None
    aside: int | None
    created: int | None
    updated: int | None
    gone: int | None
    undid: int | None
    names: tuple[str, ...] = ()  # of its files, as far as this home loaded them


@dataclass(frozen=True, slots=True)
class Imports:
    """The page of all loads."""

    waiting: tuple[Waiting, ...]
    kept: tuple[KeptMapping, ...]
    loads: tuple[LoadRun, ...]
    more: int  # loads that are not listed
    undoable: tuple[int, ...]  # runs of them


@dataclass(frozen=True, slots=True)
class DraftStands:
    """One draft. ``step`` is columns, working, tried, loaded or failed; ``before`` has the last run of its sources."""

    id: str
    step: str
    files: tuple[str, ...]
    plan: Plan
    progress: Progress
    outcomes: tuple[Outcome, ...]
    published: bool
    before: dict[str, LoadRun]
    undone: str  # in words: what this draft undid


def imports_stand(home: Path, runs: Sequence[Run], undoable: Collection[int] = (), store: str = "") -> Imports:
    """All that waits in a home, and what its store says was loaded; ``undoable`` are the runs that can be undone.

    ``store`` is the address of the store, by which the home knows what the files of its loads were called.
    """
    names = names_of_loads(home, store)
    done = sorted((run for run in runs if _is_load(run)), key=lambda run: -run.number)
    loads = [replace(_load_run(run), names=names.get((run.number, run.source), ())) for run in done]
    waiting = [Waiting(one.id, tuple(f.name for f in one.files), _step(one, progress(one))) for one in drafts(home)]
    waiting = [one for one in waiting if one.files or one.step == "working"]  # else a publication that is done
    kept = tuple(KeptMapping(one.id, one.source) for one in all_kept(home))
    can = tuple(run.run for run in loads[:_RUNS] if run.run in undoable)
    return Imports(tuple(waiting), kept, tuple(loads[:_RUNS]), max(0, len(loads) - _RUNS), can)


def draft_stands(one: Draft, runs: Sequence[Run]) -> DraftStands:
    """How one draft stands."""
    plan, how_far = read_plan(one), progress(one)
    step = _step(one, how_far)
    told = one.read("load" if how_far.job in ("load", "publish") else "check")
    outcomes = tuple(_outcome(outcome) for outcome in told.get("outcomes", ()))
    named = set(plan.sources.values())
    before = {run.source: _load_run(run) for run in runs if _is_load(run) and run.source in named}
    files = tuple(file.name for file in one.files)
    return DraftStands(one.id, step, files, plan, how_far, outcomes, bool(one.read("published")), before, _undone(one))


def _is_load(run: Run) -> bool:
    return run.status == "done" and is_source(run.source)


def _undone(one: Draft) -> str:
    return str(one.read("undone").get("words", ""))


def _step(one: Draft, how_far: Progress) -> str:
    if how_far.state == "working":
        return "working"
    if not how_far.state:
        return "columns"
    if how_far.job == "check":
        return "tried" if how_far.state == "done" else "failed"
    if how_far.job == "undo" and _undone(one):
        return "loaded"
    loaded = how_far.state == "done" or any(not o["refused"] for o in one.read("load").get("outcomes", ()))
    return "loaded" if loaded else "failed"


def _outcome(told: dict[str, Any]) -> Outcome:
    """An outcome from what JSON made of it."""
    reasons = {
        name: tuple(Reason(**reason) for reason in told[name]) for name in ("rows_aside", "cells_aside", "notes")
    }
    first = tuple(
        Became(b["row"], tuple((label, words) for label, words in b["said"]), b["problem"]) for b in told["first"]
    )
    return Outcome(**{**told, **reasons, "first": first, "leaves": tuple(told["leaves"])})


def _load_run(run: Run) -> LoadRun:
    try:
        counts = json.loads(run.report or "{}")
    except ValueError:
        counts = {}
    names = [one.name for one in fields(LoadRun)][3:-1]
    told = {name: counts.get(name) for name in names}
    if "quarantined" in counts:
        told["aside"] = counts["quarantined"] + counts.get("cells", 0) + counts.get("perhaps_erased", 0)
    return LoadRun(run.number, run.source, run.finished or run.started, **told)
