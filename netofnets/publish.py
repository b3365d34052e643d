"""From the store to what readers open: scan, restrict to each audience, analyse, write one folder, switch to it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import netofnets
from netofnets.analysis.measure import Results
from netofnets.analysis.registry import MEASURES, run_all
from netofnets.errors import NotFound, NotPublished, SnapshotDamaged
from netofnets.graph.edition import AUDIENCES, heard, latest_levels, readings, restrict
from netofnets.graph.history import HISTORY, continued
from netofnets.graph.in_use import in_use
from netofnets.graph.published import (
    FORMAT,
    HISTORY_FILE,
    OUTSIDE_THE_DIGEST,
    READINGS_FILE,
    Published,
    load_snapshot,
    published_root,
    save_snapshot,
    write_table,
)
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.identity import Identity
from netofnets.store.base import Facts

__all__ = ["Publication", "publish", "publish_facts"]

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
    return publish_facts(store.scan(), home, parameters, as_of=as_of, keep_old=keep_old)


def publish_facts(
    facts: Facts,
    home: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    as_of: str = "",
    keep_old: bool = True,
) -> Publication:
    """Like :func:`publish`, for facts already scanned."""
    root = published_root(home)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    settled = {m.id: m.settled(parameters or {}) for m in MEASURES}
    work = root / f".writing-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    try:
        manifest = _write_facts(facts, work, as_of or date.today().isoformat())
        manifest["parameters"] = settled
        standing = _standing(home, manifest)
        if standing and _read_as_often(standing, work):
            return Publication(standing.folder, facts.run, standing.content_hash, fresh=False)
        if standing:
            _take_results(standing, work, manifest)
            standing.close()
        else:
            _write_results(work, manifest, parameters or {}, _last_results(home))
        _write_history(home, work, facts.run)
        (work / "manifest.json").write_text(_json(manifest), encoding="utf-8")
        folder = root / f"{facts.run:06d}-{_digest_of(manifest)[:12]}"
        _switch(work, folder, root)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _clear_away(root, folder, keep_old=keep_old)
    return Publication(folder, facts.run, str(manifest["content_hash"]), fresh=standing is None)


def _write_facts(facts: Facts, work: Path, day: str) -> dict[str, Any]:
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    editions: dict[str, Any] = {}
    for audience in AUDIENCES:
        tables, claims = restrict(facts.tables, facts.claims, levels, audience)
        told = heard(facts.decisions, identity, tables["leaders"]["id"], audience)
        snapshot = Snapshot.build(tables, claims, told, readings(facts.runs, claims))
        save_snapshot(snapshot, work / audience / "facts")
        editions[audience] = {
            "content_hash": _digest(work / audience / "facts"),
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
    for audience, edition in manifest["editions"].items():
        snapshot = load_snapshot(work / audience / "facts").at(edition["as_of"])
        for measure, table in run_all(snapshot, parameters, last.get(audience)).items():
            write_table(table, work / audience / "results" / f"{measure}.arrow")
        edition["results"] = manifest["parameters"]
        edition["results_hash"] = _digest(work / audience / "results")


def _write_history(home: Path, work: Path, run: int) -> None:
    """Continue the history of each edition from what is current; it begins with the first publication."""
    day = date.today().isoformat()
    try:
        current = Published.current(home)
    except (NotPublished, SnapshotDamaged):
        current = None
    for audience in AUDIENCES:
        history = HISTORY.empty_table()
        if current is not None:
            before, after = current.edition(audience), load_snapshot(work / audience / "facts")
            number = 0 if audience == "public" else run  # a run may be about people whom the public does not see
            history = continued(before.history, before.snapshot, after, number, day)
        write_table(history, work / audience / "facts" / HISTORY_FILE)
    if current is not None:
        current.close()


def _last_results(home: Path) -> dict[str, Results]:
    """By audience, the last published tables of the measures that continue (the ids of communities, for one)."""
    kept = [m.id for m in MEASURES if m.continues]
    try:
        with Published.current(home) as current:
            editions = {name: current.edition(name) for name in AUDIENCES}
            return {name: {m: e.table(m) for m in kept if m in e.measures} for name, e in editions.items()}
    except (NotPublished, SnapshotDamaged, NotFound):
        return {}


def _standing(home: Path, manifest: Mapping[str, Any]) -> Published | None:
    """What is current, when publishing again would give the same."""
    try:
        current = Published.current(home)
    except (NotPublished, SnapshotDamaged):
        return None
    hashes, standing = (
        {name: (edition["content_hash"], edition["as_of"]) for name, edition in found["editions"].items()}
        for found in (manifest, current.manifest)
    )
    same = all(current.manifest[key] == manifest[key] for key in ("versions", "parameters"))
    if same and hashes == standing:
        return current
    current.close()
    return None


def _read_as_often(standing: Published, work: Path) -> bool:
    """Whether no source was read again since; else all of it was seen later than what stands says."""
    files = [Path(audience, "facts", READINGS_FILE) for audience in AUDIENCES]
    return all((standing.folder / file).read_bytes() == (work / file).read_bytes() for file in files)


def _take_results(standing: Published, work: Path, manifest: dict[str, Any]) -> None:
    """Equal facts and parameters have equal results: take those that stand, under the new run."""
    for audience, edition in manifest["editions"].items():
        shutil.copytree(standing.folder / audience / "results", work / audience / "results", copy_function=_linked)
        edition |= {key: standing.manifest["editions"][audience][key] for key in ("results", "results_hash")}


def _linked(file: str, other: str) -> None:
    try:
        os.link(file, other)  # never written again, so one copy serves both folders
    except OSError:
        shutil.copyfile(file, other)


def _switch(work: Path, folder: Path, root: Path) -> None:
    _sync(work)
    if folder.exists():
        shutil.rmtree(folder)  # an earlier try that did not get as far as CURRENT
    work.rename(folder)
    pointer = root / f".CURRENT-{os.getpid()}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(folder.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(pointer, root / "CURRENT")


def _clear_away(root: Path, current: Path, *, keep_old: bool) -> None:
    for folder in root.iterdir():
        manifest = folder / "manifest.json"
        if folder != current and manifest.is_file() and not (keep_old and in_use(manifest)):
            shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _digest(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=32)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in OUTSIDE_THE_DIGEST:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _digest_of(manifest: Mapping[str, Any]) -> str:
    return hashlib.blake2b(_json(manifest).encode(), digest_size=16).hexdigest()


def _json(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
