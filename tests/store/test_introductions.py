"""The ledger of introductions on every store: what may follow what, how many at a time, and who the two are now."""

from __future__ import annotations

import pytest

from netofnets.desk.introduce import introduce
from netofnets.errors import NotFound, SettingsError
from netofnets.schema.introductions import NEXT, introductions
from netofnets.schema.records import Judgement, Verdict
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_STATES
from netofnets.store.base import Store
from tests.store.statements import a_roster, load

PEOPLE = [claim.key for claim in a_roster(people=6) if claim.kind == "leaders"]
ANA, BO, CLEO, DAN, EVA, FINN = PEOPLE
# The shortest way to each state; of what is refused from there the store must stay as it is.
WAYS = {
    "": (),
    "suggested": ("suggested",),
    "asked": ("asked",),
    "accepted": ("asked", "accepted"),
    "declined": ("asked", "declined"),
    "met": ("asked", "accepted", "met"),
    "dismissed": ("dismissed",),
}


@pytest.fixture
def people(store: Store) -> Store:
    load(store, "north", a_roster(people=6))
    return store


def step(store: Store, state: str, one: str = ANA, other: str = BO, why: str = "", most: int = 3, **more):
    return introduce(store, one, other, state, who="Ada", why=why or f"they said {state}", most=most, **more)


def values(store: Store) -> list[str]:
    return [d.value for d in store.decisions(INTRODUCTION)]


def test_a_step_is_kept_with_who_why_and_when_whichever_of_the_two_is_named_first(people: Store) -> None:
    made = step(people, "suggested", BO, ANA, "both teach phonics")
    assert made.subjects == tuple(sorted((ANA, BO))) and made.at.endswith("+00:00")
    assert (made.who, made.why, made.value) == ("Ada", "both teach phonics", "suggested")
    step(people, "asked")
    assert people.decisions(INTRODUCTION)[0] == made and values(people) == ["suggested", "asked"]
    (one,) = introductions(people.decisions(INTRODUCTION))
    assert one.state == "asked" and one.steps[0] == made


def test_what_may_follow_what(store: Store) -> None:
    load(store, "north", a_roster(people=2 * len(WAYS)))
    everybody = sorted(claim.key for claim in a_roster(people=2 * len(WAYS)) if claim.kind == "leaders")
    allowed = {}
    for (state, way), one, other in zip(WAYS.items(), everybody[::2], everybody[1::2], strict=True):
        for at, taken in enumerate(way):
            step(store, taken, one, other, f"reason {at}")
        allowed[state] = []
        before = store.decisions(INTRODUCTION)
        for wanted in INTRODUCTION_STATES:
            if wanted in NEXT[state]:
                allowed[state].append(wanted)
                continue
            with pytest.raises(SettingsError, match=f"not {wanted}"):
                step(store, wanted, one, other, "a new reason")
        assert store.decisions(INTRODUCTION) == before
    assert allowed == {
        "": ["suggested", "asked", "dismissed"],
        "suggested": ["asked", "dismissed"],
        "asked": ["accepted", "declined"],
        "accepted": ["declined", "met"],
        "declined": ["asked"],
        "met": [],
        "dismissed": ["suggested", "asked"],
    }


def test_who_declined_is_asked_again_for_a_new_reason_only(people: Store) -> None:
    for state, why in (("asked", "phonics"), ("declined", "no time")):
        step(people, state, why=why)
    for old in ("phonics", "no time", "  PHONICS "):
        with pytest.raises(SettingsError, match="reason that is new"):
            step(people, "asked", why=old)
    step(people, "asked", why="a grant for pairs of schools")
    assert values(people) == ["asked", "declined", "asked"]


def test_nobody_is_in_more_open_introductions_than_the_limit(people: Store) -> None:
    for other in (BO, CLEO):
        step(people, "asked", ANA, other, most=2)
    step(people, "suggested", ANA, DAN, most=2)  # costs nobody anything
    for one, other in ((ANA, DAN), (EVA, ANA)):
        with pytest.raises(SettingsError, match="Ana S. is in 2 introductions already"):
            step(people, "asked", one, other, most=2, named={ANA: "Ana S."}.get)
    step(people, "accepted", ANA, BO, most=2)  # goes on, whatever the limit
    step(people, "met", ANA, BO, most=2)
    step(people, "asked", ANA, DAN, most=2)
    assert values(people)[-1] == "asked" and len(values(people)) == 6


def test_who_asked_not_to_be_connected_is_not_asked(people: Store) -> None:
    for state in ("suggested", "asked"):
        with pytest.raises(SettingsError, match="asked not to be connected"):
            step(people, state, unwilling={BO})
    step(people, "asked")
    step(people, "declined", unwilling={BO})
    assert values(people) == ["asked", "declined"]


def test_an_introduction_is_of_two_people_who_are_known_by_somebody_for_a_reason(people: Store) -> None:
    with pytest.raises(NotFound, match="lnobody"):
        step(people, "asked", ANA, "lnobody")
    with pytest.raises(SettingsError, match="one person"):
        step(people, "asked", ANA, ANA)
    with pytest.raises(SettingsError, match="no state 'friends'"):
        step(people, "friends")
    with pytest.raises(SettingsError, match="who decided"):
        introduce(people, ANA, BO, "asked", who=" ", why="phonics")
    with pytest.raises(SettingsError, match="say why"):
        introduce(people, ANA, BO, "asked", who="Ada", why=" ")
    with pytest.raises(SettingsError, match="shorten it to 500"):
        introduce(people, ANA, BO, "asked", who="Ada", why="x" * 501)
    assert values(people) == [] and people.status().run == 1


def same(left: str, right: str, verdict: Verdict = Verdict.SAME) -> Judgement:
    return Judgement(min(left, right), max(left, right), verdict, "Ada", "met her")


def test_what_was_decided_of_a_record_follows_the_person_through_merges(people: Store) -> None:
    step(people, "asked", ANA, BO)
    people.judge([same(ANA, CLEO)])
    with pytest.raises(SettingsError, match="is asked"):
        step(people, "suggested", CLEO, BO)
    step(people, "accepted", CLEO, BO)
    with pytest.raises(SettingsError, match="one person"):
        step(people, "asked", ANA, CLEO)
    people.judge([same(ANA, CLEO, Verdict.DIFFERENT)])
    with pytest.raises(SettingsError, match="has not begun"):
        step(people, "met", CLEO, DAN)
    with pytest.raises(SettingsError, match="is asked"):  # that it was accepted was said of the other record
        step(people, "met", ANA, BO)


def test_who_is_erased_is_forgotten_and_no_introduction_of_the_others(people: Store) -> None:
    step(people, "asked", ANA, BO)
    step(people, "asked", CLEO, BO)
    people.erase(ANA)
    (left,) = people.decisions(INTRODUCTION)
    assert left.subjects == tuple(sorted((BO, CLEO)))
    with pytest.raises(NotFound):
        step(people, "accepted", ANA, BO)
