"""Every page as people see it: large and small, light and dark, without faults, and never run by a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served
from tests.published import publish_copy
from tests.web.addresses import LOOKED_AT, PAGES, leader
from tests.web.graphs import hostile

SIZES = {"desk": (1280, 800), "telephone": (360, 740)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("home")
    publish_copy(hostile().facts(), home)
    with served(home) as address:
        yield address


def settle(page: Page) -> None:
    """Until the scripts have drawn (or have said why they keep the server's picture)."""
    for kind in ("atlas", "focus"):
        if page.locator(f"[data-{kind}]:visible").count():  # a narrow window leaves out a person's map
            page.wait_for_selector(f"[data-{kind}][data-state]", timeout=60_000)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("address", LOOKED_AT.values(), ids=LOOKED_AT)
def test_pages_are_accessible_and_without_faults_and_no_name_ever_runs(
    page: Page,
    site: str,
    faults: list[str],
    axe_violations: Callable[..., list[str]],
    address: str,
    size: tuple[int, int],
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(site + address)
    settle(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(100)
        assert axe_violations(page, of_colours=scheme != SCHEMES[0]) == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size == SIZES["desk"]:  # a telephone has no pointer that hovers
        point_at_names(page)
    assert page.evaluate("window.ran") is None
    assert faults == []


def point_at_names(page: Page) -> None:
    """Hover over what may show a name, and click into a map."""
    for place in ("[data-stage]", ".legend", ".panel", "main h1", "table"):
        for found in page.locator(place).all()[:1]:
            box = found.bounding_box()
            for across in (0.2, 0.5, 0.8) if box else ():
                page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.5)  # type: ignore[index]
                page.wait_for_timeout(40)
    if page.locator("[data-stage]").count():
        stage = page.locator("[data-stage]").first.bounding_box()
        for across, down in ((0.3, 0.4), (0.5, 0.5), (0.6, 0.3)):
            page.mouse.click(stage["x"] + stage["width"] * across, stage["y"] + stage["height"] * down)  # type: ignore[index]
            page.wait_for_timeout(120)


@pytest.mark.parametrize("address", [PAGES["atlas of people"], PAGES["a leader"], PAGES["overlap"], PAGES["front"]])
def test_without_scripts_the_same_facts_are_there(browser: Browser, site: str, address: str) -> None:
    rows = {}
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(site + address)
        if scripts:
            settle(page)
        content = (
            page.locator("main").text_content()
            if not scripts
            else page.locator("main").evaluate("main => main.textContent")
        )
        rows[scripts] = [" ".join(row.split()) for row in page.locator("tbody tr").all_inner_texts()]
        assert content
        if not scripts:
            assert page.locator("svg.scene").count() == (0 if address == PAGES["overlap"] else 1)
        context.close()
    assert rows[True] == rows[False]


def test_a_stranger_with_a_browser_finds_nobody(page: Page, tmp_path: Path, faults: list[str]) -> None:
    publish_copy(hostile().facts(), tmp_path)
    with served(tmp_path, viewer="anonymous") as site:
        for address in ("/", "/atlas?level=people", "/search?q=person", "/bridges"):
            page.goto(site + address)
            settle(page)
            assert page.get_by_text("Person 04").count() == 0
        answer = page.goto(site + f"/leaders/{leader('east0')}")
        assert answer is not None and answer.status == 404
    assert [f for f in faults if "404" not in f] == []
