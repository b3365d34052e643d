"""The table of what others have: a row for each capability, an honest word, and places that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netofnets.cli import netofnets_command
from web.views import DESK, MANUAL, OWN, PAGES

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "peers.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| ([A-Z]?\d+) \|", line)
]
PROPOSED = {
    "I": 4, "E": 3, "P": 3, "B": 6, "C": 4, "N": 2, "S": 3, "R": 5, "M": 7, "X": 2, "A": 4, "F": 1, "Q": 2,
}  # fmt: skip


def test_every_capability_has_its_row_once():
    expected = [str(n) for n in range(1, 39)]
    expected += [f"{letter}{n}" for letter, count in PROPOSED.items() for n in range(1, count + 1)]
    assert [row[0] for row in ROWS] == expected


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_says_yes_with_a_place_or_no_with_a_reason(row):
    said = row[-1]
    assert re.match(r"yes: `|in part: |no, because ", said), said
    places = re.findall(r"`([^`]+)`", said)
    assert places or said.startswith("no, because "), said
    if not said.startswith("yes"):
        assert "because" in said or ";" in said, "it says what is missing"
    pages = {page.path for page in (*PAGES, *OWN, *DESK, *MANUAL)}
    commands = set(netofnets_command.list_commands(None))  # type: ignore[arg-type]
    for place in places:
        if place.startswith("netofnets "):
            assert place.split()[1] in commands, place
        elif place.startswith("/"):
            assert place in pages, place
        else:
            assert (ROOT / place).is_file(), place
