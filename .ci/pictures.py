"""Every page as a picture: docs/pictures/, one sheet for each page, at 1280 and 360 pixels, light and dark.

    python .ci/pictures.py [NAME ...]    # all pages of the made-up example, or those named

The picture of a page is what its reader sees first: the window without scrolling, as the organizer of a laptop. It
needs Chromium, as the tests in a browser do. Written anew after a change of a page's look; nothing checks these files
for drift, since days are on them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pictures_of_accounts import ADDRESSES as ACCOUNTS  # noqa: E402
from pictures_of_accounts import ORIGIN, shared_map  # noqa: E402

from benchmarks.pages import published_example, served  # noqa: E402
from netofnets.graph.published import Published  # noqa: E402
from tests.browser.conftest import FLAGS, chromium  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
LOOKS = [(1280, 860, "light"), (1280, 860, "dark"), (360, 860, "light"), (360, 860, "dark")]
GAP, HEIGHT = 16, 430  # pixels between the four, and of each on the sheet

# By the name of the sheet; the words in braces are ids of the example.
ADDRESSES = {
    "front": "/",
    "atlas-of-networks": "/atlas",
    "atlas-of-people": "/atlas?level=people",
    "atlas-with-a-selection": "/atlas?level=people&select={leader}",
    "bridges": "/bridges",
    "overlap": "/overlap",
    "gaps": "/gaps",
    "introductions": "/introductions",
    "introductions-board": "/introductions/board?first={leader}&second={other}",
    "communities": "/communities",
    "community": "/communities/1",
    "comparison": "/communities/compare?with=regions",
    "networks": "/networks",
    "network": "/networks/{first}",
    "map-of-two-networks": "/overlap/map?first={first}&second={second}",
    "briefing": "/briefing",
    "leader": "/leaders/{leader}",
    "map-of-a-leader": "/leaders/{leader}/map",
    "lineage": "/leaders/{leader}/lineage",
    "interest": "/interests/{interest}",
    "map-of-an-interest": "/interests/{interest}/map",
    "organizations": "/organizations",
    "organization": "/organizations/{organization}",
    "credential": "/credentials/{credential}",
    "search": "/search?q=reading",
    "find-me": "/me",
    "me": "/me?me={leader}",
    "paths": "/paths?from={leader}&to={other}",
    "map-of-ways": "/paths/map?from={leader}&to={other}",
    "convene": "/convene?k=3&cover=pairs",
    "what-if": "/what-if?without={leader}",
    "changes": "/changes",
    "import": "/import",
    "review": "/review",
    "tables": "/tables",
    "table": "/tables/bridges",
    "interface-for-programs": "/api",
    "glossary": "/glossary",
    "what-the-numbers-mean": "/about",
}


def pages(home: Path) -> dict[str, str]:
    """An address of each page, about somebody and something of the example that has much to show."""
    with Published.current(home) as published:
        edition = published.edition("organizers")
        bridges = edition.table("bridges").sort_by([("rank", "ascending")])["leader"].to_pylist()
        first, second = edition.table("gaps")["first"][0].as_py(), edition.table("gaps")["second"][0].as_py()
        kinds = ("interests", "organizations", "credentials")
        interest, organization, credential = (edition.snapshot.ids(kind)[0].as_py() for kind in kinds)
    named = {"leader": bridges[0], "other": bridges[1], "first": first, "second": second}
    named |= {"interest": interest, "organization": organization, "credential": credential}
    return {name: address.format(**named) for name, address in ADDRESSES.items()}


def sheet(browser: Browser, address: str, prepare: Callable[[BrowserContext], None] | None = None) -> Image.Image:
    """The four looks of a page side by side; ``prepare`` is told of each window before it opens the page."""
    shots = []
    for width, height, scheme in LOOKS:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        if prepare:
            prepare(context)
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        shots.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
        context.close()
    small = [one.resize((one.width * HEIGHT // one.height, HEIGHT), Image.Resampling.LANCZOS) for one in shots]
    whole = Image.new("RGB", (sum(one.width + GAP for one in small) + GAP, HEIGHT + 2 * GAP), "#808080")
    at = GAP
    for one in small:
        whole.paste(one, (at, GAP))
        at += one.width + GAP
    return whole


def index(names: list[str]) -> str:
    """The page that shows all sheets."""
    lines = [
        "# Every page, as it looks",
        "",
        "The made-up example as an organizer sees it, and pages of accounts as their owners do: 1280 pixels wide in "
        "light and dark, then 360. `python .ci/pictures.py` takes them anew.",
    ]
    for name in names:
        title = name.replace("-", " ").capitalize()
        lines += ["", f"## {title}", "", f"![{title}: wide and narrow, light and dark]({name}.jpg)"]
    return "\n".join(lines) + "\n"


def main(wanted: list[str]) -> None:
    """Take the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = published_example(Path(folder))
        every = pages(home)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with served(home) as (port, _):
            for name in [name for name in wanted or every if name in every]:
                made = sheet(browser, f"http://127.0.0.1:{port}{every[name]}")
                made.save(PICTURES / f"{name}.jpg", quality=72, optimize=True)
                print(name)
        accounts = [name for name in wanted or ACCOUNTS if name in ACCOUNTS]
        if accounts:
            leader, network = (every[name].rsplit("/", 1)[-1] for name in ("leader", "network"))
            answer = shared_map(home, leader, network)
            for name in accounts:
                role, address = ACCOUNTS[name]
                made = sheet(browser, ORIGIN + address, lambda context, role=role: answer(context, role))
                made.save(PICTURES / f"{name}.jpg", quality=72, optimize=True)
                print(name)
        browser.close()
    (PICTURES / "README.md").write_text(index([*every, *ACCOUNTS]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
