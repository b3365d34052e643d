"""Which rows can stand beside each other: conflicting statements and references to nothing are put aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ingest.checked import CheckedTable
from ingest.facts import AMBIGUOUS, RowFacts
from ingest.held import Bundle, Node, Ref
from netofnets.resolution.normalise import compatible
from netofnets.schema.columns import IDENTIFIED_BY_NAME, end_names
from netofnets.schema.identifiers import fold
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.merge import Telling
from netofnets.schema.records import Value
from netofnets.schema.text import BadValue

__all__ = ["KnownElsewhere", "Row", "Settled", "State", "settle"]

KnownElsewhere = Callable[[str, set[str]], dict[str, str]]
"""Of the local ids of a kind that the batch does not state: those that others have stated, with names."""

Refusals = dict[int, tuple[str, BadValue]]

_ENDS = {k.name: (k.source, k.target, *end_names(k)) for k in RELATIONSHIP_KINDS}
_UNKNOWN = {"leaders": "unknown_person", "networks": "unknown_network", "organizations": "unknown_organization"}


@dataclass(slots=True)
class Row:
    """An accepted row with what it states (until it has been told: it need not be kept longer)."""

    table: CheckedTable
    number: int
    line: int
    facts: RowFacts


@dataclass(slots=True)
class State:
    """All that the rows say about one thing: the first version, the rows, and versions that differ from the first."""

    values: dict[str, Value]
    rows: list[int]
    others: list[tuple[int, dict[str, Value]]] = field(default_factory=list)

    def told(self) -> Iterator[tuple[int, dict[str, Value]]]:
        """Every distinct telling: (row, properties); the first stands for all that equal it."""
        yield self.rows[0], self.values
        yield from self.others

    def counted(self) -> list[Telling]:
        """The distinct tellings with the number of rows for each."""
        return [(self.values, len(self.rows) - len(self.others)), *((values, 1) for _, values in self.others)]


class Settled:
    """The rows that stand, the states of things, and how references resolve."""

    def __init__(self, rows: list[Row], known: KnownElsewhere) -> None:
        self.rows = rows
        self.refused: Refusals = {}
        self.states: dict[str, dict[str, State]] = {}
        self._known = known
        self.elsewhere: dict[str, dict[str, str]] = {}  # kind -> local id -> name, of things that other sources state
        self._asked: dict[str, set[str]] = {}
        self._by_word: dict[tuple[str, str], dict[str, set[str]]] = {}

    def good(self) -> Iterator[tuple[int, Row]]:
        """The rows that stand."""
        return ((i, row) for i, row in enumerate(self.rows) if i not in self.refused)

    def gather(self) -> None:
        """Collect what the standing rows say about each thing."""
        self.states = {kind.name: {} for kind in NODE_KINDS}
        self._by_word.clear()
        for i, row in self.good():
            self._add(i, row.facts[0])
        for i, bundle in self.bundles():
            self._add(i, bundle[1])

    def forget(self) -> None:
        """Let go of the rows and what they say, when nothing more will be asked."""
        self.rows.clear()
        self.states.clear()
        self._by_word.clear()

    def bundles(self) -> Iterator[tuple[int, Bundle]]:
        """People with the interests that standing rows state, each once, with the first row that does."""
        seen: set[int] = set()
        for i, row in self.good():
            bundle = row.facts[2]
            if bundle is not None and id(bundle) not in seen:
                seen.add(id(bundle))
                yield i, bundle

    def _add(self, i: int, nodes: Sequence[Node]) -> None:
        for kind, local, values in nodes:
            known = self.states[kind]
            state = known.get(local)
            if state is None:
                known[local] = State(values, [i])
                continue
            state.rows.append(i)
            if values is not state.values and values != state.values:
                state.others.append((i, values))

    def resolve(self, kind: str, ref: Ref) -> str | BadValue:
        """The local id that a reference means."""
        if isinstance(ref, str):
            if ref in self.states[kind] or kind == IDENTIFIED_BY_NAME or ref in self.elsewhere.get(kind, ()):
                return ref
            sentence = f"There is no {kind.removesuffix('s')} with the id {ref[:60]!r} in this batch."
            return BadValue(_UNKNOWN.get(kind, f"unknown_{kind}"), sentence, _REMEDY)
        found = self._words(kind, ref.how).get(fold(ref.text) if ref.how == "name" else ref.text, set())
        if len(found) == 1:
            return next(iter(found))
        if not found:
            sentence = f"There is no {kind.removesuffix('s')} with the {ref.how} {ref.text[:60]!r} in this batch."
            return BadValue(_UNKNOWN.get(kind, f"unknown_{kind}"), sentence, _REMEDY)
        sentence = f"{len(found)} {kind} have the {ref.how} {ref.text[:60]!r}."
        return BadValue("ambiguous_reference", sentence, "Refer to them by id.")

    def ask_elsewhere(self) -> None:
        """Look once for every id that is referred to but not stated."""
        missing: dict[str, set[str]] = {kind: set() for kind in self.states}
        for _, row in self.good():
            for kind, start, end, _ in row.facts[1]:
                source, target, *_ = _ENDS[kind]
                if start not in self.states[source] and isinstance(start, str):
                    missing[source].add(start)
                if end not in self.states[target] and isinstance(end, str):
                    missing[target].add(end)
        del missing[IDENTIFIED_BY_NAME]
        for kind, ids in missing.items():
            if new := ids - self._asked.setdefault(kind, set()):
                self._asked[kind] |= new
                self.elsewhere.setdefault(kind, {}).update(self._known(kind, new))

    def _words(self, kind: str, how: str) -> dict[str, set[str]]:
        if (kind, how) not in self._by_word:
            index: dict[str, set[str]] = {}
            for local, state in self.states[kind].items():
                for _, values in state.told():
                    if word := values.get(how):
                        index.setdefault(fold(str(word)) if how == "name" else str(word), set()).add(local)
            self._by_word[kind, how] = index
        return self._by_word[kind, how]


_REMEDY = "Correct the reference, or load the table that describes it together with this one."


def settle(rows: list[Row], known: KnownElsewhere) -> Settled:
    """Refuse rows until what remains is consistent; the outcome does not depend on the order of rows."""
    settled = Settled(rows, known)
    settled.refused.update(_ambiguous(rows))
    while True:
        settled.gather()
        new = _conflicts(settled)
        if not new:
            settled.ask_elsewhere()
            new = _loose_ties(settled)
        if not new:
            return settled
        settled.refused.update(new)


def _ambiguous(rows: list[Row]) -> Refusals:
    bad = BadValue(
        "ambiguous_person",
        "The same name at the same school stands here with several email addresses: one person or two?",
        "Give people ids, or use one address for one person.",
    )
    return {i: ("name", bad) for i, row in enumerate(rows) if row.facts is AMBIGUOUS}


def _conflicts(settled: Settled) -> Refusals:
    refused: Refusals = {}
    for kind, states in settled.states.items():
        if kind == IDENTIFIED_BY_NAME:
            continue
        for state in states.values():
            if state.others and _contradict(kind, state, settled.rows):
                bad = _conflict(kind, state)
                refused.update((i, ("name", bad)) for i in state.rows)
    return refused


def _contradict(kind: str, state: State, rows: list[Row]) -> bool:
    if kind == "leaders":
        names = {str(values["name"]) for _, values in state.told() if values.get("name")}
        return any(not compatible(a, b) for a, b in combinations(sorted(names), 2))
    # A roster repeats its network in every row, in passing; a table of networks means each line.
    tables = [values for i, values in state.told() if rows[i].table.spec.shape.name != "roster"]
    return len({fold(str(values["name"])) for values in tables if values.get("name")}) > 1


def _conflict(kind: str, state: State) -> BadValue:
    names = sorted({str(values["name"]) for _, values in state.told() if values.get("name")})
    shown = " and ".join(repr(name[:60]) for name in names[:2])
    return BadValue(
        "conflicting_duplicate",
        f"One id (or address) stands for different {kind}: {shown}; none was taken.",
        "Give each its own id, or correct the name.",
    )


def _loose_ties(settled: Settled) -> Refusals:
    refused: Refusals = {}
    for i, row in settled.good():
        keep = row.table.spec.keep_self_ties
        for kind, start, end, _ in row.facts[1]:
            source, target, start_name, end_name = _ENDS[kind]
            if start in settled.states[source] and end in settled.states[target] and (start != end or source != target):
                continue  # the usual case, quickly
            first, second = settled.resolve(source, start), settled.resolve(target, end)
            if isinstance(first, BadValue):
                refused[i] = (start_name, first)
            elif isinstance(second, BadValue):
                refused[i] = (end_name, second)
            elif first == second and source == target and not keep:
                bad = BadValue(
                    "self_relation",
                    "Both ends are the same.",
                    'Correct one of them; self_ties = "keep" in the mapping takes such rows on purpose.',
                )
                refused[i] = (end_name, bad)
    for i, (leader, _, _) in settled.bundles():
        if isinstance(found := settled.resolve("leaders", leader), BadValue):
            refused[i] = ("leader", found)
    return refused
