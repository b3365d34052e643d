"""What is generated from the schema is what is checked in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from netofnets.schema.artefacts import generated_files
from netofnets.schema.columns import shapes
from netofnets.schema.kinds import BY_NAME

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", list(generated_files()))
def test_the_checked_in_file_is_current(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == generated_files()[path], "run `netofnets docs`"


def test_every_kind_has_a_table_with_all_its_properties() -> None:
    for name, declared in BY_NAME.items():
        columns = {column.name for column in shapes()[name].columns}
        assert {p.name for p in declared.properties} <= columns


def test_the_roster_can_state_everything_about_a_person() -> None:
    columns = {column.name for column in shapes()["roster"].columns}
    assert {p.name for p in BY_NAME["leaders"].properties} <= columns
    assert {p.name for p in BY_NAME["memberships"].properties} <= columns


def test_the_browser_is_not_told_of_private_properties() -> None:
    sent = json.loads(generated_files()["web/static/schema.json"])
    assert "email" not in sent["nodes"]["leaders"]["properties"]


def test_the_model_has_no_place_for_what_a_map_of_people_does_not_need() -> None:
    """No birth, home, telephone, picture, sex or gender, belief, health; nothing of pupils."""
    told = {
        *("name", "email", "job", "grades", "experience", "school", "place", "region", "country", "time_zone"),
        *("languages", "release_time", "connect", "about", "url"),
    }
    assert {p.name for p in BY_NAME["leaders"].properties} == told
    unwanted = (
        r"birth|dob|\bage\b|home|street|phone|mobile|photo|picture|gender|sex\b|religion|health|pupil|student|guardian"
    )
    words = {p.name for kind in BY_NAME.values() for p in kind.properties} | set(BY_NAME)
    assert [word for word in sorted(words) if re.search(unwanted, word)] == []
