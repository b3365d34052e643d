"""Fixtures for tests that look at pages: the system's Chromium driven by Playwright, and axe-core."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.missing import missing

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# No sandbox: containers and CI run as root. SwiftShader draws WebGL in software, so maps show without a GPU.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that can draw WebGL; skips (in CI: fails) when the machine has none."""
    program = os.environ.get("NETOFNETS_TEST_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        missing("no Chromium: install it (Debian: apt install chromium) or name it in NETOFNETS_TEST_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, 1280 x 800; set another size with ``page.set_viewport_size``."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="UTC")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe_violations() -> Callable[[Page], list[str]]:
    """``axe_violations(page)`` lists the WCAG 2.2 A and AA violations: rule, what it is, and where."""
    axe = Axe()

    def check(page: Page) -> list[str]:
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
        return [f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']]}" for one in found]

    return check
