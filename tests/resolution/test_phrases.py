"""Published reasons are fixed phrases: each is a message again, and no other text is."""

from __future__ import annotations

import pytest

from netofnets.language import Message, told
from netofnets.language.languages import tongue
from netofnets.resolution.compare import COMPARISONS
from netofnets.resolution.phrases import phrase


def test_every_level_of_every_comparison_is_a_message() -> None:
    for words in (level.words for comparison in COMPARISONS for level in comparison.levels):
        assert phrase(str.__str__(words)) == words and type(phrase(words[:] + "")) is Message


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("the same given name (common here)", "derselbe Vorname (hier häufig)"),
        ("the same family name (rare here)", "derselbe Nachname (hier selten)"),
        ("1,203 people are in both", "1.203 Personen sind in beiden"),
        ("1 person is in both", "1 Person ist in beiden"),
        ("2 networks partner with both", "2 Netzwerke sind Partner von beiden"),
        ("Ann Lee said so", "Ann Lee said so"),
    ],
)
def test_a_published_reason_is_said_in_other_languages(text: str, german: str) -> None:
    assert phrase(text) == text and told(phrase(text), tongue("de")) == german
