"""From the store to what readers open: scan, restrict to each audience, analyse, write one folder, switch to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from threadpoolctl import threadpool_limits

from netofnets.analysis.engine import Engine
from netofnets.analysis.registry import MEASURES
from netofnets.analysis.taken_over import StandingResults
from netofnets.analysis.written import STEPS, write_results
from netofnets.errors import StoreError
from netofnets.graph.beside import present_name, write_history
from netofnets.graph.fallback import forget_fallback, keep_fallback
from netofnets.graph.folders import clear_away, clear_past, switch
from netofnets.graph.in_use import alone
from netofnets.graph.manifest import ASKED_FOR, FORMAT, PRESENT, as_published, versions
from netofnets.graph.memory import give_back, lean
from netofnets.graph.progress import Step, Steps, Tell, silent
from netofnets.graph.published import Published, published_root
from netofnets.graph.seal import each_once, manifest_text, name_of, seal
from netofnets.graph.standing import (
    current_name,
    published_last,
    read_as_often,
    run_of,
    standing,
)
from netofnets.graph.text_index import write_text_index
from netofnets.graph.withheld import release, withheld_now
from netofnets.language import say
from netofnets.language.system import system_words
from netofnets.publish.facts import ASKED, write_facts
from netofnets.resolution.questions import link_questions, write_questions
from netofnets.schema.records import Judgement, Run
from netofnets.store.base import Ability, Facts

__all__ = ["Publication", "publish", "publish_aside", "publish_facts", "withdraw", "write_facts"]

_KEPT = 128 << 20  # bytes that stay at hand from one analysis to the next
_STEPS = 4 + STEPS  # reading, writing facts, the analyses, questions, switching


class _Scannable(Protocol):
    def scan(self) -> Facts: ...


@runtime_checkable
class _ScannedAside(Protocol):
    def scan_aside(self, folder: Path) -> Facts: ...


@runtime_checkable
class _Numbered(Protocol):
    abilities: frozenset[Ability]

    def runs(self) -> tuple[Run, ...]: ...


@dataclass(frozen=True, slots=True)
class Publication:
    """What a call of :func:`publish` led to; ``fresh`` is false when nothing had changed since the last one."""

    folder: Path
    run: int
    content_hash: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class _How:
    """How to publish: the parameters of measures, the day, and what :func:`publish` says of the rest."""

    parameters: Mapping[str, Any]
    day: str
    keep_old: bool = True
    past: bool = False
    afresh: bool = False
    engine: Engine | None = None


def publish(
    store: _Scannable,
    home: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    as_of: str = "",
    keep_old: bool = True,
    afresh: bool = False,
    tell: Tell | None = None,
    engine: Engine | None = None,
) -> Publication:
    """Publish what is in ``store`` below ``home``. ``parameters`` go to the measures (``seed``, ``resolution``).

    What counts is what holds on the day ``as_of`` (ISO; empty: today). Readers see the old folder or the new one, never
    a mixture. The old one goes when nobody reads it any more, or, after an erasure (``keep_old=False``), at once.
    What was computed from the same is taken over from the last publication, unless it is to be made ``afresh``; the
    bytes are the same. ``tell`` is told how far it is. ``engine`` computes the joins (None: this process); the answers
    are the same.
    """
    with _publishing(home) as root:  # read once nobody else publishes, so that older facts never replace newer ones
        day, withdrawn = as_of or date.today().isoformat(), withheld_now(home)
        step = Steps(_STEPS, tell)
        step(say("Reading the store"))
        done = _as_published(store, home, parameters or {}, day) if keep_old and not afresh else None
        how = _How(parameters or {}, day, keep_old, afresh=afresh, engine=engine)
        done = done or _published(_scanning(store), home, root, how, step)
        release(home, withdrawn)  # whoever withdrew before it was read is withdrawn from it
        return done


def publish_facts(
    facts: Facts,
    home: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    as_of: str = "",
    keep_old: bool = True,
    past: bool = False,
    engine: Engine | None = None,
    afresh: bool = False,
) -> Publication:
    """Like :func:`publish`, for facts already scanned.

    ``past``: they are those of a past run. What is published of the present is kept beside it then, so that the history
    of who came and went goes on from there with the next publication.
    """
    with _publishing(home) as root:
        day = as_of or date.today().isoformat()
        return _published(lambda _: facts, home, root, _How(parameters or {}, day, keep_old, past, afresh, engine))


def publish_aside(
    read: Callable[[], Facts], home: Path, folder: Path, parameters: Mapping[str, Any] | None = None
) -> Publication:
    """Publish the facts of a past run below ``folder``, beside what ``home`` has published, which stays as it is.

    Communities go on, and history is told, from the present. Where ``folder`` is in the home, ``read`` is called when
    nobody publishes there, and nobody does before this ends: nothing is shown aside that an erasure has just removed.
    """
    inside = folder.is_relative_to(published_root(home))  # what is elsewhere goes with whoever asked for it
    with _publishing(home) if inside else nullcontext(), _publishing(folder) as root:
        how = _How(parameters or {}, date.today().isoformat(), past=True)
        return _published(lambda _: read(), home, root, how)


def withdraw(home: Path) -> None:
    """Remove everything that is published below ``home``, read or not: better no map than one that it must not show."""
    root = published_root(home)
    (root / "CURRENT").unlink(missing_ok=True)
    forget_fallback(root)
    for folder in root.glob("*/"):  # what is aside as well
        shutil.rmtree(folder)
    release(home, withheld_now(home))


def _as_published(store: _Scannable, home: Path, parameters: Mapping[str, Any], day: str) -> Publication | None:
    """What stands, when it is of the store's last run and of these parameters; whoever shares a store may have edited.

    Then the store need not be read.
    """
    if not isinstance(store, _Numbered) or Ability.SHARED in store.abilities:
        return None
    run = max((run.number for run in store.runs()), default=0)
    expected = {"format": FORMAT, "run": run, "versions": versions(), **_settled(parameters)}
    stands = as_published(home, expected, day)
    return Publication(stands[0], run, stands[1], fresh=False) if stands else None


@contextmanager
def _publishing(home: Path) -> Iterator[Path]:
    """The folder of all publications, for one publisher at a time; what a killed one left is cleared away first.

    Linear algebra has one thread: then sums are rounded in the same order on any machine, and no thread turns idly.
    """
    root = published_root(home)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(root / ".publishing"), threadpool_limits(limits=1), each_once():
            for leftover in root.glob(".writing-*"):
                shutil.rmtree(leftover, ignore_errors=True)
            yield root
    except OSError as error:
        told = say(
            "{folder}: {why}; nothing new was published, and what was published before still stands. Put that right "
            "(is the disk full?), then run: netofnets publish",
            folder=str(root),
            why=system_words(error),
        )
        raise StoreError(told) from None


def _scanning(store: _Scannable) -> Callable[[Path], Facts]:
    """How to read a store: with its large tables in files of a folder, where it can."""
    return store.scan_aside if isinstance(store, _ScannedAside) else lambda _: store.scan()


def _published(read: Callable[[Path], Facts], home: Path, root: Path, how: _How, step: Step = silent) -> Publication:
    work = root / f".writing-{os.getpid()}"
    try:
        lean(_KEPT)
        with published_last(home) as last:
            manifest, log = _write_first(read, work, how.day, step, None if how.afresh else last)
        run = manifest["run"]
        give_back()  # what was scanned: the analyses read what was written of it
        manifest |= {ASKED_FOR: dict(how.parameters), **_settled(how.parameters)}
        manifest["judgements"] = len(log)
        manifest |= {PRESENT: present_name(home)} if how.past else {}
        stands = standing(home, manifest) if root == published_root(home) else None
        before = current_name(root)
        same = stands is not None and read_as_often(stands, work, ASKED)
        if stands and same and not how.afresh:
            folder = stands
        else:
            manifest |= {"run": run_of(stands)} if stands and same else {}
            folder = root / _write_rest(home, work, manifest, log, stands, how, step)
            step(say("Switching readers to it"))
            if folder != stands:  # made afresh, and found to be the same
                switch(work, folder, root)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    spare = keep_fallback(root, folder, before if how.keep_old and not how.past else "")
    clear_away(root, {folder.name, manifest.get(PRESENT), spare}, keep_old=how.keep_old)
    clear_past(root)
    return Publication(folder, run, str(manifest["content_hash"]), fresh=stands is None)


def _write_first(
    read: Callable[[Path], Facts], work: Path, day: str, step: Step, last: Published | None
) -> tuple[dict[str, Any], tuple[Judgement, ...]]:
    """Read the facts and write them; the manifest so far, and the log of identity."""
    aside = work / "scanned"  # everybody is in there: it goes before anything is switched
    try:
        facts = read(aside)
        step(say("Working out who sees what"))
        return write_facts(facts, work, day, last), facts.judgements
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_rest(
    home: Path,
    work: Path,
    manifest: dict[str, Any],
    log: Sequence[Judgement],
    stands: Path | None,
    how: _How,
    step: Step,
) -> str:
    """Write what follows from the facts beside them, and the manifest; the name of what was written."""
    with published_last(home) as last:
        write_results(work, manifest, StandingResults(last, how.afresh), step, how.engine)
        for audience in manifest["editions"]:
            write_text_index(work / audience, audience, None if how.afresh else last)
        step(say("Looking for records that may be one"))
        if stands and not how.afresh:
            link_questions(stands / ASKED, work / ASKED)
        else:
            write_questions(work / ASKED, manifest["editions"][ASKED]["as_of"], log, None if how.afresh else last)
    write_history(home, work, manifest)
    for audience, edition in manifest["editions"].items():
        edition["files"] = seal(work / audience, edition["files"])
    text = manifest_text(manifest)
    (work / "manifest.json").write_text(text, encoding="utf-8")
    return name_of(manifest["run"], text)


def _settled(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"parameters": {m.id: m.settled(parameters) for m in MEASURES}}
