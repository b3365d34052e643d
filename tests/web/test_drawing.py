"""The picture that the server draws: labels apart, numbers the same each time, many marks in few bytes."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.services.map.moved import Moved, Movement
from netofnets.services.map.scene import Legend, Scene, SceneEdge, SceneNode
from web.drawing import WIDTH, draw, palette_class
from web.labels import Wanted, place_labels, text_width, wrap


def scene(discs, people=0, edges=()):
    nodes = [
        SceneNode(
            f"n{i}", "networks", f"Network of Somewhere {i}", x, y, r, "g0", "disc", href=f"/networks/n{i}", weight=r
        )
        for i, (x, y, r) in enumerate(discs)
    ]
    nodes += [
        SceneNode(f"l{i}", "leaders", f"Person {i}", i % 100, i // 100, 0.3, "g1", bridging=i % 50 == 0)
        for i in range(people)
    ]
    return Scene("people", "", "", tuple(nodes), tuple(edges), (Legend("g0", "North", 0), Legend("g1", "Rest", -1)))


def boxes(labels):
    for label in labels:
        width = max(text_width(text, label.size) for text, _ in label.lines)
        # A line is 1.2 em high, and its baseline stands 0.936 em below its top.
        top, bottom = label.lines[0][1] - label.size * 0.936, label.lines[-1][1] + label.size * 0.264
        yield label.x - width / 2, top, label.x + width / 2, bottom


circles = st.tuples(st.floats(0, 1000), st.floats(0, 700), st.floats(3, 90))


@settings(max_examples=60, deadline=None)
@given(st.lists(circles, max_size=25))
def test_labels_never_overlap_and_stay_in_the_frame(marks):
    wanted = [Wanted(wrap(f"Network {i} of a long name"), x, y, r, 14, must=i < 5) for i, (x, y, r) in enumerate(marks)]
    placed = place_labels(wanted, np.array(marks or np.empty((0, 3))).reshape(-1, 3), (1000, 700))
    found = list(boxes(placed))
    for at, one in enumerate(found):
        assert one[0] >= -0.2 and one[1] >= -0.2 and one[2] <= 1000.2 and one[3] <= 700.2
        for other in found[:at]:
            assert (
                one[2] <= other[0] + 0.3
                or other[2] <= one[0] + 0.3
                or one[3] <= other[1] + 0.3
                or other[3] <= one[1] + 0.3
            )


@settings(max_examples=60, deadline=None)
@given(st.lists(circles, max_size=25))
def test_a_name_never_stands_on_the_disc_of_another(marks):
    wanted = [Wanted((f"N{i} of",), x, y, r, 14, must=i < 5, inside=True) for i, (x, y, r) in enumerate(marks)]
    placed = place_labels(wanted, np.array(marks or np.empty((0, 3))).reshape(-1, 3), (1000, 700))
    for label, (left, top, right, bottom) in zip(placed, boxes(placed), strict=True):
        own = marks[int(label.lines[0][0].split()[0][1:])]
        for x, y, r in marks:
            if r >= 9 and (x, y) != own[:2]:
                away = np.hypot(np.clip(x, left, right) - x, np.clip(y, top, bottom) - y)
                assert away >= r - 0.5


@given(st.text(max_size=300))
def test_wrapping_ends_and_keeps_lines_short(text):
    lines = wrap(text)
    assert 1 <= len(lines) <= 3
    assert all(text_width(line, 1.0) <= 15.9 for line in lines)


def test_the_same_scene_gives_the_same_drawing_and_fits_it():
    one = scene([(0, 0, 10), (30, 5, 20), (-40, -30, 5)], people=120)
    drawing = draw(one)
    assert drawing == draw(one)
    for mark in (*drawing.discs, *drawing.dots, *drawing.rings):
        assert mark.r <= mark.x <= WIDTH - mark.r + 0.1 and 0 <= mark.y <= drawing.height
    assert [mark.node.id for mark in drawing.rings] == ["l0", "l50", "l100"]


def dots(path):
    """Where the dots of a path are: each is a step from the one before it."""
    steps = re.findall(r"m(-?\d+) ?(-?\d+)h0", path)
    assert "".join(f"m{x}{'' if y.startswith('-') else ' '}{y}h0" for x, y in steps) == path
    return set(zip(*(np.cumsum([int(step[axis]) for step in steps]).tolist() for axis in (0, 1)), strict=True))


def test_many_members_become_few_paths():
    drawing = draw(scene([(50, 50, 60)], people=5000))
    few = draw(scene([(50, 50, 60)], people=1000))
    assert drawing.dots == () and [many.look for many in drawing.dense] == ["slot-other"] and drawing.far == ()
    places = dots(drawing.dense[0].path)
    assert 1000 < len(places) <= 4900 and {(round(m.x), round(m.y)) for m in few.dots} <= places
    assert len(drawing.dense[0].path) < 10 * len(places)


def test_few_people_of_whom_something_is_new_stand_out_and_many_are_marked_where_they_are():
    def since(changed):
        moved = Movement("2020-01-01", "", tuple(Moved(f"l{i}", "joined") for i in range(1, changed + 1)))
        return draw(scene([(50, 50, 60)], people=1000), moved=moved)

    few, many, rings = since(40), since(900), 1000 // 50
    assert (
        len(few.fresh) == 40 and few.signs == "" and len(few.rings) == rings + 40 and len(few.dots) == 1000 - rings - 40
    )
    assert many.fresh == () and len(many.rings) == rings and len(many.dots) == 1000 - rings
    shape = re.fullmatch(r"(?:m-?\d+ ?-?\d+(l\d+ \d+l-\d+ \d+l-\d+ -\d+z))+", many.signs)
    size = int(shape[1][1:].split()[0])
    around = {(x, y + size) for x, y in dots(many.signs.replace(shape[1], "h0"))}
    assert around == {(round(m.x), round(m.y)) for m in (*many.rings, *many.dots) if m.fresh}


def test_of_many_networks_the_largest_are_circles_and_the_others_are_there_too():
    at = [(x * 30, y * 30, 3 + (x + y) % 9) for x in range(40) for y in range(20)]
    tied = (SceneEdge("n0", "n1", 1.0, always=True),)
    drawing = draw(scene(at, edges=tied))
    assert len(drawing.discs) == 100 and {"n0", "n1"} <= {m.node.id for m in drawing.discs}
    single, many = {m.r for m in drawing.discs}, {place for one in drawing.far for place in dots(one.path)}
    assert len(many) == 800 - len(drawing.discs) and max(single) >= max(one.width / 2 for one in drawing.far)


def test_ties_are_drawn_for_the_selection_and_where_they_always_stand():
    edges = (
        SceneEdge("n0", "n1", 4, "4 shared", always=True),
        SceneEdge("n0", "l1"),
        SceneEdge("n1", "gone", always=True),
    )
    known = scene([(0, 0, 10), (90, 0, 10)], people=3, edges=edges)
    assert [(line.title, line.chosen) for line in draw(known).lines] == [("4 shared", False)]
    assert sorted(line.chosen for line in draw(known, "l1").lines) == [False, True]


@pytest.mark.parametrize(("slot", "name"), [(0, "slot-0"), (7, "slot-7"), (8, "slot-other"), (-1, "slot-other")])
def test_the_palette_has_eight_places(slot, name):
    assert palette_class(slot) == name


def test_an_empty_scene_is_drawn_empty():
    drawing = draw(scene([]))
    assert drawing.discs == drawing.lines == drawing.wide == () and drawing.height > 0
