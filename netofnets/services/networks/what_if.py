"""What if somebody steps back, two people meet, two networks join: what would change between networks, in words."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.analysis.changes import Change, Join, Meet, Without
from netofnets.analysis.what_if import Consequences, Standing, consequences, standing
from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.schema.purposes import SCORES
from netofnets.services.find.naming import Candidates, meant, refuse_unclear
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted, listed

__all__ = ["Consequence", "WhatIf", "required", "standing_now", "what_if"]

_LISTED = 30
_CHOICES = 200  # networks to choose from in a list; of more one is named


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that would change between two networks, or in one of them (``second`` is None)."""

    first: Ref
    second: Ref | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change would do. ``asked`` is empty when nothing was asked, or a name decides nothing."""

    version: str
    asked: str  # "What if Zoe Green steps back?"
    about: tuple[Ref, ...]
    summary: str
    distances: tuple[Consequence, ...]
    distances_total: int
    pieces: str
    hanging: tuple[Consequence, ...]
    hanging_total: int
    dependence: tuple[Consequence, ...]
    dependence_total: int
    unclear: tuple[Candidates, ...]
    networks: tuple[Ref, ...]  # to choose from, by name; none where there are more than anybody looks through
    note: str
    left_out: str = ""  # what was not looked into, since it would take too long
    truncated: bool = False  # whether anything was left out, or more would change than is listed


def what_if(
    published: Published,
    viewer: Viewer,
    *,
    without: str = "",
    meet: tuple[str, str] = ("", ""),
    join: tuple[str, str] = ("", ""),
    limit: int | None = _LISTED,
) -> WhatIf:
    """What one change would do to distances, pieces and dependence; the first that is asked counts.

    People and networks are named by id or by a name that only one has. At most ``limit`` consequences of each sort are
    listed (None: all).
    """
    index = index_of(published, viewer)
    kind, given = _asked(without, meet, join)
    fields = {"without": ("without",), "meet": ("meet", "with"), "join": ("join", "and")}.get(kind, ())
    nodes = "networks" if kind == "join" else "leaders"
    found = [Candidates(f, text, meant(index, nodes, text)) for f, text in zip(fields, given, strict=True)]
    unclear = tuple(c for c in found if len(c.meant) != 1)
    note = "" if viewer.sees_people else f"Computed from {viewer.shown}: people who are not shown may join more."
    if not kind or unclear or len({c.meant[0].id for c in found}) < len(found):
        twice = "Name two different ones." if kind and not unclear else ""
        return WhatIf(index.version, "", (), twice, (), 0, "", (), 0, (), 0, unclear, _networks(index), note)
    about = tuple(c.meant[0] for c in found)
    if kind == "without" and index.declining(SCORES)[index.snapshot.position(nodes, about[0].id)]:
        said = "What would be without this person is a score about them, and they want none."
        return WhatIf(index.version, "", (), said, (), 0, "", (), 0, (), 0, (), _networks(index), note)
    change = _change(kind, [index.snapshot.position(nodes, r.id) for r in about])
    return _told(index, kind, about, consequences(standing_now(index), change), note, limit)


def _asked(without: str, meet: tuple[str, str], join: tuple[str, str]) -> tuple[str, tuple[str, ...]]:
    if without:
        return "without", (without,)
    if any(meet):
        return "meet", meet
    return ("join", join) if any(join) else ("", ())


def _change(kind: str, at: list[int]) -> Change:
    if kind == "without":
        return Without(at[0])
    return Meet(at[0], at[1]) if kind == "meet" else Join(at[0], at[1])


def standing_now(index: EditionIndex) -> Standing:
    """How the networks of an edition stand to each other, worked out once."""
    return index.once("standing", lambda: standing(index.snapshot))


def _networks(index: EditionIndex) -> tuple[Ref, ...]:
    if index.snapshot.count("networks") > _CHOICES:
        return ()
    every = (index.network(n) for n in range(index.snapshot.count("networks")))
    return tuple(sorted(every, key=lambda r: (r.name.casefold(), r.id)))


def _told(
    index: EditionIndex, kind: str, about: tuple[Ref, ...], found: Consequences, note: str, limit: int | None
) -> WhatIf:
    names = [r.name for r in about]
    asked = {
        "without": "What if {0} steps back?",
        "meet": "What if {0} and {1} begin to work together?",
        "join": "What if {0} and {1} become one network?",
    }[kind].format(*names, *names)
    return WhatIf(
        index.version,
        asked,
        about,
        _summary(index, found),
        tuple(
            Consequence(index.network(m.first), index.network(m.second), _steps(m.before), _steps(m.after))
            for m in found.moved[:limit]
        ),
        len(found.moved),
        _pieces(index, found),
        tuple(
            Consequence(
                index.network(h.first), index.network(h.second), _holder(index, h.before), _holder(index, h.after)
            )
            for h in found.hanging[:limit]
        ),
        len(found.hanging),
        tuple(
            Consequence(index.network(n), None, _depends(index, one), _depends(index, other))
            for n, one, other in found.only[:limit]
        ),
        len(found.only),
        (),
        _networks(index),
        note,
        left_out := _left_out(found),
        bool(left_out)
        or any(limit is not None and len(all_) > limit for all_ in (found.moved, found.hanging, found.only)),
    )


def _left_out(found: Consequences) -> str:
    (followed, touched), (looked_into, pairs) = found.networks, found.pairs
    parts = []
    if followed < touched:
        parts.append(f"distances are those from the {followed:,} largest of the {touched:,} networks that it touches")
    if looked_into < pairs:
        parts.append(f"of {pairs:,} pairs, {looked_into:,} were looked into for whom they hang on")
    return f"To answer soon, not everything was looked into: {', and '.join(parts)}." if parts else ""


def _summary(index: EditionIndex, found: Consequences) -> str:
    if not (found.moved or found.hanging or found.only or found.cut_off or found.brought_in or found.emptied):
        if _left_out(found):
            return "Nothing was found that would change between networks, as far as was looked."
        return "Nothing would change between networks: other people and ties join them in the same way."
    nearer = sum(_far(m.after) < _far(m.before) for m in found.moved)
    farther = len(found.moved) - nearer
    parts = []
    if nearer:
        parts.append(f"{counted(nearer, 'pair').capitalize()} of networks would come nearer to each other.")
    if farther:
        parts.append(f"{counted(farther, 'pair').capitalize()} of networks would be farther apart.")
    newly = sum(bool(h.after) for h in found.hanging)
    freed = len(found.hanging) - newly
    if newly:
        names = sorted({index.leader(p).name for h in found.hanging for p in h.after or ()})
        parts.append(f"{counted(newly, 'pair').capitalize()} would come to hang on {listed(names, 3)} alone.")
    if freed:
        parts.append(f"{counted(freed, 'pair').capitalize()} would no longer hang on one person.")
    if not found.moved and found.networks[0] == found.networks[1]:
        parts.insert(0, "All networks would stay as near to each other as they are.")
    return " ".join(parts)


def _far(steps: int | None) -> float:
    return float("inf") if steps is None else float(steps)


def _steps(steps: int | None) -> str:
    if steps is None:
        return "nothing leads from one to the other"
    return "directly joined" if steps == 1 else counted(steps, "step")


def _pieces(index: EditionIndex, found: Consequences) -> str:
    one, other = found.pieces_before, found.pieces_after
    told = f"The networks hang together in {counted(one, 'piece')}"
    told += ", and still would." if one == other else f"; it would be {counted(other, 'piece')}."
    for networks, words in (
        (found.cut_off, "would be cut off from the rest"),
        (found.brought_in, "would be joined to the rest"),
        (found.emptied, "would have no member left on record"),
    ):
        if networks:
            told += f" {listed([index.network(n).name for n in networks], 4)} {words}."
    return told


def _holder(index: EditionIndex, leaders: tuple[int, ...] | None) -> str:
    if not leaders:
        return "on no single person"
    names = [index.leader(p).name for p in leaders]
    return f"on {names[0]} alone" if len(names) == 1 else f"on {names[0]} and {names[1]}, who work together"


def _depends(index: EditionIndex, only: tuple[int, ...] | None) -> str:
    if only is None:
        return "no member is in another network"
    if not only:
        return "three people or more are in other networks"
    who = " and ".join(index.leader(p).name for p in only)
    return f"only {who} {'is' if len(only) == 1 else 'are'} in other networks"


def required(answer: WhatIf) -> WhatIf:
    """The answer, or :class:`SettingsError` that says which name decided nothing."""
    refuse_unclear(answer.unclear)
    if not answer.asked:
        raise SettingsError(answer.summary or "say what changes: --without, --meet or --join")
    return answer
