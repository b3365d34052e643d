"""What differs between two states, against a graph worked out by hand."""

from __future__ import annotations

import pytest

from netofnets.analysis.differences import COMPARED, Differences, differences
from netofnets.analysis.registry import compute
from netofnets.graph.history import HISTORY, continued, membership_columns, undone
from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import camps, rows, snapshot

# On 1 June: ann in x; bea in x and y; cid in y; eve in z. On 1 September bea has left y (30 June), ann has come to z
# (1 July), dan is new in x and y (1 August), and cid was in y in two spells, on both days.
SPELLS = (
    ("ann", "x", None, None),
    ("ann", "z", "2024-07-01", None),
    ("bea", "x", None, None),
    ("bea", "y", None, "2024-06-30"),
    ("cid", "y", None, "2024-06-10"),
    ("cid", "y", "2024-06-20", None),
    ("dan", "x", "2024-08-01", None),
    ("dan", "y", "2024-08-01", None),
    ("eve", "z", None, None),
    ("fay", "z", None, "2024-07-31"),
)


def summer() -> Snapshot:
    people = sorted({leader for leader, *_ in SPELLS})
    spells = [
        {"id": f"m{n}", "from_id": leader, "to_id": network, "start": start, "end": end}
        for n, (leader, network, start, end) in enumerate(SPELLS)
    ]
    return Snapshot.build(
        {
            "leaders": rows("leaders", [{"id": i, "name": i.title()} for i in people]),
            "networks": rows("networks", [{"id": i, "name": i.upper()} for i in "xyz"]),
            "memberships": rows("memberships", spells),
        }
    )


def compared(before: Snapshot, after: Snapshot, measures: tuple[str, ...] = COMPARED) -> Differences:
    tables = [{name: compute(name, state) for name in measures} for state in (before, after)]
    return differences(before, after, *tables)


def test_two_days_differ_by_what_was_worked_out():
    found = compared(summer().at("2024-06-01"), summer().at("2024-09-01"))
    assert found == Differences(
        joined=(("ann", "z"), ("dan", "x"), ("dan", "y")),
        left=(("bea", "y"), ("fay", "z")),
        come=("dan",),
        gone=("fay",),
        met=(("x", "z"),),  # through ann; x and y shared bea and share dan
        parted=(),
        validated=(),
        no_longer_validated=(),
        connecting=("ann", "dan"),
        no_longer_connecting=("bea",),
        bridging=(),
        no_longer_bridging=(),
    )


def test_the_way_back_is_the_other_way_round_and_nothing_differs_from_itself():
    june, september = summer().at("2024-06-01"), summer().at("2024-09-01")
    there, back = compared(june, september), compared(september, june)
    names = Differences.__slots__
    pairs = zip(names[::2], names[1::2], strict=True)
    for new, old in pairs:
        assert (getattr(there, new), getattr(there, old)) == (getattr(back, old), getattr(back, new))
    assert compared(june, june).empty and not there.empty


def test_an_overlap_and_a_bridge_that_chance_does_not_explain_are_new():
    found = compared(camps(size=60, joining=0, extra=200), camps(size=60, joining=2, extra=200))
    assert [pair for pair in found.met if pair[0][0] != pair[1][0]] == list(found.met) and len(found.met) == 4
    assert set(found.bridging) <= set(found.connecting) == {"z0", "z1"}
    assert compared(camps(joining=1), camps(joining=2)).come == ("z1",)


def test_without_the_claims_nothing_is_said_of_them():
    found = compared(camps(joining=0), camps(joining=2), COMPARED[:-1])
    assert found.bridging == () and found.connecting


BEFORE = snapshot({"a": ["x"], "b": ["x", "y"], "c": ["y"]})
AFTER = snapshot({"a": ["x", "y"], "b": ["x"], "d": ["y"]}, networks=["z"])


def test_a_history_says_who_came_and_went_and_forgets_whom_the_edition_does_not_show():
    told = continued(HISTORY.empty_table(), BEFORE, AFTER, 7, "2026-03-01").to_pylist()
    assert [(r["leader"], r["network"], r["event"]) for r in told] == [
        ("a", "y", "joined"),
        ("d", "y", "new"),
        ("b", "y", "left"),
    ]
    assert {(r["run"], r["day"]) for r in told} == {(7, "2026-03-01")}
    once = continued(HISTORY.empty_table(), BEFORE, AFTER, 7, "2026-03-01")
    later = continued(once, AFTER, snapshot({"a": ["x", "y"], "d": ["y"]}), 8, "2026-04-01").to_pylist()
    assert "b" not in {r["leader"] for r in later} and "a" in {r["leader"] for r in later}


def membership_pairs(shown):
    return set(zip(*(column.to_pylist() for column in membership_columns(shown)), strict=True))


def test_undoing_events_gives_the_memberships_of_before():
    shown = snapshot({"a": ["x", "y"], "b": ["x"], "c": ["y"]})
    events = continued(HISTORY.empty_table(), BEFORE, shown, 2, "2026-03-01")
    earlier = undone(shown, events)
    assert membership_pairs(earlier) == membership_pairs(BEFORE)
    order = list(
        zip(earlier.edges["memberships"].source.tolist(), earlier.edges["memberships"].target.tolist(), strict=True)
    )
    assert order == sorted(order) and earlier.incidence("memberships").csr.sum() == 4
    assert undone(shown, HISTORY.empty_table()) is shown


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_history_of_several_steps_is_undone_from_any_of_them(steps):
    states = [
        snapshot({"a": ["x"], "b": ["x"]}, networks=["y"]),
        snapshot({"a": ["x", "y"], "b": []}, networks=["x", "y"]),
        snapshot({"a": ["y"], "b": ["x"]}, networks=["x", "y"]),
        snapshot({"a": ["x"], "b": ["x", "y"]}),
    ]
    history = HISTORY.empty_table()
    for run, (one, other) in enumerate(zip(states, states[1:], strict=False), start=1):
        history = continued(history, one, other, run, f"2026-0{run}-01")
    after = [row for row in history.to_pylist() if row["run"] > 3 - steps]
    back = undone(states[3], history.take([i for i, r in enumerate(history.to_pylist()) if r in after]))
    assert membership_pairs(back) == membership_pairs(states[3 - steps])
