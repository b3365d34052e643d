"""Cells become values, or say why not."""

from __future__ import annotations

import pytest

from netofnets.schema.kinds import kind
from netofnets.schema.rows import check_identifier, checker, interest_key, many_checker
from netofnets.schema.text import BadValue, clean_text, escape_controls


def value(name: str, prop: str, raw: str, formats: tuple[str, ...] = ()) -> object:
    return checker(kind(name).property(prop), formats)(raw, [])


def code(name: str, prop: str, raw: str) -> str:
    with pytest.raises(BadValue) as bad:
        value(name, prop, raw)
    assert str(bad.value).endswith(".") and bad.value.remedy.endswith(".")
    return bad.value.code


@pytest.mark.parametrize(
    ("name", "prop", "raw", "expected"),
    [
        ("leaders", "name", "  Ada\u00a0 Obi ", "Ada Obi"),
        ("leaders", "name", "Jose\u0301", "Jos\u00e9"),
        ("leaders", "name", "NULL", "NULL"),
        ("leaders", "name", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627"),
        ("leaders", "name", "\u200b\u2060\u3164", None),
        ("leaders", "school", "North High\nEast campus", "North High East campus"),
        ("leaders", "about", " one \n two ", "one\ntwo"),
        ("leaders", "email", "O'Neil@School.Example", "o'neil@school.example"),
        ("leaders", "url", "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("leaders", "url", "mailto:a@b.example", "mailto:a@b.example"),
        ("leaders", "url", "www.a.example/x", "https://www.a.example/x"),
        ("leaders", "connect", "Yes", True),
        ("leaders", "connect", "0", False),
        ("leaders", "release_time", "12.5 %", 12.5),
        ("leaders", "languages", "pt; en;pt", ("en", "pt")),
        ("collaborations", "count", "12", 12),
        ("collaborations", "count", "12.0", 12),
        ("memberships", "start", "2024-09-01", "2024-09-01"),
        ("memberships", "start", "2024-09-01T08:30:00Z", "2024-09-01"),
        ("leader_interests", "mode", "Offers", "offers"),
        ("leaders", "name", "", None),
        ("leaders", "email", "   ", None),
        ("memberships", "end", "", None),
    ],
)
def test_values(name: str, prop: str, raw: str, expected: object) -> None:
    assert value(name, prop, raw) == expected


@pytest.mark.parametrize(
    ("name", "prop", "raw", "expected"),
    [
        ("leaders", "name", "Ada\nforged", "control_char"),
        ("leaders", "name", "\x1b[31mRed", "control_char"),
        ("leaders", "school", "a\x00b", "control_char"),
        ("leaders", "name", "Ada \u202eexe", "bidi_control"),
        ("leaders", "name", "A" + "\u0301" * 12, "too_many_combining"),
        ("leaders", "name", "x" * 501, "name_too_long"),
        ("leaders", "email", "a@-bad-.example", "invalid_email"),
        ("leaders", "email", "a b@c.example", "invalid_email"),
        ("leaders", "url", "javascript:alert(1)", "unsafe_url"),
        ("leaders", "url", "//evil.example", "unsafe_url"),
        ("leaders", "url", "https://user:pw@host.example", "unsafe_url"),
        ("leaders", "url", "file:///etc/passwd", "unsafe_url"),
        ("leaders", "connect", "perhaps", "invalid_yes_no"),
        ("leaders", "release_time", "half", "invalid_number"),
        ("collaborations", "count", "1.5", "invalid_number"),
        ("collaborations", "count", "9" * 5000, "invalid_number"),
        ("memberships", "start", "2024-02-30", "invalid_date"),
        ("memberships", "start", "03/04/2024", "ambiguous_date"),
        ("memberships", "start", "0001-01-01", "date_out_of_range"),
        ("memberships", "start", "45536", "invalid_date"),
        ("memberships", "start", "next fall", "invalid_date"),
        ("leader_interests", "mode", "likes", "unknown_mode"),
    ],
)
def test_refusals(name: str, prop: str, raw: str, expected: str) -> None:
    assert code(name, prop, raw) == expected


def test_a_stated_format_is_followed_and_iso_is_always_understood() -> None:
    formats = ("%d/%m/%Y", "%Y")
    assert value("memberships", "start", "03/04/2024", formats) == "2024-04-03"
    assert value("memberships", "start", "2019", formats) == "2019-01-01"
    assert value("memberships", "start", "2024-09-01", formats) == "2024-09-01"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("1E+05", "excel_mangled_id"), ("x" * 257, "id_too_long"), ("T\u200b1", "invisible_char_in_id")],
)
def test_ids_that_are_lost_or_look_alike(raw: str, expected: str) -> None:
    with pytest.raises(BadValue) as bad:
        check_identifier(raw, [])
    assert bad.value.code == expected


def test_ids_are_texts() -> None:
    assert check_identifier(" 00123 ", []) == "00123"
    assert check_identifier("../a?b#c%d", []) == "../a?b#c%d"


def test_repairs_are_told() -> None:
    notes: list[str] = []
    assert clean_text("Ada\u200b Obi\ufeff", notes, name=True) == "Ada Obi"
    assert notes == ["invisible_char_removed"]


def test_too_many_values() -> None:
    with pytest.raises(BadValue) as bad:
        many_checker(";")(";".join(map(str, range(201))), [])
    assert bad.value.code == "too_many_values"


def test_spellings_of_an_interest_have_one_key() -> None:
    spellings = [
        "Project-Based Learning",
        "project based  learning",
        "Project\u2011Based Learning",
        "PROJECT-BASED/LEARNING",
    ]
    assert {interest_key(s) for s in spellings} == {"project based learning"}
    assert interest_key("C++") != interest_key("C#") or interest_key("C") == "c"
    assert interest_key("!!!") == "!!!"


def test_escaped_text_cannot_move_the_cursor() -> None:
    assert escape_controls("a\x1b[2J\n\u202eb") == "a\\x1b[2J\\x0a\\u202eb"
