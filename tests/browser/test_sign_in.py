"""From an invitation to signing out in a real browser, over https through the real proxy, without scripts and with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from tests.published import publish_copy
from tests.web.addresses import leader
from tests.web.graphs import hostile
from tests.web.postbox import Postbox, postbox
from tests.web.shared_server import Server, shared_server
from tests.web.signing import PASSWORD
from web.session import COOKIE


@pytest.fixture(scope="module")
def mail() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, mail: Postbox) -> Iterator[Server]:
    home: Path = tmp_path_factory.mktemp("home")
    publish_copy(hostile().facts(), home)
    open_accounts(home).roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    given = {"smtp_host": "127.0.0.1", "smtp_port": str(mail.port), "smtp_security": "none"}
    given |= {"sign_in": "mail,password", "mail_from": "map@school.example"}
    with shared_server(home, tmp_path_factory.mktemp("nginx"), **given) as found:
        yield found


def sees_everybody(page: Page, server: Server) -> bool:
    answer = page.goto(f"{server.origin}/leaders/{leader('east0')}")
    assert answer is not None
    return answer.status == 200


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page on a telephone, in a browser with and without scripts."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=request.param, ignore_https_errors=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def looked_at(
    phone: Page, request: pytest.FixtureRequest, axe_violations: Callable[[Page], list[str]]
) -> Callable[[], None]:
    """Looks at the page that is open as it is read in light and dark; without scripts nothing can look."""

    def look() -> None:
        if request.node.callspec.params["phone"]:
            for scheme in ("light", "dark"):
                phone.emulate_media(color_scheme=scheme)
                assert axe_violations(phone) == [], (phone.url, scheme)
            assert phone.evaluate("document.documentElement.scrollWidth") <= 360, phone.url

    return look


def marks(page: Page) -> list[tuple[object, ...]]:
    kept = [one for one in page.context.cookies() if one["name"] == COOKIE]
    return [(one["secure"], one["httpOnly"], one["sameSite"], one["path"]) for one in kept]


def test_by_a_link_in_a_mail_in_and_out_again_and_in_by_a_password(
    phone: Page, server: Server, mail: Postbox, looked_at: Callable[[], None]
) -> None:
    assert not sees_everybody(phone, server)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Sign in", exact=True).click()
    looked_at()
    phone.get_by_label("Your email address").first.fill("owner@x.example")
    phone.get_by_role("button", name="Send me a link").click()
    phone.wait_for_url("**/sign-in/mail")
    looked_at()
    link = mail.link(server.origin)
    phone.goto(link)
    looked_at()
    phone.get_by_role("button", name="Sign in").click()
    phone.wait_for_url(server.origin + "/")
    assert sees_everybody(phone, server) and marks(phone) == [(True, True, "Lax", "/")]
    with phone.expect_navigation():
        phone.get_by_role("link", name="Account", exact=True).click()
    looked_at()
    for field in ("New password", "The same again"):
        phone.get_by_role("textbox", name=field).fill(PASSWORD)
    phone.get_by_role("button", name="Set it").click()
    phone.wait_for_url("**/account")
    phone.get_by_role("button", name="Sign out", exact=True).click()
    phone.wait_for_url(server.origin + "/")
    assert not sees_everybody(phone, server) and marks(phone) == []
    phone.goto(link)
    assert "used before" in phone.get_by_role("alert").inner_text()
    phone.get_by_label("Your email address").last.fill("owner@x.example")
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    phone.wait_for_url(server.origin + "/")
    assert sees_everybody(phone, server)
