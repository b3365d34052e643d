"""Canonical ids: people are derived by replaying the log of judgements, so a merge is undone by one more row."""

from __future__ import annotations

from collections.abc import Iterable

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
        a, b = self.canonical(left), self.canonical(right)
        if a == b:
            return
        left_members, right_members = set(self.members(a)), set(self.members(b))
        if any(self._apart.get(member, set()) & right_members for member in left_members):
            return
        root, members = min(a, b), left_members | right_members
        self._members.pop(max(a, b), None)
        self._members[root] = members
        for member in members:
            self._root[member] = root
