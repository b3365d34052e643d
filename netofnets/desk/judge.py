"""Say that two records are the same person, or are not."""

from __future__ import annotations

from netofnets.desk.checks import check_known, check_said, now
from netofnets.errors import SettingsError
from netofnets.schema.records import Judgement, Verdict
from netofnets.store.base import Store

__all__ = ["judge"]


def judge(store: Store, left: str, right: str, verdict: Verdict, *, who: str, why: str) -> Judgement:
    """Append a verdict on two records to the log of identity and bring the people concerned in line.

    A merge is undone by a later ``different``. Raises :class:`SettingsError` when both ids are one or nobody decided,
    :class:`NotFound` for an id that means nobody; nothing is written then.
    """
    if left == right:
        raise SettingsError(f"{left} is given twice; a verdict is about two records")
    check_said(who)
    check_known(store, left, right)
    judgement = Judgement(min(left, right), max(left, right), verdict, who, why, at=now())
    store.judge([judgement])
    return judgement
