"""Which pages a static site has, and the file of each: pages that answer without anything to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

__all__ = ["FRONT", "Target", "relative", "target_of"]

FRONT = "/"

# By path, the file and the parameters of which each combination is a page of its own.
_PLAIN: dict[str, tuple[str, tuple[str, ...]]] = {
    "/": ("index", ()),
    "/about": ("about", ()),
    "/glossary": ("glossary", ()),
    "/networks": ("networks", ()),
    "/organizations": ("organizations", ()),
    "/communities": ("communities", ()),
    "/overlap": ("overlap", ("layer",)),
    "/atlas": ("atlas", ("level", "colour", "layer")),
}
_ABOUT_ONE = ("networks", "leaders", "interests", "organizations", "communities", "credentials")
_DEFAULTS = {"level": "networks", "colour": "community", "layer": "members"}
_KEPT = {"/atlas": "select"}  # read by the script of that page


@dataclass(frozen=True, slots=True)
class Target:
    """A page of the site: the address that the server answers, its file, and what follows the file in a link."""

    address: str
    file: str
    query: str = ""
    fragment: str = ""


def target_of(href: str) -> Target | None:
    """The page that an address of ours leads to in a static site; None when it has no such page."""
    parts = urlsplit(href)
    asked = dict(parse_qsl(parts.query))
    if parts.path in _PLAIN:
        name, params = _PLAIN[parts.path]
        chosen = {p: asked[p] for p in params if asked.get(p, _DEFAULTS[p]) != _DEFAULTS[p]}
        if not all(value.isalnum() and value.isascii() for value in chosen.values()):
            return None
        file = "-".join([name, *chosen.values()]) + ".html"
        address = parts.path + ("?" + urlencode(chosen) if chosen else "")
        kept = {k: asked[k] for k in asked if k == _KEPT.get(parts.path)}
        return Target(address, file, urlencode(kept), parts.fragment)
    kind, _, node_id = parts.path.removeprefix("/").partition("/")
    if kind in _ABOUT_ONE and node_id.isalnum() and node_id.isascii():
        return Target(parts.path, f"{kind}/{node_id}.html", "", parts.fragment)
    return None


def relative(file: str, page: str) -> str:
    """The address of a file of the site from a page of it, both from the root."""
    return "../" * page.count("/") + quote(file)
