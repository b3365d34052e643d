"""From settled rows to what the source claims: one claim for each thing and each tie, whatever the order of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts import NOTHING
from ingest.held import Ref, Tie
from ingest.people import DERIVED
from ingest.settle import Row, Settled
from netofnets.schema.columns import IDENTIFIED_BY_NAME
from netofnets.schema.identifiers import INTEREST_NAMESPACE, record_id, relationship_id
from netofnets.schema.kinds import RELATIONSHIP_KINDS
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.merge import Telling, differing, in_order, merged
from netofnets.schema.model import Merge
from netofnets.schema.records import Claim, Value
from netofnets.schema.rows import Problem

__all__ = ["Statements", "record_of"]

Properties = Mapping[str, Value]
_TieKey = tuple[str, ...]
_DECLARED = {kind.name: kind for kind in RELATIONSHIP_KINDS}


def record_of(kind: str, local: str, source: str, namespaces: Mapping[str, str]) -> str:
    """The record id of a thing under the namespaces of a mapping."""
    namespace = INTEREST_NAMESPACE if kind == IDENTIFIED_BY_NAME else namespaces.get(kind, source)
    return record_id(kind, namespace, local)


@dataclass(slots=True)
class _Told:
    """All tellings of one tie."""

    row: int
    events: bool
    first: Properties
    more: list[Properties] | None = None


class Statements:
    """The claims of one batch. ``warnings`` are complete when :meth:`claims` has been read to its end."""

    def __init__(self, settled: Settled, source: str, namespaces: Mapping[str, str]) -> None:
        self._settled = settled
        self._source = source
        self._namespaces = namespaces
        self._records: dict[tuple[str, str], str] = {}
        self.warnings: list[Problem] = []

    def claims(self) -> Iterator[Claim]:
        """Every claim once, things and then ties; what rows state is let go of on the way."""
        ties = self._ties()
        for kind, states in self._settled.states.items():
            for local, state in states.items():
                values = self._combined(kind, state.counted(), state.rows[0]) if state.others else state.values
                shown = "" if local.startswith(DERIVED) else local
                yield Claim(
                    kind, self._record(kind, local), self._source, values, shown, origin=self._origin(state.rows[0])
                )
        yield from self._mentioned(ties)
        for kind in list(ties):
            yield from self._tie_claims(kind, ties.pop(kind))

    def _mentioned(self, ties: Mapping[str, Mapping[_TieKey, _Told]]) -> Iterator[Claim]:
        """Things of other sources that ties point at: stated by name, because a source states both ends of its ties."""
        told: set[tuple[str, str]] = set()
        for kind, of_kind in ties.items():
            declared = _DECLARED[kind]
            if not any(self._settled.elsewhere.get(end) for end in (declared.source, declared.target)):
                continue
            for key, tie in of_kind.items():
                for end_kind, local in ((declared.source, key[0]), (declared.target, key[1])):
                    name = self._settled.elsewhere.get(end_kind, {}).get(local)
                    if name is not None and (end_kind, local) not in told:
                        told.add((end_kind, local))
                        record, origin = self._record(end_kind, local), self._origin(tie.row)
                        yield Claim(end_kind, record, self._source, {"name": name}, local, origin=origin)

    def _record(self, kind: str, local: str) -> str:
        found = self._records.get((kind, local))
        if found is None:
            found = self._records[kind, local] = record_of(kind, local, self._source, self._namespaces)
        return found

    def _origin(self, row: int) -> str:
        found = self._settled.rows[row]
        return f"{found.table.place}:{found.number}"

    def _ties(self) -> dict[str, dict[_TieKey, _Told]]:
        """Tellings by kind and by (start, end, distinguishing values)."""
        ties: dict[str, dict[_TieKey, _Told]] = {kind.name: {} for kind in RELATIONSHIP_KINDS}
        bundles = dict(self._settled.bundles())
        for i, row in self._settled.good():
            self._tell(ties, i, row.table.spec.events, row.facts[1])
            if (bundle := bundles.get(i)) is not None:
                self._tell(ties, i, False, bundle[2])
            row.facts = NOTHING
        return ties

    def _tell(self, ties: dict[str, dict[_TieKey, _Told]], row: int, events: bool, stated: Sequence[Tie]) -> None:
        for kind, start, end, values in stated:
            declared = _DECLARED[kind]
            # A reference by address or name is looked up; an id stands for itself.
            first = start if type(start) is str else self._looked_up(declared.source, start)
            second = end if type(end) is str else self._looked_up(declared.target, end)
            key = (first, second, *[str(values.get(name) or "") for name in declared.distinguishing])
            told = ties[kind].get(key)
            if told is None:
                ties[kind][key] = _Told(row, events, values)
            elif told.more is None:
                told.more = [values]
            else:
                told.more.append(values)

    def _looked_up(self, kind: str, ref: Ref) -> str:
        found = self._settled.resolve(kind, ref)
        assert isinstance(found, str)  # settled: every reference of a standing row means one thing
        return found

    def _tie_claims(self, kind: str, ties: Mapping[_TieKey, _Told]) -> Iterator[Claim]:
        declared = _DECLARED[kind]
        for key, told in ties.items():
            start, end = self._record(declared.source, key[0]), self._record(declared.target, key[1])
            values = told.first
            if told.events and kind == "collaborations":
                values = _events([told.first, *(told.more or ())])
            elif told.more:
                values = self._combined(kind, [(values, 1) for values in (told.first, *told.more)], told.row)
            record = relationship_id(kind, start, end, key[2:])
            yield Claim(kind, record, self._source, values, "", start, end, self._origin(told.row))
        if kind == "memberships":
            self._note_overlaps(ties)

    def _combined(self, kind: str, told: Sequence[Telling], row: int) -> Properties:
        declared = kind_named(kind)
        ordered = in_order(declared, told)
        combined = merged(declared, ordered)
        # Many wordings of one interest are no contradiction: those that are not taken are kept as aliases.
        for prop in () if kind == IDENTIFIED_BY_NAME else differing(declared, ordered):
            code = "roles_combined" if prop.merge is Merge.JOINED else "differing_values"
            sentence = f"Rows differ about {prop.name}; {str(combined[prop.name])[:80]!r} was taken."
            self._warn(row, prop.name, code, sentence)
        return combined

    def _note_overlaps(self, ties: Mapping[_TieKey, _Told]) -> None:
        spells: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
        for key, told in ties.items():
            spells.setdefault((key[0], key[1]), []).append((key[2], str(told.first.get("end") or "9999"), told.row))
        for of_pair in spells.values():
            of_pair.sort()
            for (_, end, _), (start, _, row) in zip(of_pair, of_pair[1:], strict=False):
                if start < end:
                    self._warn(
                        row,
                        "start",
                        "overlapping_interval",
                        "Two memberships of one person in one network overlap in time.",
                    )

    def _warn(self, row: int, column: str, code: str, sentence: str) -> None:
        found: Row = self._settled.rows[row]
        table = found.table
        self.warnings.append(Problem(table.file, found.number, found.line, column, code, sentence, sheet=table.sheet))


def _events(told: Sequence[Properties]) -> Properties:
    """Many events of one pair as one tie: how many, first and last."""
    combined = dict(told[0])
    combined["count"] = sum(int(count) if isinstance(count := t.get("count"), int | float) else 1 for t in told)
    for name, choose in (("first", min), ("last", max)):
        if days := [str(t[name]) for t in told if t.get(name)]:
            combined[name] = choose(days)
    return combined
