"""axe-core on a page: WCAG 2.2 A and AA."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["ABOUT", "violations"]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OFF = {"enabled": False}
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that read colours
ABOUT = (
    *("href", "id", "title", "name", "value", "for", "src", "alt", "datetime"),
    *("aria-label", "aria-describedby", "aria-controls", "data-id", "data-key", "data-left", "data-right"),
)
"""Attributes that say what an element is about; no sheet gives colours by one (``tests/web/test_design.py``)."""

# Of elements of one parent that are alike (the same tags, classes and states, text where the other has text, all the
# way down), all but the first: rows of a long table have their colours from the same rules.
REPEATED = """(about) => {
    const shapes = new Map(), found = [];
    const shapeOf = (element) => {
        const parts = [element.localName];
        for (const {name, value} of element.attributes) if (!about.includes(name)) parts.push(`${name}=${value}`);
        for (const child of element.childNodes) {
            if (child.nodeType === Node.ELEMENT_NODE) parts.push(`<${shapeOf(child)}>`);
            else if (child.nodeType === Node.TEXT_NODE && child.data.trim()) parts.push("text");
        }
        shapes.set(element, parts.join(" "));
        return shapes.get(element);
    };
    const look = (element) => {
        const seen = new Set();
        for (const child of element.children) {
            const shape = shapes.get(child);
            if (seen.has(shape)) found.push(child);
            else { seen.add(shape); look(child); }
        }
    };
    shapeOf(document.body);
    look(document.body);
    return found;
}"""
RUN = f"""async ([rules, colours, about]) => {{
    const resultTypes = ["violations"];
    const found = rules ? await axe.run(document, {{...rules, resultTypes}}) : {{violations: []}};
    const exclude = ({REPEATED})(about);
    const seen = await axe.run({{include: [document], exclude}}, {{...colours, resultTypes}});
    return [...found.violations, ...seen.violations];
}}"""


def violations(page: Page, *, of_colours: bool = False) -> list[str]:
    """Rule, what it is, and where, in the order of the rules' names; with ``of_colours`` of colours alone.

    About colours, two thirds of the work, axe is asked for the first of what is alike; about all else for everything.
    """
    if not page.evaluate("'axe' in window"):  # once for each document
        page.evaluate(Axe().axe_script)
    others: dict[str, Any] = {"runOnly": {"type": "tag", "values": WCAG}, "rules": dict.fromkeys(COLOURS, OFF)}
    colours = {"runOnly": {"type": "rule", "values": COLOURS}}
    found = page.evaluate(RUN, [None if of_colours else others, colours, ABOUT])
    said = [f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']]}" for one in found]
    return sorted(said)
