"""The page of the atlas, as tests come to it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def atlas(page: Page, address: str) -> Locator:
    page.goto(address)
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
    return page.locator(".atlas")


def shown(page: Page) -> set[str]:
    return set(page.locator("#marks tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.id)"))


FRAMES = """async (number) => {
    for (let at = 0; at < number; at += 1) await new Promise(requestAnimationFrame);
}"""

REST = """async ([still, frames]) => {
    const look = () => JSON.stringify([location.href, [...document.querySelectorAll(".atlas-labels span")].map(
        (span) => [span.hidden, span.getBoundingClientRect()])]);
    let seen = look(), since = performance.now(), same = 0;
    while (same < frames || performance.now() - since < still) {
        await new Promise(requestAnimationFrame);
        const now = look();
        same = now === seen ? same + 1 : 0;
        if (!same) [seen, since] = [now, performance.now()];
    }
}"""


def drawn(page: Page, frames: int = 10) -> None:
    """Wait until so many pictures have been drawn, however long the machine takes for one."""
    page.evaluate(FRAMES, frames)


def at_rest(page: Page) -> None:
    """Wait until neither the names nor the address have changed for a while: longer than the address waits."""
    page.evaluate(REST, [500, 15])
