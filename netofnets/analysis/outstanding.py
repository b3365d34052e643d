"""Who stands out of a crowd: values that the tail of the bulk does not explain."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["outstanding"]

_FROM, _TO = 0.8, 0.98  # quantiles between which the tail of the bulk is measured


def outstanding(values: npt.NDArray[np.float64], false_share: float) -> npt.NDArray[np.bool_]:
    """Which positive values lie beyond the tail of the rest, shape as ``values``.

    The bulk is the empirical null (Efron 2004, doi:10.1198/016214504000000089): between its 80th and 98th percentile
    the positive values are taken to fall off exponentially. The threshold is the lowest at which that tail explains at
    most ``false_share`` of the values above it. Nothing stands out where the tail explains all.
    """
    positive = np.sort(values[values > 0])[::-1]
    count = len(positive)
    if count == 0:
        return np.zeros(len(values), dtype=bool)
    low, high = np.quantile(positive, [_FROM, _TO])
    if high <= low:
        return np.zeros(len(values), dtype=bool)
    scale = (high - low) / np.log((1.0 - _FROM) / (1.0 - _TO))
    explained = count * (1.0 - _FROM) * np.exp(-(positive - low) / scale)
    passed = np.flatnonzero((explained <= false_share * np.arange(1, count + 1)) & (positive > high))
    return values >= positive[passed[-1]] if len(passed) else np.zeros(len(values), dtype=bool)
