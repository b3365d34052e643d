"""A walk over the atlas in a real browser with many people: what each step costs, and whether all of it agrees.

    python -m benchmarks.atlas_pages --home HOME

``--home`` is published. A browser opens the map of networks, chooses a community and leaves it, comes near the largest
disc until people come, picks one of them, filters, goes back, looks for a network and flies there, and opens what
changed since the middle of the time that is known. For each step: the marks of picture, table and twin, which must be
the same; names that overlap, which must be none; a picture that is not blank; bytes as sent, with the heaviest of the
answers; CPU seconds of the server, milliseconds of the renderer's main thread, and its heap after a collection. It ends
with exit code 1 where something does not agree, the console has a message, or the heap is above 100 MB.
"""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.frames import FLAGS
from benchmarks.pages import cpu_of, served

NAMES = """() => [...document.querySelectorAll(".atlas-labels span:not([hidden]):not(.hint)")].map((one) => {
    const {left, top, right, bottom} = one.getBoundingClientRect();
    return [left, top, right, bottom];
})"""
TWIN = """() => fetch("/atlas.json" + location.search).then((a) => a.json()).then(({atlas, limited, rows_total}) => [
    (limited.marks ?? atlas.scene.nodes).length, rows_total, atlas.scene.nodes.length])"""
INK = """async (picture) => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const seen = new Map();
    for (const pixel of new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer)) {
        seen.set(pixel, (seen.get(pixel) ?? 0) + 1);
    }
    return 1 - Math.max(...seen.values()) / (image.width * image.height);
}"""
STANDS = """() => [location.href, document.querySelector("[data-rows]").textContent,
    document.querySelector(".atlas").dataset.marks].join(" ")"""
MOST_MARKS, MOST_HEAP, LEAST_INK = 20_000, 100.0, 0.02


class Steps:
    """Takes down what each step cost, and what did not agree."""

    def __init__(self, page: Page, thread: CDPSession, server: int) -> None:
        self.page, self.thread, self.server = page, thread, server
        self.sent: list[float] = []
        self.open: set[str] = set()  # requests without an answer yet
        self.wrong: list[str] = []
        thread.send("Network.enable")
        thread.send("Performance.enable", {"timeDomain": "threadTicks"})
        thread.on("Network.requestWillBeSent", lambda event: self.open.add(event["requestId"]))
        thread.on("Network.loadingFinished", self._received)
        thread.on("Network.loadingFailed", lambda event: self.open.discard(event["requestId"]))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda message: self.wrong.append(f"{message.type}: {message.text}"))

    def _received(self, event: dict[str, Any]) -> None:
        self.sent.append(event["encodedDataLength"] / 1024)
        self.open.discard(event["requestId"])

    def begin(self) -> None:
        """What follows is one step."""
        self.open.clear()  # what a page that is left was asking for
        self.sent, self.cpu, self.ticks = [], cpu_of(self.server), self._tick()

    def end(self, name: str, *, opened: bool = False) -> None:
        """Print a line of the table, and check that picture, table and twin have the same marks.

        ``opened``: the step opened a page, with which the clock of the thread begins anew.
        """
        self.page.wait_for_selector("[data-atlas][data-whole]", timeout=120_000)
        seen, now = "", self.page.evaluate(STANDS)
        while seen != now or self.open:  # the picture is at rest, the table was told anew, and nothing is on its way
            self.page.wait_for_timeout(1200)
            seen, now = now, self.page.evaluate(STANDS)
        busy = self._tick() - (0.0 if opened else self.ticks)
        server, sent = cpu_of(self.server) - self.cpu, [*self.sent, 0.0]
        told = self.page.locator("[data-rows]").inner_text()
        marks, rows, there = self.page.evaluate(TWIN)
        drawn = int(self.page.locator(".atlas").get_attribute("data-marks") or 0)
        boxes = self.page.evaluate(NAMES)
        crossed = sum(_overlap(a, b) for at, a in enumerate(boxes) for b in boxes[:at])
        ink = self.page.evaluate(INK, base64.b64encode(self.page.locator("[data-stage]").screenshot()).decode())
        heap = self._heap()
        weight = f"{len(sent) - 1} | {sum(sent):,.0f} | {max(sent):,.0f}"
        print(f"| {name} | {marks:,} | {weight} | {server:.2f} | {busy * 1000:,.0f} | {heap:.0f} | {len(boxes)} |")
        if not (marks == rows and told.startswith(f"{marks:,} ") and drawn == there <= MOST_MARKS):
            self.wrong.append(f"{name}: twin {marks:,} of {there:,}, table {rows:,} ({told}), picture {drawn:,}")
        if crossed or ink < LEAST_INK or heap > MOST_HEAP:
            self.wrong.append(f"{name}: {crossed} names overlap, {ink:.3f} of the picture is inked, heap {heap:.0f} MB")

    def _heap(self) -> float:
        """Megabytes of the page's heap, without what nobody holds any more."""
        self.thread.send("HeapProfiler.enable")
        self.thread.send("HeapProfiler.collectGarbage")
        return float(self.thread.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    def _tick(self) -> float:
        metrics = self.thread.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "ThreadTime"))


