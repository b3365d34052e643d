"""Every kind of page magnified: at 400 % nothing is cut off, lies upon another thing or needs scrolling sideways.

1280 pixels at 400 % are 320 of the page's own, at 200 % 640 (WCAG 1.4.10); and text alone twice as large (1.4.4).
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError, expect

from ingest.demo import DemoResult
from tests.browser.serving import served
from tests.small_maps import where_to_look

# The page's own width and height, and how large text is.
MAGNIFIED = {"400 %": (320, 256, "100%"), "200 %": (640, 400, "100%"), "text at 200 %": (1280, 800, "200%")}
# What is wrong with the page as it stands. Text that a box cuts off on purpose (a name on a map, a cell that is seen
# whole elsewhere) says so by its text-overflow; what scrolls inside itself (a table, a map) may be wider than the page.
LOOK = """() => {
    const faults = [], lines = [];
    for (const late of document.querySelectorAll(".map-table")) late.style.contentVisibility = "visible"; // near it
    if (document.documentElement.scrollWidth > window.innerWidth) faults.push("wider than the window");
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const box = node.parentElement, words = node.data.trim();
        if (!words || box.closest("svg, option, script, .skip") || !box.checkVisibility()) continue;
        range.selectNodeContents(node);
        let rects = [...range.getClientRects()].map(({left, right, top, bottom}) => ({left, right, top, bottom}));
        let cut = false, seen = true;
        for (let up = box; up !== document.body; up = up.parentElement) {
            const style = getComputedStyle(up), edge = up.getBoundingClientRect();
            const out = rects.some((rect) => rect.right > edge.right + 1 || rect.left < edge.left - 1);
            const under = rects.some((rect) => rect.bottom > edge.bottom + 1);
            const meant = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
            if (style.clipPath !== "none") seen = false;
            if (up.tagName === "BUTTON" && out) cut = true;
            if (style.display === "inline" || style.overflowX === "visible") continue;
            if ((out || under) && style.overflowX !== "auto" && !meant) cut = true;
            rects = rects.map((rect) => ({
                left: Math.max(rect.left, edge.left), right: Math.min(rect.right, edge.right),
                top: Math.max(rect.top, edge.top), bottom: Math.min(rect.bottom, edge.bottom),
            }));
        }
        if (seen && cut) faults.push("cut off: " + words.slice(0, 40));
        if (seen) for (const rect of rects) if (rect.right - rect.left > 1) lines.push([rect, words, box]);
    }
    lines.sort((one, other) => one[0].top - other[0].top);
    lines.forEach(([rect, words, box], at) => {
        for (let next = at + 1; next < lines.length && lines[next][0].top < rect.bottom - 6; next += 1) {
            const [other, more, inside] = lines[next];
            const across = Math.min(rect.right, other.right) - Math.max(rect.left, other.left);
            if (across > 4 && other.bottom > rect.top + 6 && box !== inside)
                faults.push("one upon the other: " + words.slice(0, 40) + " | " + more.slice(0, 40));
        }
    });
    return faults;
}"""

PLANTED = {
    "cut off": {"width": "3rem", "height": "1.2rem", "overflow": "hidden"},
    "one upon the other": {"width": "auto", "height": "auto", "overflow": "visible", "marginBottom": "-2rem"},
    "wider than the window": {"width": "2000px"},
}


def addresses(twin: Any) -> dict[str, str]:
    """An address of every kind of page."""
    first, second = [b["leader"]["id"] for b in twin("/bridges.json")["report"]["leaders"][:2]]
    also = ("communities/1", "communities/compare?with=regions", "organizations", "introductions/board", "about", "api")
    also += ("glossary", "review", "import", f"me?me={first}", f"paths?from={first}&to={second}", "tables/bridges")
    also += (
        f"leaders/{first}/lineage",
        f"introductions/board?first={first}&second={second}",
        "changes?since=2025-01-01",
    )
    return where_to_look(twin) | {path: "/" + path for path in also}


def faults(page: Page, *, scripts: bool) -> dict[str, list[str]]:
    """What is wrong with a page at each magnification; scripts have time to place the names on a map anew."""
    wrong = {}
    for how, (width, height, size) in MAGNIFIED.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        if scripts:
            with suppress(TimeoutError):
                page.wait_for_function(f"() => ({LOOK})().length === 0", timeout=60_000)
        if found := page.evaluate(LOOK):
            wrong[how] = found
    return wrong


def test_nothing_is_cut_off_or_covered_however_much_a_page_is_magnified(browser: Browser, example: DemoResult) -> None:
    """All pages as they come, in German, which has the longest words; those with scripts once more with them."""
    wrong: dict[tuple[str, str], object] = {}
    with served(example.folder.parent) as site:
        context = browser.new_context(locale="de", java_script_enabled=False)
        page = context.new_page()
        where = addresses(lambda path: page.request.get(site + path).json())
        scripted = {}
        for name, address in where.items():
            page.goto(site + address)
            if page.locator("script[type=module]").count():
                scripted[name] = address
            if found := faults(page, scripts=False):
                wrong["de", name] = found
        assert wrong == {} and len(where) > 30
        page.goto(site + "/gaps")
        for how, change in PLANTED.items():  # what would be seen, were it there
            page.evaluate("change => Object.assign(document.querySelector('h1').style, change)", change)
            assert any(fault.startswith(how) for fault in page.evaluate(LOOK)), how
        context.close()
        context = browser.new_context(locale="es")
        page = context.new_page()
        for name, address in scripted.items():
            page.goto(site + address)
            for drawn in page.locator("[data-atlas], [data-focus]").all():
                expect(drawn).to_have_attribute("data-state", "ready")
            if found := faults(page, scripts=True):
                wrong["es", name] = found
        assert wrong == {} and len(scripted) > 5, scripted
        context.close()
