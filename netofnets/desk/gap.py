"""Set a gap between two networks aside, so that nobody is shown it again, or take it up again."""

from __future__ import annotations

from netofnets.desk.checks import check_known, check_said, check_short, now
from netofnets.errors import SettingsError
from netofnets.language import say
from netofnets.schema.gaps_aside import gaps_aside
from netofnets.schema.identity import Identity
from netofnets.schema.records import Decision
from netofnets.schema.topics import GAP, GAP_STATES
from netofnets.store.base import Store

__all__ = ["settle_gap"]


def settle_gap(store: Store, first: str, second: str, state: str, *, who: str, why: str) -> Decision:
    """Append to the log of decisions that the gap of two networks (ids, in either order) is ``aside`` or ``open``.

    The page of gaps shows it at once, other pages from the next publication on. Raises :class:`NotFound` for an id that
    means no network, :class:`SettingsError` where it says what stands already, for one network twice, when nobody
    decided, and when nothing says why a gap is set aside; nothing is written then.
    """
    if state not in GAP_STATES:
        states = ", ".join(GAP_STATES)
        raise SettingsError(say("there is no state {state!r}; there are {states}", state=state, states=states))
    if first == second:
        raise SettingsError(say("a gap is between two networks; name another one"))
    check_said(who)
    if state == "aside" and not why.strip():
        raise SettingsError(say("say why: whoever wonders later why the two do not meet will look for it here"))
    check_short(who=who, why=why)
    check_known(store, first, second, kind="networks")
    pair = min(first, second), max(first, second)
    made = Decision(GAP, pair, state, who.strip(), why.strip(), now())

    def fits(standing: tuple[Decision, ...], identity: Identity) -> None:
        is_aside = pair in gaps_aside(standing)
        if is_aside == (state == "aside"):
            raise SettingsError(say("this gap is set aside already") if is_aside else say("this gap is not set aside"))

    store.decide([made], fits)
    return made
