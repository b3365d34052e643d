"""Record how an introduction of two people goes on."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from netofnets.desk.checks import check_known, check_said, check_short, now
from netofnets.errors import SettingsError
from netofnets.language import listed, say
from netofnets.schema.identity import Identity
from netofnets.schema.introductions import NEXT, OPEN, Introduction, introductions, open_with
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_STATES
from netofnets.services.words import state_words
from netofnets.store.base import Store

__all__ = ["MOST_OPEN", "introduce"]

MOST_OPEN = 3  # of one person at a time, where a face hands on no other number
_NO_REASON = say("say why: a reason, or how it became known; a step without one cannot be asked about")
_SAID_NO = say("they said no to this reason: who declined is asked again only for a reason that is new")


def introduce(
    store: Store,
    first: str,
    second: str,
    state: str,
    *,
    who: str,
    why: str,
    most: int = MOST_OPEN,
    unwilling: Container[str] = (),
    named: Callable[[str], str] = str,
) -> Decision:
    """Append one step of an introduction to the log of decisions; it shows at once wherever the log is read.

    ``first`` and ``second`` are ids of two people, in either order, or of any of their records. ``most`` is in how many
    open introductions (:data:`OPEN`) a person may be; ``unwilling`` holds the ids of those who asked not to be
    connected; ``named`` gives the words for a person in a refusal. Raises :class:`NotFound` for an id that means
    nobody, :class:`SettingsError` for a state that does not follow from the last one, for too many at a time, and when
    nobody decided or nothing says why; nothing is written then.
    """
    if state not in INTRODUCTION_STATES:
        states = ", ".join(INTRODUCTION_STATES)
        raise SettingsError(say("there is no state {state!r}; there are {states}", state=state, states=states))
    check_said(who)
    if not why.strip():
        raise SettingsError(_NO_REASON)
    check_short(who=who, why=why)
    check_known(store, first, second)
    step = Decision(INTRODUCTION, (min(first, second), max(first, second)), state, who.strip(), why.strip(), now())

    rules = _Rules(most, unwilling, named)

    def fits(standing: tuple[Decision, ...], identity: Identity) -> None:
        rules.check(introductions(standing, identity.canonical), step, identity)

    store.decide([step], fits)
    return step


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a step is held against, beside what may follow what."""

    most: int
    unwilling: Container[str]
    named: Callable[[str], str]

    def check(self, known: tuple[Introduction, ...], step: Decision, identity: Identity) -> None:
        """Raise :class:`SettingsError` when the step does not fit what stands."""
        pair = sorted({identity.canonical(record) for record in step.subjects})
        if len(pair) < 2:
            one = say("{people} are one person; an introduction is of two", people=listed(step.subjects))
            raise SettingsError(one)
        so_far = next((i for i in known if [i.first, i.second] == pair), None)
        _check_follows(so_far, step)
        opens = step.value in OPEN and not (so_far and so_far.state in OPEN)
        for person in pair:
            if step.value in ("suggested", "asked") and person in self.unwilling:
                raise SettingsError(
                    say("{name} asked not to be connected with others; choose somebody else", name=self.named(person))
                )
            if opens and len(open_with(known, person)) >= self.most:
                raise SettingsError(_too_many(self.named(person), self.most))


def _check_follows(so_far: Introduction | None, step: Decision) -> None:
    state = so_far.state if so_far else ""
    if step.value not in NEXT[state]:
        raise SettingsError(_does_not_follow(state, step.value))
    if so_far and state == "declined" and _plain(step.why) in {_plain(earlier.why) for earlier in so_far.steps}:
        raise SettingsError(_SAID_NO)


def _too_many(name: str, most: int) -> str:
    return say(
        "{name} is in {most} introductions already that are open, and nobody is asked more at a time; record what "
        "became of one of them first",
        name=name,
        most=most,
    )


def _does_not_follow(state: str, asked: str) -> str:
    of = {"follows": _either([state_words(one) for one in NEXT[state]]), "asked": state_words(asked)}
    if not state:
        return say("this introduction has not begun: what may follow is {follows}, not {asked}", **of)
    return say(
        "this introduction is {state}: what may follow is {follows}, not {asked}", state=state_words(state), **of
    )


def _either(words: list[str]) -> str:
    """``a``, ``a or b``, ``a or b or c``."""
    if not words:
        return say("nothing more")
    found = words[0]
    for word in words[1:]:
        found = say("{one} or {other}", one=found, other=word)
    return found


def _plain(reason: str) -> str:
    """A reason as it is compared: the same one does not become new by its capitals or blanks."""
    return " ".join(reason.split()).casefold()
