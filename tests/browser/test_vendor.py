"""The vendored scripts draw under the content security policy of the pages, and ask nobody for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, Route

from web.security import HEADERS

VENDOR = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor"
HTML = """<!doctype html><html lang="en"><title>t</title><link rel="stylesheet" href="/page.css">
<div id="focus"></div>
{scripts}<script src="/page.js"></script></html>"""
CSS = "#focus { position: absolute; width: 300px; height: 300px }"
JS = """
const nodes = new vis.DataSet([{id: "a", label: "A", x: 0, y: 0}, {id: "b", label: "<b>", x: 90, y: 90}]);
const edges = new vis.DataSet([{from: "a", to: "b"}]);
const focus = new vis.Network(document.getElementById("focus"), {nodes, edges}, {physics: false});
focus.once("afterDrawing", () => requestAnimationFrame(() => { document.title = "drawn"; }));
"""


def test_the_focus_map_s_engine_draws_under_the_strict_policy(
    page: Page, faults: list[str], colours: Callable[[Locator], int]
) -> None:
    names = ("vis-data.min.js", "vis-network.min.js")
    scripts = "".join(f'<script src="/{name}"></script>' for name in names)
    texts = {"/": HTML.format(scripts=scripts), "/page.css": CSS, "/page.js": JS, "/favicon.ico": ""}
    texts |= {f"/{name}": (VENDOR / name).read_text(encoding="utf-8") for name in names}
    kinds = {"css": "text/css", "js": "text/javascript", "ico": "image/x-icon"}

    def answer(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3]
        kind = kinds.get(path.rpartition(".")[2], "text/html")
        route.fulfill(body=texts[path], content_type=kind, headers=HEADERS)

    page.route("**/*", answer)
    page.goto("http://localhost/")
    page.wait_for_function("() => document.title === 'drawn'")  # no text to run again: the policy lets nobody
    assert faults == []
    assert colours(page.locator("#focus")) > 10
