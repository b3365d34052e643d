"""Who sees what: an edition does not depend on what its audience may not see."""

import json

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from netofnets.graph.edition import heard, latest_levels, restrict
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.identity import Identity
from netofnets.schema.model import Visibility
from netofnets.schema.records import Decision, Judgement, Verdict, VisibilityChoice

PUBLIC = {("la", ""): Visibility.PUBLIC}


def table(kind, *rows):
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(kind))


def claim(kind, entity, local_id, **values):
    text = json.dumps(values, sort_keys=True)
    return {"kind": kind, "entity": entity, "source": "s", "local_id": local_id, "values": text, "origin": "f:2"}


def facts():
    tables = {
        "leaders": table(
            "leaders",
            {"id": "la", "name": "Ada", "email": "ada@school.example", "place": "Porto"},
            {"id": "lb", "name": "Bo", "email": "bo@school.example"},
        ),
        "networks": table("networks", {"id": "n1", "name": "Open"}, {"id": "n2", "name": "Faith", "sensitive": True}),
        "interests": table("interests", {"id": "i1", "name": "Reading", "aliases": ["READING"]}),
        "memberships": table(
            "memberships",
            {"id": "r1", "from_id": "la", "to_id": "n1"},
            {"id": "r2", "from_id": "lb", "to_id": "n1"},
            {"id": "r3", "from_id": "la", "to_id": "n2"},
        ),
        "leader_interests": table("leader_interests", {"id": "r4", "from_id": "la", "to_id": "i1", "mode": "offers"}),
    }
    claims = [
        claim("leaders", "la", "1", name="Ada"),
        claim("leaders", "lb", "2", name="Bo"),
        claim("interests", "i1", "reading", name="Reading"),
    ]
    return tables, pa.Table.from_pylist(claims, schema=CLAIMS)


def with_one_more(tables, claims):
    """The same facts and one more person, with an interest, an employer and a tie of their own."""
    more = {
        "leaders": table("leaders", {"id": "lz", "name": "Zed"}),
        "interests": table("interests", {"id": "i9", "name": "A secret"}),
        "organizations": table("organizations", {"id": "o9", "name": "Zed's school"}),
        "activities": table("activities", {"id": "a9", "name": "Zed's workshop"}),
        "memberships": table("memberships", {"id": "r90", "from_id": "lz", "to_id": "n1"}),
        "leader_interests": table("leader_interests", {"id": "r91", "from_id": "lz", "to_id": "i9"}),
        "affiliations": table("affiliations", {"id": "r92", "from_id": "lz", "to_id": "o9"}),
        "collaborations": table("collaborations", {"id": "r93", "from_id": "lz", "to_id": "la"}),
        "participations": table("participations", {"id": "r94", "from_id": "lz", "to_id": "a9"}),
    }
    joined = {k: pa.concat_tables([t for t in (tables.get(k), more.get(k)) if t is not None]) for k in {*tables, *more}}
    stated = [claim("leaders", "lz", "9", name="Zed"), claim("interests", "i9", "a secret", name="A secret")]
    return joined, pa.concat_tables([claims, pa.Table.from_pylist(stated, schema=CLAIMS)])


def ids(tables, kind):
    return set(tables[kind]["id"].to_pylist())


def test_nothing_imported_is_public():
    tables, claims = restrict(*facts(), {}, "public")
    assert ids(tables, "leaders") == set()
    assert ids(tables, "memberships") == set()
    assert ids(tables, "interests") == set(), "an interest that only people hold would tell of people"
    assert ids(tables, "networks") == {"n1"}
    assert claims.num_rows == 0


def test_a_public_person_shows_without_private_fields_and_sensitive_networks():
    tables, _ = restrict(*facts(), PUBLIC, "public")
    [ada] = tables["leaders"].to_pylist()
    assert (ada["name"], ada["email"]) == ("Ada", None)
    assert ids(tables, "memberships") == {"r1"}
    assert tables["interests"].to_pylist()[0]["name"] == "reading"
    assert tables["interests"]["aliases"].to_pylist() == [None]


def test_organizers_see_contact_data_unless_the_person_says_no():
    tables, _ = restrict(*facts(), {}, "organizers")
    assert tables["leaders"]["email"].to_pylist() == ["ada@school.example", "bo@school.example"]
    tables, claims = restrict(*facts(), {("la", "email"): Visibility.HIDDEN}, "organizers")
    assert tables["leaders"]["email"].to_pylist() == [None, "bo@school.example"]
    assert claims["entity"].to_pylist().count("la") == 1


