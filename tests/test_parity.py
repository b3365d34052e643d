"""What a page can, a command and Python can: every page has a command and a method, and all three say the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

import netofnets
from ingest.demo import DemoResult
from netofnets.cli import netofnets_command
from netofnets.services.answers import Answers
from netofnets.services.viewer import ORGANIZER
from netofnets.settings import load_settings
from tests.web.addresses import twin as twin_of
from web.app import create_app
from web.views import PAGES

# Page -> (method of netofnets.answers(), command line). A page that is not here has no twin elsewhere, and fails below.
TWINS = {
    "front": ("front", "status"),
    "atlas": ("atlas", "layout"),
    "bridges": ("bridges", "connectors"),
    "overlap": ("overlap", "layers"),
    "gaps": ("gaps", "gaps"),
    "introductions": ("introductions", "introductions"),
    "search": ("search", "search"),
    "networks": ("networks", "dependence"),
    "network": ("network", "show"),
    "leader": ("profile", "show"),
    "communities": ("communities", "communities"),
    "comparison": ("comparison", "compare"),
    "community": ("community", "communities"),
    "leader_map": ("around", "show"),
    "networks_map": ("between", "connectors"),
    "interest_map": ("among", "show"),
    "paths_map": ("along", "paths"),
    "lineage": ("lineage", "lineage"),
    "interest": ("interest", "show"),
    "credential": ("credential", "show"),
    "me": ("me", "search"),
    "organizations": ("organizations", "partners"),
    "organization": ("organization", "show"),
    "convene": ("convene", "convene"),
    "what_if": ("what_if", "what-if"),
    "changes": ("changes", "changes"),
    "paths": ("paths", "paths"),
    "introductions_board": ("board", "introduce"),
    "review": ("review", "review"),
    "briefing": ("briefing", "briefing"),
    "network_briefing": ("briefing", "briefing"),
    "tables": ("tables", "table"),
    "table": ("table", "table"),
    "glossary": ("glossary", "docs"),
    "about": ("measures", "docs"),
}


def test_every_page_has_a_method_and_a_command():
    assert {page.name for page in PAGES} == set(TWINS)
    known = set(netofnets_command.list_commands(None))  # type: ignore[arg-type]
    for page, (method, command) in TWINS.items():
        assert hasattr(Answers, method), page
        assert command in known, page


@pytest.fixture
def home(example: DemoResult) -> Path:
    return example.folder.parent


def test_python_says_what_the_pages_say(home: Path) -> None:
    client = create_app(load_settings(home=str(home)), viewer=ORGANIZER).test_client()
    with netofnets.answers(str(home)) as ask:
        asked = {
            "/index": ("welcome", ask.front()),
            "/gaps": ("report", ask.gaps()),
            "/introductions": ("report", ask.introductions()),
            "/introductions?mode=bold": ("report", ask.introductions(mode="bold")),
            "/bridges": ("report", ask.bridges()),
            "/overlap": ("report", ask.overlap(limit=50)),
            "/networks": ("list", ask.networks()),
            "/changes?since=2024-01-01": ("report", ask.changes(since="2024-01-01", limit=50)),
            "/communities": ("list", ask.communities()),
            "/communities/compare": ("page", ask.comparison()),
        }
        for path, (key, answer) in asked.items():
            twin = client.get(twin_of(path)).get_json()
            assert json.loads(json.dumps(asdict(answer))) == twin[key], path


def test_commands_say_what_the_pages_say(home: Path) -> None:
    client = create_app(load_settings(home=str(home)), viewer=ORGANIZER).test_client()

    def printed(*arguments: str) -> list[dict[str, object]]:
        done = CliRunner().invoke(netofnets_command, [*arguments, "--format", "json", "--home", str(home)])
        assert done.exit_code == 0, done.output
        found: list[dict[str, object]] = json.loads(done.output)
        return found

    gaps = client.get("/gaps.json").get_json()["report"]["rows"]
    assert [r["reason"] for r in printed("gaps", "--rows", str(len(gaps)))] == [r["reason"] for r in gaps]
    told = [("first", "id"), ("second", "id"), ("first_network", "id"), ("second_network", "id")]
    for mode in ("safe", "balanced", "bold"):
        page = client.get(f"/introductions.json?limit=300&mode={mode}").get_json()["report"]["rows"]
        rows = printed("introductions", "--mode", mode)
        assert [(r["rank"], *(r[k][i] for k, i in told)) for r in page] == [
            (r["rank"], *(r[k] for k, _ in told)) for r in rows
        ]
        assert [(" ".join(r["reasons"]), r["effect"]) for r in page] == [(r["reason"], r["effect"]) for r in rows]
    people = client.get("/bridges.json?limit=500").get_json()["report"]["leaders"]
    facts = {r["id"]: (r["rank"], r["score"], r["reason"]) for r in printed("connectors")}
    assert all(facts[b["leader"]["id"]] == (b["place"], b["hangs"], b["joins"]) for b in people if b["place"])
    claims = {r["id"] for r in printed("bridges") if r["bridging"]}
    assert claims == {b["leader"]["id"] for b in people if b["bridging"]}
