"""How much one grouping tells about another: mutual information less what any two groupings would share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

__all__ = ["contingency", "log_tables", "reduced_information"]

Floats = npt.NDArray[np.float64]


def contingency(first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> Floats:
    """How many stand in each group of the first and each of the second; -1 in either is left out."""
    known = (first >= 0) & (second >= 0)
    counts = np.zeros((int(first.max(initial=-1)) + 1, int(second.max(initial=-1)) + 1))
    np.add.at(counts, (first[known], second[known]), 1.0)
    return counts


def reduced_information(counts: Floats) -> float:
    """Normalised reduced mutual information of a contingency table, shape (first, second): 1 equal, 0 or less nothing.

    Reduced: ``ln [n! prod c_rs! / (prod a_r! prod b_s!)] - ln Omega(a, b)``, in nats, where ``Omega`` counts the tables
    with the same margins: what it costs to say how the groups correspond is not information (Newman, Cantwell, Young
    2020, doi:10.1103/PhysRevE.101.042304, equation 15). Normalised by the mean of what each grouping says about itself.
    NaN where one of the two has a single group.
    """
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return float("nan")
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    selves = [_gained(np.diag(margin)) for margin in (rows, columns)]
    whole = sum(selves) / 2.0
    return float(_gained(counts) / whole) if whole > 0.0 else float("nan")


def _gained(counts: Floats) -> float:
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    said = gammaln(counts.sum() + 1) + gammaln(counts + 1).sum() - gammaln(rows + 1).sum() - gammaln(columns + 1).sum()
    return float(said) - log_tables(rows, columns)


def log_tables(rows: Floats, columns: Floats) -> float:
    """Logarithm of the number of tables of whole numbers with these margins, approximately (within some per cent).

    Effective columns (Jerdee, Kirkley, Newman 2024, doi:10.1098/rspa.2023.0470): each column is any split of its sum
    over the rows, and the chance that the rows then come out right is that of a Dirichlet-multinomial with the same
    variance.
    """
    total, height = float(rows.sum()), len(rows)
    if height == 1 or len(columns) == 1:
        return 0.0
    splits = float((gammaln(columns + height) - gammaln(height) - gammaln(columns + 1)).sum())
    squares = float((columns**2).sum())
    if squares <= total:  # every column holds one: rows are drawn one by one
        return splits + float(gammaln(total + 1) - gammaln(rows + 1).sum()) - total * float(np.log(height))
    alpha = (total**2 - total + (total**2 - squares) / height) / (squares - total)
    right = gammaln(rows + alpha) - gammaln(alpha) - gammaln(rows + 1)
    return splits + float(right.sum() - gammaln(total + height * alpha) + gammaln(height * alpha) + gammaln(total + 1))
