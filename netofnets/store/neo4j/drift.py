"""Whether a row of a scan is what its claims make of it: looked at while it is read, so that publishing sees edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import NodeKind, PropertyType
from netofnets.schema.records import Claim
from netofnets.store.audit import different
from netofnets.store.ledger import derive

__all__ = ["Drift"]

_SHOWN = 3


class Drift:
    """Counts what differs, and keeps the first few in words; the cost is one comparison of lists a row."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self.edited = 0
        self.shown: list[str] = []

    def looker(self, kind: str) -> Callable[[Sequence[Any], Sequence[Claim]], None]:
        """What compares a row of a kind (id, ends, properties in the order of the schema) with the claims on it."""
        declared = BY_NAME[kind]
        is_node = isinstance(declared, NodeKind)
        names = [prop.name for prop in declared.properties]
        lists = [at for at, prop in enumerate(declared.properties) if prop.type is PropertyType.TEXTS]
        same, first = self._identity.canonical, 1 if is_node else 3

        def look(row: Sequence[Any], about: Sequence[Claim]) -> None:
            stands = list(row[first:])
            for at in lists:
                if isinstance(stands[at], list):
                    stands[at] = tuple(stands[at]) or None
            if len(about) == 1:
                claim = about[0]
                ends = [claim.key] if is_node else [claim.from_id, claim.to_id]
                said = claim.values
                if [same(end) for end in ends] == row[not is_node : first] and [said.get(n) for n in names] == stands:
                    return
            self._compare(kind, row, dict(zip(names, stands, strict=True)), about)

        return look

    def _compare(self, kind: str, row: Sequence[Any], stands: dict[str, Any], about: Sequence[Claim]) -> None:
        """The slow way, for what several sources state and what seems to differ."""
        if not about:
            self._note(f"{kind} {row[0]} has no claims")
            return
        entity = derive(kind, str(row[0]), about, self._identity)
        declared = BY_NAME[kind]
        if not isinstance(declared, NodeKind):
            moved = [entity.from_id, entity.to_id] != list(row[1:3])
        else:
            moved = self._identity.canonical(about[0].key) != row[0]
        if moved:
            self._note(f"{kind} {row[0]} hangs elsewhere or has another id")
        elif (found := next(different(declared, stands, entity.values), None)) is not None:
            self._note(f"{found[0]} of {kind} {row[0]}")

    def _note(self, words: str) -> None:
        self.edited += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(words)
