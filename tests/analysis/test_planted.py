"""Ten thousand people with planted communities and bridges: how much of it is found, by rules that do not know it."""

import importlib.util
import sys

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score, roc_auc_score

from netofnets.analysis.registry import needed
from tests.data.planted import Planted


@pytest.fixture(scope="module")
def made(shared_tools):
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    spec = importlib.util.spec_from_file_location("synth_networks", shared_tools / "synth_networks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = before
    found = module.generate(10_000, 7)
    ties = tuple(np.asarray(found["collaborations"][c]) for c in ("source", "target", "weight"))
    return Planted(
        found["memberships"]["person"],
        found["memberships"]["network"],
        10_000,
        len(found["networks"]["network"]),
        found["people"]["is_bridge"],
        found["people"]["community"],
        ties,
    )


@pytest.fixture(scope="module")
def results(made):
    snapshot = made.snapshot()
    found = {}
    for declared in needed("bridges"):
        found[declared.id] = declared(snapshot, found, {})
    return found


def test_communities_recover_what_was_planted(made, results):
    own = results["communities"]["community"].fill_null(-1).to_numpy()[:10_000]
    tied = own >= 0
    assert adjusted_mutual_info_score(made.home[tied], own[tied]) >= 0.90


def test_bridges_come_first(made, results):
    table = results["bridges"]
    rank = np.full(10_000, 1e6)
    rank[[int(leader[1:]) for leader in table["leader"].to_pylist()]] = table["rank"].fill_null(1_000_000).to_numpy()
    assert roc_auc_score(made.is_bridge, -rank) >= 0.99


def test_shuffled_memberships_keep_no_overlap(made):
    found = {}
    for declared in needed("blocks"):
        found[declared.id] = declared(made.shuffled(1).snapshot(), found, {})
    assert not any(found["overlap"]["validated"].to_pylist())
