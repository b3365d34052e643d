"""Networks side by side: by a list, by drawing around them, by keys; the same without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.atlas_page import atlas, shown

WHERE = """() => fetch(document.querySelector("[data-atlas]").dataset.twin).then((a) => a.json()).then(({atlas}) => {
    const nodes = atlas.scene.nodes;
    const across = (of, sign) => nodes.map((n) => n[of] + sign * n.radius);
    return {
        nodes,
        left: Math.min(...across("x", -1)), right: Math.max(...across("x", 1)),
        low: Math.min(...across("y", -1)), high: Math.max(...across("y", 1)),
    };
})"""


def ready(page: Page) -> None:
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)


def test_two_networks_by_the_list_of_the_panel(page: Page, site: str, faults: list[str]) -> None:
    atlas(page, f"{site}/atlas")
    page.locator("[data-panel] [data-choose]").first.click()
    form = page.locator("[data-panel] [data-add]")
    with page.expect_navigation(url=re.compile("among=")):
        form.get_by_role("button", name="Add").click()
    ready(page)
    expect(page.locator("[data-panel] h2")).to_have_text("Side by side")
    expect(page.locator("[data-panel] .part summary").first).to_have_text(re.compile("^(In both|Only in)"))
    expect(page.locator("[data-left]")).to_have_text(re.compile("^Showing 2 of 13 networks"))
    assert len(shown(page)) == 2
    expect(page.locator("[data-panel]").get_by_role("link", name="Who could meet")).to_have_attribute(
        "href", re.compile(r"introductions\?network=n\w+&and=n\w+")
    )
    with page.expect_navigation():
        page.locator("[data-crumbs] a", has_text="Everything").click()
    ready(page)
    assert len(shown(page)) == 13
    assert faults == []


def test_a_lasso_takes_what_it_surrounds_and_shift_adds_by_click_and_key(
    page: Page, site: str, faults: list[str]
) -> None:
    picture = atlas(page, f"{site}/atlas")
    box = picture.bounding_box()
    assert box
    page.locator("[data-lasso]").click()
    expect(page.locator("[data-lasso]")).to_have_attribute("aria-pressed", "true")
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + 2)
    page.mouse.down()
    for x, y in ((box["x"] + 2, 2), (box["x"] + 2, box["height"] - 2), (middle, box["height"] - 2)):
        page.mouse.move(x, box["y"] + y)
    with page.expect_navigation(url=re.compile("among=")):
        page.mouse.up()
    ready(page)
    left = shown(page)
    assert 0 < len(left) < 13
    everything = page.evaluate(WHERE)["nodes"]
    inside = sorted(n["x"] for n in everything if n["id"] in left)
    outside = sorted(n["x"] for n in everything if n["id"] not in left)
    assert inside[-1] < outside[0]  # what stands left of the middle, and nothing else
    picture.focus()
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Shift+Enter")
    ready(page)
    assert len(shown(page)) == len(left) - 1  # it was one of them, so it is taken out
    assert faults == []


def test_without_scripts_a_network_is_added_and_taken_out(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/atlas")
    page.locator("[data-panel] [data-choose]").first.click()
    page.locator("[data-panel] [data-add]").get_by_role("button", name="Add").click()
    assert page.locator("#marks tbody tr").count() == 2
    assert page.locator(".scene .disc:not(.faded)").count() == 2
    page.locator("[data-panel]").get_by_role("link", name="Take out").first.click()
    assert page.locator("#marks tbody tr").count() == 1
    context.close()
