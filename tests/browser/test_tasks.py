"""What an organizer comes for, done by clicks: a gap between two named networks becomes a drafted introduction."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from ingest.demo import DemoResult
from tests.browser.serving import served

GAP = ("Saltmarsh Outdoor Schools", "Prairie and Plateau Place-Based Learning")
MOST_ACTIONS = 6


class Hand:
    """Somebody who clicks; each click is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def follow(self, words: str, within: str = "body", *also: str) -> None:
        """Follow the link with these words, in the first of such parts of the page that names the others."""
        place = self.page.locator(within)
        for name in also:
            place = place.filter(has_text=name)
        with self.page.expect_navigation():
            place.first.locator("a", has_text=words).first.click()
        self.actions += 1


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["desk", "telephone"])
def test_from_the_front_page_to_a_drafted_introduction(
    browser: Browser, example: DemoResult, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    with served(example.folder.parent) as address:
        page = context.new_page()
        page.goto(address)
        hand = Hand(page)
        hand.follow("Gaps", ".site-nav")
        hand.follow("Who should meet", "li.bridge", *GAP)
        first = page.locator("li.introduction").first
        who, why = (first.locator(part).bounding_box() for part in (".meeting", ".why"))
        assert who and why and who["height"] > 80 and who["y"] + who["height"] <= why["y"]  # one below the other
        names = [first.locator(".side h2").nth(at).inner_text() for at in (0, 1)]
        assert {first.locator(".side .chip").nth(at).inner_text() for at in (0, 1)} == set(GAP)
        hand.follow("Introduce them", "li.introduction")
        page.locator("details.draft summary").first.click()
        hand.actions += 1
        drafted = page.locator("details.draft textarea").first
        assert drafted.is_visible() and hand.actions <= MOST_ACTIONS
        text = drafted.input_value()
        assert all(name.split()[0] in text for name in names) and all(network in text for network in GAP)
        buttons = page.locator("section[aria-labelledby=record] button")
        assert "Set them aside" in buttons.all_inner_texts()
    context.close()