def test_claims_do_not_repeat_a_field_that_somebody_keeps_from_organizers():
    tables, claims = facts()
    stated = claim("leaders", "la", "Ada@school.example", name="Ada", email="ada@school.example")
    claims = pa.concat_tables([claims, pa.Table.from_pylist([stated], schema=CLAIMS)])
    for level, told in ((Visibility.ORGANIZERS, True), (Visibility.HIDDEN, False)):
        _, kept = restrict(tables, claims, {("la", "email"): level}, "organizers")
        assert ("ada@school.example" in json.dumps(kept.to_pylist()).casefold()) is told
        assert sum('"name": "Ada"' in row["values"] for row in kept.to_pylist()) == 2, "the rest of it stays"


def test_a_hidden_person_changes_nothing_for_anybody():
    for audience in ("public", "organizers"):
        before = restrict(*facts(), PUBLIC, audience)
        after = restrict(*with_one_more(*facts()), PUBLIC | {("lz", ""): Visibility.HIDDEN}, audience)
        assert all(before[0][kind].equals(after[0][kind]) for kind in before[0])
        assert before[1].equals(after[1])


def test_a_person_the_public_may_not_see_changes_nothing_for_the_public():
    before = restrict(*facts(), PUBLIC, "public")
    after = restrict(*with_one_more(*facts()), PUBLIC, "public")
    assert all(before[0][kind].equals(after[0][kind]) for kind in before[0])


def test_tying_a_hidden_person_to_what_nobody_is_tied_to_changes_nothing():
    tables, claims = facts()
    for kind, row in (("interests", "i5"), ("organizations", "o5"), ("activities", "a5")):
        more = table(kind, {"id": row, "name": "Known, and nobody's"})
        tables[kind] = pa.concat_tables([tables[kind], more]) if kind in tables else more
    hidden, stated = with_one_more(tables, claims)
    ties = {"leader_interests": "i5", "affiliations": "o5", "participations": "a5"}
    for kind, end in ties.items():
        hidden[kind] = pa.concat_tables([hidden[kind], table(kind, {"id": f"r5{end}", "from_id": "lz", "to_id": end})])
    for audience in ("public", "organizers"):
        before = restrict(tables, claims, PUBLIC, audience)
        after = restrict(hidden, stated, PUBLIC | {("lz", ""): Visibility.HIDDEN}, audience)
        assert all(before[0][kind].equals(after[0][kind]) for kind in before[0])


def test_wider_and_related_interests_stay_with_those_that_somebody_has():
    tables, claims = facts()
    names = [{"id": i, "name": i} for i in ("i2", "i3", "i4")]
    tables["interests"] = pa.concat_tables([tables["interests"], table("interests", *names)])
    tables["broader_interests"] = table(
        "broader_interests",
        {"id": "r70", "from_id": "i1", "to_id": "i2"},
        {"id": "r71", "from_id": "i4", "to_id": "i1"},
    )
    tables["related_interests"] = table("related_interests", {"id": "r72", "from_id": "i3", "to_id": "i2"})
    kept, _ = restrict(tables, claims, {}, "organizers")
    assert ids(kept, "interests") == {"i1", "i2", "i3"}


def test_the_last_choice_counts_whichever_record_it_was_made_on():
    choices = [
        VisibilityChoice("lb", Visibility.HIDDEN, "the person", ""),
        VisibilityChoice("lb", Visibility.PUBLIC, "the person", ""),
    ]
    assert latest_levels(choices, {"lb": "la"}) == {("la", ""): Visibility.PUBLIC}


def test_of_two_records_that_turn_out_to_be_one_person_the_stricter_choice_counts():
    hidden = VisibilityChoice("la", Visibility.HIDDEN, "the person", "")
    public = VisibilityChoice("lb", Visibility.PUBLIC, "an organizer", "")
    for order in ([hidden, public], [public, hidden]):
        assert latest_levels(order, {"lb": "la"}) == {("la", ""): Visibility.HIDDEN}
        assert latest_levels(order, {}) == {("la", ""): Visibility.HIDDEN, ("lb", ""): Visibility.PUBLIC}


