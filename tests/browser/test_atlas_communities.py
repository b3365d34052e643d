"""From networks to communities: chosen by its name, its outline, the legend, a list or the keyboard, and left again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.atlas_page import at_rest, atlas, drawn, shown
from tests.browser.serving import served
from tests.published import publish_copy
from tests.services.graphs import eight_blocks


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Eight blocks of nine made-up networks, served to an organizer."""
    home = tmp_path_factory.mktemp("home")
    publish_copy(eight_blocks().facts(), home)
    with served(home) as address:
        yield address


def community_of(page: Page) -> str:
    """What panel, table, twin and address agree on; the number of the community."""
    expect(page.locator(".panel-title a")).to_have_attribute("href", re.compile("/communities/"))
    twin = page.evaluate("fetch('/atlas.json' + location.search).then((a) => a.json())")
    number: str = twin["community"]["ref"]["id"]
    assert f"community={number}" in page.url and "select=" not in page.url
    assert shown(page) == {row["id"] for row in twin["rows"]} == {one["id"] for one in twin["limited"]["marks"]}
    words = f"A community of {twin['limited']['networks']} networks and"
    expect(page.locator("[data-panel]")).to_contain_text(words)
    expect(page.locator(f"[data-legend] a[data-set*='community={number}&']")).to_have_attribute("aria-current", "true")
    return number


def whole(page: Page) -> None:
    expect(page.locator(".panel-title")).to_have_text("Where to begin")
    expect(page.locator("#marks tbody tr")).to_have_count(72)
    assert "community=" not in page.url


def named(page: Page, written: str) -> Locator:
    """The first of these names, and none that may be written before it later."""
    return page.locator(written, has_text=page.locator(written).first.inner_text().splitlines()[0]).first


def point_at(page: Page, name: Locator) -> None:
    """Move the pointer there until the name stands out: while names go along with the map, none is meant."""
    for step in range(500):
        x, y = middle(name)
        page.mouse.move(x + step % 2, y)
        drawn(page, 2)
        if "emphasis" in (name.get_attribute("class") or ""):
            return
    raise AssertionError(f"{name} never stood out")


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_name_of_a_community_chooses_it_and_back_undoes(
    page: Page, site: str, faults: list[str], axe_violations: Callable[[Page], list[str]]
) -> None:
    page.goto(site)
    expect(page.locator(".scene .district").first).to_be_visible()  # in the small picture too, where nothing is chosen
    atlas(page, f"{site}/atlas")
    at_rest(page)
    name = named(page, ".atlas-labels .district:not([hidden])")
    point_at(page, name)
    with page.expect_response(re.compile("part=limits")):
        page.mouse.click(*middle(name))
    number = community_of(page)
    assert axe_violations(page) == []
    expect(page).to_have_url(re.compile("view="))  # it is flown to
    page.locator("[data-around-links] a").first.click()
    expect(page.locator("[data-crumbs]")).to_contain_text("Within 1 step of the community")
    page.go_back()
    assert community_of(page) == number
    page.go_back()
    whole(page)
    assert faults == []


def test_arrow_keys_go_from_community_to_community_and_into_one(page: Page, site: str, faults: list[str]) -> None:
    picture = atlas(page, f"{site}/atlas")
    at_rest(page)
    picture.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-live]")).to_contain_text("community of 9 networks")
    page.keyboard.press("Enter")
    expect(page.locator("[data-live]")).to_contain_text("A community of 9 networks")
    number = community_of(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-live]")).to_contain_text("members")
    page.keyboard.press("Enter")
    expect(page.locator(".panel-title a")).to_have_attribute("href", re.compile("/networks/"))
    assert f"community={number}" in page.url
    page.keyboard.press("Escape")
    assert community_of(page) == number
    page.keyboard.press("Escape")
    whole(page)
    assert faults == []


def test_a_list_and_the_legend_choose_the_same_with_and_without_scripts(browser: Browser, site: str) -> None:
    found = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        for link in ("[data-panel] a[data-set*='community=']", "[data-legend] a[data-set*='community=']"):
            page.goto(f"{site}/atlas")
            if scripts:
                expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready")
            page.locator(link).first.click()
            expect(page.locator(".panel-title a")).to_have_attribute("href", re.compile("/communities/"))
            found.append((page.locator(".panel-title").inner_text(), page.locator("#marks tbody tr").count()))
        if not scripts:
            page.goto(f"{site}/atlas")
            page.locator(".scene .district").first.click()
            expect(page.locator(".scene .district.selected")).to_have_count(1)
        context.close()
    assert found[:2] == found[2:] and {rows for _, rows in found} == {9}
