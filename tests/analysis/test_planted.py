"""People with planted communities and bridges: how much of it is found, by rules that do not know it."""

import importlib.util
import sys

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score, roc_auc_score

from netofnets.analysis.registry import needed
from tests.data.planted import Planted, planted
from tests.data.scattered import scattered


def of_the_benchmarks(tool, seed=7, people=10_000):
    """The world of benchmarks/quality.py, made by the tool beside the checkout."""
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    spec = importlib.util.spec_from_file_location("synth_networks", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = before
    found = module.generate(people, seed)
    ties = tuple(np.asarray(found["collaborations"][c]) for c in ("source", "target", "weight"))
    return Planted(
        found["memberships"]["person"],
        found["memberships"]["network"],
        people,
        len(found["networks"]["network"]),
        found["people"]["is_bridge"],
        found["people"]["community"],
        ties,
    )


# What has to be found: mutual information, area under the curve, precision at the planted number, part called bridging.
WORLDS = {
    "closed blocks": (lambda _: planted(3, mega=0.0), 0.95, 0.999, 1.0, 0.9),
    "closed blocks, one of 30 %": (lambda _: planted(4), 0.95, 0.999, 1.0, 0.9),
    "strays": (lambda _: scattered(1), 0.90, 0.98, 0.45, 0.0),
    "strays, one of 30 %": (lambda _: scattered(2, mega=0.3), 0.90, 0.98, 0.45, 0.3),
    "10,000 people": (lambda tool: of_the_benchmarks(tool), 0.90, 0.99, 0.72, 0.6),
}


@pytest.fixture(scope="module", params=WORLDS)
def found(request):
    make, *wanted = WORLDS[request.param]
    tool = None
    if request.param == "10,000 people":
        tool = request.getfixturevalue("shared_tools") / "synth_networks.py"
    made = make(tool)
    snapshot, results = made.snapshot(), {}
    for declared in needed("bridges"):
        results[declared.id] = declared(snapshot, results, {})
    return made, results, wanted


def ranks(made, results):
    table = results["bridges"]
    rank = np.full(made.people, 1e6)
    rank[[int(leader[1:]) for leader in table["leader"].to_pylist()]] = table["rank"].fill_null(1_000_000).to_numpy()
    return rank


def test_communities_recover_what_was_planted(found):
    made, results, (mutual, *_) = found
    own = results["communities"]["community"].fill_null(-1).to_numpy()[: made.people]
    tied = own >= 0
    assert adjusted_mutual_info_score(made.home[tied], own[tied]) >= mutual


def test_bridges_come_first(found):
    made, results, (_, curve, precision, _) = found
    rank = ranks(made, results)
    assert roc_auc_score(made.is_bridge, -rank) >= curve
    first = np.argsort(rank, kind="stable")[: made.is_bridge.sum()]
    assert made.is_bridge[first].mean() >= precision


def test_most_of_those_called_bridging_were_planted_and_where_it_can_be_told_most_planted_are(found):
    """Where many stray, the tail of the crowd may hide them all: then nobody is called bridging."""
    made, results, (*_, recall) = found
    flagged = np.array([int(r["leader"][1:]) for r in results["bridges"].to_pylist() if r["bridging"]], dtype=int)
    hits = int(made.is_bridge[flagged].sum())
    assert hits >= 0.6 * len(flagged)
    assert hits >= recall * made.is_bridge.sum()


def test_shuffled_memberships_keep_no_overlap(found):
    made, _, _ = found
    results = {}
    for declared in needed("blocks"):
        results[declared.id] = declared(made.shuffled(1).snapshot(), results, {})
    assert not any(results["overlap"]["validated"].to_pylist())
