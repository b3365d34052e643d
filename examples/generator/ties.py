"""Who mentored, visited and led with whom: directed, dated ties between the made-up people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from examples.generator.draw import Draw
from examples.generator.networks import COMMONS
from examples.generator.people import Person
from examples.generator.sources import source_of

__all__ = ["Tie", "make_ties"]

_FIRST, _LAST = date(2019, 1, 1), date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Tie:
    """One meeting or one mentorship, as ``source`` notes it; ``begun_by`` is the mentor or the visitor."""

    source: str
    kind: str
    begun_by: int
    other: int
    day: date
    count: int = 1


def make_ties(draw: Draw, people: Sequence[Person]) -> tuple[Tie, ...]:
    """Mentoring in the commons, lesson visits, pairs who lead together; mostly within a smaller network."""
    commons = [p for p in people if COMMONS in p.networks]
    visits = [p for p in people if "lesson-study" in p.networks]
    leading = [p for p in people if "leading-teachers" in {source_of(n) for n in p.networks}]
    return (
        *_drawn(draw, commons, "teachers-commons", "mentors", 260),
        *_drawn(draw, visits, "lesson-study", "observed", 240),
        *_drawn(draw, leading, "leading-teachers", "co-led", 150),
    )


def _drawn(draw: Draw, people: Sequence[Person], source: str, kind: str, wanted: int) -> list[Tie]:
    """``wanted`` ties; who has begun some begins more, and four in five stay within a network that both share."""
    ties: list[Tie] = []
    begun = draw.sample(people, 20)
    while len(ties) < wanted:
        one = draw.pick(begun) if draw.chance(0.4) else draw.pick(people)
        other = draw.pick(people)
        shared = (set(one.networks) & set(other.networks)) - {COMMONS}
        if one is other or (not shared and draw.chance(0.9)):
            continue
        begun.append(one)
        ties.append(Tie(source, kind, one.number, other.number, draw.day(_FIRST, _LAST), draw.between(1, 6)))
    return ties
