"""What a moving map costs the browser: the atlas beside bare sigma and vis-network with the same marks, in one run.

    python -m benchmarks.frames --home HOME [--rounds 3] [--pictures]

``tests/js/node_modules`` must be installed (npm ci), since the peers are read from there; ``--home`` is published, and
its map of people is what all three draw: the same places and sizes, no lines. Each is dragged, zoomed and pointed at by
the same events. Prints the section of docs/benchmarks.md: CPU time of the renderer's main thread for each event (thread
ticks of the DevTools protocol), and the CPU time until the first picture; with ``--pictures`` these alone, also of the
map of networks, with what the server drew and with the script's, and of a page of ours that has no map. Chromium draws
in software here, in a process of its own, which is not counted: a graphics processor does that work elsewhere.
"""

from __future__ import annotations

import argparse
import json
import statistics
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from benchmarks.pages import served

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "tests" / "js" / "node_modules"
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PEERS = {
    "bare sigma": ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js"),
    "vis-network": ("vis-data/standalone/umd/vis-data.min.js", "vis-network/peer/umd/vis-network.min.js"),
}
DRAW = {
    "bare sigma": """const graph = new graphology.Graph();
for (const n of nodes) graph.addNode(n.id, {x: n.x, y: n.y, size: n.radius, color: "#06c"});
new Sigma(graph, map, {renderLabels: false, itemSizesReference: "positions", zoomToSizeRatioFunction: (r) => r});""",
    "vis-network": """const marks = nodes.map((n) => ({id: n.id, x: n.x, y: -n.y, size: n.radius, shape: "dot"}));
new vis.Network(map, {nodes: new vis.DataSet(marks), edges: new vis.DataSet([])}, {physics: false}).fit();""",
}
PAGE = """<!doctype html><html lang="en"><title>t</title>
<style>#map {{ width: 900px; height: 560px }}</style><div id="map"></div>
{scripts}<script>const map = document.getElementById("map");
fetch("/nodes.json").then((a) => a.json()).then((nodes) => {{ {draw}
requestAnimationFrame(() => requestAnimationFrame(() => {{ document.title = "drawn"; }})); }});</script></html>"""
COUNT = "() => { window.frames = 0; (function one() { window.frames++; requestAnimationFrame(one); })(); }"
STEPS = 40


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds of the main thread: until drawn, and for each event of a drag, a zoom, a wandering pointer."""

    load: float
    drag: float
    zoom: float
    point: float


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--pictures", action="store_true", help="first pictures only")
    given = arguments.parse_args()
    with served(given.home) as (port, _), sync_playwright() as playwright:
        site = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{site}/atlas.json?level=people") as answer:  # noqa: S310
            nodes = json.load(answer)["atlas"]["scene"]["nodes"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        if given.pictures:
            pictures(browser, site, nodes, given.rounds)
            return
        found: dict[str, list[Cost]] = {"the atlas": [], **{name: [] for name in PEERS}}
        for _ in range(given.rounds):
            found["the atlas"].append(measured(browser, lambda page: atlas(page, site)))
            for name in PEERS:
                found[name].append(measured(browser, lambda page, name=name: peer(page, name, nodes)))  # type: ignore[misc]
        browser.close()
    report(len(nodes), found)


def pictures(browser: Browser, site: str, nodes: list[dict[str, object]], rounds: int) -> None:
    """The table of first pictures, as multiples of bare sigma."""
    opened: dict[str, Callable[[Page], object]] = {
        "a page of ours without a map": lambda page: page.goto(f"{site}/glossary"),
        "networks, as the server drew them": lambda page: without_map(page, site),
        "networks": lambda page: atlas(page, site, "networks"),
        "people": lambda page: atlas(page, site),
        **{name: lambda page, name=name: peer(page, name, nodes) for name in PEERS},  # type: ignore[misc]
    }
    costs = {name: [first_picture(browser, one) for _ in range(rounds)] for name, one in opened.items()}
    sigma = statistics.median(costs["bare sigma"])
    print(
        f"{len(nodes):,} marks, {rounds} rounds (medians), CPU ms of the main thread:\n\n| | first picture |\n|---|---|"
    )
    for name, all_of in costs.items():
        print(f"| {name} | {statistics.median(all_of):.0f} ({statistics.median(all_of) / sigma:.2f}x) |")


def first_picture(browser: Browser, opened: Callable[[Page], object]) -> float:
    """CPU milliseconds until a page has drawn its picture, in a browser that knows none of its files."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    opened(page)
    spent = ticks(session)
    page.close()
    return spent


