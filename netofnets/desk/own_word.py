"""What people say about themselves: correct, confirm, dispute, leave, offer, look for; each in one run of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import available_timezones

from netofnets.desk.checks import check_known, check_said, check_short, now
from netofnets.desk.speaker import Speaker, Tie
from netofnets.errors import SettingsError
from netofnets.graph.withheld import withhold
from netofnets.language import listed, say, unstopped
from netofnets.schema.identifiers import INTEREST_NAMESPACE, record_id
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Visibility
from netofnets.schema.modes import MODE_NAMES
from netofnets.schema.own_word import TELLABLE, TIES, Said, words_of, written
from netofnets.schema.records import BY_PERSON, Decision, Value
from netofnets.schema.rows import checker, interest_key, many_checker
from netofnets.schema.text import BadValue
from netofnets.schema.topics import OWN_WORD
from netofnets.store.base import Store

__all__ = [
    "FIELD_WORDS",
    "LEAVABLE",
    "THE_PERSON",
    "confirm",
    "dispute",
    "keep_back",
    "leave",
    "offer",
    "settle_dispute",
    "take_back",
    "tell",
]

THE_PERSON = "the person, signed in"
LEAVABLE = ("memberships", "affiliations")
"""Kinds of ties that can be over by the person's word."""

_DISPUTABLE = frozenset(p.name for p in LEADERS.properties) - {"name"}
_MANY = many_checker([";"])
_NAMELESS = say("a name cannot be left empty; to be gone from here, leave at the end of this page")


def tell(store: Store, leader: str, given: Mapping[str, str], *, who: str = THE_PERSON) -> tuple[str, ...]:
    """Keep what the person says of their own fields, as typed; the names of the fields that this changes.

    What is the same as what stands is left alone. A field that is emptied goes back to what rosters say; where only
    they say it, it is disputed. Raises :class:`SettingsError` for what the field cannot hold; nothing is written then.
    """
    said = {name: _checked(name, text) for name, text in given.items()}
    with _speaking(store, leader, who) as me:
        changed = [name for name, value in said.items() if not _same(value, me.standing.values.get(name))]
        for name in changed:
            value = said[name]
            if value is not None:
                me.state({name: value})
                me.say(Said.TOLD, name)
            elif me.withdraw(name):
                me.say(Said.TAKEN_BACK, name)
            elif name in _DISPUTABLE:
                me.say(Said.DISPUTED, name)
            else:
                raise SettingsError(_NAMELESS)
    return tuple(changed)


def confirm(store: Store, leader: str, what: str, end: str = "", *, who: str = THE_PERSON) -> None:
    """Say that a field, or a tie of a kind with ``end``, is right: it stands by the person's word, too, from today."""
    with _speaking(store, leader, who) as me:
        if end:
            for tie in _ties(me, what, end):
                me.state_tie(tie, tie.entity.values)
        else:
            value = _stands(me, what)
            if what in TELLABLE:
                me.state({what: value})
        me.say(Said.CONFIRMED, what, end)


def dispute(store: Store, leader: str, what: str, end: str = "", *, who: str = THE_PERSON) -> None:
    """Say that a field or tie is not right: organizers see it marked, nobody else sees it until it is settled."""
    with _speaking(store, leader, who) as me:
        if end:
            for tie in _ties(me, what, end):
                me.withdraw_tie(tie)
        else:
            _stands(me, what)
            if what not in _DISPUTABLE:
                raise SettingsError(say("a name is corrected, not disputed: write the right one"))
            me.withdraw(what)
        me.say(Said.DISPUTED, what, end)


def keep_back(store: Store, home: Path, leader: str) -> None:
    """From now on show the person to organizers alone, until the map is published without what they dispute."""
    identity = Identity(store.judgements())
    withhold(home, {leader, *identity.members(identity.canonical(leader))}, Visibility.ORGANIZERS)


def take_back(store: Store, leader: str, what: str, end: str = "", *, who: str = THE_PERSON) -> None:
    """As if the person had said nothing of a field or tie: what rosters say stands again."""
    with _speaking(store, leader, who) as me:
        if end:
            for tie in me.ties(what, end):
                me.withdraw_tie(tie)
        else:
            me.withdraw(what)
        me.say(Said.TAKEN_BACK, what, end)


def leave(store: Store, leader: str, what: str, end: str, *, who: str = THE_PERSON) -> None:
    """Say that a membership or a workplace is over: its last day was yesterday, so that it counts in nothing today."""
    if what not in LEAVABLE:
        only = say("{what}: only {kinds} can be over; anything else is disputed", what=what, kinds=listed(LEAVABLE))
        raise SettingsError(only)
    with _speaking(store, leader, who) as me:
        for tie in _ties(me, what, end):
            if not tie.entity.values.get("end"):
                yesterday = (date.fromisoformat(now()[:10]) - timedelta(days=1)).isoformat()
                last = max(yesterday, str(tie.entity.values.get("start") or ""))
                me.state_tie(tie, {**tie.entity.values, "end": last})
        me.say(Said.LEFT, what, end)


