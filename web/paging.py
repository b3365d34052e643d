"""Lists page by page: the parameter, and what services take of it."""

from __future__ import annotations

from typing import TypedDict

from flask import current_app

from web.pages import Ask
from web.params import Whole

__all__ = ["PAGE", "STATIC_SITE", "PageOf", "page_of", "written_once"]

STATIC_SITE = "netofnets-static-site"
"""Set among the extensions of an application whose pages become files: what needs a server is then left out."""

PAGE = Whole("page", 1, 1_000_000, 1)


class PageOf(TypedDict):
    """How many rows a page has, and which page is asked for."""

    limit: int | None
    page: int


def page_of(ask: Ask) -> PageOf:
    """The page that is asked for. A file of a static site has all rows: nobody turns its pages."""
    if written_once():
        return {"limit": None, "page": 1}
    return {"limit": int(ask.values["limit"]), "page": int(ask.values["page"])}


def written_once() -> bool:
    """Whether answers become files of a static site, where nothing can be asked for later."""
    return STATIC_SITE in current_app.extensions