def _overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1


def _ready(page: Page) -> None:
    page.wait_for_selector("[data-atlas][data-state=ready]", timeout=180_000)
    page.wait_for_selector(".atlas-labels span:not([hidden]):not(.hint)", state="attached", timeout=60_000)


def _walk(page: Page, steps: Steps, site: str) -> None:
    page.goto(f"{site}/")  # the styles and the process are warm
    for name in ("networks, first time", "networks, again"):
        steps.begin()
        page.goto(f"{site}/atlas")
        _ready(page)
        steps.end(name, opened=True)
    _into_a_community(page, steps)
    steps.begin()
    page.locator("[data-panel] [data-choose]").first.click()
    page.wait_for_selector("[data-panel] .facts")
    steps.end("a network is chosen")
    steps.begin()
    _find(page, page.locator("[data-panel] h2").inner_text())
    for _ in range(12):
        page.locator("[data-do=in]").click()
        page.wait_for_timeout(400)
        if page.locator("[data-atlas]").get_attribute("data-level") == "people":
            break
    page.wait_for_selector("[data-atlas][data-level=people]", timeout=60_000)
    steps.end("near: people come")
    for name, act in (("a person is picked", _pick), ("a filter", _filter), ("back", _back), ("back again", _back)):
        steps.begin()
        act(page)
        steps.end(name, opened=name in ("a person is picked", "back again"))
    steps.begin()
    page.goto(f"{site}/atlas")
    _ready(page)
    page.wait_for_selector("[data-atlas][data-whole]", timeout=60_000)
    _find(page, page.locator("#marks tbody th").nth(20).inner_text())
    steps.end("found by name, and flown to", opened=True)
    steps.begin()
    days = page.evaluate("fetch('/atlas.json?part=growth').then((a) => a.json()).then(({growth}) => growth.days)")
    steps.end("the days are told")
    if len(days) > 1:
        steps.begin()
        page.goto(f"{site}/atlas?since={days[len(days) // 2]}")
        _ready(page)
        steps.end("what changed is marked", opened=True)


def _into_a_community(page: Page, steps: Steps) -> None:
    steps.begin()
    page.locator("[data-panel] a[data-set*='community=']").first.click()
    page.wait_for_selector(".panel-title a[href*='/communities/']")
    steps.end("a community is chosen")
    _back(page)
    page.wait_for_selector("[data-crumbs]", state="hidden")


def _pick(page: Page) -> None:
    """A member of what is selected, by its name in the panel, chosen on the map."""
    first = page.locator("[data-panel] a[href*='/leaders/']").first.get_attribute("href")
    assert first
    who = first.split("/leaders/")[1].partition("?")[0]
    page.goto(page.url.partition("?")[0] + f"?level=people&select={who}")
    _ready(page)


def _filter(page: Page) -> None:
    page.locator("[data-filter] > summary").click()
    with page.expect_response(lambda answer: "part=limits" in answer.url):
        page.locator("[data-filter] select[name=region]").select_option(index=1)


def _back(page: Page) -> None:
    page.go_back()
    _ready(page)


def _find(page: Page, name: str) -> None:
    page.locator("#find").fill(name)
    page.locator("#found [role=option]").first.dispatch_event("pointerdown")
    page.wait_for_selector("[data-panel] .facts", timeout=60_000)


def main() -> None:
    """Walk and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    asked = arguments.parse_args()
    with served(asked.home) as (port, server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        steps = Steps(page, page.context.new_cdp_session(page), server)
        print("| | marks | answers | KiB sent | heaviest | server, CPU s | main thread, ms | heap, MB | names |")
        print("|---|---|---|---|---|---|---|---|---|")
        _walk(page, steps, f"http://127.0.0.1:{port}")
        browser.close()
    print(*steps.wrong, sep="\n")
    sys.exit(1 if steps.wrong else 0)


if __name__ == "__main__":
    main()
