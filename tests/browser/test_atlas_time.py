"""The map on other days by slider, by playing, and without scripts; what changed since a day; colour and size."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from netofnets.publish import publish_facts
from tests.browser.atlas_page import atlas, shown
from tests.browser.serving import served
from tests.services.test_growth import years


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("dated")
    publish_facts(years().facts(), home)
    with served(home) as address:
        yield address


def turned_to(page: Page, number: int) -> None:
    """Move the slider, and wait for the page of that day."""
    with page.expect_navigation(url=re.compile("as_of=")):
        page.locator("#day").fill(str(number))
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)


def test_the_slider_turns_the_map_and_counts_table_and_twin_follow(page: Page, dated: str, faults: list[str]) -> None:
    atlas(page, f"{dated}/atlas?level=people")
    everybody = shown(page)
    page.locator(".over-time > summary").click()
    turned_to(page, 0)
    expect(page.locator("[data-day]")).to_have_text("2020-04-01")
    expect(page.locator("#map-summary")).to_contain_text("4 people in 3 networks")
    expect(page.locator("#day")).to_be_focused()  # the keyboard goes on where it was
    twin = page.evaluate("fetch('/atlas.json' + location.search).then((a) => a.json())")
    assert shown(page) == {row["id"] for row in twin["rows"]} == everybody
    gamma = next(node for node in twin["atlas"]["scene"]["nodes"] if node["label"] == "Gamma")
    assert gamma["weight"] == 0 and "no members" in gamma["detail"]
    page.go_back()
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
    assert "as_of" not in page.url
    assert faults == []


def test_the_days_are_played_where_motion_is_welcome(browser: Browser, dated: str) -> None:
    for motion, visible in (("no-preference", True), ("reduce", False)):
        context = browser.new_context(reduced_motion=motion)  # type: ignore[arg-type]
        page = context.new_page()
        atlas(page, f"{dated}/atlas")
        page.locator(".over-time > summary").click()
        expect(page.locator("[data-play]")).to_be_visible(visible=visible)
        expect(page.locator(".time-steps button").first).to_be_visible()
        if visible:
            with page.expect_response(re.compile("part=growth")):
                page.locator("[data-play]").click()
            expect(page.locator("[data-then]")).to_have_text(re.compile("^3 people in 2 networks"))
            with page.expect_navigation(url=re.compile("as_of=20")):
                page.locator("[data-play]").click()  # pause: the page of that day
        context.close()


def test_without_scripts_a_day_is_chosen_from_a_list_or_step_by_step(browser: Browser, dated: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{dated}/atlas?as_of=2021-05-05")
    assert page.locator("#day-listed").input_value() == "2021-05-05"
    page.get_by_role("button", name="Earlier").click()
    assert "as_of=2021-04-01" in page.url
    page.locator("#since").fill("2020-12-01")
    page.get_by_role("button", name="Mark", exact=True).click()
    assert "as_of=2021-04-01" in page.url and "since=2020-12-01" in page.url
    assert page.locator(".scene .labels-wide .tag-text").all_text_contents() == ["+1"]
    assert page.locator(".scene .line.fresh").count() == 1
    expect(page.locator("[data-since]")).to_contain_text("1 membership is new")
    page.get_by_role("link", name="Only what changed").click()
    assert page.locator("#marks tbody tr").count() == 2  # Beta, and Alpha, which shares somebody with it now
    context.close()


def test_what_changed_is_marked_and_alone_left(page: Page, dated: str, faults: list[str]) -> None:
    picture = atlas(page, f"{dated}/atlas?as_of=2021-04-01")
    before = picture.screenshot()
    picture = atlas(page, f"{dated}/atlas?as_of=2021-04-01&since=2020-12-01")
    assert picture.screenshot() != before
    with page.expect_response(re.compile("kind=changed.*part=limits")):
        page.get_by_role("link", name="Only what changed").click()
    expect(page.locator("[data-left]")).to_have_text("Showing 2 of 3 networks")
    expect(page.locator("#marks tbody tr")).to_have_count(2)
    expect(page.locator("#marks")).to_contain_text("1 joined")
    page.go_back()
    expect(page.locator("#marks tbody tr")).to_have_count(3)
    assert faults == []


@pytest.mark.parametrize("query", ["as_of=2021-99-99&since=nonsense", "area=acres&colour=smell&since=-1"])
def test_absurd_days_and_looks_are_said_or_clamped(page: Page, dated: str, faults: list[str], query: str) -> None:
    atlas(page, f"{dated}/atlas?{query}")
    expect(page.locator("#marks tbody tr")).to_have_count(3)
    expect(page.locator("[data-since]")).to_contain_text("is no day")
    assert faults == []


def test_colour_and_size_by_choice_with_the_legend(page: Page, dated: str, faults: list[str]) -> None:
    atlas(page, f"{dated}/atlas")
    page.locator(".menu > summary", has_text="Colour").click()
    with page.expect_navigation(url=re.compile("colour=kind")):
        page.get_by_role("link", name="Kind of network").click()
    expect(page.locator("[data-legend-entries] li")).to_have_text(
        [re.compile("association *2"), re.compile("course *1")]
    )
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
    page.locator(".menu > summary", has_text="Colour").click()
    with page.expect_navigation(url=re.compile("area=shared")):
        page.get_by_role("link", name="Members in other networks too").click()
    expect(page.locator(".legend-marks")).to_contain_text("area = members in other networks too")
    expect(page.locator("#marks")).to_contain_text("2 members; 1 member in other networks too")
    assert faults == []
