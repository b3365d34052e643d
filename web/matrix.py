"""The squares of the matrix of networks as markup: there are thousands, which a template takes long to write."""

from __future__ import annotations

from markupsafe import Markup

from netofnets.services.networks.overlap import Matrix

__all__ = ["matrix_cells"]

_DEPTHS = 5
_CELL = Markup('<td class="cell {}">{}{}</td>')
_BEYOND = Markup('<span class="visually-hidden"> beyond chance</span>')


def matrix_cells(matrix: Matrix, row: int) -> Markup:
    """The cells of a row: the more is shared, the deeper; a dot where it is beyond chance."""
    starts = [c and now != before for c, (before, now) in enumerate(_neighbours(matrix))]
    most = matrix.largest or 1
    cells = []
    for column, (shared, beyond) in enumerate(zip(matrix.shared[row], matrix.validated[row], strict=True)):
        depth = min(1 + int(4 * (shared / most) ** 0.5), _DEPTHS) if shared else 0
        css = "size" if column == row else f"depth-{depth}"
        css += (" validated" if beyond else "") + (" block-start" if starts[column] else "")
        cells.append(_CELL.format(css, shared or "", _BEYOND if beyond else ""))
    return Markup("").join(cells)


def _neighbours(matrix: Matrix) -> list[tuple[int | None, int | None]]:
    """The communities of each network and of the one before it."""
    return list(zip((None, *matrix.communities), matrix.communities, strict=False))
