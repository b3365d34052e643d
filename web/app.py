"""The web application: ``create_app`` puts pages, security and the current publication together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, g, request

from netofnets.accounts.gate import Gate, open_gate
from netofnets.errors import NotPublished, SnapshotDamaged
from netofnets.graph.withheld import WithheldList
from netofnets.services.viewer import ANONYMOUS, Viewer
from netofnets.settings import Settings
from web.actions import add_action, take_said
from web.alike import add_stand_in
from web.blocked import without_blockers
from web.claiming import add_claiming
from web.compression import add_compression
from web.contact_reads import add_contact_reads
from web.current import Current
from web.door import add_door, viewer_for
from web.downloads import add_downloads
from web.embedding import add_embedding
from web.failures import add_failures
from web.health import PROBES, add_health
from web.kept import Kept
from web.language import add_language
from web.pages import add_page
from web.rates import add_rates
from web.reader import add_reader
from web.rules import obey
from web.security import protect
from web.session import know_session
from web.signing_in import ENDPOINTS, add_signing_in
from web.stores import know_settings
from web.templating import add_helpers
from web.terms import add_terms
from web.views import ACTIONS, DESK, MANUAL, OWN, PAGES
from web.views.import_forms import add_imports
from web.views.mine import add_download

__all__ = ["create_app"]


def create_app(settings: Settings, *, viewer: Viewer | None = None, gate: Gate | None = None) -> Flask:
    """The application for ``settings``; it reads the published folder and needs no store.

    Only forms, and pages that say so, open the store of the settings, for a moment.

    ``viewer`` fixes who looks at everything; without it each request is judged: by the ``gate`` of a shared map, which
    the settings describe when none is given, else by :func:`web.door.viewer_for`.
    Raises :class:`~netofnets.errors.SettingsError` for settings that would show people to strangers.
    """
    app = Flask("web", static_folder="static", template_folder="templates")
    app.debug = False  # whatever FLASK_DEBUG says: errors tell readers nothing of the program
    app.json.sort_keys = False  # type: ignore[attr-defined]  # facts keep the order of their declaration
    if gate is None and settings["mode"] == "shared":
        gate = open_gate(settings)  # first: it names all that is missing
    add_compression(app)  # first, so that it comes after all that look at an answer
    add_embedding(app, settings)  # before what sets the headers of every answer, so that it comes after it
    protect(app, settings)
    current = Current(settings.home)
    app.extensions["netofnets-current"] = current
    app.extensions["netofnets-build"] = _build(Path(__file__).parent)
    app.extensions["netofnets-kept"] = Kept()
    app.extensions["netofnets-withheld"] = WithheldList(settings.home)
    _lend(app, current, _judged(app, settings, viewer, gate))
    know_settings(app, settings)
    add_language(app)
    add_rates(app, settings)
    app.before_request(obey)
    if gate is not None and viewer is None:
        add_terms(app)
    add_reader(app, settings)
    add_stand_in(app)
    app.before_request(take_said)
    app.after_request(_static_may_be_kept)
    add_helpers(app)
    add_failures(app)
    _add_routes(app)
    return app


def _judged(app: Flask, settings: Settings, viewer: Viewer | None, gate: Gate | None) -> Callable[[], Viewer]:
    """What says who makes a request; with the pages on which somebody becomes known."""
    if viewer is not None:
        return lambda: viewer
    if gate is not None:
        add_signing_in(app, gate)
        add_claiming(app)
        add_contact_reads(app)
        return lambda: know_session(gate)
    door = add_door(app, settings)
    return lambda: viewer_for(settings, door)


def _add_routes(app: Flask) -> None:
    for page in (*PAGES, *OWN, *DESK, *MANUAL):
        add_page(app, page)
    for action in ACTIONS:
        add_action(app, action)
    add_imports(app)
    add_download(app)
    add_downloads(app)
    add_health(app)


def _lend(app: Flask, current: Current, who: Callable[[], Viewer]) -> None:
    """Let every request know who makes it, and lend it what is published."""

    @app.before_request
    def borrow() -> None:
        if request.endpoint in PROBES:
            g.viewer = ANONYMOUS
            return
        g.viewer = who()
        if request.endpoint not in (None, "static", "enter", *ENDPOINTS):
            try:
                g.published = current.borrow()
                g.viewer = without_blockers(g.viewer, g.published)
            except (NotPublished, SnapshotDamaged):
                if request.endpoint not in app.extensions["netofnets-desk"]:
                    raise

    @app.teardown_request
    def give_back(_: BaseException | None) -> None:
        lent = g.pop("present", None) or g.get("published")  # a past run was put in its place
        if lent is not None:
            g.pop("published")
            current.give_back(lent)


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
