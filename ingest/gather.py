"""One pass over the rows that stand: what they tell of things and ties, and what they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.checked import CheckedTable
from ingest.facts import RowFacts
from ingest.held import Bundle, Lookup, Node, Ref, Tie
from ingest.record_ids import RecordIds
from ingest.tellings import Tellings
from netofnets.schema.columns import IDENTIFIED_BY_NAME
from netofnets.schema.identifiers import fold, relationship_id
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.text import BadValue

__all__ = ["Clash", "Clashes", "Gathered", "Resolve", "word"]

Resolve = Callable[[str, Ref], str | BadValue]

_HELD = 1 << 60  # what a person has is told after what the rows are about
_TIES = {kind.name: (kind.source, kind.target, kind.distinguishing) for kind in RELATIONSHIP_KINDS}


@dataclass(frozen=True, slots=True)
class Clash:
    """Why no row about a thing can stand; of several clashes in one row the one of the highest rank is told."""

    rank: tuple[int, int]
    bad: BadValue


Clashes = dict[tuple[str, str], Clash]
"""By kind and local id."""


def word(ref: Lookup) -> str:
    """What is looked up."""
    return fold(ref.text) if ref.how == "name" else ref.text


@dataclass(slots=True)
class Gathered:
    """What the standing rows say. ``clashes`` are those of the last pass: rows about them are refused on the way.

    Ties whose ends are to be looked up are told only with ``resolve``, which knows all things.
    """

    ids: RecordIds
    clashes: Clashes
    resolve: Resolve | None = None
    tellings: Tellings = field(default_factory=Tellings)
    referred: dict[str, set[str]] = field(default_factory=lambda: {kind.name: set() for kind in NODE_KINDS})
    holders: set[str] = field(default_factory=set)  # people whose rows say what they have, and not who they are
    words: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (kind, how) -> what is looked up
    loops: bool = False  # a tie has the same id at both ends
    _told: set[bytes] = field(default_factory=set)
    _table: CheckedTable | None = None
    _listed: bool = True
    _at: int = 0

    def row(self, i: int, table: CheckedTable, facts: RowFacts) -> BadValue | None:
        """Take a row, unless it clashes: then nothing of it is taken, and the reason returned."""
        nodes, ties, bundle = facts
        if table is not self._table:
            self._table, self._listed = table, table.spec.shape.name != "roster"
            self._told.clear()
        said = bundle.told() if bundle is not None and bundle.digest not in self._told else None
        if self.clashes and (clash := self._clash([*nodes, *(said[0] if said else ())])):
            return clash.bad
        self._things(i, nodes, 0)
        own = {node[:2] for node in nodes}
        for tie in ties:
            self._note_ends(tie, own)
            self._tie(i, tie)
        if bundle is not None:
            self._held(i, bundle, said, own)
        return None

    def ended(self) -> None:
        """All rows were taken: of whom something was told already is not asked any more."""
        self._told = set()

    def _held(
        self, i: int, bundle: Bundle, said: tuple[list[Node], list[Tie]] | None, own: set[tuple[str, str]]
    ) -> None:
        """What the person of a row has, told once."""
        if ("leaders", bundle.leader) not in own:
            self.holders.add(bundle.leader)
        if said is not None:
            self._told.add(bundle.digest)
            self._things(i, said[0], _HELD)
            for tie in said[1]:
                self._tie(i, tie)

    def _things(self, i: int, nodes: Iterable[Node], later: int) -> None:
        for kind, local, values in nodes:
            self._at += 1
            self.tellings.node(kind, self.ids.of(kind, local), self._at + later, i, self._listed, local, values)

    def _clash(self, nodes: Iterable[Node]) -> Clash | None:
        found = [clash for kind, local, _ in nodes if (clash := self.clashes.get((kind, local)))]
        return max(found, key=lambda clash: clash.rank, default=None)

    def _note_ends(self, tie: Tie, own: set[tuple[str, str]]) -> None:
        """Note what a row refers to without stating it."""
        name, start, end, _ = tie
        source, target, _ = _TIES[name]
        for kind, ref in ((source, start), (target, end)):
            if isinstance(ref, Lookup):
                self.words.setdefault((kind, ref.how), set()).add(word(ref))
            elif (kind, ref) not in own and kind != IDENTIFIED_BY_NAME:
                self.referred[kind].add(ref)
        if start == end and source == target:
            self.loops = True

    def _tie(self, i: int, tie: Tie) -> None:
        kind, start, end, values = tie
        source, target, distinguishing = _TIES[kind]
        self._at += 1
        if isinstance(start, Lookup) or isinstance(end, Lookup):
            if self.resolve is None:
                return
            one, other = self.resolve(source, start), self.resolve(target, end)
            assert isinstance(one, str) and isinstance(other, str)  # settled: each of them means one thing
            start, end = one, other
        first, second = self.ids.of(source, start), self.ids.of(target, end)
        key = relationship_id(kind, first, second, tuple([str(values.get(name) or "") for name in distinguishing]))
        self.tellings.tie(kind, key, self._at, i, first, second, values)
