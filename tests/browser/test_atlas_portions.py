"""A map that comes by portions: all of it is there in the end, and what belongs to a later portion as well."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from netofnets.services.map import columns
from tests.browser.atlas_page import atlas


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "PORTION", 40)


def test_all_portions_make_the_map_and_a_selection_in_a_late_one_is_found(
    page: Page, site: str, small_portions: None, faults: list[str]
) -> None:
    twin = page.request.get(f"{site}/atlas.json?level=people&colour=region").json()["atlas"]["scene"]
    last = columns_last(twin["nodes"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "part=marks" in request.url else None)
    picture = atlas(page, f"{site}/atlas?level=people&colour=region&select={last['id']}")
    expect(page.locator("[data-atlas]")).to_have_attribute("data-whole", "", timeout=60_000)
    marks = len(twin["nodes"])
    assert marks > 100 and len(asked) == -(-marks // 40) - 1
    expect(picture).to_have_attribute("data-marks", str(marks))
    page.locator("[data-filter] > summary").click()
    with page.expect_response(re.compile("part=limits")) as answered:
        page.locator("[data-filter] select[name=region]").select_option(index=1)
    left = answered.value.json()["limited"]
    assert left["total"] == sum(left["runs"]) == marks
    expect(page.locator("[data-rows]")).to_contain_text(f"{sum(left['runs'][::2])} marks")
    assert faults == []


def columns_last(nodes: list[dict[str, str]]) -> dict[str, str]:
    """A member without a ring, who comes after all networks and rings."""
    members = [n for n in nodes if n["kind"] == "leaders" and not n["bridging"] and not n["connecting"]]
    return max(members, key=lambda n: (n["detail"], n["id"]))
