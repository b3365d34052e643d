"""The one-file map from the disk in a browser: no request, nothing run that a name says, every mark by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from netofnets.export.one_file import one_file
from netofnets.graph.published import Published
from netofnets.services.map.carried import carried_map
from netofnets.services.viewer import ORGANIZER
from tests.browser.serving import served
from tests.published import publish_copy
from tests.services.graphs import leader_id
from tests.web.graphs import hostile


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("home")
    publish_copy(hostile().facts(), folder)
    return folder


@pytest.fixture(scope="module")
def file(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the file about the strongest bridge."""
    path: Path = tmp_path_factory.mktemp("file") / "map.html"
    with Published.current(home) as published:
        path.write_text("".join(one_file(asdict(carried_map(published, ORGANIZER, [leader_id("bridge0")])))), "utf-8")
    yield path.as_uri()


@pytest.mark.parametrize("width,scheme", [(1280, "light"), (360, "dark")])
def test_it_opens_from_the_disk_and_asks_for_nothing(
    browser: Browser, file: str, axe_violations: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message) or dialog.dismiss())  # type: ignore[func-returns-value]
    page.goto(file)
    expect(page.locator("html")).to_have_attribute("data-state", "ready")
    page.locator("#map").hover()
    page.locator("#map").click()
    page.locator("#map").focus()
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#chosen-title")).to_be_visible()
    expect(page.locator("tr.chosen")).to_have_count(1)
    first = page.locator("#chosen-title").inner_text()
    expect(page.locator("#told")).to_contain_text(first.strip()[:3])
    page.locator("#chosen-ties button").first.press("Enter")
    expect(page.locator("#chosen-title")).not_to_have_text(first)
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    page.locator("#find").fill("no such mark")
    expect(page.locator("#found")).to_have_text(re.compile(r"^0 of \d+ marks\.$"))
    page.locator("#find").fill("")
    page.locator("tr[data-id] button").last.click()
    expect(page.locator("#chosen")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.ran") is None
    assert asked == [file] and said == []
    context.close()
    assert _axe(browser, file, axe_violations, width, scheme) == []


def _axe(browser: Browser, file: str, check: Callable[[Page], list[str]], width: int, scheme: str) -> list[str]:
    """Violations; the policy is put aside, for axe is a script that is not in it."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(file)
    page.locator("tr[data-id] button").first.click()
    found = check(page)
    context.close()
    return found


def test_without_scripts_it_has_the_words_and_the_list(browser: Browser, file: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    expect(page.locator("tr[data-id]").first).to_be_visible()
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    context.close()


def test_an_organizer_takes_it_from_the_map_of_a_leader(page: Page, home: Path, tmp_path: Path) -> None:
    with served(home) as address:
        page.goto(f"{address}/leaders/{leader_id('bridge0')}/map")
        with page.expect_download() as taken:
            page.get_by_role("link", name="With what is shown to organizers").click()
        taken.value.save_as(tmp_path / "map.html")
        page.goto((tmp_path / "map.html").as_uri())
        expect(page.locator("html")).to_have_attribute("data-state", "ready")
    with served(home, viewer="anonymous") as address:
        assert page.goto(f"{address}/atlas")
        expect(page.locator("#take-along")).to_have_count(0)
        answer = page.goto(f"{address}/export/map.html")
        assert answer is not None and answer.status == 404
