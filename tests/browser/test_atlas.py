"""The atlas by mouse, keyboard and address: drawn, labelled without overlap, in step with table and panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from netofnets.publish import publish_facts
from tests.browser.atlas_page import at_rest, atlas, drawn
from tests.browser.serving import served
from tests.published import publish_copy
from tests.services.graphs import four_blocks, ten_leaders
from tests.web.addresses import leader, network

BRIDGE = leader("bridge0")

LABELS = """() => [...document.querySelectorAll(".atlas-labels span:not([hidden]):not(.hint)")].map((span) => {
    const {left, top, right, bottom} = span.getBoundingClientRect();
    return {text: span.textContent, left, top, right, bottom};
})"""


@pytest.mark.parametrize("level", ["networks", "people"])
def test_the_map_is_not_blank_and_the_table_has_its_rows(
    page: Page, site: str, faults: list[str], colours: Callable[[Locator], int], level: str
) -> None:
    picture = atlas(page, f"{site}/atlas?level={level}")
    assert colours(picture) > 30
    twin = page.evaluate("fetch(document.querySelector('[data-atlas]').dataset.twin).then((a) => a.json())")
    shown = page.locator("#marks tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.id)")
    assert sorted(shown) == sorted(node["id"] for node in twin["atlas"]["scene"]["nodes"])
    assert faults == []


@pytest.mark.parametrize("width", [1280, 360])
def test_toolbar_picture_and_legend_share_the_frame_without_covering_each_other(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    atlas(page, f"{site}/atlas?level=people")
    boxes = [page.locator(part).bounding_box() for part in (".map-toolbar", ".stage", ".map-side .legend")]
    toolbar, stage, legend = (box for box in boxes if box)
    frame = page.locator(".atlas-map").bounding_box()
    assert frame and toolbar["width"] >= frame["width"] - 4 and toolbar["height"] < 130
    assert stage["y"] >= toolbar["y"] + toolbar["height"] - 1 and stage["height"] >= 340
    beside = legend["x"] >= stage["x"] + stage["width"] - 1
    below = legend["y"] >= stage["y"] + stage["height"] - 1
    assert beside if width > 1000 else below
    if width > 1000:
        assert frame["y"] + frame["height"] <= 800  # all of the map is above the fold
    drawn = page.locator(".atlas").bounding_box()
    assert drawn and abs(drawn["height"] - stage["height"]) < 3  # the picture fills its place


@pytest.mark.parametrize("width", [1280, 700, 360])
@pytest.mark.parametrize("level", ["networks", "people"])
def test_labels_never_overlap_and_the_largest_networks_have_one(page: Page, site: str, level: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    picture = atlas(page, f"{site}/atlas?level={level}&select={network('east 1')}")
    twin = page.evaluate("fetch(document.querySelector('[data-atlas]').dataset.twin).then((a) => a.json())")
    discs = [node for node in twin["atlas"]["scene"]["nodes"] if node["kind"] == "networks"]
    largest = sorted(discs, key=lambda node: (-node["weight"], -node["radius"]))[:5]
    for zoom in range(3):
        labels = page.evaluate(LABELS)
        for at, one in enumerate(labels):
            for other in labels[:at]:
                apart = (
                    one["right"] <= other["left"] + 0.5
                    or other["right"] <= one["left"] + 0.5
                    or one["bottom"] <= other["top"] + 0.5
                    or other["bottom"] <= one["top"] + 0.5
                )
                assert apart, (one, other)
        if zoom == 0 and width > 360:
            texts = {" ".join(label["text"].split()) for label in labels}
            assert {node["label"] for node in largest} <= texts | {"East 1"}
        picture.press("+")
        at_rest(page)


def test_the_keyboard_reaches_selects_and_opens(page: Page, site: str, faults: list[str]) -> None:
    picture = atlas(page, f"{site}/atlas")
    live = page.locator("[data-live]")
    picture.focus()
    picture.press("ArrowRight")
    first = live.text_content()
    assert first and "members" in first
    seen = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 3:
        picture.press(key)
        seen.add(live.text_content())
    assert len(seen) >= 4
    picture.press("Enter")
    expect(page.locator("[data-panel] .panel-title a")).to_be_visible()
    expect(page).to_have_url(re.compile("select="))
    chosen = re.search(r"select=(\w+)", page.url)
    assert chosen and page.locator("#marks tr.selected").get_attribute("data-id") == chosen[1]
    expect(live).to_contain_text("selected")
    picture.press("Escape")
    expect(page.locator("[data-panel] .panel-title")).to_have_text("Where to begin")
    expect(page).not_to_have_url(re.compile("select="))
    picture.press("ArrowDown")
    picture.press("Enter")
    expect(page.locator("[data-panel] .panel-title a")).to_be_visible()
    with page.expect_navigation(url=re.compile("/networks/")):
        picture.press("Enter")
    assert faults == []


def test_a_click_selects_and_back_returns(page: Page, site: str, faults: list[str]) -> None:
    atlas(page, f"{site}/atlas?level=people&select={BRIDGE}")
    title = page.locator("[data-panel] .panel-title")
    expect(title).to_have_text("Bridge Person 00")
    expect(page.locator("[data-panel] .reason")).to_have_count(2)  # why bridging, and what hangs on the person
    label = page.locator(".atlas-labels span:not([hidden])", has_text="Island")
    box = label.bounding_box()
    assert box
    page.get_by_role("button", name="Fit").click()
    at_rest(page)
    stage = page.locator("[data-stage]").bounding_box()
    assert stage
    page.mouse.click(stage["x"] + 4, stage["y"] + 4)  # the empty corner
    expect(title).to_have_text("Where to begin")
    page.go_back()
    expect(title).to_have_text("Bridge Person 00")
    assert f"select={BRIDGE}" in page.url
    page.go_forward()
    expect(title).to_have_text("Where to begin")
    assert faults == []


def test_a_link_shows_the_same_again_and_absurd_ones_are_clamped(
    page: Page, site: str, faults: list[str], colours: Callable[[Locator], int]
) -> None:
    picture = atlas(page, f"{site}/atlas?level=people&select={BRIDGE}")
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
        at_rest(page)
    assert "view=" in page.url and f"select={BRIDGE}" in page.url
    before, url = page.evaluate(LABELS), page.url
    picture = atlas(page, url)
    page.wait_for_function(
        f"(texts) => ({LABELS})().map(({{text}}) => text).join() === texts.join()",
        arg=[label["text"] for label in before],
    )
    for view in ("1e9,-1e9,1e-9", "NaN,0,1", "0.5,0.5,0", "a,b,c", "0.5,0.5,99"):
        picture = atlas(page, f"{site}/atlas?level=people&view={view}")
        at_rest(page)
        page.get_by_role("button", name="Fit").click()
        at_rest(page)
        assert colours(picture) > 30, view
    assert faults == []


def test_scrolling_the_page_over_the_map_scrolls_the_page(page: Page, site: str) -> None:
    atlas(page, f"{site}/atlas")
    box = page.locator("[data-stage]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    at_rest(page)
    assert page.evaluate("scrollY") > 100 and "view=" not in page.url


def test_without_webgl_the_picture_of_the_server_stays(page: Page, site: str, faults: list[str]) -> None:
    with page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null"):
        page.goto(f"{site}/atlas?level=people")
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "still", timeout=60_000)
    expect(page.locator("svg.scene")).to_be_visible()
    expect(page.locator("[data-hint]")).to_contain_text("no WebGL")
    assert faults == []


def test_calm_for_those_who_ask_for_it(browser: Browser, site: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    picture = atlas(page, f"{site}/atlas")
    picture.press("+")
    drawn(page, 4)
    one = page.evaluate(LABELS)
    at_rest(page)
    assert page.evaluate(LABELS) == one  # there at once, and no further movement
    context.close()


def test_in_contrast_colours_the_map_works_in_the_colours_of_the_system(
    browser: Browser, site: str, colours: Callable[[Locator], int]
) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    picture = atlas(page, f"{site}/atlas?level=people")
    assert colours(picture) > 5
    before = picture.screenshot()
    with page.expect_response(re.compile("part=limits")):
        page.locator("[data-legend] a[data-toggle]").first.click()
    expect(page.locator("[data-crumbs]")).to_be_visible()
    assert picture.screenshot() != before  # what is not of the group steps back, though all have one colour
    picture.press("ArrowDown")
    picture.press("Enter")
    expect(page.locator("[data-panel] .panel-title a")).to_be_visible()
    context.close()


def test_the_map_repaints_when_the_scheme_changes(page: Page, site: str, faults: list[str]) -> None:
    picture = atlas(page, f"{site}/atlas?level=people")
    page.emulate_media(color_scheme="light")
    at_rest(page)
    light = picture.screenshot()
    page.emulate_media(color_scheme="dark")
    for _ in range(100):
        drawn(page)
        if (dark := picture.screenshot()) != light:
            break
    assert dark != light and faults == []


def test_a_page_that_is_open_keeps_working_while_a_new_snapshot_is_switched_in(
    page: Page, tmp_path: Path, faults: list[str]
) -> None:
    publish_copy(ten_leaders().facts(), tmp_path)
    with served(tmp_path) as site:
        picture = atlas(page, f"{site}/atlas")
        picture.press("ArrowDown")
        picture.press("Enter")
        expect(page.locator("[data-panel] .panel-title a")).to_be_visible()
        publish_facts(four_blocks().facts(run=2), tmp_path)
        picture.press("Escape")
        picture.press("ArrowDown")
        picture.press("Enter")
        expect(page.locator("[data-notice]")).to_contain_text("was updated")
        expect(page.locator("#marks")).to_contain_text("Alpha Readers")
        page.get_by_role("link", name="Draw it anew").click()
        expect(page.locator("#marks")).to_contain_text("East 1")
        expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
    assert faults == []


def test_the_focus_map_is_drawn(page: Page, site: str, faults: list[str], colours: Callable[[Locator], int]) -> None:
    for address in (f"/leaders/{BRIDGE}", f"/overlap/map?first={network('east 1')}&second={network('west 1')}"):
        page.goto(site + address)
        expect(page.locator("[data-focus]")).to_have_attribute("data-state", "ready", timeout=60_000)
        drawn(page)
        assert colours(page.locator(".focus-canvas")) > 30
    assert faults == []
