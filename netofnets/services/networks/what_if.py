"""What if somebody steps back, two people meet, two networks join: what would change between networks, in words."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.analysis.changes import Change, Join, Meet, Without
from netofnets.analysis.what_if import Consequences, Standing, consequences, standing
from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.schema.purposes import SCORES
from netofnets.services.find.naming import Candidates, meant, refuse_unclear
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.networks.what_if_words import (
    depends,
    holder,
    left_out_words,
    pieces,
    question,
    steps,
    what_would_be,
)
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

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
    note = ""
    if not viewer.sees_people:
        note = say("Computed from {shown}: people who are not shown may join more.", shown=viewer.shown)
    if not kind or unclear or len({c.meant[0].id for c in found}) < len(found):
        twice = say("Name two different ones.") if kind and not unclear else ""
        return WhatIf(index.version, "", (), twice, (), 0, "", (), 0, (), 0, unclear, _networks(index), note)
    about = tuple(c.meant[0] for c in found)
    if kind == "without" and index.declining(SCORES)[index.snapshot.position(nodes, about[0].id)]:
        said = say("What would be without this person is a score about them, and they want none.")
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
    return WhatIf(
        index.version,
        question(kind, [r.name for r in about]),
        about,
        what_would_be(index, found),
        tuple(
            Consequence(index.network(m.first), index.network(m.second), steps(m.before), steps(m.after))
            for m in found.moved[:limit]
        ),
        len(found.moved),
        pieces(index, found),
        tuple(
            Consequence(
                index.network(h.first), index.network(h.second), holder(index, h.before), holder(index, h.after)
            )
            for h in found.hanging[:limit]
        ),
        len(found.hanging),
        tuple(
            Consequence(index.network(n), None, depends(index, one), depends(index, other))
            for n, one, other in found.only[:limit]
        ),
        len(found.only),
        (),
        _networks(index),
        note,
        left_out := left_out_words(found),
        bool(left_out)
        or any(limit is not None and len(all_) > limit for all_ in (found.moved, found.hanging, found.only)),
    )


def required(answer: WhatIf) -> WhatIf:
    """The answer, or :class:`SettingsError` that says which name decided nothing."""
    refuse_unclear(answer.unclear)
    if not answer.asked:
        raise SettingsError(answer.summary or say("say what changes: --without, --meet or --join"))
    return answer
