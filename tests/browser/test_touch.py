"""Two fingers on a telephone: they zoom the map, one moves it, and each has buttons that do the same."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.atlas_page import at_rest, atlas


def touched(page: Page, *moves: list[tuple[float, float]]) -> None:
    """Put down as many fingers as the first move has places, take them along the others, and lift them."""
    session = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(moves) - 1)]
    for kind, places in zip(kinds, moves, strict=True):
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def view_of(page: Page) -> tuple[float, float, float]:
    """Where the map is looked at, and how wide (1 is all of it), as the address says."""
    found = re.search(r"view=([^&]+)", page.url.replace("%2C", ","))
    x, y, ratio = map(float, found[1].split(",")) if found else (0.5, 0.5, 1.0)
    return x, y, ratio


def test_fingers_and_buttons_zoom_and_move_the_map(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    picture = atlas(page, f"{site}/atlas?level=people")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    apart = [[(x - d, y), (x + d, y)] for d in (30, 40, 55, 75)]
    touched(page, *apart)
    expect(page).to_have_url(re.compile("view="))
    at_rest(page)
    near = view_of(page)
    assert near[2] < 0.7
    touched(page, [(x, y)], [(x - 20, y)], [(x - 60, y)])
    at_rest(page)
    moved = view_of(page)
    assert moved[2] == near[2] and moved[0] > near[0]
    touched(page, *reversed(apart))
    at_rest(page)
    assert view_of(page)[2] > near[2]
    page.locator("[data-do=in]").tap()
    at_rest(page)
    by_button = view_of(page)[2]
    page.locator("[data-do=fit]").tap()
    at_rest(page)
    assert by_button < view_of(page)[2] == 1.0
    context.close()
