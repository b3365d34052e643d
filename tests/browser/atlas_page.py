"""The page of the atlas, as tests come to it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def atlas(page: Page, address: str) -> Locator:
    page.goto(address)
    expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
    return page.locator(".atlas")


def shown(page: Page) -> set[str]:
    return set(page.locator("#marks tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.id)"))
