"""The log of judgements as the matcher needs it: by entity, the last verdict on each two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.resolution.records import Ints, People
from netofnets.schema.identity import Identity
from netofnets.schema.records import Judgement, Verdict, last_verdicts

__all__ = ["Answered", "Verdicts", "answered"]

Pairs = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Answered:
    """Where a log of judgements stands: who is who, and pairs of canonical ids that somebody told apart or put off."""

    identity: Identity
    apart: frozenset[frozenset[str]]
    put_off: frozenset[frozenset[str]]

    def pair(self, left: str, right: str) -> frozenset[str]:
        """Two records as canonical ids: one id where they are one by now."""
        return frozenset(self.identity.canonical(one) for one in (left, right))


def answered(log: Sequence[Judgement]) -> Answered:
    """What was last said about each two; ``unsure`` from a rule puts nothing off."""
    identity = Identity(log)
    apart, put_off = set(), set()
    for judgement in {(min(j.left, j.right), max(j.left, j.right)): j for j in log}.values():
        pair = frozenset(identity.canonical(end) for end in (judgement.left, judgement.right))
        if judgement.verdict is Verdict.DIFFERENT:
            apart.add(pair)
        elif judgement.verdict is Verdict.UNSURE and not judgement.who.startswith("rule:"):
            put_off.add(pair)
    return Answered(identity, frozenset(apart), frozenset(put_off))


class Verdicts:
    """Pairs of entities (codes of :class:`People`) that are ``apart``, ``unsure``, or ``put_off`` by a person.

    A pair that a rule could not tell and a person has not looked at is unsure and not put off.
    """

    def __init__(self, people: People, log: Sequence[Judgement]) -> None:
        number = {value: i for i, value in enumerate(people.entity.values)}
        identity = Identity.of(log) if isinstance(log, tuple) else Identity(log)
        self._of = people.entity.codes
        self.apart: Pairs = set()
        self.unsure: Pairs = set()
        self.put_off: Pairs = set()
        for records, judgement in last_verdicts(log).items():
            if judgement.verdict in (Verdict.SAME, Verdict.UNDONE):
                continue
            a, b = sorted(number.get(identity.canonical(record), -1) for record in records)
            if a == b or a < 0:
                continue
            (self.apart if judgement.verdict is Verdict.DIFFERENT else self.unsure).add((a, b))
            if judgement.verdict is Verdict.UNSURE and not judgement.who.startswith("rule:"):
                self.put_off.add((a, b))
        self.unsure -= self.apart

    def are_apart(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Which pairs of rows are of two entities that were judged different."""
        return self._among(self.apart, left, right)

    def are_unsure(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Which pairs of rows are of two entities that somebody, or a rule, could not tell."""
        return self._among(self.unsure, left, right)

    def rows_to_ask(self) -> list[tuple[int, int]]:
        """Pairs of rows of the unsure entities: they need not share a key, nor be of two sources."""
        asked = {one for pair in self.unsure for one in pair}
        rows: dict[int, list[int]] = {one: [] for one in asked}
        for row in np.flatnonzero(np.isin(self._of, sorted(asked))).tolist():
            rows[int(self._of[row])].append(row)
        return [(min(a, b), max(a, b)) for one, other in sorted(self.unsure) for a in rows[one] for b in rows[other]]

    def _among(self, pairs: Pairs, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        size = len(self._of) + 1
        a, b = self._of[left], self._of[right]
        wanted = np.array([one * size + other for one, other in pairs], dtype=np.int64)
        return np.isin(np.minimum(a, b) * size + np.maximum(a, b), wanted)
