"""A published folder: what every reader opens, memory-mapped, one edition for each audience."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from netofnets.errors import NotFound, SnapshotDamaged
from netofnets.graph.arrow_files import read_table, write_table
from netofnets.graph.facts_files import (
    HISTORY_FILE,
    MARKS_FILE,
    OUTSIDE_THE_DIGEST,
    READINGS_FILE,
    load_snapshot,
    save_snapshot,
)
from netofnets.graph.folders import published_root
from netofnets.graph.in_use import Reading
from netofnets.graph.manifest import FORMAT, current_folder, read_manifest
from netofnets.graph.seal import Seals, check_seals
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import EARLIER, EARLIER_TIES, GROUPS, LEVELS, QUESTIONS
from netofnets.schema.purposes import RESEARCH

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "COMPARABLE_FILE",
    "FORMAT",
    "GROUPS_FILE",
    "HISTORY_FILE",
    "LEVELS_FILE",
    "MARKS_FILE",
    "OUTSIDE_THE_DIGEST",
    "QUESTIONS_FILE",
    "READINGS_FILE",
    "Edition",
    "Published",
    "current_folder",
    "load_snapshot",
    "published_root",
    "read_table",
    "save_snapshot",
    "write_table",
]

QUESTIONS_FILE = "questions.arrow"
COMPARABLE_FILE = "comparable.arrow"
EARLIER_FILE, EARLIER_TIES_FILE = "earlier.arrow", "earlier-ties.arrow"
LEVELS_FILE = "levels.arrow"
GROUPS_FILE = "groups.arrow"


class Published:
    """One immutable folder. It stays readable while a newer one is switched in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reading, self.manifest = read_manifest(folder)
        self._editions: dict[str, Edition] = {}

    @classmethod
    def current(cls, home: Path) -> Published:
        """The folder that is current in ``home``; when it is switched while we look, the new one."""
        for _ in range(3):
            folder = current_folder(home)
            try:
                return cls(folder)
            except SnapshotDamaged:
                if current_folder(home) == folder:
                    raise
        return cls(current_folder(home))

    def close(self) -> None:
        """Let go of the folder, so that it may be cleared away; tables already opened stay readable."""
        self._reading.close()

    def __enter__(self) -> Published:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def run(self) -> int:
        """Number of the last run of the store that is in it."""
        return int(self.manifest["run"])

    @property
    def content_hash(self) -> str:
        """Digest of all facts; equal facts have equal digests, whatever store they come from."""
        return str(self.manifest["content_hash"])

    def edition(self, name: str) -> Edition:
        """The edition of an audience (:data:`netofnets.graph.edition.AUDIENCES`), or that for ``research``."""
        if name == RESEARCH and name not in self.manifest["editions"]:
            name = "organizers"  # nobody keeps anything back from research
        if name not in self.manifest["editions"]:
            raise NotFound(f"there is no edition {name!r}; there are {', '.join(self.manifest['editions'])}")
        if name not in self._editions:
            edition = self.manifest["editions"][name]
            self._editions[name] = Edition(self.folder / name, name, edition, self._reading)
        return self._editions[name]

    def check(self) -> None:
        """Read every file; :class:`SnapshotDamaged` when one is not what was written."""
        for name in self.manifest["editions"]:
            edition = self.edition(name)
            check_seals(edition.folder, edition.seals, edition.seals)


