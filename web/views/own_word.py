"""The forms of My page: what a person says of facts, offers and looks for, allows, and does not want to be seen by."""

from __future__ import annotations

from flask import request

from netofnets.desk.introduce_answer import answer_introduction
from netofnets.desk.own_word import (
    FIELD_WORDS,
    LEAVABLE,
    THE_PERSON,
    confirm,
    dispute,
    keep_back,
    leave,
    offer,
    take_back,
    tell,
)
from netofnets.desk.purposes import decide_purpose
from netofnets.desk.republish import republish
from netofnets.errors import AccountError, NotFound, SettingsError
from netofnets.language import joined, say, say_count
from netofnets.schema.modes import MODE_NAMES
from netofnets.schema.own_word import TELLABLE, TIES
from netofnets.schema.purposes import PURPOSES, purpose
from netofnets.services.person.circle import in_edition, is_known
from netofnets.services.person.facts import label_of
from web.actions import Action, Order
from web.params import Choice, Text, Whole
from web.session import gate_of, session
from web.stores import known_settings
from web.views.mine import MINE

__all__ = ["OWN_ACTIONS"]

_LONGEST = 2_000  # characters of a field, the longest that a roster may hold
_FOLLOWS = say("The map follows in a moment.")
_CONFIRMED = {
    "memberships": say("Your membership is confirmed by you."),
    "affiliations": say("Your workplace is confirmed by you."),
    "leader_interests": say("Your interest is confirmed by you."),
    "collaborations": say("Your tie is confirmed by you."),
    "participations": say("Your activity is confirmed by you."),
    "leader_credentials": say("Your credential is confirmed by you."),
}
_DISPUTED = {
    "memberships": say("Your membership is marked as disputed."),
    "affiliations": say("Your workplace is marked as disputed."),
    "leader_interests": say("Your interest is marked as disputed."),
    "collaborations": say("Your tie is marked as disputed."),
    "participations": say("Your activity is marked as disputed."),
    "leader_credentials": say("Your credential is marked as disputed."),
}
_LEFT = {
    "memberships": say("Your membership is over from today on."),
    "affiliations": say("Your workplace is over from today on."),
}
_TAKEN_BACK = {
    "memberships": say("What you said is taken back: your membership is again what rosters say."),
    "affiliations": say("What you said is taken back: your workplace is again what rosters say."),
    "leader_interests": say("What you said is taken back: your interest is again what rosters say."),
    "collaborations": say("What you said is taken back: your tie is again what rosters say."),
    "participations": say("What you said is taken back: your activity is again what rosters say."),
    "leader_credentials": say("What you said is taken back: your credential is again what rosters say."),
}


def _say(order: Order) -> str:
    what, end, said = (order.values[name] for name in ("what", "end", "say"))
    if what not in (TIES if end else ("email", *TELLABLE)):
        raise SettingsError(say("choose a fact of yours first"))
    me, fact = order.viewer.who.record, label_of(what)
    if said == "confirm":
        confirm(order.store, me, what, end)
        done = _CONFIRMED[what] if end else say("{fact} is confirmed by you.", fact=fact)
    elif said == "dispute":
        dispute(order.store, me, what, end)
        keep_back(order.store, known_settings().home, me)
        done = _DISPUTED[what] if end else say("{fact} is marked as disputed.", fact=fact)
        done = joined([done, say("Only organizers still see it, until they have looked into it.")])
    elif said == "leave" and what in LEAVABLE:
        leave(order.store, me, what, end)
        done = _LEFT[what]
    else:
        take_back(order.store, me, what, end)
        done = (
            _TAKEN_BACK[what]
            if end
            else say("What you said is taken back: {fact} is again what rosters say.", fact=fact)
        )
    republish(known_settings())
    return joined([done, _FOLLOWS])


def _tell(order: Order) -> str:
    given = {name: order.values[name] for name in TELLABLE if name in request.form}
    changed = tell(order.store, order.viewer.who.record, given)
    if not changed:
        return say("That is what stands already; nothing was changed.")
    emptied = [name for name in changed if not given[name]]
    if emptied:
        keep_back(order.store, known_settings().home, order.viewer.who.record)
    republish(known_settings())
    facts = joined([FIELD_WORDS[name] for name in changed], ", ")
    return joined([say("Kept as your word: {facts}.", facts=facts), _FOLLOWS])


def _offer(order: Order) -> str:
    counts = [offer(order.store, order.viewer.who.record, mode, order.values[mode]) for mode in MODE_NAMES]
    republish(known_settings())
    kept = say_count("Kept: {n} interest in your own words.", "Kept: {n} interests in your own words.", sum(counts))
    return joined([kept, _FOLLOWS])


def _purpose(order: Order) -> str:
    asked, allowed = purpose(order.values["purpose"]), order.values["say"] == "yes"
    if asked is None:
        raise SettingsError(say("choose what it is about"))
    settings, me = known_settings(), order.viewer.who.record
    decide_purpose(order.store, settings.home, me, asked.name, allowed=allowed, who=THE_PERSON, how="on My page")
    republish(settings)
    return joined([asked.yes, _FOLLOWS] if allowed else [asked.no, say("That is in force now.")])


def _block(order: Order) -> str:
    gate, found, other = gate_of(), session(), order.values["leader"]
    assert gate is not None and found is not None  # web.rules lets nobody else come here
    if order.values["say"] == "unblock":
        gate.blocks.remove(found.account, other)
        return say("They may see you again, as far as you show yourself.")
    shown = in_edition(order.published, order.viewer, "leaders", other) or is_known(
        order.published, order.viewer, other
    )
    if not shown or other == order.viewer.who.record:
        raise NotFound(say("choose somebody whom you are shown"))
    if not gate.blocks.add(found.account, order.viewer.who.record, other):
        raise AccountError(say("your list is full; take somebody off it first"))
    return say("When they are signed in with their record, you are not shown to them from now on. Nobody tells them.")


def _answer(order: Order) -> str:
    me, number, yes = order.viewer.who.record, int(order.values["number"]), order.values["say"] == "yes"
    state = answer_introduction(order.store, me, number, yes=yes, who=THE_PERSON)
    if state == "accepted":
        return say("You both said yes: their address stands below, and they see yours.")
    if yes:
        return say("Kept. When they say yes, too, each sees the other's address.")
    return say("Kept: you were not introduced.")


_WHICH = (Text("what", 40), Text("end", 40))

SAY = Action(
    "say of a fact", "/mine/say", MINE, (*_WHICH, Choice("say", ("take back", "confirm", "dispute", "leave"))), _say
)
TELL = Action("tell", "/mine/tell", MINE, tuple(Text(name, _LONGEST) for name in TELLABLE), _tell)
OFFER = Action("offer", "/mine/interests", MINE, tuple(Text(mode, _LONGEST) for mode in MODE_NAMES), _offer)
DECIDE = Action(
    "decide purpose",
    "/mine/purpose",
    MINE,
    (Choice("purpose", ("", *(one.name for one in PURPOSES))), Choice("say", ("no", "yes"))),
    _purpose,
)
BLOCK = Action("block", "/mine/block", MINE, (Text("leader", 40), Choice("say", ("block", "unblock"))), _block)

REPLY = Action(
    "answer introduction",
    "/mine/introduction",
    MINE,
    (Whole("number", 0, 10**6, 0), Choice("say", ("no", "yes"))),
    _answer,
)

OWN_ACTIONS: tuple[Action, ...] = (SAY, TELL, OFFER, DECIDE, BLOCK, REPLY)
