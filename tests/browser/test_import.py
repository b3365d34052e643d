"""Import as an organizer does it: from an empty home to the map, without terminal or text editor, in few clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page

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
    """Somebody at a page, whose clicks are counted; each could be made in a window of the other size, too."""

    def __init__(self, page: Page, size: str) -> None:
        self.page, self.size, self.clicks = page, size, 0

    @contextmanager
    def in_the_other_size(self) -> Iterator[int]:
        """The width of the other window, while it is that."""
        (other,) = SIZES.keys() - {self.size}
        self.resize(other)
        yield SIZES[other][0]
        self.resize(self.size)

    def resize(self, size: str) -> None:
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})

    def press(self, place: Locator) -> None:
        with self.in_the_other_size():
            place.click(trial=True)
        place.click()

    def click(self, role: str, name: str) -> None:
        self.press(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
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
def looking(browser: Browser, size: str, *, scripts: bool) -> Iterator[Organizer]:
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    me = Organizer(context.new_page(), size)
    me.resize(size)
    yield me
    context.close()


def people(home: Path) -> int:
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.status().counts["leaders"]
    finally:
        store.close()


def answer_all(me: Organizer, *, scripts: bool) -> int:
    """Answer every question with "one person"; how many keys (with scripts) or clicks it took."""
    page = me.page
    page.get_by_label("Who decided this").first.fill("")
    if scripts:
        page.get_by_label("Who decided this").first.focus()
        page.keyboard.press("A")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.get_by_label("Who decided this").first.fill("A")
        with page.expect_navigation():
            me.press(page.get_by_role("button", name="One person").first)
    taken = 2 if scripts else 1
    while page.locator("[data-question]").count():
        if scripts:
            page.wait_for_function("() => document.activeElement?.hasAttribute('data-question')")
            with page.expect_navigation():
                page.keyboard.press("s")
        else:
            with page.expect_navigation():
                me.press(page.get_by_role("button", name="One person").first)
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


@pytest.mark.parametrize(("scripts", "size"), [(True, "telephone"), (False, "desk")], ids=["scripts", "no scripts"])
def test_two_rosters_come_in_and_eight_people_are_one_each(
    browser: Browser, axe_violations: Callable[[Page], list[str]], tmp_path: Path, scripts: bool, size: str
) -> None:
    """In one size; in the other each page is looked at and each click tried, which needs no second load."""
    home = tmp_path / "home"
    with served(home) as address, looking(browser, size, scripts=scripts) as me:
        page = me.page

        def look_here(width: int) -> None:
            for scheme in SCHEMES if scripts else ():  # axe is a script
                page.emulate_media(color_scheme=scheme)
                assert axe_violations(page) == [], (page.url, scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width

        def look() -> None:
            look_here(SIZES[size][0])
            with me.in_the_other_size() as width:
                look_here(width)

        page.goto(address)
        assert page.url == f"{address}/import"  # nothing is published, so an organizer begins here
        bring_in(me, look, write_form(tmp_path), write_list(tmp_path))
        me.follow("See the map")
        assert page.locator("table#marks tr[data-id]").count() == 2 and me.clicks <= MOST_CLICKS
        assert people(home) == 20
        page.goto(f"{address}/review")
        assert page.locator("[data-question]").count() == len(IN_BOTH)
        assert answer_all(me, scripts=scripts) <= 10
        assert people(home) == 12
        page.goto(f"{address}/import")
        me.click("button", "Publish")
        me.sees("Published")
        shared = page.request.get(f"{address}/overlap.json").json()["report"]["rows"]
        assert [pair["shared"] for pair in shared] == [8] and me.clicks <= MOST_CLICKS
