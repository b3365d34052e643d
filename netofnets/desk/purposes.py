"""Record that a purpose is declined, or allowed again; the log says which text was decided on, when, and how."""

from __future__ import annotations

from pathlib import Path

from netofnets.desk.checks import check_known, check_said, check_short, now
from netofnets.errors import SettingsError
from netofnets.graph.withheld import withhold
from netofnets.language import say
from netofnets.schema.identity import Identity
from netofnets.schema.purposes import PURPOSES, TEXT_VERSION, purpose, stated
from netofnets.schema.records import Decision
from netofnets.schema.topics import PURPOSE
from netofnets.store.base import Store

__all__ = ["decide_purpose"]


def decide_purpose(store: Store, home: Path, leader: str, name: str, *, allowed: bool, who: str, how: str) -> None:
    """Append to the log, on every record that the person has by now; a no is in force at once.

    ``how`` it was said: on the own page, by a letter. Raises :class:`NotFound` for an id that means nobody,
    :class:`SettingsError` for a purpose that there is not or when nobody decided; nothing is written then.
    """
    if purpose(name) is None:
        names = ", ".join(one.name for one in PURPOSES)
        raise SettingsError(say("there is no purpose {name!r}; there are {names}", name=name, names=names))
    check_said(who)
    check_short(who=who, why=how)
    check_known(store, leader)
    identity = Identity(store.judgements())
    records = sorted({leader, *identity.members(identity.canonical(leader))})
    why = f"text {TEXT_VERSION}; {how.strip()}" if how.strip() else f"text {TEXT_VERSION}"
    store.decide([Decision(PURPOSE, (one,), stated(name, allowed), who.strip(), why, now()) for one in records])
    if not allowed:
        withhold(home, records, purpose=name)
