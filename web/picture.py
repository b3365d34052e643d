"""What is drawn once, the same for all who read an edition in one language: the front picture, the matrix."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Flask, current_app, get_template_attribute
from markupsafe import Markup

from netofnets.services.map.scene import Scene
from netofnets.services.networks.overlap import Matrix
from web.language import reads

__all__ = ["add_pictures", "matrix_rows", "picture_of"]

_MOST = 36
_NAME = "netofnets-pictures"


class _Drawn:
    """The last few things that were drawn, and what was made of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[tuple[int, str], tuple[object, Any]] = OrderedDict()

    def of(self, thing: object, draw: Callable[[], Any]) -> Any:
        """What was drawn of this very thing: one without somebody who has withdrawn is another, drawn for itself."""
        key = (id(thing), reads().code)
        with self._lock:
            found = self._found.get(key)
        if found is not None and found[0] is thing:
            return found[1]
        drawn = draw()
        with self._lock:
            self._found[key] = (thing, drawn)  # held, so that nothing else has its number meanwhile
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return drawn


def add_pictures(app: Flask) -> None:
    """Remember what is drawn."""
    app.extensions[_NAME] = _Drawn()


def picture_of(scene: Scene) -> Markup:
    """A scene as a picture without labels and links."""
    svg = get_template_attribute("scene.html", "svg")
    drawn: Markup = _drawn().of(scene, lambda: svg(scene, labels=False, links=False))
    return drawn


def matrix_rows(matrix: Matrix) -> list[Markup]:
    """The cells of each row of a matrix."""
    cells = get_template_attribute("macros.html", "matrix_cells")
    rows: list[Markup] = _drawn().of(matrix, lambda: [cells(matrix, row) for row in range(len(matrix.shared))])
    return rows


def _drawn() -> _Drawn:
    found: _Drawn = current_app.extensions[_NAME]
    return found
