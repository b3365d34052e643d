"""What the people of the reader's own networks are, and why the reader is shown one, in words."""

from __future__ import annotations

from netofnets.language import joined, say, say_count
from netofnets.schema.policy import Standing
from netofnets.services.viewer import Viewer

__all__ = ["NO_NETWORKS", "people_words", "why_words"]

NO_NETWORKS = say(
    "No network of yours is on this map, or you have chosen to be hidden: whoever is hidden sees no fellows."
)


def people_words(viewer: Viewer, networks: str, text: str, found: int) -> str:
    """How many people of which networks, with which words (empty: any), are shown how far."""
    people = _people(found, networks, text)
    if viewer.who.organizes:
        told = say("{people}, in full.", people=people)
    else:
        told = say("{people}, as far as each of them shows it to the network.", people=people)
    return joined([told, say("Who chose to be hidden is not among them.")])


def why_words(stands: Standing, networks: str) -> str:
    """Why the reader, who stands so to somebody in ``networks``, is shown a record."""
    if stands is Standing.SELF:
        return say("This is your own record.")
    if stands is Standing.ORGANIZER:
        return say(
            "You organize {networks}, so you see all that is kept of its people, unless they hide it from organizers.",
            networks=networks,
        )
    return say(
        "You are both in {networks}; you see what this person shows to people of their networks.", networks=networks
    )


def _people(n: int, networks: str, text: str) -> str:
    if text:
        if not n:
            return say("no people of {networks} with “{text}”", networks=networks, text=text)
        return say_count(
            "{n:,} person of {networks} with “{text}”",
            "{n:,} people of {networks} with “{text}”",
            n,
            networks=networks,
            text=text,
        )
    if not n:
        return say("no people of {networks}", networks=networks)
    return say_count("{n:,} person of {networks}", "{n:,} people of {networks}", n, networks=networks)
