"""From the store to what readers open: scan, restrict to each audience, analyse, write one folder, switch to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import netofnets
from netofnets.analysis.registry import MEASURES
from netofnets.analysis.taken_over import StandingResults
from netofnets.analysis.written import STEPS, write_results
from netofnets.errors import StoreError
from netofnets.graph.beside import PRESENT, present_name, write_history
from netofnets.graph.earlier import earlier, earlier_ties
from netofnets.graph.edition import AUDIENCES, heard, latest_levels, levels_of, readings, restrict
from netofnets.graph.fallback import forget_fallback, keep_fallback
from netofnets.graph.folders import clear_away, clear_past, linked, switch
from netofnets.graph.group_counts import group_counts, named_interests
from netofnets.graph.in_use import alone
from netofnets.graph.marks import OwnWords, keeping_back, marks, own_words
from netofnets.graph.progress import Step, Steps, Tell, silent
from netofnets.graph.published import (
    EARLIER_FILE,
    EARLIER_TIES_FILE,
    FORMAT,
    GROUPS_FILE,
    LEVELS_FILE,
    OUTSIDE_THE_DIGEST,
    QUESTIONS_FILE,
    published_root,
    save_snapshot,
    write_table,
)
from netofnets.graph.seal import digest_of, manifest_text, name_of, seal
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.standing import (
    NEXT_TURN,
    as_published,
    current_name,
    published_last,
    read_as_often,
    run_of,
    standing,
)
from netofnets.graph.withheld import release, withheld_now
from netofnets.resolution.questions import write_questions
from netofnets.schema.identity import Identity
from netofnets.schema.purposes import RESEARCH
from netofnets.schema.records import Judgement, Run
from netofnets.store.base import Ability, Facts

__all__ = ["Publication", "publish", "publish_aside", "publish_facts", "withdraw", "write_facts"]

ASKED = "organizers"  # the audience that is asked who is one person
_STEPS = 4 + STEPS  # reading, writing facts, the analyses, questions, switching
_ENGINES = ("numpy", "scipy", "pyarrow", "networkx", "graspologic-native", "scikit-learn")


class _Scannable(Protocol):
    def scan(self) -> Facts: ...


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


def publish(
    store: _Scannable,
    home: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    as_of: str = "",
    keep_old: bool = True,
    afresh: bool = False,
    tell: Tell | None = None,
) -> Publication:
    """Publish what is in ``store`` below ``home``. ``parameters`` go to the measures (``seed``, ``resolution``).

    What counts is what holds on the day ``as_of`` (ISO; empty: today). Readers see the old folder or the new one, never
    a mixture. The old one goes when nobody reads it any more, or, after an erasure (``keep_old=False``), at once.
    What was computed from the same is taken over from the last publication, unless it is to be made ``afresh``; the
    bytes are the same. ``tell`` is told how far it is.
    """
    with _publishing(home) as root:  # read once nobody else publishes, so that older facts never replace newer ones
        day, withdrawn = as_of or date.today().isoformat(), withheld_now(home)
        step = Steps(_STEPS, tell)
        step("Reading the store")
        done = _as_published(store, home, parameters or {}, day) if keep_old and not afresh else None
        how = _How(parameters or {}, day, keep_old, afresh=afresh)
        done = done or _published(store.scan(), home, root, how, step)
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
    afresh: bool = False,
) -> Publication:
    """Like :func:`publish`, for facts already scanned.

    ``past``: they are those of a past run. What is published of the present is kept beside it then, so that the history
    of who came and went goes on from there with the next publication.
    """
    with _publishing(home) as root:
        day = as_of or date.today().isoformat()
        return _published(facts, home, root, _How(parameters or {}, day, keep_old, past, afresh))


def publish_aside(
    read: Callable[[], Facts], home: Path, folder: Path, parameters: Mapping[str, Any] | None = None
) -> Publication:
    """Publish the facts of a past run below ``folder``, beside what ``home`` has published, which stays as it is.

    Communities go on, and history is told, from the present. Where ``folder`` is in the home, ``read`` is called when
    nobody publishes there, and nobody does before this ends: nothing is shown aside that an erasure has just removed.
    """
    inside = folder.is_relative_to(published_root(home))  # what is elsewhere goes with whoever asked for it
    with _publishing(home) if inside else nullcontext(), _publishing(folder) as root:
        return _published(read(), home, root, _How(parameters or {}, date.today().isoformat(), past=True))


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
    expected = {"format": FORMAT, "run": run, "versions": _versions(), **_settled(parameters)}
    stands = as_published(home, expected, day)
    return Publication(stands[0], run, stands[1], fresh=False) if stands else None


@contextmanager
def _publishing(home: Path) -> Iterator[Path]:
    """The folder of all publications, for one publisher at a time; what a killed one left is cleared away first."""
    root = published_root(home)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(root / ".publishing"):
            for leftover in root.glob(".writing-*"):
                shutil.rmtree(leftover, ignore_errors=True)
            yield root
    except OSError as error:
        raise StoreError(
            f"{root}: {error.strerror or error}; nothing new was published, and what was published before still "
            "stands. Put that right (is the disk full?), then run: netofnets publish"
        ) from None


def _published(facts: Facts, home: Path, root: Path, how: _How, step: Step = silent) -> Publication:
    work = root / f".writing-{os.getpid()}"
    try:
        step("Working out who sees what")
        manifest = write_facts(facts, work, how.day)
        manifest |= _settled(how.parameters)
        manifest["judgements"] = len(facts.judgements)
        manifest |= {PRESENT: present_name(home)} if how.past else {}
        stands = standing(home, manifest) if root == published_root(home) else None
        before = current_name(root)
        same = stands is not None and read_as_often(stands, work, ASKED)
        if stands and same and not how.afresh:
            folder = stands
        else:
            manifest |= {"run": run_of(stands)} if stands and same else {}
            folder = root / _write_rest(home, work, manifest, facts.judgements, stands, how, step)
            step("Switching readers to it")
            if folder != stands:  # made afresh, and found to be the same
                switch(work, folder, root)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    spare = keep_fallback(root, folder, before if how.keep_old and not how.past else "")
    clear_away(root, {folder.name, manifest.get(PRESENT), spare}, keep_old=how.keep_old)
    clear_past(root)
    return Publication(folder, facts.run, str(manifest["content_hash"]), fresh=stands is None)


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
        write_results(work, manifest, StandingResults(last, how.afresh), step)
        step("Looking for records that may be one")
        if stands and not how.afresh:
            linked(str(stands / ASKED / QUESTIONS_FILE), str(work / ASKED / QUESTIONS_FILE))
        else:
            write_questions(work / ASKED, manifest["editions"][ASKED]["as_of"], log, None if how.afresh else last)
    write_history(home, work, manifest)
    for audience, edition in manifest["editions"].items():
        edition["files"] = seal(work / audience)
    (work / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    return name_of(manifest)


def write_facts(facts: Facts, work: Path, day: str) -> dict[str, Any]:
    """Write every edition's facts below ``work``; what the manifest says of them, ``content_hash`` among it."""
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    own = own_words(facts.decisions, identity.canonical)
    editions: dict[str, Any] = {}
    turn = ""
    groups = group_counts(facts.tables, facts.claims, levels, day, own)
    for audience in (*AUDIENCES, *([RESEARCH] if _keeps_back(own) else [])):
        named = named_interests(groups[audience]) if audience in groups else ()
        tables, claims = restrict(facts.tables, facts.claims, levels, audience, own, named)
        told = heard(facts.decisions, identity, tables["leaders"]["id"], audience, facts.tables.get("leaders"))
        known = marks(tables, own, everything=audience == ASKED)
        snapshot = Snapshot.build(tables, claims, told, readings(facts.runs, claims), known)
        save_snapshot(snapshot, work / audience / "facts")
        if audience in groups:
            write_table(groups[audience], work / audience / GROUPS_FILE)
        if audience == ASKED:
            turn = snapshot.next_turn(day)
            before = facts.earlier, facts.runs, identity, tables, levels
            write_table(earlier(*before), work / audience / EARLIER_FILE)
            write_table(earlier_ties(*before), work / audience / EARLIER_TIES_FILE)
            write_table(levels_of(tables["leaders"]["id"], levels), work / audience / LEVELS_FILE)
        editions[audience] = {
            "content_hash": digest_of(seal(work / audience / "facts"), OUTSIDE_THE_DIGEST),
            "as_of": snapshot.turned(day),
            "counts": {kind: snapshot.count(kind) for kind in (*snapshot.nodes, *snapshot.edges)},
        }
    return {
        "format": FORMAT,
        "run": facts.run,
        "content_hash": editions["organizers"]["content_hash"],
        "editions": editions,
        "versions": _versions(),
        NEXT_TURN: turn,
    }


def _versions() -> dict[str, str]:
    return {"netofnets": netofnets.__version__, **{name: version(name) for name in _ENGINES}}


def _settled(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"parameters": {m.id: m.settled(parameters) for m in MEASURES}}


def _keeps_back(own: OwnWords) -> bool:
    """Whether anybody keeps from files that leave the map what organizers see: then there is an edition for these."""
    return bool(own.declines(RESEARCH) or keeping_back(own))
