"""What people say of themselves where editions are cut: doubted facts, declined purposes, and what is told of them."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.graph.circle import circle_of, read_levels
from netofnets.graph.edition import AUDIENCES, levels_of, restrict
from netofnets.graph.marks import OwnWords, marks, own_words
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.model import Visibility
from netofnets.schema.own_word import Said, Word, written
from netofnets.schema.policy import Who
from netofnets.schema.purposes import (
    MAP,
    PURPOSES,
    RESEARCH,
    SCORES,
    SEARCH,
    SUGGESTIONS,
    WHEREABOUTS,
    declined,
    stated,
)
from netofnets.schema.records import Decision
from netofnets.schema.topics import OWN_WORD, PURPOSE
from tests.graph.test_circle import facts

OPEN = {(i, ""): Visibility.PUBLIC for i in ("la", "lb", "lc", "ld", "le")}
DISPUTED = Word(Said.DISPUTED, "2026-01-02", "the person")


def cut(audience, own, levels=OPEN):
    tables, claims = restrict(*facts(), levels, audience, own)
    known = marks(tables, own, everything=audience == "organizers")
    return Snapshot.build(tables, claims, marks=known)


def column(snapshot, name):
    return dict(zip(snapshot.ids("leaders").to_pylist(), snapshot.nodes["leaders"][name].to_pylist(), strict=True))


def test_what_is_disputed_is_for_organizers_alone_and_counts_in_no_measure():
    own = OwnWords({("lb", "school", ""): DISPUTED, ("lb", "memberships", "n1"): DISPUTED})
    for audience in ("signed_in", "public"):
        shown = cut(audience, own)
        assert column(shown, "school")["lb"] is None and column(shown, "school")["la"] == "School la"
        assert "m-lb-n1" not in shown.edges["memberships"].table["id"].to_pylist()
        assert not shown.marks.num_rows
    organizers = cut("organizers", own)
    assert column(organizers, "school")["lb"] == "School lb"
    assert "m-lb-n1" in organizers.edges["memberships"].table["id"].to_pylist(), "it stays on record"
    assert "m-lb-n1" not in organizers.at("2026-02-01").edges["memberships"].table["id"].to_pylist()
    assert ("m-lb-n1", "", "disputed", "2026-01-02") in [tuple(row.values()) for row in organizers.marks.to_pylist()]


def test_what_somebody_has_left_counts_in_the_time_before_and_not_at_all_where_no_source_says_until_when():
    own = OwnWords({("lb", "memberships", "n1"): Word(Said.LEFT, "2026-01-02", "the person")})
    tables, claims = facts()
    ends = ["2026-01-01" if i == "m-lb-n1" else None for i in tables["memberships"]["id"].to_pylist()]
    place = tables["memberships"].schema.get_field_index("end")
    dated = {**tables, "memberships": tables["memberships"].set_column(place, "end", pa.array(ends, pa.string()))}
    for stated_rows, before, after in ((dated, True, False), (tables, False, False)):
        kept, _ = restrict(stated_rows, claims, OPEN, "organizers", own)
        snapshot = Snapshot.build(kept, marks=marks(kept, own, everything=True))
        held = ["m-lb-n1" in snapshot.at(day).edges["memberships"].table["id"].to_pylist()
                for day in ("2025-06-01", "2026-01-02")]  # fmt: skip
        assert held == [before, after] and "m-lb-n1" in snapshot.edges["memberships"].table["id"].to_pylist()
    assert "m-lb-n1" not in restrict(tables, claims, OPEN, "public", own)[0]["memberships"]["id"].to_pylist()
    assert "m-lb-n1" in restrict(dated, claims, OPEN, "public", own)[0]["memberships"]["id"].to_pylist()


def test_a_circle_shows_what_is_doubted_to_organizers_and_the_person_alone():
    own = OwnWords({("lb", "school", ""): DISPUTED}, {WHEREABOUTS: frozenset({"la"})})
    everybody = cut("organizers", own, {})

    def schools(who):
        levels = read_levels(levels_of(everybody.nodes["leaders"]["id"], {}))
        return column(circle_of(everybody, everybody.at(""), levels, who).facts, "school")

    fellow = Who(True, record="la", fellow_in=frozenset({"n1"}))
    assert (schools(fellow)["la"], schools(fellow)["lb"]) == ("School la", None)
    organizer = Who(True, frozenset({"n1"}))
    assert (schools(organizer)["la"], schools(organizer)["lb"]) == (None, "School lb"), "safe: for the owner alone"


def test_whoever_declines_the_map_is_in_no_edition_but_that_of_organizers():
    own = OwnWords({}, {MAP: frozenset({"la"})})
    assert "la" in cut("organizers", own).ids("leaders").to_pylist()
    assert all("la" not in cut(audience, own).ids("leaders").to_pylist() for audience in ("signed_in", "public"))


def test_what_is_for_research_has_nobody_who_declined_it_and_nothing_that_is_doubted():
    own = OwnWords({("lb", "school", ""): DISPUTED}, {RESEARCH: frozenset({"la"})})
    research = cut(RESEARCH, own)
    assert (
        research.ids("leaders").to_pylist() == ["lb", "lc", "ld", "le", "lh"]
        and column(research, "school")["lb"] is None
    )
    assert "lb" not in research.claims["entity"].to_pylist(), "what sources say would repeat it"
    assert "la" in cut("organizers", own).ids("leaders").to_pylist()


def test_editions_are_told_of_the_purposes_that_their_answers_must_respect():
    own = OwnWords({}, {name: frozenset({"la"}) for name in (SEARCH, SUGGESTIONS, SCORES, RESEARCH)})
    public = cut("public", own)
    assert [public.declining(name).tolist()[0] for name in (SEARCH, SUGGESTIONS, SCORES, RESEARCH)] == [True] * 3 + [
        False
    ]
    assert public.unwilling().tolist() == [True, False, False, False, False]
    assert cut("organizers", own).declining(RESEARCH).any()


def test_what_a_hidden_person_says_changes_no_edition():
    levels = {("lh", ""): Visibility.HIDDEN}
    words = {("lh", "school", ""): DISPUTED, ("lh", "memberships", "n1"): DISPUTED}
    own = OwnWords(words, {one.name: frozenset({"lh"}) for one in PURPOSES})
    for audience in (*AUDIENCES, RESEARCH):
        before, after = cut(audience, OwnWords(), levels), cut(audience, own, levels)
        assert shown(before) == shown(after) and before.marks.equals(after.marks)
        assert before.claims.equals(after.claims) and all(before.nodes[k].equals(after.nodes[k]) for k in before.nodes)


_NAMES = st.sampled_from([one.name for one in PURPOSES])
_LOG = st.lists(st.tuples(_NAMES, st.sampled_from(["la", "lb", "lc"]), st.booleans()), max_size=8)


@given(_LOG, st.dictionaries(st.sampled_from(["lb", "lc"]), st.just("la")))
def test_no_merge_allows_more_than_before(said, merged):
    log = [Decision(PURPOSE, (record,), stated(name, yes), "somebody", "") for name, record, yes in said]
    apart, together = declined(log), declined(log, lambda record: merged.get(record, record))
    for name, people in apart.items():
        assert {merged.get(record, record) for record in people} <= together[name]


_WORDS = st.lists(
    st.tuples(
        st.sampled_from(["la", "lb"]),
        st.sampled_from(list(Said)),
        st.sampled_from([("school", ""), ("place", ""), ("memberships", "n1"), ("collaborations", "lb")]),
    ),
    max_size=5,
)


@settings(max_examples=40)
@given(_WORDS, _LOG, st.sampled_from(["la", "lb"]), st.sampled_from(["school", "memberships"]), _NAMES)
def test_no_dispute_and_no_refusal_ever_shows_more(words, said, person, what, name):
    log = [Decision(OWN_WORD, (one,), written(how, *about), "the person", "") for one, how, about in words]
    log += [Decision(PURPOSE, (record,), stated(purpose, yes), "somebody", "") for purpose, record, yes in said]
    end = "n1" if what == "memberships" else ""
    more = [Decision(OWN_WORD, (person,), written(Said.DISPUTED, what, end), "the person", "")]
    more += [Decision(PURPOSE, (person,), stated(name, False), "the person", "")]
    for audience in AUDIENCES:
        before, after = (shown(cut(audience, own_words(rows, str))) for rows in (log, log + more))
        assert after <= before


def shown(snapshot):
    """Every value of a leader and every tie, as a set."""
    rows = snapshot.nodes["leaders"].to_pylist()
    values = {(row["id"], name, str(value)) for row in rows for name, value in row.items() if value is not None}
    return values | {(kind, i) for kind, edges in snapshot.edges.items() for i in edges.table["id"].to_pylist()}
