"""Five people in five browsers at once on the example, through the real proxy: each sees what the matrix says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ingest.demo import DemoResult
from netofnets.accounts.gate import open_accounts, open_gate
from netofnets.accounts.links import Purpose
from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.settings import load_settings
from tests.accounts.shared import SECRET
from tests.browser.conftest import FLAGS, chromium, patient
from tests.browser.matrix import ROLES, World, world
from tests.web.addresses import twin
from tests.web.shared_server import Server, shared_server
from web.rules import RULES, Rule
from web.views import DESK, OWN, PAGES

ID = re.compile(r"\bl[a-z2-7]{16}\b")
FETCH = """async (addresses) => Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, {redirect: "follow"});
    return {address, status: answer.status, at: new URL(answer.url).pathname, text: await answer.text()};
}))"""
AT_ONCE = 8
Asked = Callable[[str, str], dict[str, Any]]
GIVEN = {"sign_in": "password", "account_rate": "0", "client_rate": "0"}  # it asks for many pages, quickly


@pytest.fixture(scope="module")
def made(example: DemoResult, tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("matrix") / "home"
    shutil.copytree(example.folder.parent, home)
    found = world(home)
    accounts = open_accounts(home)
    for role in ROLES[1:]:
        kind = AccountRole(role.split()[-1])
        scope = (found.of_mine[role],) if role in found.of_mine else ()
        account = accounts.roll.add(f"{role.replace(' ', '.')}@x.example", kind, scope, origin="test")
        accounts.terms.accept(account, current_terms().version, origin="test")
    return found


@pytest.fixture(scope="module")
def server(made: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with shared_server(made.home, tmp_path_factory.mktemp("nginx"), **GIVEN) as found:
        yield found


@pytest.fixture(scope="module")
def pages(browser: Browser, made: World, server: Server) -> Iterator[dict[str, Page]]:
    """Five browsers, each a process of its own, in which each of the five has signed in who can."""
    launched = {role: patient(browser.browser_type.launch(executable_path=chromium(), args=FLAGS)) for role in ROLES}
    opened = {role: one.new_context(ignore_https_errors=True).new_page() for role, one in launched.items()}
    shared = {"mode": "shared", "secret": SECRET, "trusted_hosts": "localhost", **GIVEN}
    gate = open_gate(load_settings(environ={}, home=str(made.home), public_url=server.origin, **shared), serving=False)
    for role, page in opened.items():
        if role != "stranger":
            account = gate.roll.find(f"{role.replace(' ', '.')}@x.example")
            assert account is not None
            page.goto(gate.link(gate.links.make(account, Purpose.INVITATION, days=1)))
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
        else:
            page.goto(server.origin + "/")
    yield opened
    for one in launched.values():
        one.close()


@pytest.fixture(scope="module")
def answer_of(pages: dict[str, Page]) -> Asked:
    """``answer_of(role, address)``: what that browser is answered, asked once for all tests, in turn."""
    return cache(lambda role, address: asked(pages[role], [address])[0])


def asked(page: Page, addresses: list[str]) -> list[dict[str, Any]]:
    """What the browser is answered, a few at a time."""
    parts = [addresses[at : at + AT_ONCE] for at in range(0, len(addresses), AT_ONCE)]
    return [answer for part in parts for answer in page.evaluate(FETCH, part)]


def named(world_: World, text: str) -> set[str]:
    """Whose id is in a text, and whose name where nobody else has it."""
    return {i for i in ID.findall(text) if i in world_.names}


NAMED = {"networks_map", "paths_map"}
"""Maps that ask of whom; they are among the addresses that name somebody."""


def hidden_names(world_: World, allowed: set[str], text: str) -> list[str]:
    """Names in a text that belong to nobody who may be seen."""
    shown = {world_.names[i] for i in allowed}
    return [name for name in {*world_.names.values()} - shown if name in text]


def with_ids(world_: World) -> list[str]:
    """An address of every page that is about a network, a person's networks, a community."""
    networks = [*sorted({n for some in world_.networks.values() for n in some})[:3], *sorted(world_.sensitive)]
    first, second = networks[:2]
    about = [f"/networks/{n}" for n in networks]
    about += [f"/overlap/map?first={first}&second={second}", f"/bridges?network={first}", f"/overlap?network={first}"]
    return [*about, "/communities/1", "/atlas?level=people", "/search?q=science", "/introductions?mode=bold", "/me?q=a"]


