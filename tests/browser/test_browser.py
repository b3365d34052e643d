"""The browser of the tests can see what our pages need: WebGL, and axe finds faults."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

WEBGL = """() => {
    const canvas = document.querySelector("canvas");
    const gl = canvas.getContext("webgl2", {preserveDrawingBuffer: true});
    gl.clearColor(0, 0.5, 1, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const pixel = new Uint8Array(4);
    gl.readPixels(1, 1, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    return Array.from(pixel);
}"""


def test_webgl_draws(page: Page) -> None:
    page.set_content('<!doctype html><html lang="en"><title>t</title><canvas width="80" height="80"></canvas></html>')
    assert page.evaluate(WEBGL) == [0, 128, 255, 255]


def test_a_blank_canvas_has_one_colour(page: Page, colours: Callable[[Locator], int]) -> None:
    page.set_content('<!doctype html><html lang="en"><title>t</title><canvas width="80" height="80"></canvas></html>')
    assert colours(page.locator("canvas")) == 1


def test_axe_finds_a_fault_of_colours_alone(page: Page, axe_violations: Callable[..., list[str]]) -> None:
    grey = '<main><h1>Map</h1><p style="color: #ccc; background: #fff">Pale<img src="data:,"></p></main>'
    page.set_content(f'<!doctype html><html lang="en"><title>t</title>{grey}</html>')
    assert [one.split(":")[0] for one in axe_violations(page, of_colours=True)] == ["color-contrast"]
    assert [one.split(":")[0] for one in axe_violations(page)] == ["color-contrast", "image-alt"]


def test_axe_finds_a_fault_and_passes_a_good_page(page: Page, axe_violations: Callable[[Page], list[str]]) -> None:
    page.set_content(
        '<!doctype html><html lang="en"><title>t</title><main><h1>Map</h1><img src="data:,"></main></html>'
    )
    assert [one.split(":")[0] for one in axe_violations(page)] == ["image-alt"]
    page.set_content('<!doctype html><html lang="en"><title>t</title><main><h1>Map</h1></main></html>')
    assert axe_violations(page) == []


def test_of_what_is_alike_one_is_asked_about_colours_and_each_about_all_else(
    page: Page, axe_violations: Callable[..., list[str]]
) -> None:
    alike = "".join(f'<li data-id="{at}"><a href="/{at}">Person {at}</a> <b>leads</b></li>' for at in range(9))
    for odd, fault in {
        '<li data-id="x"><a href="/x">Person x</a> <b class="pale">leads</b></li>': ["color-contrast"],
        '<li data-id="x"><a href="/x">Person x</a> <b style="color: #ccc">leads</b></li>': ["color-contrast"],
        '<li data-id="x"><a href="/x"></a> <b>leads</b></li>': ["link-name"],
        '<li data-id="x"><a href="/x">Person x</a> <b>leads</b></li>': [],
    }.items():
        style = "<style>.pale, .all-pale b { color: #ccc } a { color: #00c }</style>"
        for around, more in {"<ul>": [], '<ul class="all-pale">': ["color-contrast"]}.items():
            main = f"<main><h1>Map</h1>{around}{alike}{odd}{alike}</ul></main>"
            page.set_content(f'<!doctype html><html lang="en"><title>t</title>{style}{main}</html>')
            assert [one.split(":")[0] for one in axe_violations(page)] == sorted({*more, *fault})
