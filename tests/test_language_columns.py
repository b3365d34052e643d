"""Sentences said by the column are those said row by row, to the letter, and so is what they were made of."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from netofnets.language import joined, listed, say, say_count
from netofnets.language.columns import (
    Sentences,
    after,
    either,
    joined_each,
    listed_each,
    of_each,
    said_of,
    say_count_each,
    say_each,
)
from netofnets.language.messages import Language, packed, told, unpacked

NAMES = st.text(max_size=6)  # quotes, braces, line ends and letters of any alphabet among them
ROWS = st.lists(
    st.tuples(NAMES, st.integers(0, 2_000_000), st.floats(0, 1e7, allow_nan=False), st.booleans()),
    min_size=1,
    max_size=8,
)


def rows_of(found: Sentences) -> list[tuple[str | None, str | None]]:
    return list(zip(found.text.to_pylist(), found.made_of.to_pylist(), strict=True))


def expected(said: list[str | None]) -> list[tuple[str | None, str | None]]:
    return [(None, None) if one is None else (str(one), packed(one)) for one in said]


@given(ROWS)
def test_each_row_is_said_as_it_would_be_alone(rows):
    names, counts, numbers, _ = (list(column) for column in zip(*rows, strict=True))
    found = say_each("{a} has {n:,} and {x:,.1f}, {{so}}.", a=of_each(names), n=np.array(counts), x=np.array(numbers))
    alone = [say("{a} has {n:,} and {x:,.1f}, {{so}}.", a=a, n=n, x=x) for a, n, x, _ in rows]
    assert rows_of(found) == expected(alone)


@given(ROWS)
def test_a_count_chooses_its_form_in_each_row(rows):
    one, many = "{n:,} person of {a}", "{n:,} people of {a}, {about}"
    names, counts, _, _ = (list(column) for column in zip(*rows, strict=True))
    about = said_of(say("about {n:,}", n=7), len(rows))
    found = say_count_each(one, many, np.array(counts), a=of_each(names), about=about)
    alone = [say_count(one, many, n, a=a, about=say("about {n:,}", n=7)) for a, n, _, _ in rows]
    assert rows_of(found) == expected(alone)


@given(ROWS)
def test_parts_that_are_not_there_are_left_out_and_nothing_is_said_without_any(rows):
    names = of_each([name for name, *_ in rows])
    shown = np.array([there for *_, there in rows])
    first, second = say_each("{a}.", a=names).where(shown), say_each("And {a}.", a=names).where(~shown)
    both = joined_each([first, say_each("Then {a}.", a=names), second])
    alone = [
        joined([say("{a}.", a=a), say("Then {a}.", a=a)] if there else [say("Then {a}.", a=a), say("And {a}.", a=a)])
        for a, *_, there in rows
    ]
    assert rows_of(both) == expected(alone)
    nobody = first.where(np.zeros(len(rows), dtype=bool))
    assert rows_of(joined_each([nobody, nobody])) == [(None, None)] * len(rows)


@given(st.lists(st.lists(NAMES, min_size=0, max_size=4), min_size=1, max_size=6))
def test_a_list_of_any_length_has_its_commas_and_its_and(lists):
    columns = [of_each([own[at] if at < len(own) else None for own in lists]) for at in range(4)]
    found = listed_each(columns)
    assert rows_of(found) == expected([listed(own) if own else None for own in lists])


def test_columns_are_chosen_from_and_put_one_after_the_other():
    first, second = of_each(["a", "b"]), say_each("{a}!", a=of_each(["c", "d"]))
    assert either(np.array([True, False]), first, second).text.to_pylist() == ["a", "d!"]
    assert after([first, second]).take([3, -1, 0]).text.to_pylist() == ["d!", None, "a"]
    assert len(after([first, second])) == 4


class _Loud:
    """A language of capitals."""

    is_source = False

    def gettext(self, message: str) -> str:
        return message.replace("works", "WORKS")

    def ngettext(self, one: str, many: str, n: int) -> str:
        return one if n == 1 else many

    def number(self, english: str) -> str:
        return english.replace(",", ".")

    def listed(self, items: list[str]) -> str:
        return " & ".join(items)


def test_what_a_column_was_made_of_is_said_again_in_another_language():
    loud: Language = _Loud()
    names = listed_each([of_each(["x", "y"]), of_each(["z", None])])
    found = say_each("{a} works on {n:,}", a=names, n=np.array([1, 2000]))
    again = [unpacked(text, made_of) for text, made_of in rows_of(found)]
    assert [told(one, loud) for one in again] == ["x & z WORKS on 1", "y WORKS on 2.000"]
