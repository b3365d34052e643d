"""The analyses of every edition, written beside its facts; what is the same as something that stands is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from netofnets.analysis.engine import Engine
from netofnets.analysis.measure import Measure
from netofnets.analysis.registry import MEASURES, one_table
from netofnets.analysis.taken_over import COMPUTED_FROM, ORDER, Result, StandingResults, key_of
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.folders import linked
from netofnets.graph.memory import give_back
from netofnets.graph.progress import Step, silent
from netofnets.graph.published import load_snapshot, read_table, write_table
from netofnets.graph.seal import checksum, digest_of
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.view import Digests
from netofnets.schema.purposes import RESEARCH

__all__ = ["STEPS", "write_results"]

STEPS = len(AUDIENCES) * len(MEASURES)
"""How many steps :func:`write_results` tells of."""

_MANY = 200_000  # of more people, what a measure has left free is more than the next would use
_SHOWN = {
    "organizers": "",
    "signed_in": " what whoever has signed in sees",
    "public": " what is public",
    RESEARCH: " what may leave this map",
}


def write_results(
    work: Path, manifest: dict[str, Any], stands: StandingResults, step: Step, engine: Engine | None = None
) -> None:
    """Put the results of each edition of ``manifest`` beside its facts in ``work``, and their digests into it.

    What ``stands`` is linked, the rest computed. The parameters are those of the manifest. ``engine`` computes the
    joins (None: this process).
    """
    for audience in (one for one in ORDER if one in manifest["editions"]):
        edition = manifest["editions"][audience]
        snapshot = load_snapshot(work / audience / "facts").at(edition["as_of"])
        tell = step if audience in AUDIENCES else silent
        written = _Written(audience, work / audience / "results", snapshot, manifest, stands, engine)
        for measure in MEASURES:
            written.write(measure, tell)
        edition["results"] = manifest["parameters"]
        edition[COMPUTED_FROM] = written.keys
        edition["files"] |= {f"results/{name}.arrow": found for name, found in written.checksums.items()}
        edition["results_hash"] = digest_of({f"{name}.arrow": found for name, found in written.checksums.items()})


class _Written:
    """The results of one edition as they come to be written, with the key and the checksum of each."""

    def __init__(
        self,
        audience: str,
        folder: Path,
        snapshot: Snapshot,
        manifest: Mapping[str, Any],
        stands: StandingResults,
        engine: Engine | None,
    ) -> None:
        self._audience, self._folder, self._snapshot = audience, folder, snapshot
        self._parameters, self._versions = manifest["parameters"], manifest["versions"]
        self._stands, self._digests, self._tables = stands, Digests(snapshot), _Tables(folder)
        self._engine = engine
        self.keys: dict[str, str] = {}
        self.checksums: dict[str, str] = {}
        folder.mkdir()

    def write(self, measure: Measure, step: Step) -> None:
        """Link the table of a measure, or compute it."""
        settled, file = self._parameters[measure.id], self._folder / f"{measure.id}.arrow"
        key = key_of(measure, settled, self._versions, self._digests, self.checksums)
        found = self._stands.find(self._audience, measure, key)
        if found:
            step(f"Taking over{_SHOWN[self._audience]}: {measure.title}")
            linked(str(found.file), str(file))
        else:
            step(f"Analysing{_SHOWN[self._audience]}: {measure.title}")
            before = self._stands.previous(self._audience, measure)
            write_table(one_table(measure, self._snapshot, self._tables, settled, before, self._engine), file)
            if self._snapshot.count("leaders") > _MANY:
                give_back()
        self.keys[measure.id] = key
        self.checksums[measure.id] = found.checksum if found else checksum(file)
        self._stands.keep(self._audience, measure, key, Result(file, self.checksums[measure.id]))


@dataclass(frozen=True)
class _Tables(Mapping[str, pa.Table]):
    """The tables in a folder, mapped when they are asked for, so that none is held that nobody needs."""

    folder: Path

    def __getitem__(self, measure: str) -> pa.Table:
        return read_table(self.folder / f"{measure}.arrow")

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(file.stem for file in self.folder.glob("*.arrow")))

    def __len__(self) -> int:
        return len(list(self.folder.glob("*.arrow")))
