"""``netofnets changes`` as somebody types it."""

import json

import pytest

from netofnets.errors import SettingsError


def test_two_days_of_the_example_differ_in_words_and_as_json(run):
    report = json.loads(run("changes", "--since", "2024-01-01", "--as-of", "2024-06-01", "--format", "json"))
    joined = next(s for s in report["sections"] if s["key"] == "joined")
    assert joined["total"] == len(joined["rows"]) > 10
    assert all("2024-01-01" < row["words"].removeprefix("since ") <= "2024-06-01" for row in joined["rows"])
    lines = run("changes", "--since", "2024-01-01", "--as-of", "2024-06-01", "--limit", "2").splitlines()
    assert lines[0] == report["summary"] and lines[1] == f"Joined: {joined['total']}"
    assert lines[4] == f"  and {joined['total'] - 2} more (--limit)"


def test_since_a_run_the_last_roster_is_new(run):
    report = json.loads(run("changes", "--since", "14", "--format", "json"))
    assert {row["words"] for s in report["sections"] if s["key"] == "joined" for row in s["rows"]} == {
        "new in the rosters"
    }


def test_what_is_neither_day_nor_run_is_said(run):
    with pytest.raises(SettingsError, match="2024-09-01"):
        run("changes", "--since", "last week")
