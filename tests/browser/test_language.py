"""Pages in the language that a browser asks for, or that a reader chose: as people see and use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from netofnets.publish import publish_facts
from tests.browser.serving import served
from tests.web.addresses import EAST, LOOKED_AT, leader
from tests.web.graphs import hostile

Opened = Callable[[str], Page]

# What the front page, a profile, a search and a network say of themselves: address, then words in each language.
SAID = [
    ("/", {"de": "Eine Karte vieler Netzwerke von Lehrkräften", "es": "Un mapa de muchas redes docentes"}),
    (f"/leaders/{leader('bridge0')}", {"de": "Lohnt sich zu treffen", "es": "Vale la pena conocer"}),
    ("/search?q=person", {"de": "Personen finden", "es": "Buscar personas"}),
    (f"/networks/{EAST}", {"de": "Wer es mit anderen verbindet", "es": "Quién la vincula con otras"}),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("home")
    publish_facts(hostile().facts(), home)
    with served(home) as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens a window whose browser asks for a language; scripts have no words of the pages looked at here."""
    contexts = []

    def window(language: str) -> Page:
        contexts.append(browser.new_context(locale=language, java_script_enabled=False))
        return contexts[-1].new_page()

    yield window
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("language", "mark"), [("de", ","), ("es", ","), ("en", "[.]")])
def test_a_browser_gets_the_language_that_it_asks_for(opened, site, language, mark):
    page = opened(language)
    for address, words in SAID:
        page.goto(site + address)
        assert page.locator("html").get_attribute("lang") == language
        headings = page.locator("h1, h2").all_inner_texts()
        assert all((text in headings) == (of == language) for of, text in words.items()), headings
    page.goto(site + "/")
    first = {"de": "netofnets: eine Karte", "es": "netofnets: un mapa", "en": "netofnets: one map"}[language]
    assert page.title().startswith(first)
    page.goto(site + "/bridges")
    share = page.locator("section[aria-labelledby=scores] tbody td").last.inner_text()
    assert re.fullmatch(rf"\d{mark}\d\d", share)


def test_a_choice_at_the_foot_of_a_page_stays_and_the_way_back_leads_past_it(opened, site):
    page = opened("de")
    page.goto(site + "/networks")
    page.goto(site + "/gaps?network=" + EAST)
    with page.expect_navigation():
        page.get_by_role("button", name="Español").click()
    assert page.url == site + "/gaps?network=" + EAST
    assert page.locator("h1").inner_text() == "Qué redes deberían encontrarse"
    assert page.get_by_role("button", name="Español").get_attribute("aria-current") == "true"
    page.goto(site + "/search")
    assert page.locator("h1").inner_text() == "Buscar personas"
    page.goto(site + "/bridges")
    page.go_back()
    assert (page.url, page.locator("h1").inner_text()) == (site + "/search", "Buscar personas")
    page.goto(site + "/networks")  # seen in German before: what a browser kept of it is not shown again
    assert page.locator("h1").inner_text() == "Redes"


def test_the_longest_language_needs_no_scrolling_sideways(opened, site):
    page = opened("de")
    page.set_viewport_size({"width": 360, "height": 740})
    assert [name for name, address in LOOKED_AT.items() if wider(page, site + address)] == []
    for width, most in ((1240, 120), (1265, 70)):  # the header is one line where 15 of 1280 pixels are a scroll bar
        page.set_viewport_size({"width": width, "height": 740})
        assert not wider(page, site + "/paths")
        assert page.locator(".site-header").bounding_box()["height"] < most


def wider(page: Page, address: str) -> bool:
    """Whether a page is wider than the window."""
    page.goto(address)
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
