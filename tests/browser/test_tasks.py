"""What people come for, done by clicks: a gap becomes a drafted introduction, a table the same table as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator

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


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    """A telephone without scripts; its language is what the next page is asked for in."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def height(page: Page, address: str, language: str) -> int:
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(address)
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_a_profile_is_four_screens_of_a_telephone_before_anything_is_opened(
    telephone: Page, example: DemoResult
) -> None:
    with served(example.folder.parent) as address:
        leaders = telephone.request.get(address + "/bridges.json").json()["report"]["leaders"]
        bridging = [one["leader"]["id"] for one in leaders if one["bridging"]]
        tall = {
            (who, language): height(telephone, f"{address}/leaders/{who}", language)
            for language, some in (("en", bridging[:3]), ("es", bridging), ("de", bridging))  # English is the shortest
            for who in some
        }
        assert len(bridging) > 9 and max(tall.values()) <= 4 * 740, tall
        # the most useful thing needs no scrolling: why this person matters, and how to reach them
        for part in (".reason", ".page-head .button"):
            box = telephone.locator(part).first.bounding_box()
            assert box and box["y"] + box["height"] <= 740, part


def test_long_lists_begin_short_on_a_telephone_and_leave_nothing_out(telephone: Page, example: DemoResult) -> None:
    with served(example.folder.parent) as address:
        networks = telephone.request.get(address + "/networks.json").json()["list"]["rows"]
        joined = sorted(networks, key=lambda row: (row["bridging"], row["neighbours"]))[-3:]
        pages = ["/bridges", "/gaps", "/introductions", "/search?q=reading", "/overlap", "/networks"]
        pages += ["/review", "/about", "/communities", "/communities/3", *(one["network"]["href"] for one in joined)]
        tall = {(path, way): height(telephone, address + path, way) for path in pages for way in ("es", "de")}
        assert max(tall.values()) <= 6000, tall
        height(telephone, address + joined[-1]["network"]["href"], "en")
        shared, further = (
            telephone.locator(f"section[aria-labelledby=neighbours] {part}") for part in ("a", ".definition")
        )
        assert (shared.locator("visible=true").count(), further.is_visible()) == (2 * 4, False)  # a page and a map each
        telephone.locator("section[aria-labelledby=neighbours] .unfold summary").click()
        assert (shared.locator("visible=true").count(), further.is_visible()) == (2 * 8, True)
        height(telephone, address + "/about#gaps", "en")  # what an address points at stands open
        uses = telephone.locator(".measure p:has(> strong):visible")
        assert telephone.locator("#gaps p:has(> strong)").first.is_visible() and uses.count() <= 2
        height(telephone, address + "/bridges", "en")
        cards = telephone.locator("li.bridge:visible")
        first = telephone.locator("li.bridge").first
        assert (cards.count(), first.locator(".chips").is_visible()) == (10, False)
        telephone.get_by_text("40 more").click()
        first.get_by_text("More").click()
        assert (cards.count(), first.locator(".chips").is_visible()) == (50, True)
        telephone.reload()
        telephone.emulate_media(media="print")  # on paper everything stands, and in a wide window
        assert (cards.count(), telephone.locator(".chips:visible").count() >= 50) == (50, True)
        telephone.emulate_media(media="screen")
        telephone.set_viewport_size({"width": 1280, "height": 800})
        assert (cards.count(), telephone.locator(".unfold:visible").count()) == (50, 0)


def test_the_numbers_of_the_front_page_stand_in_one_row_in_each_language(telephone: Page, example: DemoResult) -> None:
    numbers = "[...document.querySelectorAll('.stats dd')].map((one) => one.getBoundingClientRect().top)"
    with served(example.folder.parent) as address:
        for width, rows in ((1280, 1), (360, 3)):
            telephone.set_viewport_size({"width": width, "height": 740})
            for way in ("en", "es", "de"):
                height(telephone, address, way)
                tops = telephone.evaluate(numbers)
                assert (len(tops), len(set(tops))) == (5, rows), (way, width, tops)
                assert telephone.evaluate("document.documentElement.scrollWidth") <= width, (way, width)


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
