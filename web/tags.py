"""The tag of an answer: it names all that the answer depends on, before it is computed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import current_app, g, request

from netofnets import __version__
from netofnets.graph.published import GROUPS_FILE
from netofnets.services.viewer import Role, Viewer
from web.current import Current
from web.embedding import framed
from web.language import reads
from web.reader import kept_in_address
from web.session import session
from web.stores import store_mark
from web.withdrawn import gone, put_aside

if TYPE_CHECKING:
    from web.pages import Ask, Page

__all__ = ["records_gone", "stands_in", "tag_of"]


def tag_of(page: Page, ask: Ask) -> str:
    """Names the answer before it is computed: facts, how they were analysed, audience, address, program."""
    edition = ask.viewer.edition(ask.published)
    parts = (
        edition.content_hash,
        str(edition.manifest["results_hash"]),
        str(edition.history.num_rows),
        edition.seals.get(GROUPS_FILE, ""),
        str(ask.published.run) if ask.viewer.role is Role.ORGANIZER else "",
        ask.viewer.role,
        g.reader.id if g.get("reader") else "",
        ask.viewer.as_of,
        repr(ask.viewer.who) if page.personal else "",
        str(ask.viewer.as_of_run),
        (store_mark() or "") if page.of_store and ask.viewer.role is not Role.ANONYMOUS else "",
        datetime.now(UTC).date().isoformat() if page.daily and ask.viewer.sees_people else "",
        g.get("no_day", ""),
        "signed in" if session() else "",
        "has a circle" if ask.viewer.has_circle else "",
        "stands in" if stands_in(ask.viewer) else "",
        "organizes" if ask.viewer.who.organizes else "",
        kept_in_address(),
        "framed" if framed() else "",
        reads().code,
        " ".join(sorted(records_gone(page, ask))),
        request.path,
        page.address(ask.id, ask.values),
        __version__,
        current_app.extensions["netofnets-build"],
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def records_gone(page: Page, ask: Ask) -> frozenset[str]:
    """The records that this page must not show any more, whatever is published."""
    if page.own:
        return frozenset()
    return gone(ask.viewer) | put_aside(page.name, ask.id)


def stands_in(viewer: Viewer) -> bool:
    """Whether to tell this viewer that what was published last is damaged, and the publication before is shown."""
    current: Current = current_app.extensions["netofnets-current"]
    return viewer.sees_people and bool(current.damage)
