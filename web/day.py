"""The day whose map is looked at: in the address as ``as_of``, on every page, and carried on by every link."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, current_app, g, request

from netofnets.schema.dates import read_date
from netofnets.schema.text import BadValue
from web.params import Text

__all__ = ["DAY", "add_day"]

DAY = Text("as_of", 20)


def add_day(app: Flask) -> None:
    """Let every request know its day; what is no day is said on the page, and counts as none."""
    app.before_request(_know)


def _know() -> None:
    endpoint = (request.endpoint or "").removesuffix(".json")
    page = current_app.extensions["netofnets-pages"].get(endpoint)
    asked = DAY.settle(request.args.get(DAY.name, ""))
    if not asked or page is None or any(param.name == DAY.name for param in page.params):
        return  # a page that compares days has two of its own
    try:
        g.viewer = replace(g.viewer, as_of=read_date(asked))
    except BadValue:
        g.no_day = asked
