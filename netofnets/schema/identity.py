"""Canonical ids: people are derived by replaying the log of judgements, so a merge is undone by one more row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from netofnets.schema.records import Judgement, Verdict, last_verdicts

__all__ = ["Identity"]


class Identity:
    """Which records are one and the same, after replaying ``judgements`` in order.

    The last verdict on a pair counts. ``different`` is a hard cannot-link: a ``same`` that would join two records
    judged different, directly or through others, is not followed (people's verdicts are followed before rules').
    The canonical id of a cluster is its smallest record id, so it does not depend on the order of loading.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        latest = last_verdicts(judgements)
        self._root: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for (left, right), judgement in latest.items():
            if judgement.verdict is Verdict.DIFFERENT:
                self._apart.setdefault(left, set()).add(right)
                self._apart.setdefault(right, set()).add(left)
        same = [(j.who.startswith("rule:"), pair) for pair, j in latest.items() if j.verdict is Verdict.SAME]
        for _, (left, right) in sorted(same):
            self._join(left, right)

    @staticmethod
    def of(log: tuple[Judgement, ...]) -> Identity:
        """The identity of a log; kept for the last few logs, since one is asked about several times in a run."""
        return _identity_of(_Log(log))

    def canonical(self, record: str) -> str:
        """The canonical id of ``record``; the record itself when nothing was judged about it."""
        return self._root.get(record, record)

    def members(self, canonical: str) -> frozenset[str]:
        """All records of a cluster, the canonical one included."""
        return frozenset(self._members.get(canonical, {canonical}))

    def changed_from(self, before: Identity) -> set[str]:
        """Records whose canonical id differs from ``before``."""
        records = self._root.keys() | before._root.keys()
        return {r for r in records if self.canonical(r) != before.canonical(r)}

    def _join(self, left: str, right: str) -> None:
        a, b = self._root.get(left, left), self._root.get(right, right)
        if a == b:
            return
        root, other = (a, b) if a < b else (b, a)
        members, joining = self._members.get(root) or {root}, self._members.get(other) or {other}
        if self._apart and any(not members.isdisjoint(self._apart.get(member, ())) for member in joining):
            return
        self._members.pop(other, None)
        self._members[root] = members | joining
        self._root[root] = root
        for member in joining:
            self._root[member] = root


class _Log:
    """A log that is equal to itself alone: comparing thousands of rows would cost as much as replaying them."""

    def __init__(self, log: tuple[Judgement, ...]) -> None:
        self.log = log

    def __hash__(self) -> int:
        return id(self.log)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Log) and self.log is other.log


@lru_cache(maxsize=4)
def _identity_of(kept: _Log) -> Identity:
    return Identity(kept.log)
