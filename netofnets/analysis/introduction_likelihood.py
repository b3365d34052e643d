"""How likely two strangers are to get on: what speaks for it, by stated weights or by weights learned from outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.hours import shared_hours
from netofnets.analysis.introduction_candidates import within_three_hops
from netofnets.analysis.introduction_ground import Ground, rows_of
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, say

__all__ = ["FEATURES", "STATED", "Likelihood", "features", "learned"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FEW = 15  # outcomes of either kind without which nothing is learned
_FOLDS = 5

# Name -> (weight, meaning). Chosen by hand, not fitted: they say what speaks for a meeting until outcomes do.
_WEIGHTS: dict[str, tuple[float, str]] = {
    "similarity": (5.0, say("cosine of what the two name, an interest weighing -ln(people who name it / people)")),
    "complement": (1.5, say("the same for what the one offers and the other seeks")),
    "contacts": (2.0, say("a / (a + 0.5), a = 1 / (direct contacts of the person) summed over mutual contacts")),
    "circles": (1.0, say("b / (b + 0.1), b = 1 / (networks of the person) summed over people in a network of the one "
                         "and one of the other, by the geometric mean of the two sizes")),
    "near": (0.5, say("1 where at most three hops (ties, shared circles) lead from the one to the other, else 0")),
    "language": (0.5, say("1 with a common language, -1 without, 0 where not known of both")),
    "hours": (0.5, say("share of working hours in common, -1 without any, 0 where not known of both")),
    "connect": (0.8, say("share of the two who asked to be connected")),
}  # fmt: skip
_BASE = -3.5

FEATURES: tuple[str, ...] = tuple(_WEIGHTS)


@dataclass(frozen=True)
class Likelihood:
    """1 / (1 + exp(-(base + weights . features))); ``outcomes`` says from how many it was learned, 0: as stated."""

    weights: Floats
    base: float
    outcomes: int = 0

    def of(self, found: Floats) -> Floats:
        """The likelihood of each row of features; shape (rows,), between 0 and 1."""
        return np.round(1.0 / (1.0 + np.exp(-(found @ self.weights + self.base))), 9)


STATED = Likelihood(np.array([weight for weight, _ in _WEIGHTS.values()]), _BASE)


def meanings() -> str:
    """The features with weight and meaning, in a sentence."""
    return joined(
        [
            say("{name} {weight:g} ({meaning})", name=name, weight=weight, meaning=meaning)
            for name, (weight, meaning) in _WEIGHTS.items()
        ],
        "; ",
    )


def features(ground: Ground, first: Ints, second: Ints) -> Floats:
    """What speaks for each pair of leaders, shape (pairs, features), in the order of :data:`FEATURES`."""
    held = _unit(ground, ground.interests)
    offers, seeks = _unit(ground, ground.offers), _unit(ground, ground.seeks)
    met = rows_of(offers, first, seeks, second) + rows_of(seeks, first, offers, second)
    degree = np.maximum(np.diff(ground.direct.indptr), 1)
    shared = rows_of(ground.contacts, first, sp.csr_array(ground.direct @ sp.diags_array(1.0 / degree)), second)
    row, code = ground.network_pairs(first, second)
    circles = np.bincount(row, ground.joined.find(ground.joined.known, code), len(first))
    columns = (
        rows_of(held, first, held, second),
        np.minimum(met, 1.0),
        shared / (shared + 0.5),
        circles / (circles + 0.1),
        within_three_hops(ground, first, second).astype(np.float64),
        _languages(ground, first, second),
        _hours(ground, first, second),
        (ground.asked[first].astype(np.float64) + ground.asked[second]) / 2.0,
    )
    return np.round(np.column_stack(columns), 12)


def learned(found: Floats, succeeded: Bools, least: int) -> Likelihood:
    """Weights learned from outcomes (rows of features), if they foresee outcomes better than the stated ones do.

    Logistic regression (L2, C = 1), its margin calibrated on folds left out (Platt 1999): two linear steps, so weights
    again. :data:`STATED` with fewer than ``least`` outcomes, or 15 of either kind; or where the stated weights,
    calibrated alike, foresee the folds left out as well (log loss).
    """
    good = int(succeeded.sum())
    if len(succeeded) < least or min(good, len(succeeded) - good) < _FEW:
        return STATED
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    model = LogisticRegression(C=1.0)
    margin = cross_val_predict(model, found, succeeded, cv=StratifiedKFold(_FOLDS), method="decision_function")
    slope, base, loss = _calibrated(margin, succeeded)
    if slope <= 0 or loss >= _calibrated(found @ STATED.weights, succeeded)[2]:
        return STATED
    fitted = model.fit(found, succeeded)
    level = base + slope * float(fitted.intercept_[0])
    return Likelihood(np.round(fitted.coef_[0] * slope, 6), round(level, 6), len(succeeded))


def _calibrated(margin: Floats, succeeded: Bools) -> tuple[float, float, float]:
    """Slope and base that make probabilities of margins, and the log loss that is left."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss

    scale = LogisticRegression(C=1e6).fit(margin.reshape(-1, 1), succeeded)
    loss = log_loss(succeeded, scale.predict_proba(margin.reshape(-1, 1))[:, 1])
    return float(scale.coef_[0, 0]), float(scale.intercept_[0]), round(float(loss), 9)


def _unit(ground: Ground, held: TwoMode) -> sp.csr_array:
    """Interests weighing their rarity, so that rows of all that somebody names have length 1."""
    root = np.sqrt(ground.rarity)
    length = np.sqrt(np.asarray(ground.interests.csr @ ground.rarity, dtype=np.float64))
    scale = np.divide(1.0, length, out=np.zeros(len(length)), where=length > 0)
    return sp.csr_array(sp.diags_array(scale) @ held.csr.astype(np.float64) @ sp.diags_array(root))


def _languages(ground: Ground, first: Ints, second: Ints) -> Floats:
    stated = ground.snapshot.nodes["leaders"]["languages"]
    if stated.null_count == len(stated):
        return np.zeros(len(first))
    spoken = stated.to_pylist()
    places: dict[str, int] = {}
    ends = [(leader, places.setdefault(name, len(places))) for leader, own in enumerate(spoken) for name in own or ()]
    rows, columns = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    matrix = sp.coo_array((np.ones(len(ends)), (rows, columns)), shape=(len(spoken), max(len(places), 1))).tocsr()
    known = np.diff(matrix.indptr) > 0
    both = known[first] & known[second]
    common = rows_of(sp.csr_array(matrix), first, sp.csr_array(matrix), second) > 0
    return np.where(both, np.where(common, 1.0, -1.0), 0.0)


def _hours(ground: Ground, first: Ints, second: Ints) -> Floats:
    zones = ground.snapshot.nodes["leaders"]["time_zone"].combine_chunks().dictionary_encode()
    names: list[str | None] = [*zones.dictionary.to_pylist(), None]
    at = np.asarray(zones.indices.fill_null(len(names) - 1).to_numpy(zero_copy_only=False), dtype=np.int64)
    asked, place = np.unique(at[first] * len(names) + at[second], return_inverse=True)
    values: Mapping[float | None, float] = {None: 0.0, 0.0: -1.0}
    shared = [shared_hours(names[int(c) // len(names)], names[int(c) % len(names)]) for c in asked]
    told = np.array([values.get(h, (h or 0.0) / 9.0) for h in shared], dtype=np.float64)
    return told[place] if len(first) else np.empty(0)
