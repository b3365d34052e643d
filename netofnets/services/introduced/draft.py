"""A message that introduces two people to each other, drafted from what is true of both; nobody is written to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from netofnets.analysis.hours import shared_hours
from netofnets.language import encoded, joined, say
from netofnets.schema.modes import OFFERS, SEEKS
from netofnets.services.index import EditionIndex
from netofnets.services.refs import ref
from netofnets.services.words import listed, number

__all__ = ["Draft", "drafted"]

_LISTED = 4
_LONGEST_LINK = 1900  # characters; longer ones are cut or refused by mail programs


@dataclass(frozen=True, slots=True)
class Draft:
    """A plain text to copy. ``mailto`` opens a mail program with it; empty unless both addresses are known here."""

    subject: str
    text: str
    to: tuple[str, ...]
    mailto: str


def drafted(index: EditionIndex, first: int, second: int) -> Draft:
    """The message for two leaders (positions), from interests, networks, languages and hours that this edition has."""
    one, other = (index.leader(at).name or say("you") for at in (first, second))
    lines = [
        say("Dear {one} and {other},", one=one, other=other),
        "",
        say("I would like to introduce you to each other."),
        *(_where(index, at, name) for at, name in ((first, one), (second, other))),
    ]
    reasons = _interests(index, first, second) + _everyday(index, first, second)
    if reasons:
        lines += ["", say("Why I think of the two of you:"), *(joined(["- ", reason], "") for reason in reasons)]
    lines += [
        "",
        say("Would you like to meet? A short answer to me is enough, and a no is as welcome as a yes."),
        "",
    ]
    subject, text = say("Introducing {one} and {other}", one=one, other=other), joined(lines, "\n")
    to = _addresses(index, first, second)
    return Draft(subject, text, to, _link(to, subject, text))


def _where(index: EditionIndex, leader: int, name: str) -> str:
    networks = [n.name for n in index.networks_of(leader)]
    if networks:
        return say("{name} is in {networks}.", name=name, networks=listed(networks, _LISTED))
    return say("{name} is in no network that we know of.", name=name)


def _interests(index: EditionIndex, first: int, second: int) -> list[str]:
    """Offers that meet needs, then what both name; the rarest first."""
    names = [index.leader(at).name for at in (first, second)]
    offers, seeks = index.with_mode(OFFERS), index.with_mode(SEEKS)
    told: list[str] = []
    matched: set[int] = set()
    for at, to, giver, taker in ((first, second, names[0], names[1]), (second, first, names[1], names[0])):
        given = {int(i) for i in offers.groups_of(at)} & {int(i) for i in seeks.groups_of(to)}
        if given:
            what = _listed(index, given)
            told.append(say("{giver} offers what {taker} looks for: {what}", giver=giver, taker=taker, what=what))
        matched |= given
    held = [{int(i) for i in index.interests.groups_of(at)} for at in (first, second)]
    if both := held[0] & held[1] - matched:
        told.append(say("you both name {interests}", interests=_listed(index, both)))
    return told


def _listed(index: EditionIndex, interests: set[int]) -> str:
    rarest = sorted(interests, key=lambda i: (int(index.interests.group_sizes[i]), i))
    return listed([ref(index.snapshot, "interests", i).name for i in rarest], _LISTED)


def _everyday(index: EditionIndex, first: int, second: int) -> list[str]:
    """Networks, languages and working hours in common, as far as both are known."""
    told = []
    networks = [{n.name for n in index.networks_of(at)} for at in (first, second)]
    if both := sorted(networks[0] & networks[1], key=str.casefold):
        told.append(say("you are both in {networks}", networks=listed(both, _LISTED)))
    one, other = (index.snapshot.nodes["leaders"].slice(at, 1).to_pylist()[0] for at in (first, second))
    if common := sorted(set(one["languages"] or ()) & set(other["languages"] or ())):
        told.append(say("you both work in {languages}", languages=listed(common, _LISTED)))
    if hours := shared_hours(one["time_zone"], other["time_zone"]):
        told.append(_hours(hours))
    return told


def _hours(hours: float) -> str:
    if hours == 1:
        return say("you have 1 working hour a day in common")
    return say("you have {hours} working hours a day in common", hours=number(hours))


def _addresses(index: EditionIndex, first: int, second: int) -> tuple[str, ...]:
    """The addresses of both in this edition; the public one has none."""
    found = [index.snapshot.value("leaders", at, "email") for at in (first, second)]
    return tuple(str(address) for address in found) if all(found) else ()


def _link(to: tuple[str, ...], subject: str, text: str) -> str:
    if not to:
        return ""
    start = f"mailto:{','.join(quote(address, safe='@') for address in to)}?subject="
    whole = joined([start, encoded(subject), "&body=", encoded(text)], "")
    return whole if len(whole) <= _LONGEST_LINK else joined([start, encoded(subject)], "")
