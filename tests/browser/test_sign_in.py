"""From an invitation to signing out in a real browser, over https through the real proxy, without scripts and with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.publish import publish_facts
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
    publish_facts(hostile().facts(), home)
    open_accounts(home).roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    given = {"smtp_host": "127.0.0.1", "smtp_port": str(mail.port), "smtp_security": "none"}
    given |= {"sign_in": "mail,password", "mail_from": "map@school.example"}
    with shared_server(home, tmp_path_factory.mktemp("nginx"), **given) as found:
        yield found


def sees_everybody(page: Page, server: Server) -> bool:
    answer = page.goto(f"{server.origin}/leaders/{leader('east0')}")
    assert answer is not None
    return answer.status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_by_a_link_in_a_mail_in_and_out_again(
    browser: Browser, server: Server, mail: Postbox, scripts: bool, axe_violations: Callable[[Page], list[str]]
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripts, ignore_https_errors=True
    )
    page = context.new_page()

    def looked_at() -> None:
        if scripts:
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert axe_violations(page) == [], (page.url, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url

    assert not sees_everybody(page, server)
    page.get_by_role("link", name="Sign in", exact=True).click()
    looked_at()
    page.get_by_label("Your email address").first.fill("owner@x.example")
    page.get_by_role("button", name="Send me a link").click()
    page.wait_for_url("**/sign-in/mail")
    looked_at()
    link = mail.link(server.origin)
    page.goto(link)
    looked_at()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(server.origin + "/")
    assert sees_everybody(page, server)
    kept = next(one for one in context.cookies() if one["name"] == COOKIE)
    assert (kept["secure"], kept["httpOnly"], kept["sameSite"], kept["path"]) == (True, True, "Lax", "/")
    page.get_by_role("link", name="Account", exact=True).click()
    looked_at()
    page.get_by_role("textbox", name="New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set it").click()
    page.wait_for_url("**/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(server.origin + "/")
    assert not sees_everybody(page, server) and not [one for one in context.cookies() if one["name"] == COOKIE]
    page.goto(link)
    assert "used before" in page.get_by_role("alert").inner_text()
    page.get_by_label("Your email address").last.fill("owner@x.example")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(server.origin + "/")
    assert sees_everybody(page, server)
    context.close()
