"""Definitions and sentences about people, in the languages of the interface."""

import pytest

from netofnets.accounts.terms import current_terms
from netofnets.analysis.registry import MEASURES
from netofnets.language import Message, joined, say, told
from netofnets.language.languages import tongue
from netofnets.schema.kinds import LEADERS
from netofnets.schema.modes import MODE_NAMES, mode_words
from netofnets.schema.purposes import PURPOSES
from netofnets.services.glossary import TERMS
from netofnets.services.map.phrases import first_part
from netofnets.services.person.facts import label_of
from netofnets.services.person.own import LEVELS
from netofnets.services.person.path_words import no_way, together_words, way_words
from netofnets.services.refs import Ref
from netofnets.services.viewer import ANONYMOUS


def _definitions():
    for m in MEASURES:
        yield from (m.title, m.question, m.use, m.misleads)
        yield from (output.help for output in m.outputs if not output.inner)
        yield from (parameter.help for parameter in m.parameters)
    for term in TERMS:
        yield from (term.word, term.field, term.meaning)
    for one in PURPOSES:
        yield from (one.title, one.yes, one.no)
    yield from current_terms().paragraphs
    yield from (label_of(prop.name) for prop in LEADERS.properties)
    yield from (mode_words(mode) for mode in MODE_NAMES)
    yield from LEVELS.values()


def test_every_word_that_defines_something_can_be_said_in_other_languages():
    assert [text for text in _definitions() if text and type(text) is not Message] == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Ana works directly with Ben, who is in Circle with Cy, who works directly with Di."),
        ("de", "Ana arbeitet direkt mit Ben zusammen, weiter über Circle zu Cy, weiter direkt zu Di."),
        ("es", "Ana colabora directamente con Ben, quien está en Circle con Cy, quien colabora directamente con Di."),
    ],
)
def test_a_way_is_told_step_by_step(code, said):
    hops = [("Ana", "", "Ben"), ("Ben", "Circle", "Cy"), ("Cy", "", "Di")]
    assert told(way_words(hops), tongue(code)) == said


def test_counts_and_names_find_their_place():
    german, spanish = tongue("de"), tongue("es")
    assert told(together_words(1, tied=True), german).endswith("; 1 Weg über andere folgt.")
    assert told(together_words(2, tied=True), german).endswith("; 2 Wege über andere folgen.")
    nowhere = no_way(ANONYMOUS, Ref("leaders", "l1", "Eva"), steps=4)
    assert told(nowhere, german) == "Ohne Eva ist kein Weg von höchstens 4 Schritten sichtbar."
    assert told(nowhere, spanish) == "No hay ningún camino visible de 4 pasos como mucho sin Eva."


def test_the_first_part_of_a_description_stays_a_message():
    whole = joined([say("no people"), "coaching"], "; ")
    assert (whole, first_part(whole), type(first_part(whole))) == ("no people; coaching", "no people", Message)
    assert first_part("coaching; maths") == "coaching"
