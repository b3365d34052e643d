"""Why two people should meet, and what it would change, in sentences that anybody can recount."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from netofnets.analysis.hours import shared_hours
from netofnets.analysis.introduction_ground import Ground
from netofnets.graph.twomode import TwoMode

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
        told = f"{a} and {b} would be joined in one more way."
    elif before < 0:
        told = f"Nothing leads from {a} to {b} today; they would be one step apart."
    else:
        told = f"{a} and {b} are {before} steps apart today; they would be one."
    if opens > 1:
        told += f" {opens:,} pairs of networks that nothing joins today would be joined."
    return told


def shared_interests(ground: Ground, first: int, second: int) -> list[int]:
    """What both name, the rarest first."""
    return _common(ground, ground.interests, first, ground.interests, second)


def contacts_of(ground: Ground, first: int, second: int) -> list[int]:
    """Who works with both, those with fewest contacts first; nobody who asked not to be connected."""
    ties, degree = ground.contacts, ground.direct.indptr
    own, other = (set(ties.indices[ties.indptr[p] : ties.indptr[p + 1]].tolist()) for p in (first, second))
    return sorted(own & other, key=lambda p: (degree[p + 1] - degree[p], p))


def _interests(ground: Ground, first: int, second: int) -> list[str]:
    told: list[tuple[str, int]] = []
    for one, other in ((first, second), (second, first)):
        met = _common(ground, ground.offers, one, ground.seeks, other)
        names = (_name(ground, "leaders", one), _name(ground, "leaders", other))
        told += [(f"{names[0]} offers what {names[1]} seeks: ", i) for i in met if i not in _of(told)]
    told += [("Both name ", i) for i in shared_interests(ground, first, second) if i not in _of(told)]
    return [f"{words}{_held(ground, interest)}." for words, interest in told[:_NAMED]]


def _of(told: Sequence[tuple[str, int]]) -> set[int]:
    return {interest for _, interest in told}


def _common(ground: Ground, mine: TwoMode, one: int, theirs: TwoMode, other: int) -> list[int]:
    both = set(mine.groups_of(one).tolist()) & set(theirs.groups_of(other).tolist())
    return sorted(both, key=lambda i: (ground.interests.group_sizes[i], i))


def _held(ground: Ground, interest: int) -> str:
    holders = int(ground.interests.group_sizes[interest])
    return f"“{_name(ground, 'interests', interest)}” (named by {holders:,} of {ground.people:,} people)"


def _contacts(ground: Ground, first: int, second: int) -> list[str]:
    names = [_name(ground, "leaders", p) for p in contacts_of(ground, first, second)]
    if not names:
        return []
    return [f"{_listed(names)} {'works' if len(names) == 1 else 'work'} with both."]


def _joined(ground: Ground, networks: tuple[int, int], shown: bool) -> str:
    a, b = (_name(ground, "networks", n) for n in networks)
    code = np.array([min(networks) * ground.joined.width + max(networks)])
    people, ties = (int(ground.joined.find(v, code)[0]) for v in (ground.joined.people, ground.joined.ties))
    if not people and not ties:
        who = "Nobody shown here is" if shown else "Nobody is"
        return f"{who} in both {a} and {b} today, and no tie between the two is {'shown' if shown else 'on record'}."
    told = []
    if people:
        told.append(f"{people:,} {'person is' if people == 1 else 'people are'} in both {a} and {b}")
    if ties:
        across = f"{ties:,} {'pair of people works' if ties == 1 else 'pairs of people work'} across"
        told.append(across if people else f"{across} between {a} and {b}")
    return " and ".join(told) + " today."


def _together(ground: Ground, first: int, second: int) -> list[str]:
    rows = ground.snapshot.nodes["leaders"].select(["languages", "time_zone"]).take([first, second]).to_pylist()
    told = []
    spoken = [set(row["languages"] or ()) for row in rows]
    if all(spoken):
        common = sorted(spoken[0] & spoken[1])
        told.append(f"Both work in {_listed(common)}." if common else "No common language is stated.")
    hours = shared_hours(rows[0]["time_zone"], rows[1]["time_zone"])
    if hours is not None:
        count = f"{hours:.1f}".removesuffix(".0")
        noun = "hour" if hours == 1 else "hours"
        told.append(f"They share {count} working {noun} a day." if hours else "They have no working hours in common.")
    return told


def _wishes(ground: Ground, first: int, second: int) -> list[str]:
    asked = [_name(ground, "leaders", p) for p in (first, second) if ground.asked[p]]
    if len(asked) == 2:
        return ["Both asked to be connected with others."]
    return [f"{asked[0]} asked to be connected with others."] if asked else []


def _name(ground: Ground, kind: str, position: int) -> str:
    return str(ground.snapshot.names(kind)[position].as_py() or "somebody without a name")


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(f"{len(names) - _NAMED:,} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
