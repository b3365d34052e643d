"""The web application: ``create_app`` puts pages, security and the current publication together."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, g, request

from netofnets.errors import NotPublished, SnapshotDamaged
from netofnets.services.viewer import Viewer
from netofnets.settings import Settings
from web.actions import add_action, take_said
from web.current import Current
from web.door import add_door, viewer_for
from web.failures import add_failures
from web.kept import Kept
from web.pages import add_page
from web.reader import add_reader
from web.security import protect
from web.stores import know_settings
from web.templating import add_helpers
from web.views import ACTIONS, DESK, PAGES
from web.views.import_forms import add_imports

__all__ = ["create_app"]


def create_app(settings: Settings, *, viewer: Viewer | None = None) -> Flask:
    """The application for ``settings``; it reads the published folder and needs no store.

    Only forms, and pages that say so, open the store of the settings, for a moment.

    ``viewer`` fixes who looks at everything; without it each request is judged (:func:`web.door.viewer_for`).
    Raises :class:`~netofnets.errors.SettingsError` for settings that would show people to strangers.
    """
    app = Flask("web", static_folder="static", template_folder="templates")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # facts keep the order of their declaration
    protect(app, settings)
    current = Current(settings.home)
    app.extensions["netofnets-current"] = current
    app.extensions["netofnets-build"] = _build(Path(__file__).parent)
    app.extensions["netofnets-kept"] = Kept()
    door = None if viewer is not None else add_door(app, settings)

    @app.before_request
    def borrow() -> None:
        g.viewer = viewer if viewer is not None else viewer_for(settings, door)
        if request.endpoint not in (None, "static", "enter"):
            try:
                g.published = current.borrow()
            except (NotPublished, SnapshotDamaged):
                if request.endpoint not in app.extensions["netofnets-desk"]:
                    raise

    @app.teardown_request
    def give_back(_: BaseException | None) -> None:
        if (published := g.pop("published", None)) is not None:
            current.give_back(published)

    know_settings(app, settings)
    add_reader(app)
    app.before_request(take_said)
    app.after_request(_static_may_be_kept)
    add_helpers(app)
    add_failures(app)
    _add_routes(app)
    return app


def _add_routes(app: Flask) -> None:
    for page in (*PAGES, *DESK):
        add_page(app, page)
    for action in ACTIONS:
        add_action(app, action)
    add_imports(app)


def _static_may_be_kept(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        response.headers["Cache-Control"] = "no-cache"  # kept, and asked after: it changes with the program only
    return response


def _build(folder: Path) -> str:
    """Digest of all templates: a page changes its tag when the program that draws it changes."""
    digest = hashlib.sha256()
    for path in sorted((folder / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
