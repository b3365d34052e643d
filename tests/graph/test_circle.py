"""The people of somebody's own networks: who is among them, with what, and that nobody else matters for it."""

import json

import pyarrow as pa
import pytest

from netofnets.graph.circle import circle_of, read_levels
from netofnets.graph.edition import levels_of, restrict
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.model import Visibility
from netofnets.schema.policy import Standing, Who

MEMBERS = {  # of networks; "n3" is sensitive, "n4" nobody's here
    "la": ("n1",),
    "lb": ("n1", "n2"),
    "lc": ("n2", "n3"),
    "ld": ("n3",),
    "le": ("n4",),
    "lh": ("n1",),
}
HIDDEN = {("lh", ""): Visibility.HIDDEN}
ANA = Who(True, record="la", fellow_in=frozenset(["n1"]))


def table(kind, rows):
    return pa.Table.from_pylist(rows, schema=arrow_schema(kind))


def facts():
    people = [{"id": i, "name": i.upper(), "email": f"{i}@x.example", "school": f"School {i}"} for i in MEMBERS]
    pairs = [(i, n) for i, networks in MEMBERS.items() for n in networks]
    tables = {
        "leaders": table("leaders", people),
        "networks": table("networks", [{"id": f"n{k}", "name": f"N{k}", "sensitive": k == 3} for k in range(1, 5)]),
        "memberships": table("memberships", [{"id": f"m-{i}-{n}", "from_id": i, "to_id": n} for i, n in pairs]),
        "interests": table("interests", [{"id": "i1", "name": "READING", "aliases": ["READING"]}]),
        "leader_interests": table("leader_interests", [{"id": "h1", "from_id": "lb", "to_id": "i1"}]),
        "collaborations": table(
            "collaborations",
            [{"id": "c1", "from_id": "la", "to_id": "lb"}, {"id": "c2", "from_id": "lb", "to_id": "le"}],
        ),
    }
    stated = [claim("leaders", p["id"], "r", name=p["name"], school=p["school"], email=p["email"]) for p in people]
    stated += [claim("memberships", f"m-{i}-{n}", "confided" if n == "n3" else "r") for i, n in pairs]
    stated += [claim("leaders", i, "confided", name=i.upper(), place="a secret place") for i in ("lc", "ld")]
    stated += [claim("interests", "i1", "r", local_id="reading")]
    tables["leaders"] = tables["leaders"].set_column(
        tables["leaders"].schema.get_field_index("place"),
        "place",
        pa.array(["a secret place" if i in ("lc", "ld") else None for i in MEMBERS]),
    )
    return tables, pa.Table.from_pylist(stated, schema=CLAIMS)


def claim(kind, entity, source, local_id="1", **values):
    text = json.dumps(values, sort_keys=True)
    return {"kind": kind, "entity": entity, "source": source, "local_id": local_id, "values": text, "origin": "f:2"}


def seen(who, levels=HIDDEN, data=None):
    tables, claims = restrict(*(data or facts()), levels, "organizers")
    snapshot = Snapshot.build(tables, claims)
    return circle_of(snapshot, snapshot, read_levels(levels_of(tables["leaders"]["id"], levels)), who)


def people(circle):
    return circle.facts.nodes["leaders"].to_pylist()


def test_a_member_sees_the_people_of_her_network_without_contact_data():
    circle = seen(ANA)
    assert [p["id"] for p in people(circle)] == ["la", "lb"], "nobody of other networks, and nobody hidden"
    assert [(p["school"], p["email"]) for p in people(circle)] == [("School la", "la@x.example"), ("School lb", None)]
    assert circle.standings == {"la": Standing.SELF, "lb": Standing.FELLOW}
    assert circle.through["lb"] == ("n1",)
    edges = circle.facts.edges
    assert edges["memberships"].table["id"].to_pylist() == ["m-la-n1", "m-lb-n1", "m-lb-n2"]
    assert edges["collaborations"].table["id"].to_pylist() == ["c1"], "the other end of c2 is not shown to her"
    assert circle.facts.nodes["interests"].to_pylist()[0]["name"] == "reading", "whose spelling it was tells of people"


def test_an_organizer_sees_the_people_of_the_networks_in_full():
    circle = seen(Who(True, frozenset(["n2"])))
    assert [(p["id"], p["email"]) for p in people(circle)] == [("lb", "lb@x.example"), ("lc", "lc@x.example")]


def test_a_sensitive_network_and_what_only_it_says_is_for_its_own_people():
    outside = seen(Who(True, frozenset(["n2"])))
    assert "n3" not in outside.facts.ids("networks").to_pylist()
    assert [p["place"] for p in people(outside)] == [None, None]
    inside = seen(Who(True, record="ld", fellow_in=frozenset(["n3"])))
    assert [(p["id"], p["place"]) for p in people(inside)] == [("lc", "a secret place"), ("ld", "a secret place")]
    assert "n3" in inside.facts.ids("networks").to_pylist()


def test_where_the_claims_of_somebody_are_kept_back_all_of_it_counts_as_confided():
    circle = seen(Who(True, frozenset(["n2"])), {("lc", "languages"): Visibility.HIDDEN})
    assert {p["id"]: p["place"] for p in people(circle)} == {"lb": None, "lc": None}


@pytest.mark.parametrize(
    ("level", "fellow", "organizer"),
    [("hidden", False, False), ("organizers", False, True), ("shared_network", True, True), ("public", True, True)],
)
def test_a_person_and_a_field_are_shown_as_far_as_chosen(level, fellow, organizer):
    chief = Who(True, frozenset(["n1"]))
    whole = {**HIDDEN, ("lb", ""): Visibility(level)}
    assert ("lb" in seen(ANA, whole).standings, "lb" in seen(chief, whole).standings) == (fellow, organizer)
    part = {**HIDDEN, ("lb", "school"): Visibility(level)}
    schools = [{p["id"]: p["school"] for p in people(seen(who, part))}["lb"] for who in (ANA, chief)]
    assert [s is not None for s in schools] == [fellow, organizer]


def test_whoever_is_not_signed_in_has_no_circle():
    assert people(seen(Who(False, frozenset(["n1", "n2"]), "la", frozenset(["n1"])))) == []


def test_nobody_beyond_the_circle_changes_a_byte_of_it():
    tables, claims = facts()
    more = {
        "leaders": [{"id": "lz", "name": "Zed"}],
        "memberships": [{"id": "m-z", "from_id": "lz", "to_id": "n1"}],
        "interests": [{"id": "i9", "name": "A secret"}],
        "leader_interests": [
            {"id": "h9", "from_id": "lz", "to_id": "i9"},
            {"id": "h8", "from_id": "lz", "to_id": "i1"},
        ],
        "collaborations": [{"id": "c9", "from_id": "lz", "to_id": "lb"}],
    }
    grown = {k: pa.concat_tables([tables[k], table(k, more[k])]) if k in more else tables[k] for k in tables}
    for levels in ({**HIDDEN, ("lz", ""): Visibility.HIDDEN}, {**HIDDEN, ("lz", ""): Visibility.ORGANIZERS}):
        before, after = seen(ANA, levels).facts, seen(ANA, levels, (grown, claims)).facts
        assert {k: t.to_pylist() for k, t in before.nodes.items()} == {k: t.to_pylist() for k, t in after.nodes.items()}
        assert all(before.edges[k].table.equals(after.edges[k].table) for k in before.edges)
