"""The tools of the example data: drawing, spelling, and the small writer of workbooks."""

from __future__ import annotations

import io
from datetime import date

import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from examples.generator.draw import Draw
from examples.generator.spelling import encodable, spelled, without_accents
from netofnets.export.workbook import workbook

LETTERS = st.characters(codec="utf-8", min_codepoint=32, exclude_categories=("Cs", "Cc"))


def test_the_sequence_of_a_seed_is_fixed() -> None:
    draw = Draw(7)
    assert [draw.below(100) for _ in range(6)] == [32, 15, 65, 7, 53, 36]


@given(st.integers(0, 2**32), st.lists(st.integers(), unique=True, max_size=20), st.integers(0, 25))
def test_a_sample_holds_different_items_and_a_shuffle_all(seed: int, items: list[int], count: int) -> None:
    draw = Draw(seed)
    sample = draw.sample(items, count)
    assert len(sample) == len(set(sample)) == min(count, len(items))
    assert set(sample) <= set(items)
    assert sorted(draw.shuffled(items)) == sorted(items)


@given(st.integers(0, 2**32))
def test_draws_stay_within_their_bounds(seed: int) -> None:
    draw = Draw(seed)
    assert 3 <= draw.between(3, 5) <= 5
    assert date(2024, 1, 1) <= draw.day(date(2024, 1, 1), date(2024, 1, 3)) <= date(2024, 1, 3)
    assert draw.weighted("abc", (0, 1, 0)) == "b"
    assert draw.chance(1) and not draw.chance(0)


def test_spelling() -> None:
    assert without_accents("Renée Ibáñez") == "Renee Ibanez"
    assert encodable("Ayşe Peña", "cp1252") == "Ayse Peña"
    assert encodable("Ayşe Peña", "utf-8") == "Ayşe Peña"
    folded = {
        spelled(Draw(seed), "social and emotional learning").replace("-", " ").strip().casefold() for seed in range(60)
    }
    assert folded == {"social and emotional learning"}


@given(st.lists(st.lists(st.text(LETTERS, max_size=8), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_to_a_workbook_is_read_back(rows: list[list[str]]) -> None:
    content = workbook(
        {"A & B": [["one", "two", "day"], *([*row, date(2024, 2, 29)] for row in rows)], "Other": [["x"]]}
    )
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["A & B", "Other"]
    read = book.get_sheet_by_index(0).to_python()
    assert read[0] == ["one", "two", "day"]
    assert read[1:] == [[*row, date(2024, 2, 29)] for row in rows]


def test_a_workbook_is_the_same_bytes_each_time() -> None:
    sheets = {"One": [["a", None, date(2025, 1, 1)]], "Two": [["<&>"] * 30]}
    assert workbook(sheets) == workbook(sheets)
    assert b"AD1" in workbook(sheets)
