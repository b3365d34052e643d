"""What the introductions page says of a list, and of an empty one: why, and what would change it."""

from __future__ import annotations

import numpy as np

from netofnets.language import joined, listed, say, say_count
from netofnets.services.index import EditionIndex
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["after_filter", "nothing", "sentence"]


def sentence(rows: int, opens: int | None) -> str:
    """What the whole list is."""
    if not rows:
        return say("Nobody can be suggested from what is known.")
    told = say_count(
        "{n:,} introduction of people from different networks, the most useful first.",
        "{n:,} introductions of people from different networks, the most useful first.",
        rows,
    )
    if not opens:
        return told
    return joined([told, say("Each is chosen with those before it in mind, so that together they join many networks.")])


def after_filter(networks: tuple[Ref, ...], rows: int) -> str:
    """What the list of one network, or between two, is."""
    names = listed([n.name for n in networks])
    if len(networks) == 2:
        if not rows:
            return say("No introductions between {networks}, the most likely first.", networks=names)
        return say_count(
            "{n:,} introduction between {networks}, the most likely first.",
            "{n:,} introductions between {networks}, the most likely first.",
            rows,
            networks=names,
        )
    if not rows:
        return say("No introductions in which one of the two is in {network}.", network=names)
    return say_count(
        "{n:,} introduction in which one of the two is in {network}.",
        "{n:,} introductions in which one of the two is in {network}.",
        rows,
        network=names,
    )


def nothing(index: EditionIndex, viewer: Viewer, networks: tuple[Ref, ...]) -> str:
    """Why there is no introduction, and what to do."""
    if not viewer.sees_people:
        return say("You see only {shown}; people who are not shown may well be worth meeting.", shown=viewer.shown)
    if len(networks) == 2:
        return say(
            "Nobody of the one network alone shares an interest or a contact with anybody of the other alone "
            "whom they do not work with already. Interests in the rosters, or ties between the two, would change that."
        )
    if networks:
        return say("The list for all networks has nobody of this one: choose it together with another network.")
    if int(np.count_nonzero(index.memberships.group_sizes)) < 2:
        return say("An introduction needs two networks with members. Load another roster: `netofnets ingest`.")
    if not index.interests.csr.nnz and not index.collaborators.nnz:
        return say(
            "Neither interests nor who works with whom are known, so nothing says who would get on. Add a column of "
            "interests to a roster, or a table of collaborations; docs/ingest.md says how."
        )
    return say(
        "Nobody shares an interest or a contact with somebody of another network whom they do not work with already, "
        "or everybody has as many introductions under way as one person should have."
    )
