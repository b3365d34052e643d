"""The static site over a plain file server, from the disk, and in a frame on a page of another origin."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.serving import served
from tests.published import publish_copy
from tests.services.graphs import leader_id, ten_leaders
from tests.web.test_site import map_of_groups
from web.site.folder import put_in_place
from web.site.writing import host_files, site_files


class Files(SimpleHTTPRequestHandler):
    """A web host that serves files, with the headers of ``_headers`` where there is one."""

    def end_headers(self) -> None:
        told = Path(self.directory) / "map" / "_headers"
        if self.path.startswith("/map/") and told.exists():
            for line in told.read_text().splitlines()[1:]:
                name, _, value = line.strip().partition(": ")
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hosted(folder: Path) -> Iterator[int]:
    """The port of a server of the files in ``folder``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("home")
    publish_copy(map_of_groups().facts(), folder)
    return folder


@pytest.fixture(scope="module")
def www(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host's folder with the site in ``map``."""
    folder: Path = tmp_path_factory.mktemp("www")
    put_in_place(folder / "map", site_files(home, 5))
    return folder


@pytest.mark.parametrize("width,scheme", [(1280, "light"), (360, "dark")])
def test_the_map_is_drawn_and_every_click_leads_on(
    browser: Browser, www: Path, axe_violations: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    said: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    with hosted(www) as port:
        page.goto(f"http://127.0.0.1:{port}/map/index.html")
        page.get_by_role("link", name="Open the map").click()
        expect(page.locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
        page.locator(".atlas").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator("[data-panel]")).to_contain_text(re.compile("at least|shown to you|member"))
        assert "select=" in page.url
        page.reload()  # the same again, from the address alone
        expect(page.locator("[data-panel] h2 a")).to_be_visible(timeout=60_000)
        assert "view=" not in page.url, "what is selected is in sight"
        page.locator("[data-panel]").get_by_role("link", name="Open the page").click()
        page.wait_for_url(re.compile(r"/map/networks/\w+\.html$"))
        for name in ("index", "atlas", "networks", "overlap", "communities", "organizations", "about"):
            page.goto(f"http://127.0.0.1:{port}/map/{name}.html")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            assert name not in ("index", "networks") or axe_violations(page) == [], name
    assert said == []
    context.close()


def test_from_the_disk_pages_show_their_picture_without_a_script(page: Page, www: Path) -> None:
    page.goto((www / "map" / "index.html").as_uri())
    page.get_by_role("link", name="Open the map").click()
    expect(page.locator("svg.scene circle.disc").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.site-header .bar')).display") == "flex", "styled"
    page.locator("#marks a").first.click()
    page.wait_for_url(re.compile(r"/map/networks/\w+\.html$"))


def embedding(folder: Path, address: str) -> None:
    (folder / "page.html").write_text(f'<!doctype html><title>A school</title><iframe src="{address}"></iframe>')


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def test_only_a_page_of_a_named_origin_may_show_the_site_in_a_frame(page: Page, www: Path, tmp_path: Path) -> None:
    with hosted(www) as port, hosted(tmp_path) as other:
        embedding(tmp_path, f"http://127.0.0.1:{port}/map/atlas.html")
        page.goto(f"http://localhost:{other}/page.html")
        expect(frame(page).locator("[data-atlas]")).to_have_count(0)
        told = www / "map" / "_headers"
        before = told.read_bytes()
        told.write_bytes(host_files([f"http://localhost:{other}"])["_headers"])
        page.goto(f"http://localhost:{other}/page.html")
        expect(frame(page).locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
        page.goto(f"http://127.0.0.1:{other}/page.html")  # the same page by another name is another origin
        expect(frame(page).locator("[data-atlas]")).to_have_count(0)
        told.write_bytes(before)


def test_the_map_of_the_server_in_a_frame_leads_out_of_it(page: Page, home: Path, tmp_path: Path) -> None:
    with hosted(tmp_path) as other:
        school = f"http://localhost:{other}"
        with served(home, viewer="anonymous", embed=school) as address:
            embedding(tmp_path, f"{address}/atlas")
            page.goto(f"{school}/page.html")
            expect(frame(page).locator("[data-atlas]")).to_have_attribute("data-state", "ready", timeout=60_000)
            frame(page).get_by_role("link", name="People", exact=True).click()
            expect(frame(page).locator("[data-atlas]")).to_have_attribute("data-level", "people")
            frame(page).locator("#marks a").first.click()
            page.wait_for_url(re.compile(rf"^{re.escape(address)}/(networks|leaders)/\w+$"))


def test_a_focus_map_is_shown_in_a_frame_by_the_line_that_organizers_copy(page: Page, tmp_path: Path) -> None:
    graph = ten_leaders()
    publish_copy(graph.facts(), tmp_path / "home")
    path = f"/leaders/{leader_id('ana')}/map"
    with hosted(tmp_path) as other:
        school = f"http://localhost:{other}"
        with served(tmp_path / "home", embed=school) as organizers:
            page.goto(organizers + path)
            code = page.locator("#frame-code").inner_text()
        with served(tmp_path / "home", viewer="anonymous", embed=school) as address:
            (tmp_path / "page.html").write_text(
                "<!doctype html><title>A school</title>" + code.replace(organizers, address)
            )
            page.goto(f"{school}/page.html")
            expect(frame(page).locator("[data-focus]")).to_have_attribute("data-state", "ready", timeout=60_000)
            expect(frame(page).locator(".site-nav")).to_be_hidden()
            expect(frame(page).locator("#marks")).to_contain_text("Ana Sousa")
            assert "Cleo" not in frame(page).locator("body").inner_text(), "who is not public"
            assert page.goto(address + path)
            expect(page.locator("#frame-code")).to_have_count(0)
