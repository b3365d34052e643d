"""The atlas: which networks are there, and who stands between them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from netofnets.analysis.layers import NAMES
from netofnets.errors import NotFound
from netofnets.services.map.among import MOST_AMONG, among, named_in
from netofnets.services.map.at_hand import at_hand
from netofnets.services.map.atlas import COLOURS, AtlasView, networks_scene, people_scene
from netofnets.services.map.clicked import Clicked, clicked
from netofnets.services.map.growth import growth, timeline
from netofnets.services.map.limits import KINDS, PEOPLE_FILTERS, STEPS, Limited, Limits, limited
from netofnets.services.map.measured import AREAS
from netofnets.services.map.moved import Movement, moved, told_in_rows
from netofnets.services.map.rows import rows
from web.pages import Ask, Page
from web.params import Choice, Text, Whole

__all__ = ["ATLAS"]

_ROWS = 500  # rows of the table on one page
_MAP = ("atlas", "limited", "moved")
_TABLE = ("rows", "rows_total", "page", "pages", "missing")


def _answer(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    if ask.twin and values["part"] == "selection":
        return {"clicked": _clicked(ask)}
    if ask.twin and values["part"] == "growth":
        return {"growth": growth(ask.published, ask.viewer, people=values["level"] == "people")}
    view, missing = _view(ask)
    since = moved(ask.published, ask.viewer, view.scene, values["since"]) if values["since"] else None
    chosen = named_in(values["among"], values["add"])
    left = limited(ask.published, ask.viewer, view.scene, _limits(ask, since))
    table = told_in_rows(rows(replace(view.scene, nodes=left.keeps(view.scene))), since)
    pages = max(1, -(-len(table) // _ROWS))
    page = min(int(ask.values["page"]), pages)
    return {
        "atlas": view,
        "limited": left,
        "among": among(ask.published, ask.viewer, chosen) if chosen else None,
        "moved": since,
        "timeline": timeline(ask.published, ask.viewer),
        "at_hand": at_hand(view.scene),
        "rows": table[(page - 1) * _ROWS : page * _ROWS],
        "rows_total": len(table),
        "page": page,
        "pages": pages,
        "missing": missing,
    }


def _clicked(ask: Ask) -> Clicked:
    values = ask.values
    return clicked(
        ask.published,
        ask.viewer,
        values["select"],
        people=values["level"] == "people",
        links=int(values["links"]),
        layer=values["layer"],
        least=int(values["least"]),
        colour=values["colour"],
    )


def _limits(ask: Ask, since: Movement | None) -> Limits:
    values = ask.values
    people = {name: values[name] for name in PEOPLE_FILTERS}
    kind = "" if values["kind"] == "changed" and since is None else values["kind"]
    changed = since.ids if since else frozenset()
    chosen = named_in(values["among"], values["add"])
    return Limits(values["group"], kind, people, int(values["near"]), values["select"], chosen, changed)


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
        least=int(ask.values["least"]),
        area=ask.values["area"],
    )


def _cut(facts: Mapping[str, Any]) -> bool:
    if "clicked" in facts or "growth" in facts:
        return False
    view: AtlasView = facts["atlas"]
    return facts["pages"] > 1 or view.links_shown < view.links_total


def _shape(ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """All facts, or for a click on the map only what the click changes, or for another filter what that changes."""
    found: Clicked | None = facts.get("clicked")
    if found is not None:
        told = {"version": found.version, "selection": found.selection, "edges": found.edges, "nodes": found.nodes}
        return {**told, "missing": found.missing}
    part = ask.values["part"]
    if part == "map":  # what the script draws at first: the page has the table already
        return {name: facts[name] for name in _MAP}
    if part == "level":  # when it turns to people or to networks
        return {name: facts[name] for name in (*_MAP, *_TABLE)}
    if part != "limits" or "growth" in facts:
        return facts
    view: AtlasView = facts["atlas"]
    left: Limited = facts["limited"]
    scene = {"edges": view.scene.edges, "note": view.scene.note, "summary": view.scene.summary}
    return {"version": view.version, "limited": left, **scene, **{name: facts[name] for name in _TABLE}}


ATLAS = Page(
    "atlas",
    "/atlas",
    "atlas.html",
    _answer,
    params=(
        Choice("level", ("networks", "people")),
        Choice("colour", tuple(sorted(COLOURS))),  # community first: it tells more than region
        Choice("area", tuple(AREAS)),  # what discs measure
        Text("select", longest=64),
        Whole("links", 0, 400, 60),
        Whole("least", 1, 99_999, 1),  # members that a link joins at least
        Choice("layer", ("", *NAMES)),  # empty: members, or what joins where nobody is in two
        Text("among", longest=20 * MOST_AMONG),  # ids of networks, with commas: these alone, side by side
        Text("add", longest=64),  # one more of them
        Text("group", longest=16),  # an entry of the legend
        Choice("kind", ("", *KINDS)),
        *(Text(name) for name in PEOPLE_FILTERS),
        Whole("near", 0, STEPS, 0),  # steps around what is selected
        Whole("page", 1, 1000, 1),
        Text("since", longest=20),  # a day, or the number of a run: what changed since is marked
        Text("view", longest=40),  # where the script's camera stands; the server only hands it on
        Choice("part", ("all", "map", "level", "selection", "limits", "growth")),
    ),
    shape=_shape,
    truncated=_cut,
)
