"""Which results need not be computed again: those that were computed from the same, and that may be told here.

A result is known by what it was computed from: the measure, its settled parameters, the digest of all that it declares
to read (:mod:`netofnets.analysis.reads`), the checksums of the results that it needs, and the versions of what
computes. Equal keys mean equal tables, so a table is linked instead of being made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa

from netofnets.analysis.layout import LAYOUT
from netofnets.analysis.measure import Measure
from netofnets.analysis.own_scores import tells_of_people
from netofnets.analysis.reads import reads_of
from netofnets.errors import NotFound, SnapshotDamaged
from netofnets.graph.published import Edition, Published
from netofnets.graph.seal import check_seals
from netofnets.graph.view import Digests
from netofnets.schema.purposes import RESEARCH, SCORES

__all__ = ["COMPUTED_FROM", "ORDER", "Result", "StandingResults", "key_of"]

COMPUTED_FROM = "computed_from"
"""In the manifest of an edition: the key of each of its results."""
ASKED = "organizers"

_LESS_SHOWN: Mapping[str, tuple[str, ...]] = {
    "public": (),
    "signed_in": ("public",),
    RESEARCH: (),  # some who are shown to everybody keep out of it
    ASKED: ("public", "signed_in", RESEARCH),
}
ORDER = tuple(_LESS_SHOWN)
"""The editions in the order in which they are analysed: each may take from those before that show no more than it."""


@dataclass(frozen=True, slots=True)
class Result:
    """A table on the disk, and its checksum."""

    file: Path
    checksum: str


def key_of(
    measure: Measure,
    settled: Mapping[str, Any],
    versions: Mapping[str, str],
    digests: Digests,
    needs: Mapping[str, str],
) -> str:
    """What the table of a measure is computed from, as one digest; ``needs`` are checksums of tables by measure."""
    reads = reads_of(measure.id, settled)
    if tells_of_people(measure):
        reads |= {f"marks.{SCORES}"}
    needed = [(name, needs[name]) for name in measure.needs]
    told = json.dumps([measure.id, dict(settled), dict(versions), digests.of(reads), needed], sort_keys=True)
    return blake2b(told.encode(), digest_size=16).hexdigest()


@dataclass
class StandingResults:
    """The results of the last publication (None: there is none), and those that this one has so far.

    ``afresh``: nothing is taken over but what stands because nothing that it continues from has changed.
    """

    last: Published | None
    afresh: bool = False
    _so_far: dict[tuple[str, str], Result] = field(default_factory=dict)

    def previous(self, audience: str, measure: Measure) -> pa.Table | None:
        """The table that a measure continues from."""
        edition = self._goes_on_from(audience, measure)
        if edition and measure.continues and measure.id in edition.measures:
            with suppress(SnapshotDamaged):
                return edition.table(measure.id)
        return None

    def find(self, audience: str, measure: Measure, key: str) -> Result | None:
        """A whole result with this key that this audience may be told; None when it has to be computed.

        A measure that continues stands while nothing that it reads has changed: its own table of last time is its
        answer. What another edition has is the same only if both went on from the same.
        """
        if not self.afresh or measure.continues:
            if found := self._of_last_time(audience, measure.id, key):
                return found
        if self.afresh:
            return None
        known = self._known_by(audience, measure, key)
        return next((self._so_far[one, known] for one in _LESS_SHOWN[audience] if (one, known) in self._so_far), None)

    def keep(self, audience: str, measure: Measure, key: str, result: Result) -> None:
        """This edition has this result now."""
        self._so_far[audience, self._known_by(audience, measure, key)] = result

    def _goes_on_from(self, audience: str, measure: Measure) -> Edition | None:
        """What may leave the map has the numbers that organizers know its communities by, but no places of theirs.

        Where networks lie would tell of people who are left out.
        """
        if audience != RESEARCH:
            return self._edition(audience)
        return None if measure is LAYOUT else self._edition(ASKED)

    def _known_by(self, audience: str, measure: Measure, key: str) -> str:
        if not measure.continues:
            return key
        edition = self._goes_on_from(audience, measure)
        return f"{key} after {edition.seals.get(_name(measure.id)) if edition else None}"

    def _of_last_time(self, audience: str, measure: str, key: str) -> Result | None:
        edition = self._edition(audience)
        if edition is None or edition.manifest.get(COMPUTED_FROM, {}).get(measure) != key:
            return None
        with suppress(SnapshotDamaged):
            check_seals(edition.folder, edition.seals, [_name(measure)])
            return Result(edition.folder / _name(measure), edition.seals[_name(measure)])
        return None

    def _edition(self, audience: str) -> Edition | None:
        if self.last is None or audience not in self.last.manifest["editions"]:
            return None
        with suppress(NotFound):
            return self.last.edition(audience)
        return None


def _name(measure: str) -> str:
    return f"results/{measure}.arrow"
