"""Replaying the log of judgements."""

from hypothesis import given
from hypothesis import strategies as st

from netofnets.schema.identity import Identity
from netofnets.schema.records import Judgement, Verdict


def judge(left: str, right: str, verdict: str = "same", who: str = "rule:test") -> Judgement:
    return Judgement(min(left, right), max(left, right), Verdict(verdict), who, "because")


def test_chains_join_and_the_smallest_record_names_the_cluster():
    people = Identity([judge("c", "b"), judge("b", "a")])
    assert {people.canonical(r) for r in "abc"} == {"a"}
    assert people.members("a") == {"a", "b", "c"}
    assert people.canonical("z") == "z"


def test_the_last_verdict_on_a_pair_counts():
    undone = Identity([judge("a", "b"), judge("a", "b", "different")])
    assert undone.canonical("b") == "b"
    again = Identity([judge("a", "b"), judge("a", "b", "different"), judge("a", "b")])
    assert again.canonical("b") == "a"


def test_unsure_joins_nothing():
    assert Identity([judge("a", "b", "unsure")]).canonical("b") == "b"


def test_different_cuts_a_chain():
    people = Identity([judge("a", "b"), judge("b", "c"), judge("a", "c", "different")])
    assert people.canonical("a") != people.canonical("c")


def test_a_persons_verdict_is_followed_before_a_rule():
    # The rule would take b to a; the person took b to c, and a and c are different.
    people = Identity([judge("a", "b"), judge("a", "c", "different"), judge("b", "c", who="an organizer")])
    assert people.canonical("b") == people.canonical("c") == "b"
    assert people.canonical("a") == "a"


pairs = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1])


@given(st.lists(st.tuples(pairs, st.sampled_from(["same", "different", "unsure"])), max_size=12))
def test_no_cluster_holds_two_records_judged_different(log):
    people = Identity([judge(*pair, verdict) for pair, verdict in log])
    latest = {tuple(sorted(pair)): verdict for pair, verdict in log}
    for (left, right), verdict in latest.items():
        if verdict == "different":
            assert people.canonical(left) != people.canonical(right)


@given(st.lists(pairs, max_size=10, unique_by=lambda p: tuple(sorted(p))), st.randoms())
def test_the_order_of_judgements_on_different_pairs_does_not_matter(same, random):
    log = [judge(*pair) for pair in same]
    shuffled = log[:]
    random.shuffle(shuffled)
    one, other = Identity(log), Identity(shuffled)
    assert all(one.canonical(r) == other.canonical(r) for r in "abcdef")


def test_changed_from_names_the_records_that_move():
    before = Identity([judge("a", "b")])
    after = Identity([judge("a", "b"), judge("b", "c")])
    assert after.changed_from(before) == {"c"}
