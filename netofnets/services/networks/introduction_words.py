"""What the introductions page says of a list, and of an empty one: why, and what would change it."""

from __future__ import annotations

import numpy as np

from netofnets.services.index import EditionIndex
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted

__all__ = ["after_filter", "nothing", "sentence"]


def sentence(rows: int, opens: int | None) -> str:
    """What the whole list is."""
    if not rows:
        return "Nobody can be suggested from what is known."
    told = f"{counted(rows, 'introduction').capitalize()} of people from different networks, the most useful first."
    if opens:
        told += " Each is chosen with those before it in mind, so that together they join many networks."
    return told


def after_filter(networks: tuple[Ref, ...], rows: int) -> str:
    """What the list of one network, or between two, is."""
    names = " and ".join(n.name for n in networks)
    if len(networks) == 2:
        return f"{counted(rows, 'introduction').capitalize()} between {names}, the most likely first."
    return f"{counted(rows, 'introduction').capitalize()} in which one of the two is in {names}."


def nothing(index: EditionIndex, viewer: Viewer, networks: tuple[Ref, ...]) -> str:
    """Why there is no introduction, and what to do."""
    if not viewer.sees_people:
        return f"You see only {viewer.shown}; people who are not shown may well be worth meeting."
    if len(networks) == 2:
        return (
            "Nobody of the one network alone shares an interest or a contact with anybody of the other alone "
            "whom they do not work with already. Interests in the rosters, or ties between the two, would change that."
        )
    if networks:
        return "The list for all networks has nobody of this one: choose it together with another network."
    if int(np.count_nonzero(index.memberships.group_sizes)) < 2:
        return "An introduction needs two networks with members. Load another roster: `netofnets ingest`."
    if not index.interests.csr.nnz and not index.collaborators.nnz:
        return (
            "Neither interests nor who works with whom are known, so nothing says who would get on. Add a column of "
            "interests to a roster, or a table of collaborations; docs/ingest.md says how."
        )
    return (
        "Nobody shares an interest or a contact with somebody of another network whom they do not work with already, "
        "or everybody has as many introductions under way as one person should have."
    )
