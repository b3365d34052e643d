"""Templates are compiled once in a process, and anew when their text has changed."""

import pytest
from jinja2 import DictLoader, Environment


def test_a_second_application_compiles_nothing(open_client, home, monkeypatch):
    first = open_client(home).get("/networks")
    compiled = []
    monkeypatch.setattr(Environment, "compile", lambda *given, **named: compiled.append(given))
    again = open_client(home).get("/networks")
    assert (again.status_code, again.data) == (200, first.data) and compiled == []


@pytest.mark.parametrize("text", ["one", "another", "{{ 1 + 1 }}"])
def test_a_template_of_the_same_name_says_what_its_text_says(apps, text):
    shared = apps["organizer"].jinja_env.bytecode_cache
    assert shared is apps["anonymous"].jinja_env.bytecode_cache is not None
    environment = Environment(loader=DictLoader({"page.html": text}), bytecode_cache=shared, autoescape=True)
    assert environment.get_template("page.html").render() == ("2" if "{{" in text else text)
