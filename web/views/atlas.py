"""The atlas: which networks are there, and who stands between them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from netofnets.analysis.layers import NAMES
from netofnets.errors import NotFound
from netofnets.services.map.among import MOST_AMONG, among, named_in
from netofnets.services.map.at_hand import at_hand
from netofnets.services.map.atlas import COLOURS, MOST_MARKS, AtlasView, networks_scene, people_scene
from netofnets.services.map.clicked import Clicked, clicked
from netofnets.services.map.columns import (
    columns,
    days_by_portion,
    limits_by_number,
    lines_by_number,
    moved_by_number,
    ordered,
    scene_header,
)
from netofnets.services.map.growth import growth, timeline
from netofnets.services.map.in_community import communities_at_hand, community_panel
from netofnets.services.map.limits import KINDS, PEOPLE_FILTERS, STEPS, Limits, limited
from netofnets.services.map.measured import AREAS
from netofnets.services.map.moved import Movement, moved, told_in_rows
from netofnets.services.map.rows import rows
from netofnets.services.map.selection import Selection
from web.pages import Ask, Page
from web.paging import written_once
from web.params import Choice, Text, Whole

__all__ = ["ATLAS"]

_WHOLE, _ROWS = 200, 50  # rows of a table that is on one page, and of a page where there are more
_TABLE = ("rows", "rows_total", "page", "pages", "missing")


def _answer(ask: Ask) -> Mapping[str, Any]:
    values = ask.values
    if ask.twin and values["part"] == "selection":
        return {"clicked": _clicked(ask)}
    if ask.twin and values["part"] == "growth":
        return {"growth": growth(ask.published, ask.viewer, people=values["level"] == "people")}
    view, missing = _view(ask)
    since = _since(ask, view)
    if ask.twin and values["part"] == "marks":
        return {"atlas": view, "moved": since}
    chosen = named_in(values["among"], values["add"])
    left = limited(ask.published, ask.viewer, view.scene, _limits(ask, since))
    table = told_in_rows(rows(replace(view.scene, nodes=left.keeps(view.scene))), since)
    size = max(len(table), 1) if written_once() or len(table) <= _WHOLE else _ROWS
    pages = max(1, -(-len(table) // size))
    page = min(int(ask.values["page"]), pages)
    return {
        "atlas": view,
        "limited": left,
        "among": among(ask.published, ask.viewer, chosen) if chosen else None,
        "moved": since,
        "timeline": timeline(ask.published, ask.viewer),
        "at_hand": at_hand(view.scene, communities_at_hand(ask.published, ask.viewer) if view.scene.districts else ()),
        "community": _community(ask),
        "rows": table[(page - 1) * size : page * size],
        "rows_total": len(table),
        "page": page,
        "pages": pages,
        "missing": missing,
    }


def _since(ask: Ask, view: AtlasView) -> Movement | None:
    day, links, select = (ask.values[name] for name in ("since", "links", "select"))
    return moved(ask.published, ask.viewer, view.scene, day, links=int(links), select=select) if day else None


def _community(ask: Ask) -> Selection | None:
    """What the panel says where a community is chosen, and nothing in it."""
    chosen = ask.values["community"]
    return community_panel(ask.published, ask.viewer, chosen) if chosen else None


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
    if "pages" not in facts:
        return False
    view: AtlasView = facts["atlas"]
    return facts["pages"] > 1 or view.links_shown < view.links_total


def _shape(ask: Ask, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """All facts; for the script only what it asks for, in columns (a static site, where nothing can be asked for
    later, has whole marks)."""
    part = ask.values["part"]
    if part == "all":
        return facts
    if part == "growth":
        return {"growth": days_by_portion(facts["growth"], int(ask.values["from"]))}
    if "clicked" in facts:
        return _clicked_part(facts["clicked"])
    view: AtlasView = facts["atlas"]
    if written_once():
        return {name: facts[name] for name in ("atlas", "limited", "moved")}
    marks = ordered(view.scene.nodes)
    if part == "marks":
        return {"version": view.version, "marks": columns(marks, facts["moved"], int(ask.values["from"]))}
    told = {"version": view.version, "limited": limits_by_number(facts["limited"], marks)}
    told["community"] = facts["community"]
    table = {name: facts[name] for name in _TABLE}
    if part == "limits":
        scene = {"note": view.scene.note, "summary": view.scene.summary}
        return {**told, **scene, "lines": lines_by_number(view.scene.edges, marks), **table}
    movement: Movement | None = facts["moved"]
    drawn = {"scene": scene_header(view.scene, marks), "marks": columns(marks, movement)}
    return {**told, **drawn, "moved": moved_by_number(movement, marks), **(table if part == "level" else {})}


def _clicked_part(found: Clicked) -> Mapping[str, Any]:
    """What a click changes. Of a map that carries everybody nobody comes with it: ``marks`` is None."""
    told = {"version": found.version, "selection": found.selection, "edges": found.edges, "missing": found.missing}
    if written_once():
        return {**told, "nodes": found.nodes if found.partial else None}
    return {**told, "marks": found.come.marks if found.partial and found.come else None}


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
        Choice("part", ("all", "map", "marks", "level", "selection", "limits", "growth")),
        Whole("from", 0, MOST_MARKS, 0),  # number of the first mark of a portion
    ),
    shape=_shape,
    alike=True,
    truncated=_cut,
)