def offer(store: Store, leader: str, mode: str, wordings: str, *, who: str = THE_PERSON) -> int:
    """Make these interests, separated by semicolons, all that the person themselves names in a mode; how many.

    What rosters name besides stays, until the person disputes it.
    """
    if mode not in MODE_NAMES:
        modes = ", ".join(MODE_NAMES)
        raise SettingsError(say("there is no {mode!r}; there are {modes}", mode=mode, modes=modes))
    try:
        names = _MANY(wordings, []) or ()
    except BadValue as wrong:
        told = say("{fault}; {remedy}", fault=unstopped(wrong.args[0]), remedy=wrong.remedy)
        raise SettingsError(told) from None
    assert isinstance(names, tuple)
    wanted = {record_id("interests", INTEREST_NAMESPACE, interest_key(name)): name for name in names}
    with _speaking(store, leader, who) as me:
        before = me.own_interests(mode)
        for gone in before - wanted.keys():
            me.drop_interest(gone, mode)
            me.say(Said.TAKEN_BACK, "leader_interests", gone)
        for record, name in wanted.items():
            me.state_interest(record, interest_key(name), name, mode)
            me.say(Said.TOLD, "leader_interests", record)
    return len(wanted)


def settle_dispute(
    store: Store, leader: str, what: str, end: str = "", *, right: bool, who: str, why: str = ""
) -> None:
    """An organizer has looked into a dispute: ``right`` (the person is) keeps the fact back for good, else it stands.

    Raises :class:`SettingsError` where nothing is disputed. The person can always dispute it again.
    """
    check_said(who)
    check_short(who=who, why=why)
    check_known(store, leader)
    identity = Identity(store.judgements())
    person = identity.canonical(leader)
    about = person, what, identity.canonical(end) if end else ""

    def stands(log: tuple[Decision, ...], now_known: Identity) -> None:
        word = words_of(log, now_known.canonical).get(about)
        if word is None or word.said is not Said.DISPUTED:
            raise SettingsError(say("nobody disputes this any more"))

    value = written(Said.UPHELD if right else Said.STANDS, what, end)
    others = (end,) if what == "collaborations" else ()
    records = sorted(identity.members(person))
    store.decide(
        [Decision(OWN_WORD, (record, *others), value, who.strip(), why.strip(), now()) for record in records], stands
    )


@contextmanager
def _speaking(store: Store, leader: str, who: str) -> Iterator[Speaker]:
    check_said(who)
    with store.writer(BY_PERSON) as writer:
        me = Speaker(writer, leader, who.strip(), now())
        yield me
        me.finish()


def _ties(me: Speaker, what: str, end: str) -> Sequence[Tie]:
    found = me.ties(what, end) if what in TIES else ()
    if not found:
        raise SettingsError(say("there is no such tie of yours here any more"))
    return found


def _stands(me: Speaker, what: str) -> Value:
    value = me.standing.values.get(what)
    if value is None:
        raise SettingsError(say("nothing is kept of your {field}", field=_field(what)))
    return value


def _same(said: Value, stands: Value) -> bool:
    """Whether a value is what stands, but for blanks and line ends, which forms do not keep."""
    if isinstance(said, str) and isinstance(stands, str):
        return said.split() == stands.split()
    return sorted(said) == sorted(stands) if isinstance(said, tuple) and isinstance(stands, tuple) else said == stands


def _checked(name: str, text: str) -> Value:
    if name not in TELLABLE:
        raise SettingsError(say("{field} cannot be corrected here", field=_field(name)))
    if name == "time_zone" and text.strip() and text.strip() not in available_timezones():
        told = say("{text} is no time zone; write one like Europe/Lisbon or America/Chicago", text=text.strip())
        raise SettingsError(told)
    prop = LEADERS.property(name)
    check = _MANY if name == "languages" else checker(prop)
    try:
        return check(text, [])
    except BadValue as wrong:
        raise SettingsError(_unfit(name, wrong)) from None


def _unfit(name: str, wrong: BadValue) -> str:
    of = {"field": _field(name), "fault": unstopped(wrong.args[0])}
    if not wrong.remedy:
        return say("{field}: {fault}", **of)
    return say("{field}: {fault}. {remedy}", remedy=unstopped(wrong.remedy), **of)


def _field(name: str) -> str:
    return FIELD_WORDS.get(name, name.replace("_", " "))


FIELD_WORDS = {
    "name": say("name"),
    "job": say("job"),
    "grades": say("grades"),
    "experience": say("experience"),
    "school": say("school"),
    "place": say("place"),
    "region": say("region"),
    "country": say("country"),
    "time_zone": say("time zone"),
    "languages": say("languages"),
    "release_time": say("release time"),
    "connect": say("connect"),
    "about": say("about"),
    "url": say("url"),
    "email": say("email"),
}
"""What fields of a record are called within a sentence."""