class Edition:
    """What one audience may see: the facts as a :class:`Snapshot` and every analysis as an Arrow table.

    A file is checked against its checksum when it is read for the first time: what a disk or a hand has changed is an
    error, never an answer.
    """

    def __init__(self, folder: Path, name: str, manifest: Mapping[str, Any], reading: Reading) -> None:
        self.folder = folder
        self.name = name
        self.manifest = manifest
        self._reading = reading  # while it lives, the folder is not cleared away
        self._tables: dict[str, pa.Table] = {}

    @property
    def content_hash(self) -> str:
        """Digest of this edition's facts."""
        return str(self.manifest["content_hash"])

    @property
    def seals(self) -> Seals:
        """The checksums of its files."""
        found: Seals = self.manifest["files"]
        return found

    @property
    def prebuilt(self) -> Seals:
        """The checksums of the files among which are indexes of its nodes; none where its nodes are not the files'."""
        return self.seals

    @property
    def as_of(self) -> str:
        """The day whose state was analysed: the last one on which something began or ended; empty without any."""
        return str(self.manifest["as_of"])

    @cached_property
    def snapshot(self) -> Snapshot:
        """The facts, past ones too."""
        check_seals(self.folder, self.seals, (name for name in self.seals if name.startswith("facts/")))
        return load_snapshot(self.folder / "facts")

    @cached_property
    def present(self) -> Snapshot:
        """The facts that hold as of :attr:`as_of`: what the analyses were computed from."""
        return self.snapshot.at(self.as_of)

    @cached_property
    def questions(self) -> pa.Table:
        """Pairs that may be one (:data:`netofnets.schema.arrow.QUESTIONS`); none where nobody is asked."""
        return self._beside(QUESTIONS_FILE, QUESTIONS)

    @cached_property
    def earlier(self) -> pa.Table:
        """What sources said of leaders before (:data:`netofnets.schema.arrow.EARLIER`); none for the public."""
        return self._beside(EARLIER_FILE, EARLIER)

    @cached_property
    def levels(self) -> pa.Table:
        """What people chose who may see them (:data:`netofnets.schema.arrow.LEVELS`); none where nobody is told."""
        return self._beside(LEVELS_FILE, LEVELS)

    @cached_property
    def groups(self) -> pa.Table:
        """How many leaders there are who are not in it (:data:`netofnets.schema.arrow.GROUPS`); none for organizers."""
        return self._beside(GROUPS_FILE, GROUPS)

    @cached_property
    def earlier_ties(self) -> pa.Table:
        """The same of ties of leaders (:data:`netofnets.schema.arrow.EARLIER_TIES`); none for the public."""
        return self._beside(EARLIER_TIES_FILE, EARLIER_TIES)

    @cached_property
    def history(self) -> pa.Table:
        """Who came into and went out of networks since the first publication: :mod:`netofnets.graph.history`."""
        check_seals(self.folder, self.seals, [f"facts/{HISTORY_FILE}"])
        return read_table(self.folder / "facts" / HISTORY_FILE)

    @property
    def measures(self) -> tuple[str, ...]:
        """Ids of the published analyses."""
        return tuple(self.manifest["results"])

    def table(self, measure: str) -> pa.Table:
        """The published table of an analysis (``.to_pandas()`` makes a data frame of it)."""
        self._known(measure)
        if measure not in self._tables:
            check_seals(self.folder, self.seals, [f"results/{measure}.arrow"])
            self._tables[measure] = read_table(self.folder / "results" / f"{measure}.arrow")
        return self._tables[measure]

    def parameters(self, measure: str) -> Mapping[str, Any]:
        """The parameters that an analysis was published with."""
        self._known(measure)
        found: Mapping[str, Any] = self.manifest["results"][measure]
        return found

    def _beside(self, name: str, schema: pa.Schema) -> pa.Table:
        """A table that not every edition has."""
        if name not in self.seals:
            return schema.empty_table()
        check_seals(self.folder, self.seals, [name])
        return read_table(self.folder / name)

    def _known(self, measure: str) -> None:
        if measure not in self.measures:
            raise NotFound(
                f"there is no published analysis {measure!r}; there are {', '.join(self.measures)}. If an older "
                "version published these, `netofnets publish` computes what is new"
            )

    def to_networkx(self, *kinds: str) -> nx.MultiDiGraph[str]:
        """The graph for networkx; ``kinds`` limits the relationships (default: all)."""
        from netofnets.graph.interchange import to_networkx

        return to_networkx(self.snapshot, kinds)
