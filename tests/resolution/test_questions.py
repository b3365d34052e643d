"""The queue is the same whether people are compared again or the answer of the last time is taken."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from netofnets.resolution.questions import questions
from netofnets.schema.records import Judgement, Verdict
from tests.data.planted import planted
from tests.data.under_variants import under_variants

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
