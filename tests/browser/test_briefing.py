"""A briefing on paper and as a file: one sheet, that asks for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from ingest.demo import DemoResult
from netofnets.cli import netofnets_command


@pytest.fixture(scope="module")
def kept(example: DemoResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The briefing of the example for organizers, as a command writes it."""
    path = tmp_path_factory.mktemp("kept") / "briefing.html"
    home = str(example.folder.parent)
    done = CliRunner().invoke(
        netofnets_command, ["briefing", "--home", home, "--audience", "organizers", "--to", str(path)]
    )
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_whole_map_is_one_sheet(page: Page, kept: Path, paper: str) -> None:
    page.goto(kept.as_uri())
    assert re.findall(rb"/Type /Pages\b|/Type /Page\b", page.pdf(format=paper)).count(b"/Type /Page") == 1


def test_the_file_asks_for_nothing_and_is_accessible(
    browser: Browser, kept: Path, axe_violations: Callable[[Page], list[str]]
) -> None:
    for width, scheme in ((1280, "light"), (360, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(kept.as_uri())
        assert [url for url in asked if not url.startswith("data:text/css")] == [kept.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("svg.scene circle.disc").count() == 24
        assert page.evaluate("getComputedStyle(document.querySelector('.briefing h1')).fontWeight") == "680"
        assert axe_violations(page) == [], (width, scheme)
        context.close()
