"""Lineage: four generations by hand, several mentors, cycles, and days that stop it."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.lineage import Arc, arcs_of, lineage_from
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema

# Ada brings in Bea and Cem; Bea brings in Dov, who comes to see Eli's work too; Eli and Fay; Fay is Ada's mentor again.
FOUR = (
    ("ada", "bea", "mentors", "2020-01-01"),
    ("cem", "ada", "observed", "2020-03-01"),
    ("bea", "dov", "co-led", "2021-01-01"),
    ("cem", "dov", "mentors", "2021-02-01"),
    ("dov", "eli", "mentors", "2022-01-01"),
    ("eli", "fay", "mentors", None),
    ("fay", "ada", "mentors", "2023-01-01"),
    ("bea", "gus", "mentors", "2019-01-01"),  # before anybody had brought Bea in
    ("ada", "hal", "replied", "2020-01-01"),  # no bringing in
    ("ada", "ada", "mentors", "2020-01-01"),
)


def made(ties):
    names = sorted({name for tie in ties for name in tie[:2]})
    rows = [
        {"id": f"c{i}", "from_id": a, "to_id": b, "kind": kind, "first": day, "last": day}
        for i, (a, b, kind, day) in enumerate(ties)
    ]
    return Snapshot.build(
        {
            "leaders": pa.Table.from_pylist([{"id": n, "name": n} for n in names], schema=arrow_schema("leaders")),
            "collaborations": pa.Table.from_pylist(rows, schema=arrow_schema("collaborations")),
        }
    )


def told(snapshot, leader):
    names = snapshot.ids("leaders").to_pylist()
    found = lineage_from(arcs_of(snapshot), names.index(leader))
    return {names[s.person]: (s.generation, [(names[one], kind) for one, kind, _ in s.by]) for s in found}


def test_four_generations_are_counted_with_all_mentors_and_the_cycle_ends():
    assert told(made(FOUR), "ada") == {
        "bea": (1, [("ada", "mentors")]),
        "cem": (1, [("ada", "observed")]),
        "dov": (2, [("bea", "co-led"), ("cem", "mentors")]),
        "eli": (3, [("dov", "mentors")]),
        "fay": (4, [("eli", "mentors")]),
    }


def test_what_was_over_before_somebody_was_reached_does_not_count():
    assert told(made(FOUR), "bea")["gus"] == (1, [("bea", "mentors")])
    assert "gus" not in told(made(FOUR), "ada")


def test_somebody_who_brought_nobody_in_has_no_lineage():
    assert told(made(FOUR), "hal") == {}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4)), max_size=14))
def test_who_is_reached_and_how_soon_equals_every_walk(ties):
    arcs = {}
    for a, b, day in ties:
        if a != b:
            arcs.setdefault(a, []).append(
                Arc(b, "mentors", f"202{day}-01-01" if day else "", f"202{day}-01-01" if day else "")
            )
    walks, shortest = {(0, "")}, {}
    for length in range(1, 13):
        walks = {
            (arc.to, max(day, arc.first))
            for one, day in walks
            for arc in arcs.get(one, ())
            if not arc.last or arc.last >= day
        }
        for person, _ in walks:
            shortest.setdefault(person, length)
    shortest.pop(0, None)
    assert {s.person: s.generation for s in lineage_from(arcs, 0)} == shortest
