"""Whether a row of a scan is what its claims make of it: looked at while it is read, so that publishing sees edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import NodeKind, PropertyType
from netofnets.schema.records import Claim
from netofnets.store.audit import different
from netofnets.store.claims import claim_from_text
from netofnets.store.ledger import derive
from netofnets.store.neo4j.rows import claim_rows

__all__ = ["Drift"]

_SHOWN = 3


class Drift:
    """Counts what differs, and keeps the first few in words; the cost is one comparison of lists a row."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self.edited = 0
        self.shown: list[str] = []

    def deleted(self, gone: Mapping[str, int]) -> None:
        """Note what is not there any more: by source, how many of its claims."""
        for source, claims in gone.items():
            self.edited += claims
            self.shown.append(f"{claims:,} claims of {source!r} are gone, with what somebody deleted")

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

    def taken(self, kind: str, read: Iterable[list[Any]]) -> tuple[list[list[Any]], list[tuple[object, ...]]]:
        """The rows of a kind and the rows of the claims on them, each looked at."""
        rows: list[list[Any]] = []
        claims: list[tuple[object, ...]] = []
        look = self.looker(kind)
        for *values, texts in read:
            about = [claim_from_text(kind, text) for text in texts]
            look(values, about)
            rows.append(values)
            claims.extend(claim_rows(kind, values[0], about))
        return rows, claims

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
