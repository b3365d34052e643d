"""Signing in at a certified OpenID provider in a real browser, over https through the real proxy, and out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from netofnets.accounts.gate import RETURN, open_accounts
from netofnets.accounts.model import AccountRole
from tests.published import publish_copy
from tests.web.addresses import leader
from tests.web.graphs import hostile
from tests.web.openid_provider import CLIENT, SECRET, OpenIdProvider, openid_provider
from tests.web.shared_server import Server, shared_server
from web.openid import BEGUN
from web.session import COOKIE

SECRET_PAGE = f"/leaders/{leader('east0')}"
BUTTON = "Sign in with your Springfield account"


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, provider: OpenIdProvider) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    publish_copy(hostile().facts(), home)
    roll = open_accounts(home).roll
    roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    roll.add("unverified@x.example", AccountRole.OWNER, origin="test")
    given = {"sign_in": "oidc", "oidc_issuer": provider.issuer, "oidc_label": "your Springfield account"}
    given |= {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    with shared_server(home, tmp_path_factory.mktemp("nginx"), **given) as found:
        provider.lead_back_to(found.origin + RETURN)
        yield found


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser, server: Server, provider: OpenIdProvider) -> Iterator[Page]:
    """A page on a telephone; nothing but the map and the provider is asked (whose page wants a typeface)."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=request.param, ignore_https_errors=True
    )
    known = {urlsplit(server.origin).netloc, urlsplit(provider.issuer).netloc}

    def pass_on(route: Route) -> None:
        route.continue_() if urlsplit(route.request.url).netloc in known else route.abort()

    context.route("**/*", pass_on)
    yield context.new_page()
    context.close()


def sees_everybody(page: Page, server: Server) -> bool:
    answer = page.goto(server.origin + SECRET_PAGE)
    assert answer is not None
    return answer.status == 200


def marks(page: Page) -> dict[str, tuple[object, ...]]:
    kept = [one for one in page.context.cookies() if one["name"] in (COOKIE, BEGUN)]
    return {one["name"]: (one["secure"], one["httpOnly"], one["sameSite"], one["path"]) for one in kept}


def sign_in_there(page: Page, server: Server, provider: OpenIdProvider, name: str) -> None:
    """From our page to the provider's, through its own, and back to what it leads to."""
    page.goto(f"{server.origin}/sign-in?next=/networks")
    page.get_by_role("link", name=BUTTON).click()
    page.wait_for_url(f"{provider.issuer}/**")
    assert marks(page)[BEGUN] == (True, True, "Lax", "/")
    page.get_by_placeholder("Enter any login").fill(name)
    page.get_by_placeholder("and password").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{server.origin}/**")


def test_in_at_the_provider_and_out_again(
    phone: Page,
    server: Server,
    provider: OpenIdProvider,
    request: pytest.FixtureRequest,
    axe_violations: Callable[[Page], list[str]],
) -> None:
    assert not sees_everybody(phone, server)
    phone.goto(f"{server.origin}/sign-in")
    if request.node.callspec.params["phone"]:
        for scheme in ("light", "dark"):
            phone.emulate_media(color_scheme=scheme)
            assert axe_violations(phone) == [], scheme
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    sign_in_there(phone, server, provider, "owner")
    assert phone.url == f"{server.origin}/networks" and marks(phone) == {COOKIE: (True, True, "Lax", "/")}
    assert sees_everybody(phone, server)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Account", exact=True).click()
    assert "leaves you signed in there" in phone.get_by_role("main").inner_text()
    phone.get_by_role("button", name="Sign out", exact=True).click()
    phone.wait_for_url(server.origin + "/")
    assert not sees_everybody(phone, server) and marks(phone) == {}
    phone.goto(f"{server.origin}/sign-in")
    phone.get_by_role("link", name=BUTTON).click()  # the provider still knows this browser, and says so at once
    phone.wait_for_url(server.origin + "/")
    assert sees_everybody(phone, server)


@pytest.mark.parametrize("phone", [True], indirect=True)
@pytest.mark.parametrize(("name", "words"), [("stranger", "no account here"), ("unverified", "has verified an email")])
def test_who_was_not_invited_or_not_verified_comes_back_to_a_sentence(
    phone: Page, server: Server, provider: OpenIdProvider, name: str, words: str
) -> None:
    sign_in_there(phone, server, provider, name)
    assert words in phone.get_by_role("alert").inner_text() and marks(phone) == {}
    assert not sees_everybody(phone, server)


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_who_changes_their_mind_at_the_provider_is_told_so(
    phone: Page, server: Server, provider: OpenIdProvider
) -> None:
    phone.goto(f"{server.origin}/sign-in")
    phone.get_by_role("link", name=BUTTON).click()
    phone.get_by_role("link", name="Cancel").click()
    phone.wait_for_url(f"{server.origin}/**")
    said = phone.get_by_role("alert").inner_text()
    assert "its provider said: access_denied" in said and marks(phone) == {}
    assert not sees_everybody(phone, server)
