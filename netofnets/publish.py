"""From the store to what readers open: scan, restrict to each audience, analyse, write one folder, switch to it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import netofnets
from netofnets.analysis.measure import Results
from netofnets.analysis.registry import MEASURES, run_all
from netofnets.errors import NotFound, NotPublished, SnapshotDamaged, StoreError
from netofnets.graph.beside import PRESENT, present_name, write_history
from netofnets.graph.earlier import earlier
from netofnets.graph.edition import AUDIENCES, heard, latest_levels, levels_of, readings, restrict
from netofnets.graph.in_use import alone
from netofnets.graph.published import (
    EARLIER_FILE,
    FORMAT,
    LEVELS_FILE,
    OUTSIDE_THE_DIGEST,
    QUESTIONS_FILE,
    READINGS_FILE,
    Published,
    load_snapshot,
    published_root,
    save_snapshot,
    write_table,
)
from netofnets.graph.seal import digest_of, manifest_text, name_of, seal
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.switching import clear_away, switch
from netofnets.graph.withheld import release
from netofnets.resolution.questions import questions
from netofnets.schema.identity import Identity
from netofnets.schema.records import Judgement
from netofnets.store.base import Facts

__all__ = ["Publication", "publish", "publish_facts", "withdraw", "write_facts"]

ASKED = "organizers"  # the audience that is asked who is one person
_ENGINES = ("numpy", "scipy", "pyarrow", "networkx", "graspologic-native", "scikit-learn")


class _Scannable(Protocol):
    def scan(self) -> Facts: ...


@dataclass(frozen=True, slots=True)
class Publication:
    """What a call of :func:`publish` led to; ``fresh`` is false when nothing had changed since the last one."""

    folder: Path
    run: int
    content_hash: str
    fresh: bool


def publish(
    store: _Scannable,
    home: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    as_of: str = "",
    keep_old: bool = True,
) -> Publication:
    """Publish what is in ``store`` below ``home``. ``parameters`` go to the measures (``seed``, ``resolution``).

    What counts is what holds on the day ``as_of`` (ISO; empty: today). Readers see the old folder or the new one, never
    a mixture. The old one goes when nobody reads it any more, or, after an erasure (``keep_old=False``), at once.
    """
    with _publishing(home) as root:  # read once nobody else publishes, so that older facts never replace newer ones
        day, scanned = as_of or date.today().isoformat(), time.time_ns()
        done = _published(store.scan(), home, root, parameters or {}, day, keep_old=keep_old)
        release(home, scanned)  # whoever withdrew before that is withdrawn from it
        return done


def publish_facts(
    facts: Facts,
    home: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    as_of: str = "",
    keep_old: bool = True,
    past: bool = False,
) -> Publication:
    """Like :func:`publish`, for facts already scanned.

    ``past``: they are those of a past run. What is published of the present is kept beside it then, so that the history
    of who came and went goes on from there with the next publication.
    """
    with _publishing(home) as root:
        day = as_of or date.today().isoformat()
        return _published(facts, home, root, parameters or {}, day, keep_old=keep_old, past=past)


def withdraw(home: Path) -> None:
    """Remove everything that is published below ``home``, read or not: better no map than one that it must not show."""
    root = published_root(home)
    (root / "CURRENT").unlink(missing_ok=True)
    for folder in root.glob("*/"):
        shutil.rmtree(folder)
    release(home, time.time_ns())


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


def _published(
    facts: Facts,
    home: Path,
    root: Path,
    parameters: Mapping[str, Any],
    day: str,
    *,
    keep_old: bool,
    past: bool = False,
) -> Publication:
    work = root / f".writing-{os.getpid()}"
    try:
        manifest = write_facts(facts, work, day)
        manifest["parameters"] = {m.id: m.settled(parameters) for m in MEASURES}
        manifest["judgements"] = len(facts.judgements)
        manifest |= {PRESENT: present_name(home)} if past else {}
        standing = _standing(home, manifest)
        if standing and _read_as_often(standing, work):
            folder = standing
        else:
            folder = _new_folder(home, root, work, manifest, facts, parameters, standing)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    clear_away(root, {folder.name, manifest.get(PRESENT)}, keep_old=keep_old)
    return Publication(folder, facts.run, str(manifest["content_hash"]), fresh=standing is None)


def _new_folder(
    home: Path,
    root: Path,
    work: Path,
    manifest: dict[str, Any],
    facts: Facts,
    parameters: Mapping[str, Any],
    standing: Path | None,
) -> Path:
    if standing:
        with Published(standing) as equal:
            _take_results(equal, work, manifest)
    else:
        _write_results(work, manifest, parameters, _last_results(home))
        _write_questions(home, work, manifest, facts.judgements)
    write_history(home, work, manifest)
    for audience, edition in manifest["editions"].items():
        edition["files"] = seal(work / audience)
    (work / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    folder = root / name_of(manifest)
    switch(work, folder, root)
    return folder


def write_facts(facts: Facts, work: Path, day: str) -> dict[str, Any]:
    """Write every edition's facts below ``work``; what the manifest says of them, ``content_hash`` among it."""
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    editions: dict[str, Any] = {}
    for audience in AUDIENCES:
        tables, claims = restrict(facts.tables, facts.claims, levels, audience)
        told = heard(facts.decisions, identity, tables["leaders"]["id"], audience, facts.tables.get("leaders"))
        snapshot = Snapshot.build(tables, claims, told, readings(facts.runs, claims))
        save_snapshot(snapshot, work / audience / "facts")
        if audience == ASKED:
            told_before = earlier(facts.earlier, facts.runs, identity, tables["leaders"]["id"], levels)
            write_table(told_before, work / audience / EARLIER_FILE)
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
        "versions": {"netofnets": netofnets.__version__, **{name: version(name) for name in _ENGINES}},
    }


