"""The sheets of criteria in docs/ are whole, in order, and name tests and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# The requirements of the OWASP Application Security Verification Standard 5.0.0, without V17.
LEVEL_1 = """1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2
6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2
13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1"""
LEVEL_2 = """1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2 4.1.2-3
4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2
7.4.3-5 7.5.1-2 7.6.1-2 8.1.2 8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3
11.1.1-2 11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4
14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3"""
# Those of the study of reliability, security and privacy that this project set itself.
CRITERIA = {
    "SECURITY.md": [f"S-{n}" for n in range(1, 28)]
    + [f"P-{n}" for n in range(1, 16)]
    + [f"F-{n}" for n in range(18, 33)],
    "reliability.md": [f"F-{n}" for n in range(1, 18)] + [f"L-{n}" for n in range(1, 12)],
}
# At least so many files are named in each.
SHEETS = {"asvs.md": 30, "SECURITY.md": 30, "reliability.md": 20}


def text_of(sheet: str) -> str:
    return (ROOT / "docs" / sheet).read_text(encoding="utf-8")


def criteria(sheet: str) -> str:
    """The part of a sheet that names tests; all of a sheet that is nothing else."""
    text = text_of(sheet)
    return text.partition("\n## Criteria\n")[2].partition("\n## ")[0] or text


def numbers(spans: str) -> list[tuple[int, ...]]:
    found = []
    for span in spans.split():
        chapter, section, which = span.split(".")
        first, _, last = which.partition("-")
        found += [(int(chapter), int(section), n) for n in range(int(first), int(last or first) + 1)]
    return found


def test_the_sheet_of_asvs_has_every_requirement_of_both_levels_in_order() -> None:
    rows = re.findall(
        r"^\| ([\d.]+) \| (\d) \| ([^|]+) \| (yes|no|n/a) \| ([^|]+) \|$", text_of("asvs.md"), re.MULTILINE
    )
    told = {tuple(map(int, number.split("."))): int(level) for number, level, *_ in rows}
    first, second = numbers(LEVEL_1), numbers(LEVEL_2)
    assert (len(first), len(second), len(rows)) == (70, 176, 246)
    assert told == {**dict.fromkeys(first, 1), **dict.fromkeys(second, 2)}
    assert list(told) == sorted(told)
    answers = [answer for *_, answer, _ in rows]
    tally = f"Yes {answers.count('yes')}, no {answers.count('no')}, n/a {answers.count('n/a')}."
    assert tally in text_of("asvs.md")


@pytest.mark.parametrize("sheet", CRITERIA)
def test_every_criterion_has_its_row_in_order(sheet: str) -> None:
    firsts = re.findall(r"^\| ([A-Z]-\d[^|]*) \|", criteria(sheet), re.MULTILINE)
    rows = [re.findall(r"[A-Z]-\d+", row) for row in firsts]
    told = [one for row in rows for one in row]
    assert len(told) == len(set(told))
    assert [one for one in CRITERIA[sheet] if one not in told] == []
    order = {letter: place for place, letter in enumerate("SPFL")}
    assert told == sorted(told, key=lambda one: (order[one[0]], int(one[2:])))


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_the_sheets_name_is_there(sheet: str) -> None:
    text = criteria(sheet)
    folders = r"\.ci|tests|benchmarks|netofnets|web|ingest|deploy|docs"
    paths = set(re.findall(rf"`((?:{folders})/[\w./-]+|pyrightconfig\.json)`", text))
    assert len(paths) > SHEETS[sheet] and [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    # The tests that follow a file stand in it; those without one stand somewhere.
    lost = []
    for path, names in re.findall(r"`(tests/[\w./]+\.py)`((?: `test_\w+`)+)", text):
        there = (ROOT / path).read_text(encoding="utf-8")
        lost += [f"{path} {name}" for name in re.findall(r"test_\w+", names) if f"def {name}(" not in there]
    assert lost == []
    every = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in set(re.findall(r"`(test_\w+)`", text)) if f"def {name}(" not in every] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_links_of_the_sheets_lead_somewhere(sheet: str) -> None:
    for target in set(re.findall(r"\]\(([^)\s]+)\)", text_of(sheet))):
        name, _, anchor = target.partition("#")
        assert (ROOT / "docs" / (name or sheet)).exists(), target
        heads = re.findall(r"^#+ (.+)$", text_of(name or sheet), re.MULTILINE) if anchor else []
        assert not anchor or anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, (
            target
        )
