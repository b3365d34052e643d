"""How to reach somebody, in words: a way, what it rests on, what was found and what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from netofnets.language import joined, listed, say, say_count
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = [
    "LAYERS",
    "both_in",
    "fewer_words",
    "in_no_network",
    "no_way",
    "note_words",
    "together_words",
    "way_words",
    "ways_words",
]

Hop = tuple[str, str, str]
"""From whom, through which network (empty: they work together), to whom."""


def note_words(viewer: Viewer) -> str:
    """What the answer was computed from, to whom not everybody is shown."""
    if viewer.sees_people:
        return ""
    return say("Computed from {shown}: people who are not shown may lead there too.", shown=viewer.shown)


def fewer_words(most: int) -> str:
    """That fewer ways are looked for than elsewhere."""
    return say_count(
        "With so many people no more than {n:,} way is looked for.",
        "With so many people no more than {n:,} ways is looked for.",
        most,
    )


def way_words(hops: Iterable[Hop]) -> str:
    """``A works directly with B, who is in N with C.``"""
    told = ""
    for first, network, second in hops:
        if told:
            told = (
                say("{before}, who is in {network} with {second}", before=told, network=network, second=second)
                if network
                else say("{before}, who works directly with {second}", before=told, second=second)
            )
        else:
            told = (
                say("{first} is in {network} with {second}", first=first, network=network, second=second)
                if network
                else say("{first} works directly with {second}", first=first, second=second)
            )
    return joined([told, "."], "")


def both_in(network: str, members: int) -> str:
    """A network of two, as evidence."""
    return say_count("both in {network} ({n:,} member)", "both in {network} ({n:,} members)", members, network=network)


def ways_words(found: int, left_out: Ref | None, *, steps: int) -> str:
    """How many ways were found."""
    if left_out:
        return say_count(
            "{n:,} way of at most {steps} steps, none past {left_out}; the strongest evidence first.",
            "{n:,} ways of at most {steps} steps, no two past the same person, none past {left_out}; the strongest "
            "evidence first.",
            found,
            steps=steps,
            left_out=left_out.name,
        )
    return say_count(
        "{n:,} way of at most {steps} steps; the strongest evidence first.",
        "{n:,} ways of at most {steps} steps, no two past the same person; the strongest evidence first.",
        found,
        steps=steps,
    )


def no_way(viewer: Viewer, left_out: Ref | None, *, steps: int) -> str:
    """That none was found."""
    if left_out:
        name = left_out.name
        if viewer.sees_people:
            return say("No way of at most {steps} steps is on record without {left_out}.", steps=steps, left_out=name)
        return say("No way of at most {steps} steps is shown without {left_out}.", steps=steps, left_out=name)
    if viewer.sees_people:
        return say("No way of at most {steps} steps is on record.", steps=steps)
    return say("No way of at most {steps} steps is shown.", steps=steps)


def together_words(others: int, *, tied: bool) -> str:
    """What is said of two who are tied, or in one network, with so many ways past others."""
    if tied and not others:
        return say("They work together already, as far as these rosters say.")
    if tied:
        return say_count(
            "They work together already, as far as these rosters say; {n:,} way past others follows.",
            "They work together already, as far as these rosters say; {n:,} ways past others follow.",
            others,
        )
    if not others:
        return say("They are in a network together, which does not say that they know each other.")
    return say_count(
        "They are in a network together, which does not say that they know each other; {n:,} way past others follows.",
        "They are in a network together, which does not say that they know each other; {n:,} ways past others follow.",
        others,
    )


def in_no_network(viewer: Viewer, missing: Sequence[str]) -> str:
    """That these people are in no network."""
    who = listed(missing)
    if viewer.sees_people:
        return say_count(
            "{who} is in no network that is on record.",
            "{who} are in no network that is on record.",
            len(missing),
            who=who,
        )
    return say_count(
        "{who} is in no network that is shown.", "{who} are in no network that is shown.", len(missing), who=who
    )


LAYERS: Mapping[str, Callable[[int], str]] = {
    "partners": lambda n: say_count("{n:,} partner", "{n:,} partners", n),
    "schools": lambda n: say_count("{n:,} school", "{n:,} schools", n),
    "interests": lambda n: say_count("{n:,} typical interest", "{n:,} typical interests", n),
}
"""How many partners, schools or typical interests are in common, by layer."""
