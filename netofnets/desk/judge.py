"""Say that two records are the same person, network or organization, or are not."""

from __future__ import annotations

from netofnets.desk.checks import check_known, check_said, now
from netofnets.errors import SettingsError
from netofnets.language import say
from netofnets.schema.identifiers import kind_of
from netofnets.schema.records import JUDGED, Judgement, Verdict
from netofnets.store.base import Store

__all__ = ["judge"]


def judge(store: Store, left: str, right: str, verdict: Verdict, *, who: str, why: str) -> Judgement:
    """Append a verdict on two records to the log of identity and bring everything that stands on them in line.

    Both are people, or both networks, or both organizations. A merge is undone by a later ``different``. Raises
    :class:`SettingsError` when both ids are one, of two kinds, or nobody decided, :class:`NotFound` for an id that
    means nothing; nothing is written then.
    """
    if left == right:
        raise SettingsError(say("{record} is given twice; a verdict is about two records", record=left))
    check_said(who)
    kinds = [kind_of(one) for one in (left, right)]
    kind = kinds[0] if kinds[0] in JUDGED else "leaders"
    if kinds[0] != kinds[1] and set(kinds) <= set(JUDGED):
        raise SettingsError(
            say(
                "{left} is one of the {left_kind}, {right} one of the {right_kind}; two of a kind can be one",
                left=left,
                left_kind=kinds[0],
                right=right,
                right_kind=kinds[1],
            )
        )
    check_known(store, left, right, kind=kind)
    judgement = Judgement(min(left, right), max(left, right), verdict, who, why, at=now())
    store.judge([judgement])
    return judgement
