"""Import as an organizer does it: from an empty home to the map, without terminal or text editor, in few clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from netofnets.store import open_store
from tests.browser.rosters import IN_BOTH, write_form, write_list
from tests.browser.serving import served

SIZES = {"desk": (1280, 800), "telephone": (360, 740)}
PATIENCE = 120_000  # milliseconds: loading and publishing are processes of their own on a machine that may be busy
MOST_CLICKS = 15
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLUMNS = {
    "What is your full name?": "name",
    "Which topics are you interested in? (Tick all that apply)": "interests",
    "What can you offer to others?": "offers",
    "What would you like to learn?": "seeks",
    "When did you join?": "start",
    "May we share your answers?": "",
    "Nachname": "last_name",
    "Beitrittsdatum": "start",
}


class Organizer:
    """Somebody at a page, whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.click("link", link)

    def choose(self, *paths: Path) -> None:
        self.page.set_input_files("#files", [str(path) for path in paths])
        self.clicks += 1

    def sees(self, heading: str) -> None:
        self.page.wait_for_selector(f'h1:has-text("{heading}")', timeout=PATIENCE)
        self.page.wait_for_load_state()  # the heading comes before the rest of its page


@contextmanager
def looking(browser: Browser, size: tuple[int, int], *, scripts: bool) -> Iterator[Page]:
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, java_script_enabled=scripts, locale="en-GB")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def people(home: Path) -> int:
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.status().counts["leaders"]
    finally:
        store.close()


def answer_all(page: Page, *, scripts: bool) -> int:
    """Answer every question with "one person"; how many keys (with scripts) or clicks it took."""
    page.get_by_label("Who decided this").first.fill("")
    if scripts:
        page.get_by_label("Who decided this").first.focus()
        page.keyboard.press("A")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.get_by_label("Who decided this").first.fill("A")
        with page.expect_navigation():
            page.get_by_role("button", name="One person").first.click()
    taken = 2 if scripts else 1
    while page.locator("[data-question]").count():
        if scripts:
            page.wait_for_function("() => document.activeElement?.hasAttribute('data-question')")
            with page.expect_navigation():
                page.keyboard.press("s")
        else:
            with page.expect_navigation():
                page.get_by_role("button", name="One person").first.click()
        taken += 1
    return taken


Look = Callable[[], None]


def bring_in(me: Organizer, look: Look, *files: Path) -> None:
    """Give files, see that their columns are understood, try, and load."""
    page = me.page
    look()
    me.choose(*files)
    me.click("button", "Look at them")
    me.sees("What are these columns?")
    for header, column in COLUMNS.items():
        assert page.get_by_label(header, exact=True).input_value() == column, header
    assert page.get_by_text("read as cp1252").is_visible() and page.get_by_text("Müller").first.is_visible()
    look()
    me.click("button", "Try it")
    me.sees("What it would become")
    assert page.get_by_text("10 of 10 rows would be taken").count() == 2
    assert page.get_by_text("Lesenetz, since 2023-09-11").is_visible()
    look()
    me.click("button", "Load and publish")
    me.sees("Loaded")
    assert page.get_by_text("8 people may be known already").is_visible()
    look()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_two_rosters_come_in_and_eight_people_are_one_each(
    browser: Browser,
    axe_violations: Callable[[Page], list[str]],
    tmp_path: Path,
    size: tuple[int, int],
    scripts: bool,
) -> None:
    home = tmp_path / "home"
    with served(home) as address, looking(browser, size, scripts=scripts) as page:

        def look() -> None:
            for scheme in SCHEMES if scripts else ():  # axe is a script
                page.emulate_media(color_scheme=scheme)
                assert axe_violations(page) == [], (page.url, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

        me = Organizer(page)
        page.goto(address)
        assert page.url == f"{address}/import"  # nothing is published, so an organizer begins here
        bring_in(me, look, write_form(tmp_path), write_list(tmp_path))
        me.follow("See the map")
        assert page.locator("table#marks tr[data-id]").count() == 2 and me.clicks <= MOST_CLICKS
        assert people(home) == 20
        page.goto(f"{address}/review")
        assert page.locator("[data-question]").count() == len(IN_BOTH)
        assert answer_all(page, scripts=scripts) <= 10
        assert people(home) == 12
        page.goto(f"{address}/import")
        me.click("button", "Publish")
        me.sees("Published")
        shared = page.request.get(f"{address}/overlap.json").json()["report"]["rows"]
        assert [pair["shared"] for pair in shared] == [8] and me.clicks <= MOST_CLICKS