def test_each_page_and_twin_is_there_for_whom_the_rules_name(answer_of: Asked) -> None:
    plain = [page for page in (*PAGES, *OWN, *DESK) if "<id>" not in page.path and page.name not in NAMED]
    for role in ROLES:
        lets = {Rule.EVERYBODY: True, Rule.SEES_PEOPLE: role == "owner", Rule.SIGNED_IN: role != "stranger"}
        organizes = role == "owner" or "organizer" in role
        lets |= {Rule.MEMBER: role == "member", Rule.ORGANIZES: organizes, Rule.ORGANIZES_SIGNED_IN: organizes}
        for one in plain:
            for answer in (answer_of(role, one.rule()), answer_of(role, one.rule(".json"))):
                there = answer["status"] == 200 and answer["at"] != "/sign-in"
                of_none = one.name == "circle" and role == "owner"  # who sees everybody has no networks of their own
                assert there is (lets[RULES[one.name]] and not of_none), (role, answer["address"])


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_named_who_is_not_shown(answer_of: Asked, made: World, role: str) -> None:
    allowed = made.on_the_map(role)
    plain = [page.path for page in PAGES if "<id>" not in page.path and page.name not in NAMED]
    found: set[str] = set()
    for address in [*plain, *with_ids(made)]:
        for answer in (answer_of(role, address), answer_of(role, twin(address))):
            where = (role, answer["address"])
            assert answer["status"] in (200, 404), where
            assert named(made, answer["text"]) <= allowed, where
            assert hidden_names(made, allowed, answer["text"]) == [], where
            found |= named(made, answer["text"])
    assert bool(found) == bool(allowed)


@pytest.mark.parametrize("role", ROLES)
def test_each_sees_of_people_what_the_matrix_says(pages: dict[str, Page], made: World, role: str) -> None:
    on_the_map, known, some = made.on_the_map(role), made.known(role), made.some()
    answers = asked(pages[role], [f"/leaders/{i}.json" for i in some])
    for person, answer in zip(some, answers, strict=True):
        there = person in on_the_map
        assert (answer["status"] == 200 and answer["at"].startswith("/leaders/")) is there, (role, made.level[person])
        school = made.schools[person]
        if there and school and person not in known:
            assert (f'"{school}"' in answer["text"]) is made.shows_school(role, person), (role, person)
    circle = asked(pages[role], [f"/circle/{i}.json" for i in some])
    seen = {p for p, a in zip(some, circle, strict=True) if a["status"] == 200 and a["at"].startswith("/circle/")}
    assert seen == known & set(some)
    if known:
        [whole] = asked(pages[role], ["/circle.json?limit=1000"])
        assert named(made, whole["text"]) - {made.of_mine[role]} == known - {made.of_mine[role]}


def test_a_page_looked_at_is_the_same_as_its_twin(pages: dict[str, Page], made: World, server: Server) -> None:
    """As they are drawn, with scripts, not as they are sent."""
    person = next(i for i in sorted(made.names) if made.level[i] == "signed_in" and i not in made.known("member"))
    for role, page in pages.items():
        answer = page.goto(f"{server.origin}/leaders/{person}")
        assert answer is not None
        shown = person in made.on_the_map(role)
        assert (answer.status == 200) is (shown or person in made.known(role)), role
        assert (made.names[person] in page.locator("main").inner_text()) is (answer.status == 200), role
