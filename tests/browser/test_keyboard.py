"""Without a mouse: from a search to a network, to somebody in it, to the way there, and back; the focus always seen."""

from __future__ import annotations

from playwright.sync_api import Page

SEEN = """() => {
    const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const there = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    return on !== document.body && there && (ringed || on.matches("input, select"));
}"""

FITS = """([wanted, words]) =>
    document.activeElement.matches(wanted) && document.activeElement.innerText.includes(words)"""


def tab_to(page: Page, wanted: str, words: str = "", most: int = 160) -> None:
    """Press Tab until what has the focus fits a selector and has these words; each stop on the way is visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate(FITS, [wanted, words]):
            return
    raise AssertionError(f"the keyboard does not reach {wanted} with {words!r}")


def follow(page: Page, wanted: str, words: str = "") -> None:
    tab_to(page, wanted, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_a_search_to_a_way_and_back_by_the_keyboard_alone(page: Page, site: str, faults: list[str]) -> None:
    page.goto(site + "/")
    tab_to(page, "input[type=search][name=q]")
    page.keyboard.type("East 1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "main a[href^='/networks/']")
    assert page.locator("h1").inner_text() == "East 1"
    follow(page, "main table a[href^='/leaders/']")
    person = page.locator("h1").inner_text().strip()
    follow(page, "main a[href^='/paths']")
    assert page.locator("h1").inner_text() == f"How do I reach {person}?"
    tab_to(page, "input[name=from]")
    page.keyboard.type("West Person 05")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == f"From West Person 05 to {person}"
    assert page.locator("ol.ways li").count() > 0
    follow(page, "main .ways a[href^='/leaders/']")
    for _ in range(3):
        page.go_back()
    assert page.locator("h1").inner_text().strip() == person
    page.go_back()
    assert page.locator("h1").inner_text() == "East 1"
    assert faults == []
