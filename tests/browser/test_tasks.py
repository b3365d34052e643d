"""What people come for, done by clicks: a gap becomes a drafted introduction, a table the same table as a file."""

from __future__ import annotations

import csv

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


def test_a_profile_is_four_screens_of_a_telephone_before_anything_is_opened(
    browser: Browser, example: DemoResult
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    with served(example.folder.parent) as address:
        leaders = page.request.get(address + "/bridges.json").json()["report"]["leaders"][:6]
        tall = {}
        for one in leaders:
            page.goto(f"{address}/leaders/{one['leader']['id']}")
            tall[one["leader"]["name"]] = page.evaluate("document.documentElement.scrollHeight")
    context.close()
    assert len(tall) == 6 and max(tall.values()) <= 4 * 740, tall


def test_an_analyst_takes_along_what_the_page_shows(page: Page, site: str) -> None:
    page.goto(site + "/tables")
    hand = Hand(page)
    hand.follow("Overlap of networks", "#tables")
    page.select_option("#column", "shared")
    page.select_option("#how", "least")
    page.fill("#value", "2")
    with page.expect_navigation():
        page.get_by_role("button", name="Show", exact=True).first.click()
    with page.expect_navigation():
        page.locator("#rows thead th", has_text="ratio").locator("a").first.click()
    columns = page.locator("#column option").evaluate_all("all => all.map((one) => one.value).filter(Boolean)")
    shown = [
        dict(zip(columns, row, strict=True))
        for row in page.locator("#rows tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
        )
    ]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with download.value.path().open(encoding="utf-8", newline="") as file:
        taken = list(csv.DictReader(file))
    assert len(shown) == len(taken) > 3 and list(taken[0]) == columns
    for here, there in zip(shown, taken, strict=True):
        for name in ("first", "first_name", "second", "second_name", "shared"):
            assert here[name] == there[name], name
        for name in ("expected", "ratio", "p", "q"):
            assert here[name] == f"{float(there[name]):.4g}", name
    ratios = [float(row["ratio"]) for row in taken]
    assert ratios == sorted(ratios, reverse=True) and all(int(row["shared"]) >= 2 for row in taken)
