"""Answer an introduction on one's own page: it is accepted when both have said yes, and declined when one says no."""

from __future__ import annotations

from netofnets.desk.checks import check_said, now
from netofnets.errors import SettingsError
from netofnets.language import say
from netofnets.schema.identity import Identity
from netofnets.schema.introductions import agreed, introductions, of_person
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_ANSWER
from netofnets.store.base import Store

__all__ = ["answer_introduction"]


def answer_introduction(store: Store, person: str, number: int, *, yes: bool, who: str) -> str:
    """Record one side's answer to the introduction with this number among their own; the state that it is in now.

    Raises :class:`SettingsError` when nobody asks the two (any more); nothing is written then.
    """
    check_said(who)
    canonical = Identity(store.judgements()).canonical
    me = canonical(person)
    own = of_person(introductions(store.decisions(INTRODUCTION), canonical), me)
    if number not in own:
        raise SettingsError(say("there is no such introduction of yours"))
    them = own[number][0]
    rows = [Decision(INTRODUCTION_ANSWER, (me, them), "yes" if yes else "no", who, "", now())]
    both = yes and them in agreed(_log(store), me, them, canonical)
    state = "accepted" if both else "asked" if yes else "declined"
    if state != "asked":
        why = "Both said yes on their own page." if both else "One of the two said no on their own page."
        rows.append(Decision(INTRODUCTION, (min(me, them), max(me, them)), state, who, why, now()))

    def is_asked(_: tuple[Decision, ...], identity: Identity) -> None:
        pair = sorted({identity.canonical(one) for one in (me, them)})
        log = store.decisions(INTRODUCTION)
        known = next((i for i in introductions(log, identity.canonical) if [i.first, i.second] == pair), None)
        if known is None or known.state != "asked":
            raise SettingsError(say("nobody asks the two of you any more"))

    store.decide(rows, is_asked)
    return state


def _log(store: Store) -> tuple[Decision, ...]:
    return (*store.decisions(INTRODUCTION), *store.decisions(INTRODUCTION_ANSWER))
