"""Rows that were cut out for one reader, in the place of an edition, for what reads facts; nothing is analysed."""

from __future__ import annotations

import hashlib
from functools import cached_property

from netofnets.graph.history import HISTORY
from netofnets.graph.published import Edition
from netofnets.graph.seal import Seals
from netofnets.graph.snapshot import Snapshot

__all__ = ["FactsEdition"]


class FactsEdition(Edition):
    """The ``facts`` as of a day (ISO); what sources said before is told of only with ``earlier``."""

    measures = ()

    def __init__(self, base: Edition, facts: Snapshot, as_of: str, *, earlier: bool = False) -> None:
        super().__init__(base.folder, "facts", base.manifest, base._reading)
        self._facts, self._as_of = facts, as_of
        self.history = HISTORY.empty_table()
        if not earlier:
            self.earlier, self.earlier_ties = self.earlier.slice(0, 0), self.earlier_ties.slice(0, 0)
        self.questions = self.questions.slice(0, 0)

    @property
    def as_of(self) -> str:
        """The day by which spells are called past."""
        return self._as_of

    @cached_property
    def content_hash(self) -> str:
        """Digest of these facts: that of the edition they were cut out of would tell of everybody else's."""
        digest = hashlib.blake2b(digest_size=32)
        for kind, table in self._facts.nodes.items():
            digest.update(repr((kind, table.to_pylist())).encode())
        for kind, edges in self._facts.edges.items():
            ends = edges.source.tolist(), edges.target.tolist()
            digest.update(repr((kind, *ends, edges.table.to_pylist())).encode())
        return digest.hexdigest()

    @property
    def prebuilt(self) -> Seals:
        """No index was written of these rows."""
        return {}

    @cached_property
    def snapshot(self) -> Snapshot:
        """The rows, past ones too."""
        return self._facts

    @cached_property
    def present(self) -> Snapshot:
        """What holds of them on :attr:`as_of`."""
        return self._facts.at(self._as_of) if self._as_of else self._facts
