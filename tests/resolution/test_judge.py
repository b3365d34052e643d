"""Who is judged the same: only the same address with a name that fits, and never a chain of strangers."""

from __future__ import annotations

import pytest

from netofnets.resolution.judge import MAX_SHARED, RULE, blocked_chains, judge_by_email, shared_addresses
from netofnets.resolution.normalise import compatible, is_role_mailbox, parse_name
from netofnets.schema.identity import Identity
from netofnets.schema.records import Claim, Judgement, Verdict


def leader(key: str, name: str, email: str = "", url: str = "") -> Claim:
    values = {"name": name} | ({"email": email} if email else {}) | ({"url": url} if url else {})
    return Claim("leaders", key, "s", values)


def verdicts(*claims: Claim, log: tuple[Judgement, ...] = ()) -> list[tuple[str, str, str]]:
    return [(j.left, j.right, j.verdict.value) for j in judge_by_email(claims, log)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ada Obi", "ada obi"),
        ("Ada Obi", "Obi, Ada"),
        ("Dr. Ada Obi", "Ada Obi, PhD"),
        ("Ada Obi", "A. Obi"),
        ("Ada Marie Obi", "Ada Obi"),
        ("Liz Obi", "Elizabeth Obi"),
        ("Jos\u00e9 N\u00fa\u00f1ez", "Jose Nunez"),
        ("Mar\u00eda Garc\u00eda L\u00f3pez", "GARCIA-LOPEZ, M\u00aa"),
        ("Li Wei", "Wei Li"),
        ("Sukarno", "SUKARNO"),
        ("John Obi Jr.", "John Obi"),
    ],
)
def test_names_that_fit(left: str, right: str) -> None:
    assert compatible(left, right) and compatible(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ada Obi", "Albert Obi"),
        ("Ada Obi", "Ada Smith"),
        ("John Obi Sr", "John Obi Jr"),
        ("Ada", "Ada Obi"),
        ("", "Ada Obi"),
        ("Ada", "Bob"),
    ],
)
def test_names_that_do_not_fit(left: str, right: str) -> None:
    assert not compatible(left, right) and not compatible(right, left)


def test_a_name_is_taken_apart() -> None:
    assert parse_name("Dr. Ada Marie Obi") == parse_name("Obi, Ada Marie")
    assert parse_name("Mrs").first == "mrs"  # a name may look like a title


def test_role_mailboxes_are_nobodys() -> None:
    assert is_role_mailbox("Office@north.example") and is_role_mailbox("no-reply+x@north.example")
    assert not is_role_mailbox("ada@north.example")


def test_the_same_address_and_a_fitting_name_are_one_person() -> None:
    found = judge_by_email([leader("la", "Ada Obi", "ada@x.example"), leader("lb", "A. Obi", "ada@x.example")])
    assert [(j.left, j.right, j.verdict, j.who) for j in found] == [("la", "lb", Verdict.SAME, RULE)]
    assert "address" in found[0].why and "Ada Obi" in found[0].why


def test_the_same_address_with_another_name_is_left_to_people() -> None:
    assert verdicts(leader("la", "Ada Obi", "a@x.example"), leader("lb", "Bo Yi", "a@x.example")) == [
        ("la", "lb", "unsure")
    ]


def test_one_name_that_fits_two_strangers_joins_neither() -> None:
    people = (
        leader("l1", "Ada Obi", "x@x.example"),
        leader("l2", "A. Obi", "x@x.example"),
        leader("l3", "Al Obi", "x@x.example"),
    )
    assert {v for _, _, v in verdicts(*people)} == {"unsure"}


def test_names_and_offices_alone_judge_nothing() -> None:
    assert verdicts(leader("la", "Ada Obi"), leader("lb", "Ada Obi")) == []
    assert verdicts(leader("la", "Ada Obi", "office@x.example"), leader("lb", "Ada Obi", "office@x.example")) == []


def test_what_was_judged_before_stands() -> None:
    people = leader("la", "Ada Obi", "a@x.example"), leader("lb", "Ada Obi", "a@x.example")
    for verdict in Verdict:
        again = [("la", "lb", "same")] if verdict is Verdict.UNDONE else []  # what went with its load is open once more
        assert verdicts(*people, log=(Judgement("la", "lb", verdict, "ann", ""),)) == again


def test_judging_again_after_more_records_adds_only_what_is_new() -> None:
    people = [leader(f"l{i}", "Ada Obi", "a@x.example") for i in (5, 6, 7)]
    log = judge_by_email(people)
    more = [*people, leader("l1", "A. Obi", "a@x.example")]
    log += judge_by_email(more, log)
    assert judge_by_email(more, log) == [] and len(log) == 3
    assert {Identity(log).canonical(p.key) for p in more} == {"l1"}


def test_shared_addresses_are_told() -> None:
    people = [leader(f"l{i}", n, "office@x.example") for i, n in enumerate(("Ada Obi", "Bo Yi"))]
    assert [s.records for s in shared_addresses(people)] == [("l0", "l1")]


def test_a_page_in_common_does_not_chain_strangers_together() -> None:
    people = [
        leader("a1", "Ada Obi", "x@x.example"),
        leader("a2", "A. Obi", "x@x.example", "https://p.example/77"),
        leader("a3", "Albert Obi", "al@y.example", "https://p.example/77"),
    ]
    assert blocked_chains(people, judge_by_email(people)) == [("a2", "a3")]


def strangers(count: int, first: str = "A") -> list[Claim]:
    """People with one address and one page, whose names do not fit each other."""
    page = "https://p.example/all"
    return [leader(f"{first}{i:02d}", f"{first}{chr(97 + i)}x Obi", "obis@x.example", page) for i in range(count)]


def test_an_address_of_25_is_asked_about_and_that_of_26_is_nobodys() -> None:
    assert MAX_SHARED == 25
    assert len(verdicts(*strangers(25))) == 25 * 24 // 2
    assert verdicts(*strangers(26)) == []
    assert len(shared_addresses(strangers(26))) == 1  # it is told all the same


def test_a_name_that_fits_is_one_person_in_however_many_rosters() -> None:
    found = judge_by_email([leader(f"l{i:02d}", "Ada Obi", "ada@x.example") for i in range(40)])
    assert {j.verdict for j in found} == {Verdict.SAME}
    assert {Identity(found).canonical(f"l{i:02d}") for i in range(40)} == {"l00"}


def test_a_page_of_26_records_links_nobody() -> None:
    one = leader("a1", "Ada Obi", "x@x.example")
    two = leader("a2", "A. Obi", "x@x.example", "https://p.example/all")
    three = leader("a3", "Albert Obi", "al@y.example", "https://p.example/all")
    log = judge_by_email([one, two, three])
    others = [leader(f"b{i:02d}", f"B{chr(97 + i)}x Yi", "", "https://p.example/all") for i in range(24)]
    assert blocked_chains([one, two, three, *others[:23]], log) == [("a2", "a3")]
    assert blocked_chains([one, two, three, *others], log) == []
