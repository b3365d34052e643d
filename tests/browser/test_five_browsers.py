"""Five people in five browsers at once, over https through the real proxy: what one decides, the others see."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from netofnets.accounts.gate import open_accounts, open_gate
from netofnets.accounts.links import Purpose
from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.accounts.shared import SECRET
from tests.published import roster_copy
from tests.web.postbox import Postbox, postbox
from tests.web.shared_server import Server, shared_server

ROSTER = """id,name,email,school,network
1,Ana Sousa,ana@one.example,Hill School,Alpha Readers
2,Bo Jansen,bo@one.example,Lake School,Alpha Readers
3,Cleo Nunez,cleo@one.example,Marsh School,Beta Writers
"""
ROLES = ("stranger", "member", "organizer of Alpha", "organizer of Beta", "owner")
# Who sees what of Ana, before and after she keeps her school for organizers: her page, and whether the school is on it.
BEFORE = {"stranger": None, "member": True, "organizer of Alpha": True, "organizer of Beta": None, "owner": True}
AFTER = BEFORE | {"member": False}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return roster_copy(ROSTER, tmp_path_factory.mktemp("five") / "home")


@pytest.fixture(scope="module")
def ids(home: Path) -> dict[str, str]:
    """Ids of people and networks, by name."""
    with closing(open_store(f"sqlite:{home / 'netofnets.sqlite'}")) as store:
        tables = store.scan().tables
    return {row["name"]: row["id"] for kind in ("leaders", "networks") for row in tables[kind].to_pylist()}


@pytest.fixture(scope="module")
def mail() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


@pytest.fixture(scope="module")
def given(home: Path, ids: dict[str, str], mail: Postbox) -> dict[str, str]:
    accounts = open_accounts(home)
    roll = accounts.roll
    roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    for name, leader in (("ana", "Ana Sousa"), ("bo", "Bo Jansen")):
        member = roll.add(f"{name}@one.example", AccountRole.MEMBER, (ids[leader],), origin="test")
        if name == "bo":  # Ana reads and accepts the terms in the test
            accounts.terms.accept(member, current_terms().version, origin="test")
    roll.add("alpha@x.example", AccountRole.ORGANIZER, (ids["Alpha Readers"],), origin="test")
    roll.add("beta@x.example", AccountRole.ORGANIZER, (ids["Beta Writers"],), origin="test")
    smtp = {"smtp_host": "127.0.0.1", "smtp_port": str(mail.port), "smtp_security": "none"}
    return smtp | {"sign_in": "mail,password", "mail_from": "map@school.example"}


@pytest.fixture(scope="module")
def server(home: Path, given: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with shared_server(home, tmp_path_factory.mktemp("nginx"), **given) as found:
        yield found


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Opens a browser of somebody's own, as small as a telephone."""
    contexts = []

    def one() -> Page:
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}, ignore_https_errors=True))
        return contexts[-1].new_page()

    yield one
    for context in contexts:
        context.close()


def signed_in(page: Page, server: Server, home: Path, address: str) -> Page:
    """Enter by the link of an invitation."""
    shared = {"mode": "shared", "secret": SECRET, "trusted_hosts": "localhost", "sign_in": "password"}
    gate = open_gate(load_settings(environ={}, home=str(home), public_url=server.origin, **shared), serving=False)
    page.goto(gate.link(gate.links.make(gate.roll.get(address), Purpose.INVITATION, days=1)))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def follow(page: Page, link: Locator) -> None:
    with page.expect_navigation():
        link.click()


def seen(page: Page, server: Server, person: str) -> bool | None:
    """Whether the school is on the page about Ana; None when there is no such page."""
    answer = page.goto(f"{server.origin}/leaders/{person}")
    assert answer is not None
    if answer.status != 200:
        assert answer.status == 404 and "Ana Sousa" not in page.content() and "Hill School" not in page.content()
        return None
    assert "Ana Sousa" in page.content()
    return "Hill School" in page.content()


def test_from_the_mail_to_ones_own_page_and_what_one_hides_is_gone_for_the_others(
    opened: Callable[[], Page],
    server: Server,
    home: Path,
    ids: dict[str, str],
    mail: Postbox,
    axe_violations: Callable[[Page], list[str]],
) -> None:
    ana, pages = ids["Ana Sousa"], {role: opened() for role in ROLES}
    for role, address in zip(ROLES[1:], ("bo@one", "alpha@x", "beta@x", "owner@x"), strict=True):
        signed_in(pages[role], server, home, f"{address}.example")
    assert {role: seen(page, server, ana) for role, page in pages.items()} == BEFORE

    me = opened()
    me.goto(f"{server.origin}/sign-in")
    me.get_by_label("Your email address").first.fill("ana@one.example")
    me.get_by_role("button", name="Send me a link").click()
    me.wait_for_url("**/sign-in/mail")
    me.goto(mail.link(server.origin))
    me.get_by_role("button", name="Sign in").click()
    me.get_by_role("button", name="I accept these terms").click()
    me.wait_for_url(server.origin + "/")
    follow(me, me.get_by_role("link", name="My page"))
    assert "You are shown to people of your networks" in me.locator(".summary").inner_text()
    me.get_by_text("Choose for one fact alone").click()
    assert axe_violations(me) == [] and me.evaluate("document.documentElement.scrollWidth") <= 360
    me.get_by_label("Fact").select_option("school")
    me.get_by_label("is shown to").select_option("organizers")
    follow(me, me.locator("section[aria-labelledby=who-sees]").get_by_role("button", name="Save").last)
    decided = time.monotonic()
    at_once = seen(pages["member"], server, ana)
    assert at_once is not True, "in force at once: nothing of her until the map follows"
    assert "School is shown to organizers of your networks" in me.get_by_role("status").first.inner_text()

    while (found := seen(pages["member"], server, ana)) is None:
        assert time.monotonic() - decided < 300, "the map did not follow"
        time.sleep(0.5)
    assert found is False
    assert {role: seen(page, server, ana) for role, page in pages.items()} == AFTER
