"""The picture of the front page, drawn once: it shows the same to everybody who reads an edition."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from flask import Flask, current_app, get_template_attribute
from markupsafe import Markup

from netofnets.services.map.scene import Scene

__all__ = ["add_pictures", "picture_of"]

_MOST = 4
_NAME = "netofnets-pictures"


class _Drawn:
    """The last few scenes that were drawn, and their markup."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[int, tuple[Scene, Markup]] = OrderedDict()

    def of(self, scene: Scene) -> Markup:
        """The markup of this very scene: one without somebody who has withdrawn is another, and drawn for itself."""
        with self._lock:
            found = self._found.get(id(scene))
        if found is not None and found[0] is scene:
            return found[1]
        svg = get_template_attribute("scene.html", "svg")
        markup: Markup = svg(scene, labels=False, links=False)
        with self._lock:
            self._found[id(scene)] = (scene, markup)  # held, so that no other scene has its number meanwhile
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return markup


def add_pictures(app: Flask) -> None:
    """Remember what is drawn."""
    app.extensions[_NAME] = _Drawn()


def picture_of(scene: Scene) -> Markup:
    """A scene as a picture without labels and links."""
    drawn: _Drawn = current_app.extensions[_NAME]
    return drawn.of(scene)
