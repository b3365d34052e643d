"""The map: nothing overlaps, everybody stands where it is said, and the same data gives the same bytes."""

import numpy as np
import pytest
import scipy.sparse as sp

from netofnets.analysis.layout import MOST_CONNECTORS
from netofnets.analysis.packing import pack
from netofnets.analysis.registry import compute, run_all
from tests.data.graphs import camps, snapshot
from tests.data.planted import planted

GAP = 10.0


@pytest.fixture(scope="module", params=["camps", "planted", "mega"])
def drawn(request):
    made = {
        "camps": lambda: camps(size=60, joining=12),
        "planted": lambda: planted(2, mega=0.0).snapshot(),
        "mega": lambda: planted(3, mega=0.9).snapshot(),
    }[request.param]()
    return made, run_all(made)


def split(results):
    rows = results["layout"].to_pylist()
    return [r for r in rows if r["kind"] == "networks"], [r for r in rows if r["kind"] == "leaders"]


def spots(rows):
    return np.array([(r["x"], r["y"]) for r in rows]).reshape(-1, 2), np.array([r["radius"] for r in rows])


def apart(first, second):
    return np.hypot(*(first[:, None, :] - second[None, :, :]).transpose(2, 0, 1))


def test_discs_keep_their_distance(drawn):
    centre, radius = spots(split(drawn[1])[0])
    free = apart(centre, centre) - radius[:, None] - radius[None, :]
    assert free[np.triu_indices(len(radius), 1)].min() >= GAP - 0.05


def test_the_area_of_a_disc_goes_with_its_members(drawn):
    made, results = drawn
    networks = split(results)[0]
    sizes = made.incidence("memberships").group_sizes
    assert [r["id"] for r in networks] == made.ids("networks").to_pylist()
    assert (spots(networks)[1] - 3.5) ** 2 == pytest.approx(1.65**2 * sizes, rel=0.02)


def test_members_are_inside_their_home_disc_and_belong_to_it(drawn):
    made, results = drawn
    networks, leaders = split(results)
    discs = {r["id"]: r for r in networks}
    for row in leaders:
        own = made.incidence("memberships").groups_of(made.position("leaders", row["id"]))
        assert made.position("networks", row["home"]) in own
        if row["place"] == "member":
            disc = discs[row["home"]]
            assert np.hypot(row["x"] - disc["x"], row["y"] - disc["y"]) <= disc["radius"] - row["radius"]


def test_nobody_who_bridges_stands_in_a_strangers_disc_or_on_another(drawn):
    networks, leaders = split(drawn[1])
    standing = [r for r in leaders if r["place"] in ("gap", "rim")]
    assert standing
    at, size = spots(standing)
    centre, radius = spots(networks)
    clear = apart(at, centre) - radius[None, :] - size[:, None]
    for row, free in zip(standing, clear, strict=True):
        strangers = [i for i, n in enumerate(networks) if row["place"] == "gap" or n["id"] != row["home"]]
        assert free[strangers].min() >= 0, row
    between = apart(at, at) - size[:, None] - size[None, :]
    assert between[np.triu_indices(len(at), 1)].min(initial=1.0) >= 0


def test_everybody_called_bridging_is_drawn_apart_and_faces_one_of_their_networks(drawn):
    made, results = drawn
    bridging = {r["leader"] for r in results["bridges"].to_pylist() if r["bridging"]}
    for row in split(results)[1]:
        if row["id"] in bridging:
            own = made.incidence("memberships").groups_of(made.position("leaders", row["id"]))
            assert made.position("networks", row["toward"]) in own
            assert row["place"] in ("gap", "rim")


def test_the_strongest_connectors_are_drawn_apart_beside_them_and_nobody_else(drawn):
    _, results = drawn
    bridging = {r["leader"] for r in results["bridges"].to_pylist() if r["bridging"]}
    ranked = [r for r in results["connectors"].to_pylist() if r["leader"] not in bridging]
    first = ranked[:MOST_CONNECTORS]
    if len(ranked) > len(first):  # of many equals none is drawn, unless all are equals
        first = [r for r in first if r["rank"] < ranked[MOST_CONNECTORS]["rank"]] or first
    apart = {row["id"] for row in split(results)[1] if row["toward"]}
    assert apart - bridging == {r["leader"] for r in first}


def test_the_same_data_gives_the_same_bytes(drawn):
    made, results = drawn
    again = run_all(made)
    assert {name: table.equals(again[name]) for name, table in results.items()} == dict.fromkeys(results, True)


def test_islands_and_people_without_a_network_are_said_to_be():
    made = snapshot({"a": ["x", "y"], "b": ["x"], "c": ["w"], "d": [], "e": []})
    rows = {r["id"]: r for r in compute("layout", made).to_pylist()}
    assert {n: rows[n]["place"] for n in "xyw"} == {"x": "disc", "y": "disc", "w": "island"}
    assert (rows["d"]["place"], rows["d"]["home"]) == ("unattached", None)
    assert rows["d"]["y"] < min(rows[n]["y"] - rows[n]["radius"] for n in "xyw")


def test_islands_stand_further_off_than_neighbours():
    tied = sp.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float))
    centre = pack(np.array([5.0, 5.0, 5.0]), tied, GAP)
    distance = apart(centre, centre) - 10.0
    assert distance[0, 1] == pytest.approx(GAP)
    assert distance[2, :2].min() >= 3 * GAP - 1e-6


def test_many_discs_find_room():
    random = np.random.default_rng(7)
    weights = sp.random_array((400, 400), density=0.01, rng=random, format="csr")
    radius = random.lognormal(2.0, 0.8, 400)
    centre = pack(radius, sp.csr_array(weights + weights.T), GAP)
    free = apart(centre, centre) - radius[:, None] - radius[None, :]
    assert free[np.triu_indices(400, 1)].min() >= GAP - 1e-6
