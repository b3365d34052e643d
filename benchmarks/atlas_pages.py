"""The atlas in a real browser with many people: what the first picture costs, and whether all of it agrees.

    python benchmarks/atlas_pages.py --home HOME

``--home`` is published. A browser opens the map of networks, comes near the largest disc until people come, goes back,
and opens what changed since the middle of the time that is known. For each step: the marks of picture, table and twin,
which must be the same; names that overlap, which must be none; bytes as sent (gzip or Brotli), CPU seconds of the
server and milliseconds of the renderer's main thread. It ends with exit code 1 where something does not agree.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from frames import FLAGS
from pages import cpu_of, served
from playwright.sync_api import CDPSession, Page, sync_playwright

NAMES = """() => [...document.querySelectorAll(".atlas-labels span:not([hidden]):not(.hint)")].map((one) => {
    const {left, top, right, bottom} = one.getBoundingClientRect();
    return [left, top, right, bottom];
})"""
TWIN = """() => fetch("/atlas.json" + location.search).then((a) => a.json()).then(({atlas, limited, rows_total}) => [
    (limited.marks ?? atlas.scene.nodes).length, rows_total, atlas.scene.nodes.length])"""
MOST_MARKS = 20_000


class Steps:
    """Takes down what each step cost, and what did not agree."""

    def __init__(self, page: Page, thread: CDPSession, server: int) -> None:
        self.page, self.thread, self.server = page, thread, server
        self.sent = 0.0
        self.wrong: list[str] = []
        thread.send("Network.enable")
        thread.send("Performance.enable", {"timeDomain": "threadTicks"})
        thread.on("Network.loadingFinished", self._received)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _received(self, event: dict[str, Any]) -> None:
        self.sent += event["encodedDataLength"]

    def begin(self) -> None:
        """What follows is one step."""
        self.sent, self.cpu, self.ticks = 0.0, cpu_of(self.server), self._tick()

    def end(self, name: str, *, opened: bool = False) -> None:
        """Print a line of the table, and check that picture, table and twin have the same marks.

        ``opened``: the step opened a page, with which the clock of the thread begins anew.
        """
        busy = self._tick() - (0.0 if opened else self.ticks)
        server, sent = cpu_of(self.server) - self.cpu, self.sent
        told = self.page.locator("[data-rows]").inner_text()
        marks, rows, drawn = self.page.evaluate(TWIN)
        boxes = self.page.evaluate(NAMES)
        crossed = sum(_overlap(a, b) for at, a in enumerate(boxes) for b in boxes[:at])
        print(f"| {name} | {marks:,} | {sent / 1024:,.0f} | {server:.2f} | {busy * 1000:,.0f} | {len(boxes)} |")
        if not (marks == rows and told.startswith(f"{marks:,} ") and drawn <= MOST_MARKS):
            self.wrong.append(f"{name}: twin {marks:,}, table {rows:,} ({told}), picture {drawn:,}")
        if crossed:
            self.wrong.append(f"{name}: {crossed} names overlap")

    def _tick(self) -> float:
        metrics = self.thread.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "ThreadTime"))


def _overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1


def _ready(page: Page) -> None:
    page.wait_for_selector("[data-atlas][data-state=ready]", timeout=180_000)
    page.wait_for_selector(".atlas-labels span:not([hidden]):not(.hint)", state="attached", timeout=60_000)


def _walk(page: Page, steps: Steps, site: str) -> None:
    page.goto(f"{site}/front")  # the styles and the process are warm
    for name in ("networks, first time", "networks, again"):
        steps.begin()
        page.goto(f"{site}/atlas")
        _ready(page)
        steps.end(name, opened=True)
    steps.begin()
    page.locator("[data-panel] [data-choose]").first.click()
    page.wait_for_selector("[data-panel] .facts")
    steps.end("a network is chosen")
    steps.begin()
    for _ in range(12):
        page.locator("[data-do=in]").click()
        page.wait_for_timeout(400)
        if page.locator("[data-atlas]").get_attribute("data-level") == "people":
            break
    page.wait_for_selector("[data-atlas][data-level=people]", timeout=60_000)
    page.wait_for_timeout(1500)
    steps.end("near: people come")
    steps.begin()
    days = page.evaluate("fetch('/atlas.json?part=growth').then((a) => a.json()).then(({growth}) => growth.days)")
    steps.end("the days are told")
    if len(days) > 1:
        steps.begin()
        page.goto(f"{site}/atlas?since={days[len(days) // 2]}")
        _ready(page)
        steps.end("what changed is marked", opened=True)


def main() -> None:
    """Walk and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    asked = arguments.parse_args()
    with served(asked.home) as (port, server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        steps = Steps(page, page.context.new_cdp_session(page), server)
        print("| | marks | KiB sent | server, CPU s | main thread, ms | names |\n|---|---|---|---|---|---|")
        _walk(page, steps, f"http://127.0.0.1:{port}")
        browser.close()
    print(*steps.wrong, sep="\n")
    sys.exit(1 if steps.wrong else 0)


if __name__ == "__main__":
    main()
