"""Pages of maps unlike the example, as people see them: a real course, and three small rosters that share three."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served
from tests.browser.test_pages import settle
from tests.small_maps import SHARED, course_home, three_home, where_to_look

DESK, TELEPHONE = (1280, 800, "light"), (360, 740, "dark")
# In turn on a desk and on a telephone. Of hundreds of people axe takes seconds, on pages that look like those of few.
LOOKED_AT = {
    "three": ("front", "people on the map", "bridges", "overlap", "gaps", "network", "leader", "map of two networks"),
    "course": ("bridges", "front", "overlap", "networks on the map", "network", "gaps"),
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(three_home(tmp_path_factory.mktemp("three"))) as address:
        yield address


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[str]:
    with served(course_home(tmp_path_factory.mktemp("course"), shared_data)) as address:
        yield address


def addresses(page: Page, site: str) -> dict[str, str]:
    return where_to_look(lambda path: page.request.get(site + path).json())


@pytest.mark.parametrize("name", ["three", "course"])
def test_pages_are_accessible_fit_the_window_and_are_without_faults(
    page: Page,
    request: pytest.FixtureRequest,
    faults: list[str],
    axe_violations: Callable[[Page], list[str]],
    name: str,
) -> None:
    site = request.getfixturevalue(name)
    where, wrong = addresses(page, site), {}
    for at, looked_at in enumerate(LOOKED_AT[name]):
        width, height, scheme = (DESK, TELEPHONE)[at % 2]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=_scheme(scheme))
        page.goto(site + where[looked_at])
        settle(page)
        if found := axe_violations(page):
            wrong[looked_at] = found
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.setdefault(looked_at, []).append("wider than the window")
    assert wrong == {}
    assert faults == []


def _scheme(name: str) -> Literal["light", "dark"]:
    return "dark" if name == "dark" else "light"


@pytest.mark.parametrize(("name", "who"), [("three", SHARED), ("course", ("Participant 444", "Participant 445"))])
def test_the_front_page_names_who_joins_networks_and_one_click_says_how(
    page: Page, request: pytest.FixtureRequest, name: str, who: tuple[str, ...]
) -> None:
    site = request.getfixturevalue(name)
    page.goto(site + "/")
    for person in who:
        assert page.get_by_role("link", name=f"{person} joins networks").is_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Bridges").first.click()
    for person in who:
        assert page.locator("li.bridge").filter(has_text=person).locator(".reason, p").first.is_visible()


def test_magnified_to_four_hundred_per_cent_nothing_is_cut_off(browser: Browser, three: str) -> None:
    """1280 pixels at 400 % are 320 of the page's own, at 200 % 640 (WCAG 1.4.10 and 1.4.4)."""
    context = browser.new_context()
    page = context.new_page()
    where = addresses(page, three)
    wide = []
    for width, height, some in ((320, 256, where), (640, 400, ("front", "people on the map", "overlap", "network"))):
        page.set_viewport_size({"width": width, "height": height})
        for name, address in ((name, where[name]) for name in some):
            page.goto(three + address)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
    context.close()
    assert wide == []