_LEVELS = st.sampled_from(list(Visibility))
_CHOICES = st.lists(st.tuples(st.sampled_from(["l1", "l2", "l3"]), _LEVELS, st.sampled_from(["", "place"])), max_size=8)


@given(_CHOICES, st.dictionaries(st.sampled_from(["l2", "l3"]), st.just("l1")))
def test_no_merge_shows_more_than_before(chosen, merged):
    choices = [VisibilityChoice(record, level, "somebody", "", field) for record, level, field in chosen]
    apart, together = latest_levels(choices, {}), latest_levels(choices, merged)
    for (record, field), level in apart.items():
        assert together[merged.get(record, record), field].rank <= level.rank


def confided(*more):
    """Ada is public; the roster "faith" lists her in the sensitive network, and "open" in the open one."""
    tables, _ = facts()
    tables["organizations"] = table("organizations", {"id": "o1", "name": "Chapel"})
    tables["affiliations"] = table("affiliations", {"id": "r5", "from_id": "la", "to_id": "o1"})

    def of(source, kind, entity, **values):
        return {**claim(kind, entity, entity, **values), "source": source}

    stated = [
        of("open", "leaders", "la", name="Ada"),
        of("faith", "leaders", "la", name="Ada", place="Porto"),
        of("open", "memberships", "r1"),
        of("open", "memberships", "r2"),
        of("faith", "memberships", "r3"),
        of("faith", "leader_interests", "r4", mode="offers"),
        of("faith", "affiliations", "r5"),
        *(of(*one) for one in more),
    ]
    return tables, pa.Table.from_pylist(stated, schema=CLAIMS)


def test_what_only_the_roster_of_a_sensitive_network_says_is_not_public():
    tables, _ = restrict(*confided(), PUBLIC, "public")
    [ada] = tables["leaders"].to_pylist()
    assert (ada["name"], ada["place"]) == ("Ada", None)
    assert ids(tables, "memberships") == {"r1"}
    assert ids(tables, "leader_interests") == ids(tables, "affiliations") == ids(tables, "organizations") == set()
    everything, _ = restrict(*confided(), PUBLIC, "organizers")
    assert everything["leaders"]["place"].to_pylist()[0] == "Porto" and ids(everything, "affiliations") == {"r5"}


def test_what_is_kept_back_is_not_told_again_by_the_rosters_that_remain():
    tables, claims = confided()
    more = claim("leaders", "la", "la", name="Ada", email="ada@school.example", country="Portugal")
    claims = pa.concat_tables([claims, pa.Table.from_pylist([{**more, "source": "open"}], schema=CLAIMS)])
    tables["leaders"] = pa.Table.from_pylist(
        [{**row, "country": "Portugal"} for row in tables["leaders"].to_pylist()], schema=tables["leaders"].schema
    )
    shown, _ = restrict(tables, claims, {**PUBLIC, ("la", "country"): Visibility.ORGANIZERS}, "public")
    [ada] = shown["leaders"].to_pylist()
    assert (ada["email"], ada["country"]) == (None, None)


def test_what_another_roster_says_too_stays_public():
    tables, _ = restrict(*confided(("open", "leader_interests", "r4")), PUBLIC, "public")
    assert ids(tables, "leader_interests") == {"r4"} and ids(tables, "interests") == {"i1"}
    assert ids(tables, "affiliations") == set()


def test_whoever_only_a_sensitive_roster_knows_keeps_the_name_alone():
    tables, claims = confided()
    claims = claims.filter(pc.not_equal(claims["source"], "open"))
    shown, _ = restrict(tables, claims, PUBLIC, "public")
    [ada] = shown["leaders"].to_pylist()
    assert {name: value for name, value in ada.items() if value is not None} == {"id": "la", "name": "Ada"}


def test_only_organizers_hear_what_was_decided_and_only_about_people_they_see():
    def met(*subjects, topic="introduction"):
        return Decision(topic, subjects, "met", "Ana", "", "2026-03-01")

    merged = Identity([Judgement("la", "lm", Verdict.SAME, "Ana", "one person")])
    log = [met("lb", "lm"), met("lb", "lhidden"), met("3", topic="community-name")]
    ids = pa.chunked_array([["la", "lb"]])
    assert heard(log, merged, ids, "organizers") == (met("lb", "la"), met("3", topic="community-name"))
    assert heard(log, merged, ids, "public") == ()
