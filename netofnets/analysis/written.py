"""The analyses of every edition, written beside its facts; what is the same as something that stands is taken over."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from netofnets.analysis.engine import Engine
from netofnets.analysis.layout import LAYOUT
from netofnets.analysis.measure import Results
from netofnets.analysis.registry import MEASURES, run_all
from netofnets.errors import NotFound, NotPublished, SnapshotDamaged
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.folders import linked
from netofnets.graph.progress import Step, silent
from netofnets.graph.published import Published, load_snapshot, write_table
from netofnets.graph.seal import digest_of, seal
from netofnets.schema.purposes import RESEARCH

__all__ = ["STEPS", "last_results", "take_results", "write_results"]

ASKED = "organizers"
STEPS = len(AUDIENCES) * len(MEASURES)
"""How many steps :func:`write_results` tells of."""

_SHOWN = {
    "organizers": "",
    "signed_in": " what whoever has signed in sees",
    "public": " what is public",
    RESEARCH: " what may leave this map",
}


def write_results(
    work: Path,
    manifest: dict[str, Any],
    parameters: Mapping[str, Any],
    last: Mapping[str, Results],
    step: Step,
    engine: Engine | None = None,
) -> None:
    """Analyse the facts of each edition in ``work``, and note in the manifest what was computed and its digest.

    ``last`` are the results that some measures go on from (:func:`last_results`). ``engine`` computes the joins.
    """
    done: dict[str, str] = {}  # audiences that may see the same share what was computed
    for audience, edition in manifest["editions"].items():
        if (same := done.setdefault(edition["content_hash"], audience)) != audience:
            _take_results_of(manifest, work / same, same, work / audience, edition)
            for one in MEASURES if audience in AUDIENCES else ():
                step(f"Taking over{_SHOWN[audience]}: {one.id}")
            continue
        snapshot = load_snapshot(work / audience / "facts").at(edition["as_of"])
        shown = partial(_analysing, step if audience in AUDIENCES else silent, audience)
        before = _going_on_from(last, audience)
        for measure, table in run_all(snapshot, parameters, before, shown, engine).items():
            write_table(table, work / audience / "results" / f"{measure}.arrow")
        edition["results"] = manifest["parameters"]
        edition["results_hash"] = digest_of(seal(work / audience / "results"))


def last_results(home: Path) -> dict[str, Results]:
    """By audience, the last published tables of the measures that continue (the ids of communities, for one)."""
    kept = [m.id for m in MEASURES if m.continues]
    with suppress(NotPublished, SnapshotDamaged, NotFound), Published.current(home) as current:
        editions = {name: current.edition(name) for name in AUDIENCES}
        return {name: {m: e.table(m) for m in kept if m in e.measures} for name, e in editions.items()}
    return {}


def _going_on_from(last: Mapping[str, Results], audience: str) -> Results | None:
    """What the measures of an edition go on from. What may leave the map has the numbers that organizers know its
    communities by, but no places of theirs: where networks lie would tell of people who are left out.
    """
    if audience != RESEARCH:
        return last.get(audience)
    return {name: table for name, table in last.get(ASKED, {}).items() if name != LAYOUT.id}


def take_results(standing: Published, work: Path, manifest: dict[str, Any]) -> None:
    """Take the results of every edition from a publication of equal facts, judgements and parameters."""
    for audience, edition in manifest["editions"].items():
        _take_results_of(standing.manifest, standing.folder / audience, audience, work / audience, edition)


def _analysing(step: Step, audience: str, title: str) -> None:
    step(f"Analysing{_SHOWN[audience]}: {title}")


def _take_results_of(
    manifest: Mapping[str, Any], folder: Path, audience: str, work: Path, edition: dict[str, Any]
) -> None:
    shutil.copytree(folder / "results", work / "results", copy_function=linked)
    edition |= {key: manifest["editions"][audience][key] for key in ("results", "results_hash")}
