"""One rule for how several tellings of one fact become one, whoever tells them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME, kind
from netofnets.schema.merge import differing, in_order, merged
from netofnets.schema.model import PropertyType
from netofnets.schema.records import Claim
from netofnets.store.ledger import derive

LEADERS, MEMBERSHIPS, INTERESTS = kind("leaders"), kind("memberships"), kind("interests")
TIES = kind("collaborations")


def once(*tellings):
    return [(values, 1) for values in tellings]


def test_the_value_told_most_often_is_taken_whoever_comes_first() -> None:
    told = once({"school": "Ash School"}, {"school": "Elm School"}, {"school": "Elm School"})
    assert merged(LEADERS, told) == {"school": "Elm School"}
    assert merged(LEADERS, [({"school": "Ash School"}, 1), ({"school": "Elm School"}, 2)]) == {"school": "Elm School"}
    assert merged(LEADERS, [({"school": "Ash School"}, 3), ({"school": "Elm School"}, 2)]) == {"school": "Ash School"}


def test_among_equals_the_first_is_taken_and_silence_is_no_vote() -> None:
    told = once({"name": "Zoe"}, {"school": "Elm School"}, {"school": "Ash School", "name": "Al"})
    assert merged(LEADERS, told) == {"name": "Zoe", "school": "Elm School"}
    assert merged(LEADERS, []) == {}


def test_each_property_says_how_it_is_combined() -> None:
    told = once(
        {"kind": "mentors", "count": 2, "first": "2024-02-01", "last": "2024-03-01"},
        {"kind": "mentors", "count": 10, "first": "2024-01-01", "last": "2024-01-02"},
    )
    assert merged(TIES, told) == {"kind": "mentors", "count": 10, "first": "2024-01-01", "last": "2024-03-01"}
    assert merged(LEADERS, once({"languages": ("fr", "en")}, {"languages": ("en", "ga")})) == {
        "languages": ("en", "fr", "ga")
    }


def test_roles_are_joined_and_each_is_named_once() -> None:
    told = once({"role": "member"}, {"role": "facilitator; member"}, {"role": "host"})
    assert merged(MEMBERSHIPS, told) == {"role": "facilitator; host; member"}


def test_the_wordings_that_were_not_taken_are_kept() -> None:
    told = once({"name": "maths", "aliases": ("sums",)}, {"name": "mathematics"}, {"name": "mathematics"})
    assert merged(INTERESTS, told) == {"name": "mathematics", "aliases": ("maths", "sums")}
    assert merged(INTERESTS, once({"name": "maths", "aliases": ("maths",)}, {"name": "maths"})) == {"name": "maths"}


def test_what_tellings_differ_about_is_told() -> None:
    told = once({"name": "Zoe", "school": "Elm", "languages": ("fr",)}, {"name": "Zoe", "languages": ("en",)})
    assert differing(LEADERS, told) == []
    assert [p.name for p in differing(LEADERS, [*told, ({"school": "Ash"}, 1)])] == ["school"]
    assert [p.name for p in differing(MEMBERSHIPS, once({"role": "host"}, {"role": "member"}))] == ["role"]
    assert differing(TIES, once({"count": 1}, {"count": 2})) == []


VALUES = {
    PropertyType.INTEGER: st.integers(0, 3),
    PropertyType.NUMBER: st.sampled_from([0.0, 12.5, 50.0]),
    PropertyType.YES_NO: st.booleans(),
    PropertyType.TEXTS: st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
}


@pytest.mark.parametrize("name", BY_NAME)
@given(data=st.data())
def test_rows_of_one_source_give_the_same_in_any_order(name: str, data: st.DataObject) -> None:
    declared = BY_NAME[name]
    stated = {p.name: VALUES.get(p.type, st.sampled_from("abc")) for p in declared.properties}
    told = [(values, 1) for values in data.draw(st.lists(st.fixed_dictionaries({}, optional=stated), max_size=5))]
    other = list(told)
    random.Random(data.draw(st.integers(0, 99))).shuffle(other)
    assert merged(declared, in_order(declared, told)) == merged(declared, in_order(declared, other))
    assert [p.name for p in differing(declared, told)] == [p.name for p in differing(declared, other)]


def test_a_store_makes_an_entity_of_its_claims_by_the_same_rule_in_the_order_of_their_sources() -> None:
    told = {
        "b-register": {"name": "Zoë Ó Briain", "school": "Elm School"},
        "a-roster": {"name": "Zoe O Briain", "school": "Ash School"},
        "c-roster": {"name": "Zoë Ó Briain", "place": "Galway"},
    }
    claims = [Claim("leaders", "l1", source, values) for source, values in told.items()]
    made = derive("leaders", "l1", claims, Identity([])).values
    assert made == {"name": "Zoë Ó Briain", "school": "Ash School", "place": "Galway"}
    assert made == merged(LEADERS, once(*(told[source] for source in sorted(told))))
    assert derive("leaders", "l1", claims[::-1], Identity([])).values == made
