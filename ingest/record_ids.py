"""The ids of a source's records, under the namespaces of its mapping."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.held import remembered
from netofnets.schema.columns import IDENTIFIED_BY_NAME
from netofnets.schema.identifiers import INTEREST_NAMESPACE, record_id

__all__ = ["RecordIds"]


class RecordIds:
    """Record ids of things by kind and local id; those of the last ones are kept, since rows repeat them."""

    def __init__(self, source: str, namespaces: Mapping[str, str]) -> None:
        self.source = source
        self.namespaces = namespaces
        self._known: dict[tuple[str, str], str] = {}

    def of(self, kind: str, local: str) -> str:
        """The record id of a thing."""
        found = self._known.get((kind, local))
        if found is None:
            namespace = INTEREST_NAMESPACE if kind == IDENTIFIED_BY_NAME else self.namespaces.get(kind, self.source)
            found = remembered(self._known, (kind, local), record_id(kind, namespace, local))
        return found
