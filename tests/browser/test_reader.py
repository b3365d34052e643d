"""From the front page to a reasoned list of collaborators in two actions, by keyboard, on a telephone too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page


def reach(page: Page, wanted: str, scripts: bool, most: int = 60) -> None:
    """Press Tab until what has the focus matches a selector; where no script can tell, the focus is put there."""
    if not scripts:
        page.focus(wanted)
        return
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_actions_lead_from_the_front_page_to_people_with_reasons(
    browser: Browser, site: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site + "/")
    reach(page, "#me-q", scripts)
    page.keyboard.type("East Person 05")
    page.keyboard.press("Enter")  # the first action: a name
    page.wait_for_url("**/me?q=*")
    reach(page, ".person button", scripts)
    page.keyboard.press("Enter")  # the second: this is me
    page.wait_for_url("**/me")
    assert page.locator("h1").inner_text() == "East Person 05"
    reasons = page.locator("#meet ~ ul .person .why li")
    assert reasons.count() > 0 and "you both name" in reasons.first.inner_text()
    for heading in ("Your networks", "Your reach", "Whom you bridge"):
        assert page.get_by_role("heading", name=heading).is_visible()
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.cookie") == ""  # scripts cannot read who is reading
    page.goto(site + "/")
    assert "East Person 05" in page.locator("nav").inner_text()
    context.close()


def test_the_readers_page_is_accessible(
    page: Page, site: str, faults: list[str], axe_violations: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + "/me?q=Person+05")
    page.locator(".person button").first.click()
    page.wait_for_url("**/me")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(100)
        assert axe_violations(page) == [], scheme
    page.get_by_role("button", name="I am not").click()
    page.wait_for_url(site + "/")
    assert page.locator("#me-q").is_visible()
    assert faults == []
