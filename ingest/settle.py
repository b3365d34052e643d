"""Which rows can stand beside each other: conflicting statements and references to nothing are put aside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from ingest.checked import CheckedTable
from ingest.facts import AMBIGUOUS, RowFacts, facts_of
from ingest.gather import Clash, Clashes, Gathered, word
from ingest.held import Ref
from ingest.people import People
from ingest.record_ids import RecordIds
from ingest.tellings import AT, FIRST, LISTED, ROW, STATED, TIMES, Telling, about
from netofnets.language import say
from netofnets.resolution.normalise import compatible
from netofnets.schema.columns import IDENTIFIED_BY_NAME, end_names
from netofnets.schema.identifiers import fold
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.merge import Telling as Counted
from netofnets.schema.records import Value
from netofnets.schema.text import BadValue

__all__ = ["KnownElsewhere", "Settled", "State", "settle"]

KnownElsewhere = Callable[[str, set[str]], dict[str, str]]
"""Of the local ids of a kind that the batch does not state: those that others have stated, with names."""

Refusals = dict[int, tuple[str, BadValue]]

_ENDS = {k.name: (k.source, k.target, *end_names(k)) for k in RELATIONSHIP_KINDS}
_UNKNOWN = {"leaders": "unknown_person", "networks": "unknown_network", "organizations": "unknown_organization"}
_REMEDY = say("Correct the reference, or load the table that describes it together with this one.")
_AMBIGUOUS = BadValue(
    "ambiguous_person",
    say("The same name at the same school stands here with several email addresses: one person or two?"),
    say("Give people ids, or use one address for one person."),
)


class State:
    """All that the rows say about one thing: the first version, and versions that differ from it."""

    def __init__(self, told: Sequence[Telling]) -> None:
        first = told[0]
        self.local, self.row, self.at, self.listed = first[FIRST], first[ROW], first[AT], first[LISTED]
        self.values: dict[str, Value] = dict(first[STATED])
        self.others: list[tuple[Telling, dict[str, Value]]] = []
        self._times = first[TIMES]
        for telling in told[1:]:
            values = dict(telling[STATED])
            if values == self.values:
                self._times += telling[TIMES]
            else:
                self.others.append((telling, values))

    def told(self) -> Iterator[tuple[bool, dict[str, Value]]]:
        """Every distinct telling: whether a table of such things tells it, and the properties."""
        yield self.listed, self.values
        yield from ((telling[LISTED], values) for telling, values in self.others)

    def counted(self) -> list[Counted]:
        """The distinct tellings with the number of rows for each."""
        return [(self.values, self._times), *((values, telling[TIMES]) for telling, values in self.others)]


class Settled:
    """The rows that stand, what they say, and how references resolve."""

    def __init__(self, tables: Sequence[CheckedTable], people: People, ids: RecordIds, known: KnownElsewhere) -> None:
        self.tables = tables
        self.ids = ids
        self.refused: Refusals = {}
        self.elsewhere: dict[str, dict[str, str]] = {}  # kind -> local id -> name, of things that other sources state
        self.gathered = Gathered(ids, {})
        self._facts = [facts_of(table, people) for table in tables]
        self._known = known
        self._asked: dict[str, set[str]] = {}
        self._unknown: dict[str, set[str]] = {}
        self._by_word: dict[tuple[str, str], dict[str, set[str]]] = {}
        starts = [0]
        for table in tables:
            starts.append(starts[-1] + len(table.rows))
        self._starts = starts

    def place(self, i: int) -> tuple[CheckedTable, int, int]:
        """Table, row number and line of a row."""
        at = bisect_right(self._starts, i) - 1
        return self.tables[at], *self.tables[at].rows.place(i - self._starts[at])

    def standing(self) -> Iterator[tuple[int, CheckedTable, RowFacts]]:
        """The rows that stand, with what they state; rows that tell nobody apart are refused on the way."""
        for table, facts_in, start in zip(self.tables, self._facts, self._starts, strict=False):
            for i, (_, _, values) in enumerate(table.rows, start):
                if i in self.refused:
                    continue
                facts = facts_in(values)
                if facts is AMBIGUOUS:
                    self.refused[i] = ("name", _AMBIGUOUS)
                else:
                    yield i, table, facts

    def things(self, kind: str) -> Iterator[list[Telling]]:
        """What is told of every thing of a kind, thing by thing."""
        for part in self.gathered.tellings.parts(kind):
            yield from about(part)

    def gather(self, clashes: Clashes, *, looked_up: bool = False) -> None:
        """Collect what the standing rows say."""
        self.gathered = Gathered(self.ids, clashes, self.resolve if looked_up else None)
        for i, table, facts in self.standing():
            if bad := self.gathered.row(i, table, facts):
                self.refused[i] = ("name", bad)
        self.gathered.ended()

    def look_up(self) -> bool:
        """Find what is referred to, here and elsewhere; whether any row has to be looked at for it."""
        gathered = self.gathered
        missing = {kind: set(ids) for kind, ids in gathered.referred.items()}
        holders = set(gathered.holders)
        self._by_word = {wanted: {} for wanted in gathered.words}
        for kind in missing:
            if missing[kind] or (kind == "leaders" and holders) or any(of == kind for of, _ in gathered.words):
                for told in self.things(kind):
                    missing[kind].discard(told[0][FIRST])
                    holders.discard(told[0][FIRST] if kind == "leaders" else "")
                    self._index(kind, told)
        for kind, ids in missing.items():
            if new := ids - self._asked.setdefault(kind, set()):
                self._asked[kind] |= new
                self.elsewhere.setdefault(kind, {}).update(self._known(kind, new))
        missing["leaders"] |= holders
        self._unknown = {kind: ids - self.elsewhere.get(kind, {}).keys() for kind, ids in missing.items()}
        return any(self._unknown.values()) or bool(gathered.words) or gathered.loops

    def _index(self, kind: str, told: Sequence[Telling]) -> None:
        for (of, how), index in self._by_word.items():
            if of == kind:
                for telling in told:
                    found = dict(telling[STATED]).get(how)
                    text = (fold(str(found)) if how == "name" else str(found)) if found else ""
                    if text in self.gathered.words[of, how]:
                        index.setdefault(text, set()).add(told[0][FIRST])

    def resolve(self, kind: str, ref: Ref) -> str | BadValue:
        """The local id that a reference means."""
        if isinstance(ref, str):
            if ref not in self._unknown.get(kind, ()):
                return ref
            sentence = say(
                "There is no {what} with the id {ref!r} in this batch.", what=kind.removesuffix("s"), ref=ref[:60]
            )
            return BadValue(_UNKNOWN.get(kind, f"unknown_{kind}"), sentence, _REMEDY)
        found = self._by_word.get((kind, ref.how), {}).get(word(ref), set())
        if len(found) == 1:
            return next(iter(found))
        if not found:
            sentence = say(
                "There is no {what} with the {how} {text!r} in this batch.",
                what=kind.removesuffix("s"),
                how=ref.how,
                text=ref.text[:60],
            )
            return BadValue(_UNKNOWN.get(kind, f"unknown_{kind}"), sentence, _REMEDY)
        sentence = say("{n} {kind} have the {how} {text!r}.", n=len(found), kind=kind, how=ref.how, text=ref.text[:60])
        return BadValue("ambiguous_reference", sentence, say("Refer to them by id."))


def settle(tables: Sequence[CheckedTable], ids: RecordIds, people: People, known: KnownElsewhere) -> Settled:
    """Refuse rows until what remains is consistent; the outcome does not depend on the order of rows.

    Every round goes through all rows anew: most batches need one, and none has to be held in memory.
    """
    settled = Settled(tables, people, ids, known)
    clashes: Clashes = {}
    while True:
        settled.gather(clashes)
        clashes = _clashes(settled)
        if clashes:
            continue
        if not settled.look_up():
            return settled
        new = _loose_ties(settled)
        if new:
            settled.refused.update(new)
            continue
        if settled.gathered.words:
            settled.gather({}, looked_up=True)
        return settled


def _clashes(settled: Settled) -> Clashes:
    found: Clashes = {}
    for place, kind in enumerate(k.name for k in NODE_KINDS if k.name != IDENTIFIED_BY_NAME):
        for state in (State(told) for told in settled.things(kind) if len(told) > 1):
            if state.others and _contradict(kind, state):
                found[kind, state.local] = Clash((place, state.at), _conflict(kind, state))
    return found


def _contradict(kind: str, state: State) -> bool:
    if kind == "leaders":
        names = {str(values["name"]) for _, values in state.told() if values.get("name")}
        return any(not compatible(a, b) for a, b in combinations(sorted(names), 2))
    # A roster repeats its network in every row, in passing; a table of networks means each line.
    tables = [values for listed, values in state.told() if listed]
    return len({fold(str(values["name"])) for values in tables if values.get("name")}) > 1


def _conflict(kind: str, state: State) -> BadValue:
    names = sorted({str(values["name"]) for _, values in state.told() if values.get("name")})
    shown = " and ".join(repr(name[:60]) for name in names[:2])
    return BadValue(
        "conflicting_duplicate",
        say("One id (or address) stands for different {kind}: {shown}; none was taken.", kind=kind, shown=shown),
        say("Give each its own id, or correct the name."),
    )


def _loose_ties(settled: Settled) -> Refusals:
    refused: Refusals = {}
    told: set[bytes] = set()
    before: CheckedTable | None = None
    for i, table, (_, ties, bundle) in settled.standing():
        for kind, start, end, _ in ties:
            if bad := _loose(settled, table.spec.keep_self_ties, kind, start, end):
                refused[i] = bad
        if bundle is None:
            continue
        if table is not before:
            before = table
            told.clear()
        first = bundle.digest not in told
        told.add(bundle.digest)
        if (first or i not in refused) and isinstance(found := settled.resolve("leaders", bundle.leader), BadValue):
            refused[i] = ("leader", found)
    return refused


def _loose(settled: Settled, keep: bool, kind: str, start: Ref, end: Ref) -> tuple[str, BadValue] | None:
    source, target, start_name, end_name = _ENDS[kind]
    first, second = settled.resolve(source, start), settled.resolve(target, end)
    if isinstance(first, BadValue):
        return start_name, first
    if isinstance(second, BadValue):
        return end_name, second
    if first == second and source == target and not keep:
        bad = BadValue(
            "self_relation",
            say("Both ends are the same."),
            say('Correct one of them; self_ties = "keep" in the mapping takes such rows on purpose.'),
        )
        return end_name, bad
    return None
