"""Sentences that can be said in another language: text in every way, and whole again from what is kept of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup, escape

from netofnets.language import Message, capital, joined, listed, say, say_count, told
from netofnets.language.compiled import shown_in
from netofnets.language.languages import LANGUAGES, tongue
from netofnets.language.messages import packed, unpacked
from netofnets.language.templates import speak


class Backwards:
    """A language of a few words, with numbers and lists of its own."""

    is_source = False
    WORDS: Mapping[str, str] = {
        "{a} and {b} share {what}": "{what}: {b}, {a}",
        "{n:,} person": "{n:,} persona",
        "{n:,} people": "personas {n:,}",
        "nobody": "nadie",
    }

    def gettext(self, message: str) -> str:
        return self.WORDS.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)

    def number(self, english: str) -> str:
        return english.replace(",", ".")

    def listed(self, items: Sequence[str]) -> str:
        return " & ".join(items)


def people(n: int) -> str:
    return say_count("{n:,} person", "{n:,} people", n)


def test_a_sentence_is_english_text_and_is_said_whole_with_what_is_in_it():
    sentence = say("{a} and {b} share {what}", a="Ana {b}", b=listed(["X", "Y"]), what=people(1200))
    assert sentence == "Ana {b} and X and Y share 1,200 people" and isinstance(sentence, str)
    assert told(sentence, Backwards()) == "personas 1.200: X & Y, Ana {b}"
    assert told(joined([people(1), capital(say("nobody"))], "; "), Backwards()) == "1 persona; Nadie"
    assert told("nobody", Backwards()) == "nobody"  # a name, or somebody's own words


def test_it_is_text_for_whatever_takes_text():
    sentence = people(3)
    assert json.dumps({"n": sentence}) == '{"n": "3 people"}'
    assert pa.array([sentence, None]).to_pylist() == ["3 people", None]
    assert copy.deepcopy([sentence])[0] is sentence
    assert {sentence: 1}["3 people"] == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_numbers_and_lists_are_written_as_the_language_writes_them(code):
    spoken = tongue(code)
    wanted = {
        "en": ("1,203.5", "A, B and C", "A and B"),
        "es": ("1.203,5", "A, B y C", "A y B"),
        "de": ("1.203,5", "A, B und C", "A und B"),
    }[code]
    lists = [told(listed(items), spoken) for items in (["A", "B", "C"], ["A", "B"])]
    assert (spoken.number("1,203.5"), *lists) == wanted
    assert told(listed(["A"]), spoken) == "A" and told(listed([]), spoken) == ""


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)


def sentences() -> st.SearchStrategy[str]:
    return st.recursive(
        TEXTS,
        lambda inner: st.one_of(
            st.builds(lambda a, b: say("{a} and {b} share {what}", a=a, b=b, what="it"), inner, inner),
            st.builds(people, st.integers(0, 10**6)),
            st.builds(listed, st.lists(inner, max_size=4)),
            st.builds(lambda items: joined(items, "; "), st.lists(inner, max_size=4)),
            st.builds(capital, inner),
        ),
        max_leaves=8,
    )


@given(sentences())
def test_what_is_kept_of_a_sentence_gives_it_back(sentence):
    again = unpacked(str(sentence), packed(sentence))
    assert again == sentence and type(again) is type(sentence)
    assert told(again, Backwards()) == told(sentence, Backwards())
    assert (packed(sentence) == "") == (not isinstance(sentence, Message))
    assert told(sentence, tongue("en")) == sentence


def test_what_a_template_shows_is_escaped_whatever_it_is():
    shown = shown_in(lambda: tongue("de"))
    assert shown("<a & 'b'>") == escape("<a & 'b'>") and shown(Markup("<b>")) == "<b>" and shown(3) == "3"
    assert shown(say("{a} and {b}", a="<", b=">")) == "&lt; and &gt;"
    assert shown(Lively()) == "<i>" and shown(None) == "None"


class Lively:
    """Something that knows its own markup."""

    def __html__(self) -> str:
        return "<i>"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_that_was_kept_is_the_same_in_every_language(code: str):
    sentence = joined([say("nobody"), people(1200), listed(["{x}", "Y"])], "; ")
    again = unpacked(str(sentence), packed(sentence))
    assert told(again, tongue(code)) == told(sentence, tongue(code)) and packed(again) == packed(sentence)
    assert (told(sentence, tongue("en")), again.kind) == (str(sentence), "joined")  # type: ignore[attr-defined]


PARTS = """
{% macro named(one, mark='') %}<b{{ mark }}>{{ one }}</b>{% endmacro %}
{% macro around(of) %}<i>{{ caller(of) }}</i>{% endmacro %}
{% macro any() %}{{ varargs|join('+') }}{{ kwargs }}{% endmacro %}
"""
PAGE = """{% from 'parts' import named, around, any %}{% import 'parts' as parts with context %}
{% for one in ones %}{{ named(one) }}{{ named(one, mark=loop.index) }}{{ parts.named(one) }}{{ any(one, x=one) }}
{% call(it) around(one) %}{{ named(it) }}{{ loop.index }}{% endcall %}
{% trans name=one, bold=named(one) %}100 % of {{ name }}, {{ bold }}{% endtrans %}{{ _('a < %(b)s', b=one) }}
{% trans n=loop.index, name=one %}{{ n }} of {{ name }}{% pluralize %}{{ n }} among {{ name }}{% endtrans %}
{% set said %}{{ named(one) }}{{ _('100 %% & more') }}{% endset %}{{ said }}{{ [one]|map('upper')|join }}{% endfor %}"""


def test_a_template_shows_what_jinja_shows_whatever_it_is_given():
    ours, plain = (
        Environment(loader=DictLoader({"parts": PARTS, "page": PAGE}), autoescape=True, extensions=["jinja2.ext.i18n"])
        for _ in range(2)
    )
    english = tongue("en")
    speak(ours, lambda: english)
    plain.policies["ext.i18n.trimmed"] = True
    plain.install_gettext_callables(english.gettext, english.ngettext, newstyle=True)  # type: ignore[attr-defined]
    ones = ["<a>", Markup("<a>"), "%(x)s & 'y'", 7, None, say("{n} < {m}", n="%", m="<"), "ok"]
    shown = ours.get_template("page").render(ones=ones)
    assert shown == plain.get_template("page").render(ones=ones)
    assert "<b>&lt;a&gt;</b>" in shown and "<b><a></b>" in shown and "100 % &amp;" not in shown


def test_a_macro_that_is_called_wrongly_says_so():
    environment = Environment(loader=DictLoader({"parts": PARTS}), autoescape=True)
    speak(environment, lambda: tongue("en"))
    for call in ("named(1, 2, 3)", "named(1, colour=2)", "around(1)"):
        page = environment.from_string("{% from 'parts' import named, around %}{{ " + call + " }}")
        with pytest.raises((TypeError, UndefinedError)):
            page.render()
