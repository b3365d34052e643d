"""Coming nearer changes the level: networks, then their people; from afar the networks again."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.atlas_page import atlas, shown


def test_people_come_where_one_comes_near_and_go_from_afar(page: Page, site: str, faults: list[str]) -> None:
    atlas(page, f"{site}/atlas")
    networks = shown(page)
    page.locator("#map-summary").wait_for()
    with page.expect_response(re.compile(r"atlas\.json\?.*level=people")):
        for _ in range(3):
            page.locator("[data-do=in]").click()
    expect(page.locator("[data-title]")).to_have_text("People in their networks")
    expect(page.locator(".segments [aria-current]")).to_have_text("People")
    expect(page.locator("[data-legend] [data-only=people]").first).to_be_visible()
    assert "level=people" in page.url
    twin = page.evaluate("fetch('/atlas.json' + location.search).then((a) => a.json())")
    assert shown(page) == {row["id"] for row in twin["rows"]} > networks
    counted = page.locator("[data-legend-entries] .legend-count").all_inner_texts()
    assert [int(n) for n in counted] == [entry["count"] for entry in twin["limited"]["legend"]]
    page.locator("[data-do=fit]").click()
    expect(page.locator("[data-title]")).to_have_text("Networks and the people they share")
    expect(page.locator("#marks tbody tr")).to_have_count(len(networks))
    assert "level" not in page.url
    assert faults == []


def test_whoever_asked_for_people_keeps_them_from_afar(page: Page, site: str) -> None:
    atlas(page, f"{site}/atlas?level=people")
    page.locator("[data-do=out]").click()
    expect(page).to_have_url(re.compile("view="))
    expect(page.locator("[data-title]")).to_have_text("People in their networks")