def without_map(page: Page, site: str) -> None:
    """Our page of networks while the script of the map has not come yet."""
    page.route("**/built/atlas.js", lambda route: route.abort())
    page.goto(f"{site}/atlas")


def atlas(page: Page, site: str, level: str = "people") -> str:
    """Open our page; the selector of its map."""
    page.goto(f"{site}/atlas?level={level}")
    page.wait_for_selector("[data-atlas][data-state=ready]", timeout=120_000)
    return ".atlas"


def peer(page: Page, name: str, nodes: list[dict[str, object]]) -> str:
    """Open a page that draws the same marks with a peer; the selector of its map."""
    scripts = "".join(f'<script src="/{path}"></script>' for path in PEERS[name])
    texts = {f"/{path}": (MODULES / path).read_text(encoding="utf-8") for path in PEERS[name]}
    texts |= {"/": PAGE.format(scripts=scripts, draw=DRAW[name]), "/nodes.json": json.dumps(nodes), "/favicon.ico": ""}

    def answer(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3]
        kind = {"js": "text/javascript", "json": "application/json"}.get(path.rpartition(".")[2], "text/html")
        route.fulfill(body=texts[path], content_type=kind)

    page.route("**/*", answer)
    page.goto("http://localhost/")
    page.wait_for_function("document.title === 'drawn'", timeout=120_000)
    return "#map"


def measured(browser: Browser, opened: Callable[[Page], str]) -> Cost:
    """One page, dragged, zoomed and pointed at."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    selector = opened(page)
    load = ticks(session)
    box = page.locator(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(COUNT)

    def drag() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(STEPS):
            page.mouse.move(x + 3 * step, y + step)
        page.mouse.up()

    def zoom() -> None:
        page.locator(selector).click(position={"x": 3, "y": 3})  # the wheel is ours once the map has the focus
        page.mouse.move(x, y)
        for step in range(STEPS):
            page.mouse.wheel(0, -60 if step < STEPS / 2 else 60)

    def point() -> None:
        for step in range(STEPS):
            page.mouse.move(x - 200 + 10 * step, y - 60 + 3 * step)

    costs = [per_frame(page, session, act) for act in (drag, zoom, point)]
    page.close()
    return Cost(load, *costs)


def ticks(session: CDPSession) -> float:
    """CPU milliseconds that the main thread has spent on tasks so far."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def per_frame(page: Page, session: CDPSession, act: Callable[[], None]) -> float:
    """CPU for each of the events that move something."""
    before = ticks(session)
    act()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return (ticks(session) - before) / STEPS


def report(marks: int, found: dict[str, list[Cost]]) -> None:
    """The table, as multiples of bare sigma."""
    rounds = len(found["the atlas"])
    print(f"{marks:,} marks, {rounds} rounds (medians), CPU ms of the main thread, and as multiples of bare sigma:\n")
    print("| | first picture | movement of a drag | of a zoom | of a pointer that wanders |\n|---|---|---|---|---|")

    def median(name: str, part: str) -> float:
        return float(statistics.median(getattr(cost, part) for cost in found[name]))

    for name in found:
        parts = ("load", "drag", "zoom", "point")
        cells = (f"{median(name, p):.1f} ({median(name, p) / median('bare sigma', p):.2f}x)" for p in parts)
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
