"""Fixtures for tests that look at pages: the system's Chromium driven by Playwright, and axe-core."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser.axe import violations
from tests.browser.serving import served
from tests.missing import missing
from tests.published import publish_copy
from tests.services.graphs import four_blocks

# The first is the engine without a browser's own windows, bars and services around it: half the work for each page.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
PATIENCE = 120_000  # milliseconds
LEAVE = """() => {
    if (location.origin !== "null") for (const kept of [localStorage, sessionStorage]) kept.clear();
    location.replace("about:blank");
}"""
COUNT_COLOURS = """async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that can draw WebGL; skips (in CI: fails) when the machine has none."""
    program = chromium()
    if not program:
        missing("no Chromium: apt install chromium-headless-shell (or chromium), or name it in NETOFNETS_TEST_CHROMIUM")
    manager = sync_playwright()
    try:
        playwright = manager.start()
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
    except Exception as error:  # Playwright raises plain Exception when its driver cannot run
        missing(f"{program} or Playwright's driver does not start here: {error}")
    expect.set_options(timeout=PATIENCE)
    yield patient(started)
    expect.set_options()
    started.close()
    playwright.stop()


def chromium() -> str | None:
    """The program that the environment names, else the first on the path."""
    return os.environ.get("NETOFNETS_TEST_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


def patient(browser: Browser) -> Browser:
    """The same, with pages that wait as long as a machine may need that is busy with other things."""
    make = browser.new_context

    def new_context(**given: Any) -> BrowserContext:
        context = make(**given)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = new_context  # type: ignore[method-assign]
    return browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Four blocks of made-up networks, served to an organizer."""
    home: Path = tmp_path_factory.mktemp("home")
    publish_copy(four_blocks().facts(), home)
    with served(home) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """The window of a file's tests, one after the other: a new one is a new process, which costs more than a page."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """A page as in a new window, 1280 x 800; set another size with ``page.set_viewport_size``.

    Who gives the window a script of its own (``add_init_script``) takes it back.
    """
    window.context.clear_cookies()
    window.emulate_media(color_scheme="light")
    window.set_viewport_size({"width": 1280, "height": 800})
    yield window
    leave(window)


def leave(page: Page) -> None:
    """Go from where a page is to nowhere, within its process, and leave nothing kept behind but cookies."""
    try:
        with page.expect_navigation():
            page.evaluate(LEAVE)
    except Error:  # it was on its way somewhere else
        page.goto("about:blank")


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What went wrong on ``page`` so far: console errors and warnings, exceptions, dialogs, requests to another host.

    Ask for it before the first ``goto``; ``assert faults == []`` at the end.
    """
    found: list[str] = []

    def request_seen(request: Request) -> None:
        home = urlsplit(page.url).netloc
        if not request.is_navigation_request() and urlsplit(request.url).netloc not in {home, ""}:
            found.append(f"request to another host: {request.url}")

    def said(message: ConsoleMessage) -> None:
        # reading pixels back is slow in software GL; Chromium says so, and it says nothing about our page
        if message.type in {"error", "warning"} and "GL Driver Message" not in message.text:
            found.append(f"console {message.type}: {message.text}")

    def raised(error: Error) -> None:
        found.append(f"exception: {error}")

    def asked(dialog: Dialog) -> None:
        found.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    handlers = {"console": said, "pageerror": raised, "request": request_seen, "dialog": asked}
    for event, handler in handlers.items():
        page.on(event, handler)  # type: ignore[call-overload]
    yield found
    for event, handler in handlers.items():
        page.remove_listener(event, handler)


@pytest.fixture(scope="session")
def axe_violations() -> Callable[..., list[str]]:
    """``axe_violations(page)`` lists the WCAG 2.2 A and AA violations: rule, what it is, and where.

    With ``of_colours=True`` of colours alone: all that a second colour scheme of the same page can break, since a
    scheme sets nothing else (``tests/web/test_design.py``).
    """
    return violations


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """A page that reads pictures, apart from the pages themselves, whose security policy may forbid this."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def colours(reader: Page) -> Callable[[Locator], int]:
    """``colours(page.locator("canvas"))`` counts the different colours a person sees there: a blank map has one."""

    def count(place: Locator) -> int:
        picture = base64.b64encode(place.screenshot()).decode("ascii")
        return int(reader.evaluate(COUNT_COLOURS, f"data:image/png;base64,{picture}"))

    return count
