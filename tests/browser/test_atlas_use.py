"""What one does with the atlas: filter, search, select, and take it along."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.atlas_page import atlas, shown
from tests.web.addresses import leader, network

BRIDGE = leader("bridge0")


def test_a_legend_entry_filters_picture_table_and_counts_and_back_undoes(
    page: Page, site: str, faults: list[str]
) -> None:
    picture = atlas(page, f"{site}/atlas?level=people&colour=region")
    everything, before = shown(page), picture.screenshot()
    entry = page.locator("[data-legend] a[data-toggle]").first
    label, count = entry.locator("bdi").inner_text(), int(entry.locator(".legend-count").inner_text())
    with page.expect_response(re.compile("part=limits")):
        entry.click()
    expect(page.locator("[data-crumbs]")).to_contain_text(label)
    expect(entry).to_have_attribute("aria-current", "true")
    left = shown(page)
    twin = page.evaluate("fetch('/atlas.json' + location.search).then((a) => a.json())")
    assert left == {one["id"] for one in twin["limited"]["marks"]} == {row["id"] for row in twin["rows"]}
    people = {n["id"] for n in twin["atlas"]["scene"]["nodes"] if n["kind"] == "leaders"}
    assert len(left & people) == count == twin["limited"]["people"] and left < everything
    expect(page.locator("[data-left]")).to_contain_text(f"{count:,} of")
    assert picture.screenshot() != before
    page.go_back()
    expect(page.locator("[data-crumbs]")).to_be_hidden()
    expect(page.locator("#marks tbody tr")).to_have_count(len(everything))
    assert faults == []


def test_the_slider_leaves_the_links_that_the_twin_says(page: Page, site: str, faults: list[str]) -> None:
    atlas(page, f"{site}/atlas")
    page.locator(".menu summary", has_text="Links").click()
    with page.expect_response(re.compile(r"least=4.*part=limits")) as answered:
        page.locator("#least").fill("4")
    weights = answered.value.json()["lines"]["weight"]
    assert weights and all(weight >= 4 for weight in weights)
    expect(page.locator("[data-note]")).to_contain_text(f"Showing {len(weights)} of")
    assert faults == []


def test_a_filter_says_the_same_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/atlas?level=people&kind=bridging")
    assert page.locator("#marks tbody tr").count() == 2
    assert page.locator(".scene .ring:not(.faded):not(.thin)").count() == 2
    assert page.locator(".scene .disc:not(.faded)").count() == 0
    with page.expect_navigation():
        page.locator("[data-crumbs] a", has_text="Everything").click()
    assert page.locator("#marks tbody tr").count() == 121
    context.close()


def test_search_on_the_map_flies_to_what_it_finds(page: Page, site: str, faults: list[str]) -> None:
    atlas(page, f"{site}/atlas?level=people")
    page.locator("#find").fill("bridge person")
    options = page.locator("#found [role=option]")
    expect(options).to_have_count(2)
    page.locator("#find").press("ArrowDown")
    page.locator("#find").press("Enter")
    expect(page.locator("[data-panel] .panel-title")).to_have_text("Bridge Person 00")
    page.wait_for_url(re.compile("view="))
    assert f"select={BRIDGE}" in page.url and float(page.url.split("view=")[1].split("%2C")[2].split("&")[0]) < 0.9
    assert faults == []


def test_the_wheel_moves_the_map_once_it_was_clicked(page: Page, site: str) -> None:
    picture = atlas(page, f"{site}/atlas")
    box = picture.bounding_box()
    assert box
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, -400)
    page.wait_for_url(re.compile("view="))
    assert page.evaluate("scrollY") == 0


def test_changing_between_networks_and_people_keeps_what_is_selected(page: Page, site: str) -> None:
    atlas(page, f"{site}/atlas?select={network('east 1')}")
    with page.expect_navigation():
        page.get_by_role("link", name="People", exact=True).click()
    expect(page.locator("[data-panel] .panel-title")).to_have_text("East 1")
    atlas(page, f"{site}/atlas?level=people&select={BRIDGE}")
    with page.expect_navigation():
        page.locator(".segments").get_by_role("link", name="Networks", exact=True).click()
    expect(page.locator("[data-panel] .panel-title")).to_have_text("Bridge Person 00")


def test_pictures_are_saved_with_legend_date_and_source(page: Page, site: str, faults: list[str]) -> None:
    atlas(page, f"{site}/atlas?level=people&colour=region")
    page.locator("[data-take] summary").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Drawing (SVG)").click()
    text = saved.value.path().read_text(encoding="utf-8")
    legend = page.locator("[data-legend] a[data-toggle] bdi").all_inner_texts()
    assert all(label in text for label in legend) and re.search(r"netofnets, data \w+, \d{4}-\d\d-\d\d", text)
    assert text.count("<circle") == 121 + len(legend)
    page.locator("[data-take] summary").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG") and faults == []


def test_the_first_visit_is_told_how_to_read_the_map_and_no_later_one(page: Page, site: str) -> None:
    atlas(page, f"{site}/atlas")
    hints = page.locator("[data-hints]")
    expect(hints).to_be_visible()
    page.get_by_role("button", name="Understood").click()
    expect(hints).to_be_hidden()
    atlas(page, f"{site}/atlas?level=people")
    expect(hints).to_be_hidden()


def test_on_a_telephone_the_answer_to_a_tap_is_in_view(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    picture = atlas(page, f"{site}/atlas")
    box = picture.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if "select=" not in page.url:  # nothing stands in the middle
        page.locator("[data-choose]").first.click()
    panel = page.locator("[data-panel]")
    expect(panel.locator(".panel-title a")).to_be_visible()
    expect(panel).to_be_in_viewport()
    page.get_by_role("button", name="Close").click()
    expect(page).not_to_have_url(re.compile("select="))


def test_a_member_who_is_chosen_has_the_name_on_the_map_and_on_no_other_disc(page: Page, site: str) -> None:
    nodes = page.request.get(f"{site}/atlas.json?level=people").json()["atlas"]["scene"]["nodes"]
    member = next(n for n in nodes if n["kind"] == "leaders" and not n["bridging"] and not n["connecting"])
    atlas(page, f"{site}/atlas?level=people&select={member['id']}")
    name = page.locator(".atlas-labels .emphasis:not([hidden])")
    expect(name).to_have_count(1)
    assert name.inner_text().replace("\n", " ") == member["label"]
