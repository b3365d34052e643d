"""Which networks and organizations are asked about: names that are close, at places that do not contradict."""

from __future__ import annotations

import pytest

from netofnets.resolution.named import Named, initials, run_together, words_of
from netofnets.resolution.spellings import LARGEST, spellings
from netofnets.resolution.verdicts import answered
from netofnets.schema.records import Judgement, Verdict


def named(entity: str, name: str, area: str = "", country: str = "", url: str = "", source: str = "") -> Named:
    one = Named(entity, {name}, sources={source or entity})
    for column, said in ((one.area, area), (one.country, country), (one.url, url)):
        if said:
            column.add(said)
    return one


def asked(kind: str, left: tuple[str, ...], right: tuple[str, ...], log: tuple[Judgement, ...] = ()) -> tuple | None:
    found = spellings(kind, [named("a", *left), named("b", *right)], answered(log))
    return (found[0].reasons, found[0].against) if found else None


def test_names_in_comparable_form() -> None:
    assert run_together("Teach-Meet  LEEDS") == run_together("TeachMeet Leeds") == "teachmeetleeds"
    assert words_of("The University of Leeds") == words_of("Leeds Univ.") == ("leeds", "university")
    assert words_of("St. Mary's Sch.") == words_of("Saint Marys School")
    assert words_of("The Of") == ("of", "the")  # nothing but small words is a name all the same
    assert initials("National Writing Project") == ("nwp",) and initials("Two Words") == ()
    assert initials("Association of Rural Teachers") == ("aort", "art")


@pytest.mark.parametrize(
    ("left", "right", "reason", "against"),
    [
        (("Open Fund", "Leeds"), ("Open Fund", "Leeds"), "the same name", ""),
        (("Open Fund", "Leeds"), ("Open Fund", ""), "the same name", "one place is not known"),
        (("Open Fund", ""), ("Open Fund", ""), "the same name", "the place is not known"),
        (("Open Fund", "Leeds"), ("Open Fund", "Leeds, England"), "the same name", ""),
        (("Open-Fund", "Leeds"), ("open fund", "LEEDS"), "the same name but for case, accents, blanks", ""),
        (("University of Leeds", ""), ("Leeds Univ.", "Leeds"), "the same words in another order", "one place"),
        (("Hawthorne Trust", "Ely"), ("Hawthorn Trust", "Ely"), "names spelled much alike", ""),
        (("National Writing Project", "Ely"), ("NWP", "Ely"), "one name is the initials of the other", ""),
    ],
)
def test_organizations_that_are_asked_about(left, right, reason: str, against: str) -> None:
    reasons, speaks_against = asked("organizations", left, right)  # type: ignore[misc]
    assert reasons[0].startswith(reason)
    assert [words.startswith(against) for words in speaks_against] == ([True] if against else [])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Open Fund", "Leeds"), ("Open Fund", "Perth")),  # a name is not enough
        (("Open Fund", "", "Ireland"), ("Open Fund", "", "Australia")),
        (("North Leeds School", "Leeds"), ("South Leeds School", "Leeds")),
        (("Southeastern Trust", "Leeds"), ("Southwestern Trust", "Leeds")),
        (("Cohort 2023 Fund", "Leeds"), ("Cohort 2024 Fund", "Leeds")),
        (("Mark Trust", "Leeds"), ("Mary Trust", "Leeds")),  # too short to tell a slip
        (("National Writing Project", ""), ("NWP", "")),
        (("Open Fund", "Leeds"), ("Open Fund Leeds", "Leeds")),  # a part and its whole are two
    ],
)
def test_organizations_that_stay_apart(left, right) -> None:
    assert asked("organizations", left, right) is None


def test_networks_are_asked_about_in_two_regions_when_only_the_spelling_differs() -> None:
    told = asked("networks", ("TeachMeet Leeds", "Yorkshire"), ("Teach Meet Leeds", "The North"))
    assert told and told[1] == ("another region",)
    assert asked("networks", ("TeachMeet Leeds", "Yorkshire"), ("Leeds TeachMeet", "The North")) is None
    assert asked("networks", ("TeachMeet Leeds", "GB"), ("Teach Meet Leeds", "GB")) is not None
    codes = asked("networks", ("TeachMeet Leeds", "", "GB"), ("Teach Meet Leeds", "", "United Kingdom"))
    assert codes and codes[1] == ()


def test_a_source_that_has_ids_lists_two_as_two_and_one_that_knows_them_by_name_does_not() -> None:
    one, other = named("a", "TeachMeet Leeds", source="s"), named("b", "Teach Meet Leeds", source="s")
    assert len(spellings("networks", [one, other], answered(()))) == 1
    one.by_id, other.by_id = {"s"}, {"s"}
    assert spellings("networks", [one, other], answered(())) == []


def test_different_is_hard_and_later_goes_last() -> None:
    pair, other = (("Open Fund", "Leeds"),) * 2, named("c", "Open  Fund", "Leeds")
    different = Judgement("a", "b", Verdict.DIFFERENT, "Ann", "two funds")
    assert asked("organizations", *pair, (different,)) is None
    later = Judgement("a", "b", Verdict.UNSURE, "Ann", "must ask")
    things = [named("a", *pair[0]), named("b", *pair[1]), other]
    found = spellings("organizations", things, answered((later,)))
    assert [(s.left, s.right, s.put_off) for s in found] == [("a", "c", False), ("b", "c", False), ("a", "b", True)]
    assert [(s.left, s.right) for s in spellings("organizations", things, answered(()), {"c"})] == [
        ("a", "c"),
        ("b", "c"),
    ]


def test_a_name_of_very_many_is_compared_within_each_place() -> None:
    many = [named(f"{i:03}", "Primary School", f"town {i // 2}") for i in range(LARGEST + 2)]
    assert len(spellings("organizations", many, answered(()))) == (LARGEST + 2) // 2
    nowhere = [named(f"{i:03}", "Primary School") for i in range(LARGEST + 2)]
    assert spellings("organizations", nowhere, answered(())) == []
