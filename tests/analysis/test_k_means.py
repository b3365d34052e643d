"""k-means by hand, and against scikit-learn's on points around planted middles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from netofnets.analysis.k_means import centres_of, nearest


def around(middles: int, width: int, seed: int, each: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Points around so many middles, and the middle of each."""
    random = np.random.default_rng(seed)
    where = np.repeat(np.arange(middles), each)
    return random.normal(size=(middles, width))[where] + random.normal(scale=0.15, size=(len(where), width)), where


def within(points: np.ndarray, centres: np.ndarray) -> float:
    return float(((points - centres[nearest(points, centres)]) ** 2).sum())


def test_two_pairs_of_points_have_their_middles_as_centres():
    points = np.array([[0.0, 0.0], [0.0, 2.0], [9.0, 0.0], [9.0, 2.0]])
    centres = centres_of(points, 2, 7)
    assert sorted(map(tuple, centres.tolist())) == [(0.0, 1.0), (9.0, 1.0)]
    labels = nearest(points, centres)
    assert labels[0] == labels[1] != labels[2] == labels[3]


@pytest.mark.parametrize(("middles", "width"), [(8, 3), (40, 12)])
def test_groups_are_as_tight_as_those_of_scikit_learn(middles, width):
    points, where = around(middles, width, 3)
    ours = centres_of(points, middles, 7, restarts=3)
    theirs = KMeans(middles, n_init=3, max_iter=20, random_state=7, algorithm="lloyd").fit(points)
    assert within(points, ours) <= 1.03 * theirs.inertia_
    agrees = adjusted_mutual_info_score(where, nearest(points, ours))
    assert agrees >= adjusted_mutual_info_score(where, theirs.labels_) - 0.02


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 9))
def test_each_point_has_its_nearest_centre_and_the_same_seed_gives_the_same(seed, groups):
    points, _ = around(3, 2, seed, each=4)
    centres = centres_of(points, groups, seed)
    assert np.array_equal(centres, centres_of(points, groups, seed))
    assert len(np.unique(nearest(points, centres))) <= groups and np.isfinite(centres).all()
    apart = ((points[:, None, :] - centres) ** 2).sum(axis=2)
    assert np.allclose(apart[np.arange(len(points)), nearest(points, centres)], apart.min(axis=1))


def test_points_are_taken_in_parts(monkeypatch):
    points, _ = around(5, 4, 1)
    centres = centres_of(points, 5, 7)
    whole = nearest(points, centres)
    monkeypatch.setattr("netofnets.analysis.k_means._AT_ONCE", 20)
    assert np.array_equal(nearest(points, centres), whole)
