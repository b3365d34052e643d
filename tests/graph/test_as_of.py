"""What holds on a day: spells that ended are past, those to come are not yet, and nothing changes in between."""

from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.publish import publish_facts
from netofnets.store.base import Facts
from tests.data.graphs import rows

SPELLS = (
    {"id": "1", "from_id": "ann", "to_id": "x", "start": "2020-01-01", "end": "2024-06-30"},
    {"id": "2", "from_id": "ann", "to_id": "y", "start": "2024-09-01", "end": None},
    {"id": "3", "from_id": "bea", "to_id": "x", "start": None, "end": None},
)


def tables():
    return {
        "leaders": rows("leaders", [{"id": i, "name": i} for i in ("ann", "bea")]),
        "networks": rows("networks", [{"id": i, "name": i} for i in ("x", "y")]),
        "memberships": rows("memberships", SPELLS),
    }


def held(snapshot):
    return snapshot.edges["memberships"].table["id"].to_pylist()


def test_a_spell_holds_from_its_first_day_to_its_last():
    made = Snapshot.build(tables())
    assert held(made.at("2019-12-31")) == ["3"]
    assert held(made.at("2020-01-01")) == ["1", "3"]
    assert held(made.at("2024-06-30")) == ["1", "3"]
    assert held(made.at("2024-07-01")) == ["3"]
    assert held(made.at("2024-09-01")) == ["2", "3"]


def test_between_two_turns_nothing_changes():
    made = Snapshot.build(tables())
    assert made.turned("2019-12-31") == ""
    assert made.turned("2024-06-30") == "2020-01-01"
    assert made.turned("2024-08-31") == "2024-07-01"
    assert made.turned("2026-01-01") == "2024-09-01"
    for day in ("2019-12-31", "2024-06-30", "2024-08-31", "2026-01-01"):
        assert held(made.at(day)) == held(made.at(made.turned(day)))


def test_what_ended_does_not_count_but_stays_on_record(tmp_path):
    facts = Facts(1, tables(), Snapshot.build({}).claims)
    publish_facts(facts, tmp_path, as_of="2024-07-15")
    with Published.current(tmp_path) as published:
        edition = published.edition("organizers")
        assert edition.as_of == "2024-07-01"
        assert held(edition.present) == ["3"]
        assert held(edition.snapshot) == ["1", "2", "3"]
        sizes = {r["network"]: r["members"] for r in edition.table("dependence").to_pylist()}
        assert sizes == {"x": 1, "y": 0}


def test_another_day_with_the_same_state_is_unchanged_and_another_state_is_not(tmp_path):
    facts = Facts(1, tables(), Snapshot.build({}).claims)
    assert publish_facts(facts, tmp_path, as_of="2024-07-15").fresh
    assert not publish_facts(facts, tmp_path, as_of="2024-08-20").fresh
    assert publish_facts(facts, tmp_path, as_of="2024-09-02").fresh