def _write_results(
    work: Path, manifest: dict[str, Any], parameters: Mapping[str, Any], last: Mapping[str, Results]
) -> None:
    done: dict[str, str] = {}  # audiences that may see the same share what was computed
    for audience, edition in manifest["editions"].items():
        if (same := done.setdefault(edition["content_hash"], audience)) != audience:
            _take_results_of(manifest, work, same, work, audience, edition)
            continue
        snapshot = load_snapshot(work / audience / "facts").at(edition["as_of"])
        for measure, table in run_all(snapshot, parameters, last.get(audience)).items():
            write_table(table, work / audience / "results" / f"{measure}.arrow")
        edition["results"] = manifest["parameters"]
        edition["results_hash"] = digest_of(seal(work / audience / "results"))


def _write_questions(home: Path, work: Path, manifest: Mapping[str, Any], log: Sequence[Judgement]) -> None:
    """What may be one person, network or organization, for organizers: from what they may see alone."""
    snapshot = load_snapshot(work / ASKED / "facts").at(manifest["editions"][ASKED]["as_of"])
    last = None
    with suppress(NotPublished, SnapshotDamaged, NotFound), Published.current(home) as current:
        last = current.edition(ASKED).questions
    write_table(questions(snapshot, log, last), work / ASKED / QUESTIONS_FILE)


def _last_results(home: Path) -> dict[str, Results]:
    """By audience, the last published tables of the measures that continue (the ids of communities, for one)."""
    kept = [m.id for m in MEASURES if m.continues]
    with suppress(NotPublished, SnapshotDamaged, NotFound), Published.current(home) as current:
        editions = {name: current.edition(name) for name in AUDIENCES}
        return {name: {m: e.table(m) for m in kept if m in e.measures} for name, e in editions.items()}
    return {}


def _standing(home: Path, manifest: Mapping[str, Any]) -> Path | None:
    """The current folder, when it is whole and publishing again would give the same."""
    with suppress(NotPublished, SnapshotDamaged), Published.current(home) as current:
        hashes, standing = (
            {name: (edition["content_hash"], edition["as_of"]) for name, edition in found["editions"].items()}
            for found in (manifest, current.manifest)
        )
        keys = ("versions", "parameters", "judgements", PRESENT)
        same = all(current.manifest.get(key) == manifest.get(key) for key in keys)
        if same and hashes == standing:
            current.check()
            return current.folder
    return None


def _read_as_often(standing: Path, work: Path) -> bool:
    """Whether no source was read again since, none said anything else in between, and nobody chose anything else."""
    told = (EARLIER_FILE, LEVELS_FILE)
    files = [*(Path(a, "facts", READINGS_FILE) for a in AUDIENCES), *(Path(ASKED, name) for name in told)]
    return all((standing / f).exists() and (standing / f).read_bytes() == (work / f).read_bytes() for f in files)


def _take_results(standing: Published, work: Path, manifest: dict[str, Any]) -> None:
    """Equal facts, judgements and parameters have equal results and questions: take what stands, under the new run."""
    _linked(str(standing.folder / ASKED / QUESTIONS_FILE), str(work / ASKED / QUESTIONS_FILE))
    for audience, edition in manifest["editions"].items():
        _take_results_of(standing.manifest, standing.folder, audience, work, audience, edition)


def _take_results_of(
    manifest: Mapping[str, Any], folder: Path, equal: str, work: Path, audience: str, edition: dict[str, Any]
) -> None:
    shutil.copytree(folder / equal / "results", work / audience / "results", copy_function=_linked)
    edition |= {key: manifest["editions"][equal][key] for key in ("results", "results_hash")}


def _linked(file: str, other: str) -> None:
    try:
        os.link(file, other)  # never written again, so one copy serves both folders
    except OSError:
        shutil.copyfile(file, other)
