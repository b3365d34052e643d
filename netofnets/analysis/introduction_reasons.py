"""Why two people should meet, and what it would change, in sentences that anybody can recount."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from netofnets.analysis.hours import shared_hours
from netofnets.analysis.introduction_ground import Ground
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, listed, numeral, say, say_count

__all__ = ["contacts_of", "effect_of", "reasons_for", "shared_interests"]

_NAMED = 3


def reasons_for(
    ground: Ground, first: int, second: int, networks: tuple[int, int], *, shown: bool = False
) -> list[str]:
    """Sentences about two leaders: interests, mutual contacts, what joins the two networks, language, hours, wish.

    ``shown`` is for readers who do not see everybody: "nobody shown here", not "nobody".
    """
    told = [*_interests(ground, first, second), *_contacts(ground, first, second)]
    told.append(_joined(ground, networks, shown))
    return [*told, *_together(ground, first, second), *_wishes(ground, first, second)]


def effect_of(ground: Ground, networks: tuple[int, int], before: int, opens: int) -> str:
    """What the meeting would change: steps between the two networks (-1: no way), pairs of networks newly joined."""
    a, b = (_name(ground, "networks", n) for n in networks)
    if before == 1:
        told = [say("{a} and {b} would be joined in one more way.", a=a, b=b)]
    elif before < 0:
        told = [say("Nothing leads from {a} to {b} today; they would be one step apart.", a=a, b=b)]
    else:
        told = [say("{a} and {b} are {steps:d} steps apart today; they would be one.", a=a, b=b, steps=before)]
    if opens > 1:
        told.append(say("{pairs:,} pairs of networks that nothing joins today would be joined.", pairs=opens))
    return joined(told)


def shared_interests(ground: Ground, first: int, second: int) -> list[int]:
    """What both name, the rarest first."""
    return _common(ground, ground.interests, first, ground.interests, second)


def contacts_of(ground: Ground, first: int, second: int) -> list[int]:
    """Who works with both, those with fewest contacts first; nobody who asked not to be connected."""
    ties, degree = ground.contacts, ground.direct.indptr
    own, other = (set(ties.indices[ties.indptr[p] : ties.indptr[p + 1]].tolist()) for p in (first, second))
    return sorted(own & other, key=lambda p: (degree[p + 1] - degree[p], p))


def _interests(ground: Ground, first: int, second: int) -> list[str]:
    told: dict[int, str] = {}  # by interest
    for one, other in ((first, second), (second, first)):
        names = {"giver": _name(ground, "leaders", one), "taker": _name(ground, "leaders", other)}
        for i in _common(ground, ground.offers, one, ground.seeks, other):
            told.setdefault(i, say("{giver} offers what {taker} seeks: {what}.", what=_held(ground, i), **names))
    for i in shared_interests(ground, first, second):
        told.setdefault(i, say("Both name {what}.", what=_held(ground, i)))
    return list(told.values())[:_NAMED]


def _common(ground: Ground, mine: TwoMode, one: int, theirs: TwoMode, other: int) -> list[int]:
    both = set(mine.groups_of(one).tolist()) & set(theirs.groups_of(other).tolist())
    return sorted(both, key=lambda i: (ground.interests.group_sizes[i], i))


def _held(ground: Ground, interest: int) -> str:
    holders = int(ground.interests.group_sizes[interest])
    return say(
        "“{interest}” (named by {holders:,} of {people:,} people)",
        interest=_name(ground, "interests", interest),
        holders=holders,
        people=ground.people,
    )


def _contacts(ground: Ground, first: int, second: int) -> list[str]:
    names = [_name(ground, "leaders", p) for p in contacts_of(ground, first, second)]
    if not names:
        return []
    return [say_count("{people} works with both.", "{people} work with both.", len(names), people=_listed(names))]


def _joined(ground: Ground, networks: tuple[int, int], shown: bool) -> str:
    a, b = (_name(ground, "networks", n) for n in networks)
    code = np.array([min(networks) * ground.joined.width + max(networks)])
    people, ties = (int(ground.joined.find(v, code)[0]) for v in (ground.joined.people, ground.joined.ties))
    if not people and not ties:
        if shown:
            return say("Nobody shown here is in both {a} and {b} today, and no tie between the two is shown.", a=a, b=b)
        return say("Nobody is in both {a} and {b} today, and no tie between the two is on record.", a=a, b=b)
    return _ways(a, b, people, ties)


def _ways(a: str, b: str, people: int, ties: int) -> str:
    if not ties:
        return say_count(
            "{n:,} person is in both {a} and {b} today.",
            "{n:,} people are in both {a} and {b} today.",
            people,
            a=a,
            b=b,
        )
    if not people:
        return say_count(
            "{n:,} pair of people works across between {a} and {b} today.",
            "{n:,} pairs of people work across between {a} and {b} today.",
            ties,
            a=a,
            b=b,
        )
    both = say_count("{n:,} person is in both {a} and {b}", "{n:,} people are in both {a} and {b}", people, a=a, b=b)
    across = say_count("{n:,} pair of people works across", "{n:,} pairs of people work across", ties)
    return say("{both} and {across} today.", both=both, across=across)


def _together(ground: Ground, first: int, second: int) -> list[str]:
    rows = ground.snapshot.nodes["leaders"].select(["languages", "time_zone"]).take([first, second]).to_pylist()
    told = []
    spoken = [set(row["languages"] or ()) for row in rows]
    if all(spoken):
        common = sorted(spoken[0] & spoken[1])
        told.append(
            say("Both work in {languages}.", languages=_listed(common))
            if common
            else say("No common language is stated.")
        )
    hours = shared_hours(rows[0]["time_zone"], rows[1]["time_zone"])
    if hours is not None:
        told.append(_hours(hours))
    return told


def _hours(hours: float) -> str:
    if not hours:
        return say("They have no working hours in common.")
    if hours == 1:
        return say("They share 1 working hour a day.")
    return say("They share {hours} working hours a day.", hours=numeral(f"{hours:.1f}".removesuffix(".0")))


def _wishes(ground: Ground, first: int, second: int) -> list[str]:
    asked = [_name(ground, "leaders", p) for p in (first, second) if ground.asked[p]]
    if len(asked) == 2:
        return [say("Both asked to be connected with others.")]
    return [say("{name} asked to be connected with others.", name=asked[0])] if asked else []


def _name(ground: Ground, kind: str, position: int) -> str:
    name = ground.snapshot.names(kind)[position].as_py()
    return str(name) if name else say("somebody without a name")


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(say_count("{n:,} more", "{n:,} more", len(names) - _NAMED))
    return listed(shown)
