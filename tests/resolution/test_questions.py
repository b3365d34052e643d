"""The queue is the same whether people are compared again or the answer of the last time is taken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.graph.snapshot import Snapshot
from netofnets.resolution import comparable
from netofnets.resolution.comparable import TakenApart, taken_apart
from netofnets.resolution.questions import questions
from netofnets.resolution.recognise import recognise
from netofnets.resolution.records import listing
from netofnets.schema.arrow import CLAIMS
from netofnets.schema.records import Judgement, Verdict
from netofnets.store.claims import values_text
from tests.data.planted import planted
from tests.data.under_variants import _table, under_variants

ROWS = under_variants(planted(1, people=300))
LOG = ROWS.automatic()


def test_the_same_people_are_not_compared_again_and_asked_about_in_the_same_bytes() -> None:
    snapshot = ROWS.snapshot(LOG)
    first = questions(snapshot, LOG)
    assert first.num_rows > 20
    again = questions(snapshot, LOG, first)
    assert again.equals(first, check_metadata=True)
    told = first.set_column(first.schema.get_field_index("probability"), "probability", pa.array([0.5] * len(first)))
    assert questions(snapshot, LOG, told)["probability"].to_pylist() == [0.5] * len(first)  # taken, not worked out


def test_another_answer_or_another_telling_is_worked_out_anew() -> None:
    first = questions(ROWS.snapshot(LOG), LOG)
    left, right = first["left"][0].as_py(), first["right"][0].as_py()
    answered = [*LOG, Judgement(left, right, Verdict.DIFFERENT, "Ann", "")]
    after = questions(ROWS.snapshot(answered), answered, first)
    assert (left, right) not in set(zip(after["left"].to_pylist(), after["right"].to_pylist(), strict=True))
    assert after.equals(questions(ROWS.snapshot(answered), answered), check_metadata=True)


def test_what_an_answer_changes_is_counted_by_hand() -> None:
    snapshot = ROWS.snapshot(LOG)
    belongs = snapshot.incidence("memberships")
    of = {leader: set(belongs.groups_of(at).tolist()) for at, leader in enumerate(snapshot.ids("leaders").to_pylist())}
    members = belongs.csr.toarray()
    linked = members.T @ members > 0
    np.fill_diagonal(linked, False)
    for asked in questions(snapshot, LOG).to_pylist():
        one, other = of[asked["left"]], of[asked["right"]]
        pairs = [(a, b) for a in one - other for b in other - one]
        shared = [sum({a, b} <= groups for groups in of.values()) for a, b in pairs]
        assert (asked["shared"], asked["opened"]) == (len(pairs), shared.count(0))
        between = [int((linked[a] & linked[b]).sum()) for a, b in pairs]
        weight = sum(1 / (1 + n + m) for n, m in zip(shared, between, strict=True))
        assert asked["change"] == pytest.approx(asked["probability"] * weight, abs=1e-6)


def test_who_would_be_joined_by_a_load_and_was_not_is_asked_about() -> None:
    rows = under_variants(planted(1))
    certain = {(j.left, j.right) for j in rows.automatic()}
    asked = questions(rows.snapshot(), []).to_pylist()
    assert len(certain) > 20
    assert {(row["left"], row["right"]) for row in asked} >= certain


CHANGES = ("Ann Lee", "Hill School", "Ilia Okafor", "")


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from((0, 2, 3)), st.sampled_from(CHANGES)), max_size=4))
def test_questions_are_the_same_whether_claims_were_taken_apart_before_or_are_now(changes) -> None:
    words = listing(ROWS.snapshot(LOG).claims, "leaders")["values"]
    before = TakenApart(words, taken_apart(words))
    rows = list(ROWS.rows)
    for at, column, text in changes:
        said = list(rows[at])
        said[column] = text or said[column][:-1] or "X"
        rows[at] = tuple(said)
    after = replace(ROWS, rows=tuple(rows)).snapshot(LOG)
    continued = questions(after, LOG, None, lambda told: taken_apart(told, before))
    assert continued.equals(questions(after, LOG), check_metadata=True)


def test_only_words_that_were_not_taken_apart_before_are_now(monkeypatch: pytest.MonkeyPatch) -> None:
    words = pa.chunked_array(
        [['{"name":"Ana Ruiz"}', '{"name":"Bo Yi","school":"Hill School"}', '{"name":"Ana Ruiz"}']]
    )
    first = taken_apart(words)
    assert first["family"].to_pylist() == ["ruiz", "yi", "ruiz"]
    assert first["school"].to_pylist() == ["", "hill", ""]
    now = pa.chunked_array([['{"name":"Cy Day"}', '{"name":"Bo Yi","school":"Hill School"}']])
    seen: list[str] = []
    monkeypatch.setattr(comparable, "parts_of", lambda name, *rest: seen.append(name) or [name] * 13)
    again = taken_apart(now, TakenApart(words, first))
    assert seen == ["Cy Day"]
    assert again["family"].to_pylist() == ["Cy Day", "yi"]
    assert not taken_apart(now.slice(0, 0), TakenApart(words, first)).num_rows


def test_questions_are_what_comparing_the_records_finds() -> None:
    asked = [row for row in questions(ROWS.snapshot(), []).to_pylist() if row["kind"] == "leaders"]
    found = recognise(ROWS.records(), [], joining=False).open
    assert {(p.left, p.right): p.probability for p in found} == {
        (row["left"], row["right"]): row["probability"] for row in asked
    }


def test_nobody_is_compared_within_one_source_but_who_was_put_off_is_asked_about() -> None:
    alone = replace(ROWS, network=np.zeros_like(ROWS.network)).snapshot()
    calls: list[int] = []
    assert not questions(alone, [], None, lambda told: calls.append(1) or taken_apart(told)).num_rows
    assert not calls
    left, right = alone.ids("leaders").to_pylist()[:2]
    log = [Judgement(left, right, Verdict.UNSURE, "Ann", "who knows")]
    [asked] = questions(alone, log, None, lambda told: calls.append(1) or taken_apart(told)).to_pylist()
    assert calls == [1]
    assert (asked["left"], asked["right"], asked["put_off"]) == (left, right, True)


def two_spellings(*members: tuple[str, str], second: str = "Teach-Meet Leeds") -> Snapshot:
    """Two networks under two spellings, and who (of three leaders) is in which."""
    names = {"na": "TeachMeet Leeds", "nb": second, "nc": "Maths North"}
    people = ["l1", "l2", "l3"]
    ends = [[pair[i] for pair in sorted(members)] for i in (0, 1)]
    ids = [f"r{at}" for at in range(len(members))]
    tables = {
        "leaders": _table("leaders", id=people, name=people),
        "networks": _table("networks", id=list(names), name=list(names.values())),
        "memberships": _table("memberships", id=ids, from_id=ends[0], to_id=ends[1]),
    }
    told = [
        {"kind": "networks", "entity": i, "source": f"s{i}", "local_id": "", "values": values_text({"name": name})}
        for i, name in names.items()
    ]
    return Snapshot.build(tables, pa.Table.from_pylist(told, schema=CLAIMS))


def test_names_are_compared_again_when_a_name_or_a_tie_has_changed_and_only_then() -> None:
    one = two_spellings(("l1", "na"), ("l2", "nb"))
    first = questions(one, [])
    [asked] = first.to_pylist()
    assert (asked["left"], asked["right"], asked["kind"]) == ("na", "nb", "networks")
    assert questions(one, [], first).equals(first, check_metadata=True)
    told = first.set_column(first.schema.get_field_index("change"), "change", pa.array([0.25]))
    assert questions(one, [], told)["change"].to_pylist() == [0.25]  # taken, not worked out
    for other in (
        two_spellings(("l1", "na"), ("l1", "nb"), ("l2", "nb")),
        two_spellings(("l1", "na"), ("l2", "nb"), second="Teach Meet Leeds"),
        two_spellings(("l1", "na"), ("l2", "nb"), second="Quite another"),
    ):
        assert questions(other, [], told).equals(questions(other, []), check_metadata=True)
    answer = [Judgement("na", "nb", Verdict.DIFFERENT, "Ann", "")]
    assert not questions(one, answer, told).num_rows
