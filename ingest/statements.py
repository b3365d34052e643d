"""From settled rows to what the source claims: one claim for each thing and each tie, whatever the order of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ingest.people import DERIVED
from ingest.perhaps_twice import PerhapsTwice
from ingest.settle import Settled, State
from ingest.tellings import AT, FIRST, KEY, ROW, SECOND, STATED, TIMES, Telling, about
from netofnets.language import say
from netofnets.schema.columns import IDENTIFIED_BY_NAME
from netofnets.schema.kinds import BY_NAME, RELATIONSHIP_KINDS
from netofnets.schema.merge import Telling as Counted
from netofnets.schema.merge import differing, in_order, merged
from netofnets.schema.model import Merge
from netofnets.schema.records import Claim, Value
from netofnets.schema.rows import Problem

__all__ = ["Statements"]

Properties = Mapping[str, Value]
_PLACE = {name: place for place, name in enumerate(BY_NAME)}
_MENTIONED = 1 << 61  # things of other sources come after all that the rows are about
_OVERLAP = "Two memberships of one person in one network overlap in time."


class Statements:
    """The claims of one batch, by kind and key. ``warnings`` are complete when :meth:`parts` was read to its end."""

    def __init__(self, settled: Settled) -> None:
        self._settled = settled
        self._warnings: dict[tuple[int, bool, int, str], Problem] = {}
        self._mention()

    @property
    def warnings(self) -> list[Problem]:
        """What was taken but worth a second look, in the order of kinds and rows."""
        return [self._warnings[where] for where in sorted(self._warnings, key=lambda where: where[:3])]

    def parts(self) -> Iterator[tuple[str, list[Claim]]]:
        """Every claim once, in lists of one kind in the order of their keys; the lists of a kind follow each other."""
        for kind in BY_NAME:
            for _, part in self._parts(kind):
                yield kind, part
            if kind == "memberships":
                self._note_overlaps()

    def leaders(self) -> Iterator[tuple[int, Claim]]:
        """The claims about people, each with its place in the order in which they came."""
        for places, part in self._parts("leaders"):
            yield from zip(places, part, strict=True)

    def things(self, kind: str) -> Iterator[Claim]:
        """The claims about nodes of a kind, in the order of their keys."""
        return chain.from_iterable(part for _, part in self._parts(kind))

    def _parts(self, kind: str) -> Iterator[tuple[list[int], list[Claim]]]:
        of_kind = self._tie if kind in _TIES else self._thing
        for part in self._settled.gathered.tellings.parts(kind):
            told = list(about(part))
            yield [tellings[0][AT] for tellings in told], [of_kind(kind, tellings) for tellings in told]

    def _thing(self, kind: str, told: Sequence[Telling]) -> Claim:
        state = State(told)
        values = self._combined(kind, state.counted(), state.row, state.at) if state.others else state.values
        shown = "" if state.local.startswith(DERIVED) else state.local
        return Claim(kind, told[0][KEY], self._settled.ids.source, values, shown, origin=self._origin(state.row))

    def _tie(self, kind: str, told: Sequence[Telling]) -> Claim:
        key, at, row, times, _, start, end, stated = told[0]
        values: Properties = dict(stated)
        if kind == "collaborations" and self._settled.place(row)[0].spec.events:
            values = _events([(dict(telling[STATED]), telling[TIMES]) for telling in told])
        elif times > 1 or len(told) > 1:
            values = self._combined(kind, [(dict(t[STATED]), t[TIMES]) for t in told], row, at)
        return Claim(kind, key, self._settled.ids.source, values, "", start, end, self._origin(row))

    def _mention(self) -> None:
        """Tell of things of other sources that ties point at, by name: a source states both ends of its ties."""
        settled, ids = self._settled, self._settled.ids
        wanted = {
            (kind, ids.of(kind, local)): (local, name)
            for kind, names in settled.elsewhere.items()
            for local, name in names.items()
        }
        if not wanted:
            return
        first: dict[tuple[str, str], tuple[int, int]] = {}  # the place and the row of the tie that is told first
        for declared in RELATIONSHIP_KINDS:
            told: dict[tuple[str, str], tuple[int, int]] = {}
            for telling in (one for part in settled.gathered.tellings.parts(declared.name) for one in part):
                here = (_MENTIONED + (_PLACE[declared.name] << 50) + telling[AT], telling[ROW])
                for end in ((declared.source, telling[FIRST]), (declared.target, telling[SECOND])):
                    if end in wanted and end not in first:
                        told[end] = min(told.get(end, here), here)
            first |= told
        for (kind, record), (at, row) in first.items():
            local, name = wanted[kind, record]
            settled.gathered.tellings.node(kind, record, at, row, True, local, {"name": name})

    def _origin(self, row: int) -> str:
        table, number, _ = self._settled.place(row)
        return f"{table.place}:{number}"

    def _combined(self, kind: str, told: Sequence[Counted], row: int, at: int) -> Properties:
        declared = BY_NAME[kind]
        ordered = in_order(declared, told)
        combined = merged(declared, ordered)
        # Many wordings of one interest are no contradiction: those that are not taken are kept as aliases.
        for prop in () if kind == IDENTIFIED_BY_NAME else differing(declared, ordered):
            code = "roles_combined" if prop.merge is Merge.JOINED else "differing_values"
            sentence = say(
                "Rows differ about {prop}; {what!r} was taken.", prop=prop.name, what=str(combined[prop.name])[:80]
            )
            self._warn((_PLACE[kind], False, at, prop.name), row, prop.name, code, sentence)
        return combined

    def _note_overlaps(self) -> None:
        """Warn of memberships of one pair that overlap; only pairs with several memberships are held in memory."""
        tellings = self._settled.gathered.tellings
        twice = PerhapsTwice()
        for told in (one for part in tellings.parts("memberships") for one in about(part)):
            twice.add(told[0][FIRST : SECOND + 1])
        if not twice:
            return
        spells: dict[tuple[str, str], list[tuple[str, str, int, int]]] = {}
        for told in (one for part in tellings.parts("memberships") for one in about(part)):
            _, at, row, _, _, start, end, stated = told[0]
            if (start, end) in twice:
                values = dict(stated)
                spell = (str(values.get("start") or ""), str(values.get("end") or "9999"), row, at)
                spells.setdefault((start, end), []).append(spell)
        for place, of_pair in enumerate(sorted(spells.values(), key=lambda spells: min(at for *_, at in spells))):
            of_pair.sort()
            for n, ((_, until, _, _), (since, _, row, _)) in enumerate(zip(of_pair, of_pair[1:], strict=False)):
                if since < until:
                    where = (_PLACE["memberships"], True, place, str(n))
                    self._warn(where, row, "start", "overlapping_interval", _OVERLAP)

    def _warn(self, where: tuple[int, bool, int, str], row: int, column: str, code: str, sentence: str) -> None:
        table, number, line = self._settled.place(row)
        # Said once, however many times the claims are worked out.
        self._warnings[where] = Problem(table.file, number, line, column, code, sentence, sheet=table.sheet)


_TIES = frozenset(kind.name for kind in RELATIONSHIP_KINDS)


def _events(told: Sequence[Counted]) -> Properties:
    """Many events of one pair as one tie: how many, first and last."""
    combined = dict(told[0][0])
    counts = [(count, times) for values, times in told for count in (values.get("count"),)]
    combined["count"] = sum((int(count) if isinstance(count, int | float) else 1) * times for count, times in counts)
    for name, choose in (("first", min), ("last", max)):
        if days := [str(values[name]) for values, _ in told if values.get(name)]:
            combined[name] = choose(days)
    return combined
