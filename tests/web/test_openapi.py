"""The description for programs: every page is in it, and every twin is as it says."""

from __future__ import annotations

import re

import jsonschema
import pytest

from tests.web.addresses import PAGES as ADDRESSES
from tests.web.addresses import twin
from web.facts import FACTS
from web.views import DESK, PAGES

NO_PAGE = {"import", "for programs"}


@pytest.fixture(scope="module")
def document(home):
    from netofnets.services.viewer import ORGANIZER
    from netofnets.settings import load_settings
    from web.app import create_app

    app = create_app(load_settings(environ={}, home=str(home)), viewer=ORGANIZER)
    answer = app.test_client().get("/api.json").get_json()
    app.extensions["netofnets-current"].close()
    return answer


def operation_of(document, address):
    path = twin(address).partition("?")[0]
    found = [
        item["get"]
        for template, item in document["paths"].items()
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path)
    ]
    exact = [item["get"] for template, item in document["paths"].items() if template == path]
    return (exact or found)[0]


def test_every_page_is_described(document):
    assert set(FACTS) == {page.name for page in PAGES}
    assert {item["get"]["operationId"] for item in document["paths"].values()} == set(FACTS)
    assert not {page.name for page in DESK} & set(FACTS)
    for item in document["paths"].values():
        in_path = [p["name"] for p in item["get"]["parameters"] if p["in"] == "path"]
        assert item["get"]["summary"].endswith("?") and len(in_path) <= 1
    jsonschema.Draft202012Validator.check_schema({"$defs": document["components"]["schemas"]})


def test_every_twin_is_as_described(organizer, stranger, document):
    looked_at = set()
    for name, address in {**ADDRESSES, "gaps": "/gaps"}.items():
        if name in NO_PAGE:
            continue
        operation = operation_of(document, address)
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator({**schema, "components": document["components"]})
        for client in (organizer, stranger):
            answer = client.get(twin(address))
            if answer.status_code == 200:
                faults = [f"{list(e.path)}: {e.message[:200]}" for e in validator.iter_errors(answer.get_json())]
                assert faults == [], (name, faults[:3])
                looked_at.add(operation["operationId"])
    assert looked_at == set(FACTS), "every page was answered"


def test_parameters_say_their_bounds(document):
    asked = {p["name"]: p["schema"] for p in document["paths"]["/atlas.json"]["get"]["parameters"]}
    assert asked["level"] == {"enum": ["networks", "people"], "default": "networks"}
    assert asked["links"] == {"type": "integer", "minimum": 0, "maximum": 400, "default": 60}
    assert asked["select"]["maxLength"] == 64 and "as_of" in asked
