"""The colours keep their distance: text 4.5:1, marks 3:1, in light and dark; no style is inline."""

import re
from pathlib import Path

import pytest

from tests.browser.axe import ABOUT

WEB = Path(__file__).resolve().parents[2] / "web"
TOKENS = (WEB / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|\d+%);", part)) for part in TOKENS.split("@media"))
SLOTS = [f"slot-{i}" for i in range(8)] + ["slot-other"]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(c * weight for c, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(colour, ground, share):
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("slot", SLOTS)
def test_marks_stand_out_from_paper_and_from_their_own_disc(scheme, slot):
    pale = mix(scheme[slot], scheme["paper"], float(scheme["pale"].rstrip("%")) / 100)
    assert contrast(scheme[slot], scheme["paper"]) >= 3
    assert contrast(scheme[slot], pale) >= 3
    assert contrast(scheme["ink"], pale) >= 4.5
    assert contrast(scheme["chosen"], pale) >= 3


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(scheme):
    for ink in ("ink", "ink-2", "accent"):
        for ground in ("paper", "surface", "sunken"):
            assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
    assert contrast(scheme["on-accent"], scheme["accent"]) >= 4.5
    assert contrast(scheme["warn"], scheme["warn-soft"]) >= 4.5
    assert contrast(scheme["line-strong"], scheme["surface"]) >= 3
    assert contrast(scheme["focus"], scheme["paper"]) >= 3
    assert max(contrast(scheme["ring"], scheme["paper"]), contrast(scheme["core"], scheme["paper"])) >= 3
    assert contrast(scheme["ring"], scheme["core"]) >= 3


def test_nothing_in_a_template_is_inline_or_unescaped():
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son(?!e\b)\w+=|\|\s*safe|autoescape false|javascript:", text), path
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path


def test_scripts_make_no_markup_from_text():
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|https?://(?!www\.w3\.org)"
    )
    for path in (WEB / "static" / "js").rglob("*.js"):
        assert not banned.search(path.read_text(encoding="utf-8")), path


def test_a_colour_scheme_sets_colours_alone() -> None:
    """So what is not of colours need not be looked at in each scheme."""
    sheets = all_sheets()
    # What stands between the braces of a scheme: rules without rules in them.
    blocks = [found[1] for sheet in sheets for found in re.finditer(SCHEME, sheet)]
    declared = [one for block in blocks for one in re.findall(r"([\w-]+)\s*:\s*([^;{}]+);", block)]
    assert len(blocks) == sum(sheet.count("prefers-color-scheme") for sheet in sheets) > 1 and len(declared) > 20
    other = [(name, value) for name, value in declared if name != "color" and not name.startswith("--")]
    lengths = [(name, value) for name, value in declared if re.search(r"\d(px|r?em|vw|vh|fr|ch)\b", value)]
    assert other == [] and [name for name, _ in lengths] == ["--shadow"]


SCHEME = re.compile(r"@media \(prefers-color-scheme: \w+\) \{((?:[^{}]*\{[^{}]*\})*)\s*\}")


def all_sheets() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((WEB / "static" / "css").glob("*.css"))]


def test_no_colour_follows_from_a_place_among_siblings_or_from_whom_an_element_is_about() -> None:
    """So of what is alike one need be looked at for contrast (``tests/browser/axe.py``)."""
    rules = [found for sheet in all_sheets() for found in re.findall(r"([^{};]+)\{([^{}]*)\}", sheet)]
    about = "|".join(re.escape(name) for name in ABOUT)
    apart = re.compile(rf":(nth|first|last|only)-(child|of-type)|[+~](?![^()]*\))|\[({about})\b")
    found = [(selector.strip(), body) for selector, body in rules if apart.search(selector)]
    assert len(rules) > 300 and len(found) > 5
    looks = re.compile(r"(?<![\w-])(color|background[\w-]*|opacity|fill|filter|font[\w-]*|mix-blend-mode|position)\s*:")
    assert [selector for selector, body in found if looks.search(body)] == []
