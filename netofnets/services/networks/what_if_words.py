"""What a change would do, in words: whole sentences about distances, pieces, and on whom networks would hang."""

from __future__ import annotations

from collections.abc import Sequence

from netofnets.analysis.what_if import Consequences
from netofnets.language import joined, say, say_count
from netofnets.language import listed as every
from netofnets.services.index import EditionIndex
from netofnets.services.words import listed

__all__ = ["depends", "holder", "left_out_words", "pieces", "question", "steps", "what_would_be"]


def question(kind: str, names: Sequence[str]) -> str:
    """What is asked about one person (``without``), two (``meet``), or two networks (``join``)."""
    if kind == "without":
        return say("What if {name} steps back?", name=names[0])
    if kind == "meet":
        return say("What if {a} and {b} begin to work together?", a=names[0], b=names[1])
    return say("What if {a} and {b} become one network?", a=names[0], b=names[1])


def left_out_words(found: Consequences) -> str:
    """What was not looked into; empty when everything was."""
    (followed, touched), (looked_into, pairs) = found.networks, found.pairs
    parts = []
    if followed < touched:
        parts.append(
            say(
                "distances are those from the {followed:,} largest of the {touched:,} networks that it touches",
                followed=followed,
                touched=touched,
            )
        )
    if looked_into < pairs:
        parts.append(
            say(
                "of {pairs:,} pairs, {looked_into:,} were looked into for whom they hang on",
                pairs=pairs,
                looked_into=looked_into,
            )
        )
    return say("To answer soon, not everything was looked into: {what}.", what=every(parts)) if parts else ""


def what_would_be(index: EditionIndex, found: Consequences) -> str:
    """The consequences in a few sentences."""
    if not (found.moved or found.hanging or found.only or found.cut_off or found.brought_in or found.emptied):
        if left_out_words(found):
            return say("Nothing was found that would change between networks, as far as was looked.")
        return say("Nothing would change between networks: other people and ties join them in the same way.")
    parts = [*_distances(found), *_hanging(index, found)]
    if not found.moved and found.networks[0] == found.networks[1]:
        parts.insert(0, say("All networks would stay as near to each other as they are."))
    return joined(parts)


def _distances(found: Consequences) -> list[str]:
    nearer = sum(_far(m.after) < _far(m.before) for m in found.moved)
    farther = len(found.moved) - nearer
    parts = []
    if nearer:
        parts.append(
            say_count(
                "{n:,} pair of networks would come nearer to each other.",
                "{n:,} pairs of networks would come nearer to each other.",
                nearer,
            )
        )
    if farther:
        parts.append(
            say_count(
                "{n:,} pair of networks would be farther apart.",
                "{n:,} pairs of networks would be farther apart.",
                farther,
            )
        )
    return parts


def _hanging(index: EditionIndex, found: Consequences) -> list[str]:
    newly = sum(bool(h.after) for h in found.hanging)
    freed = len(found.hanging) - newly
    parts = []
    if newly:
        names = sorted({index.leader(p).name for h in found.hanging for p in h.after or ()})
        parts.append(
            say_count(
                "{n:,} pair would come to hang on {names} alone.",
                "{n:,} pairs would come to hang on {names} alone.",
                newly,
                names=listed(names, 3),
            )
        )
    if freed:
        parts.append(
            say_count(
                "{n:,} pair would no longer hang on one person.",
                "{n:,} pairs would no longer hang on one person.",
                freed,
            )
        )
    return parts


def _far(steps: int | None) -> float:
    return float("inf") if steps is None else float(steps)


def steps(number: int | None) -> str:
    """How far two networks are from each other."""
    if number is None:
        return say("nothing leads from one to the other")
    return say("directly joined") if number == 1 else say_count("{n:,} step", "{n:,} steps", number)


def pieces(index: EditionIndex, found: Consequences) -> str:
    """Into how many pieces the networks fall, and which would be cut off, joined, or left without a member."""
    one, other = found.pieces_before, found.pieces_after
    if one == other:
        told = [say("The networks hang together in {pieces}, and still would.", pieces=_pieces(one))]
    else:
        told = [
            say("The networks hang together in {pieces}; it would be {then}.", pieces=_pieces(one), then=_pieces(other))
        ]
    if networks := found.cut_off:
        told.append(
            say_count(
                "{networks} would be cut off from the rest.",
                "{networks} would be cut off from the rest.",
                len(networks),
                networks=_names(index, networks),
            )
        )
    if networks := found.brought_in:
        told.append(
            say_count(
                "{networks} would be joined to the rest.",
                "{networks} would be joined to the rest.",
                len(networks),
                networks=_names(index, networks),
            )
        )
    if networks := found.emptied:
        told.append(
            say_count(
                "{networks} would have no member left on record.",
                "{networks} would have no member left on record.",
                len(networks),
                networks=_names(index, networks),
            )
        )
    return joined(told)


def _pieces(number: int) -> str:
    return say_count("{n:,} piece", "{n:,} pieces", number) if number else say("no pieces")


def _names(index: EditionIndex, networks: Sequence[int]) -> str:
    return listed([index.network(n).name for n in networks], 4)


def holder(index: EditionIndex, leaders: tuple[int, ...] | None) -> str:
    """On whom two networks hang."""
    if not leaders:
        return say("on no single person")
    names = [index.leader(p).name for p in leaders]
    if len(names) == 1:
        return say("on {name} alone", name=names[0])
    return say("on {a} and {b}, who work together", a=names[0], b=names[1])


def depends(index: EditionIndex, only: tuple[int, ...] | None) -> str:
    """Who of a network is in others."""
    if only is None:
        return say("no member is in another network")
    if not only:
        return say("three people or more are in other networks")
    names = every([index.leader(p).name for p in only])
    return say_count("only {names} is in other networks", "only {names} are in other networks", len(only), names=names)
