"""The atlas: which networks are there, and who stands between them?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.analysis.layers import NAMES
from netofnets.errors import NotFound
from netofnets.services.map.atlas import COLOURS, AtlasView, networks_scene, people_scene, rows
from netofnets.services.map.clicked import Clicked, clicked
from web.pages import Ask, Page
from web.params import Choice, Text, Whole

__all__ = ["ATLAS"]

_ROWS = 2000  # rows of the table on one page


def _answer(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    if ask.twin and values["part"] == "selection":
        people, links = values["level"] == "people", int(values["links"])
        found = clicked(ask.published, ask.viewer, values["select"], people=people, links=links, layer=values["layer"])
        return {"clicked": found}
    view, missing = _view(ask)
    table = rows(view.scene)
    pages = max(1, -(-len(table) // _ROWS))
    page = min(int(ask.values["page"]), pages)
    return {
        "atlas": view,
        "rows": table[(page - 1) * _ROWS : page * _ROWS],
        "rows_total": len(table),
        "page": page,
        "pages": pages,
        "missing": missing,
    }


def _view(ask: Ask) -> tuple[AtlasView, bool]:
    """The map; a selection that this viewer has not is dropped, and said so, rather than losing the whole map."""
    values = ask.values
    try:
        return _scene(ask, values["select"]), False
    except NotFound:
        return _scene(ask, ""), True


def _scene(ask: Ask, select: str) -> AtlasView:
    colour = ask.values["colour"]
    if ask.values["level"] == "people":
        return people_scene(ask.published, ask.viewer, colour=colour, select=select)
    return networks_scene(
        ask.published,
        ask.viewer,
        colour=colour,
        select=select,
        links=int(ask.values["links"]),
        layer=ask.values["layer"],
    )


def _cut(facts: Mapping[str, Any]) -> bool:
    if "clicked" in facts:
        return False
    view: AtlasView = facts["atlas"]
    return facts["pages"] > 1 or view.links_shown < view.links_total


def _shape(ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """All facts, or for a click on the map only what the click changes."""
    found: Clicked | None = facts.get("clicked")
    if found is None:
        return facts
    return {
        "version": found.version,
        "selection": found.selection,
        "edges": found.edges,
        "missing": found.missing,
    }


ATLAS = Page(
    "atlas",
    "/atlas",
    "atlas.html",
    _answer,
    params=(
        Choice("level", ("networks", "people")),
        Choice("colour", tuple(sorted(COLOURS))),  # community first: it tells more than region
        Text("select", longest=64),
        Whole("links", 0, 400, 60),
        Choice("layer", ("", *NAMES)),  # empty: members, or what joins where nobody is in two
        Whole("page", 1, 1000, 1),
        Text("view", longest=40),  # where the script's camera stands; the server only hands it on
        Choice("part", ("all", "selection")),
    ),
    shape=_shape,
    truncated=_cut,
)
