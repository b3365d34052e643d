"""Answers without those who have withdrawn since the last publication; what cannot do without them is not given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from html import escape
from typing import Any, TypeVar

from flask import current_app, g

from netofnets.errors import BeingPublished, NotFound
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.published import Published
from netofnets.graph.withheld import Withheld, WithheldList, declined_since, kept_from
from netofnets.schema.policy import Standing
from netofnets.schema.purposes import MAP, SCORES, SEARCH, SUGGESTIONS, WHEREABOUTS
from netofnets.services.viewer import Viewer

__all__ = ["check_answer", "gone", "put_aside", "withheld", "without"]

_Facts = TypeVar("_Facts")

_FACTS_ONLY = {"circle", "known", "disputes", "invitations", "reports"}
# Pages that search and pages that suggest; scores may stand on any.
_SUGGESTS = {
    *("introductions", "leader", "me", "gaps", "convene", "paths", "paths_map", "introductions_board", "table"),
    *("briefing", "network_briefing"),
}
_SERVES = {
    SEARCH: {"search", "me", "paths", "paths_map", "what_if", "table"},
    SUGGESTIONS: _SUGGESTS,
}


def gone(viewer: Viewer) -> frozenset[str]:
    """The records that this viewer must not be shown any more, whatever is published; looked up once a request."""
    if "gone" not in g:
        stands = AUDIENCES[viewer.audience]
        away = () if stands is Standing.ORGANIZER else (MAP, WHEREABOUTS)
        g.gone = kept_from(withheld(), stands) | declined_since(withheld(), away) | viewer.who.unseen
    found: frozenset[str] = g.gone
    return found


def put_aside(page: str, node_id: str) -> frozenset[str]:
    """The records that a page must not show any more because of what it is for: they declined that purpose since.

    Somebody's own page stays when they only do not want to be suggested to others.
    """
    if page in _FACTS_ONLY:
        return frozenset()
    found = declined_since(withheld(), (SCORES,))
    for purpose, pages in _SERVES.items():
        if page in pages:
            found |= declined_since(withheld(), (purpose,)) - {node_id}
    return found


def withheld() -> tuple[Withheld, ...]:
    """Who has withdrawn, or declined something, since the last publication."""
    listed: WithheldList = current_app.extensions["netofnets-withheld"]
    return listed.entries()


def without(facts: _Facts, records: frozenset[str]) -> _Facts:
    """The facts without the rows (of any list) that mention one of the records."""
    return _cleaned(facts, records) if records else facts


def check_answer(text: str, published: Published, records: frozenset[str]) -> None:
    """Raise :class:`BeingPublished` when an answer still names somebody who has withdrawn, by id or by name.

    :class:`NotFound` when it is somebody who does not want to be seen by this reader: it would say the same tomorrow.
    """
    for record in sorted(records):
        if record in text or any(_says(text, name) for name in _names(published, record)):
            if record in g.viewer.who.unseen:
                raise NotFound(record)
            raise BeingPublished("this page named somebody who has withdrawn, and is being made anew")


def _names(published: Published, record: str) -> set[str]:
    snapshot = published.edition("organizers").snapshot
    try:
        name = str(snapshot.value("leaders", snapshot.position("leaders", record), "name") or "")
    except NotFound:
        return set()
    return {name, escape(name), json.dumps(name)[1:-1]} - {""}


def _says(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _cleaned(value: Any, records: frozenset[str]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _cleaned(getattr(value, f.name), records) for f in fields(value)}
        return replace(value, **changed) if any(changed[k] is not getattr(value, k) for k in changed) else value
    if isinstance(value, Mapping):
        return {key: _cleaned(inner, records) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        # A text in a list may stand for its place, as in a table by columns: such lists are left to the check.
        kept = [_cleaned(one, records) for one in value if isinstance(one, str) or not _mentions(one, records)]
        return kept if isinstance(value, list) else tuple(kept)
    return value


def _mentions(value: Any, records: frozenset[str]) -> bool:
    if isinstance(value, str):
        return value in records
    if is_dataclass(value) and not isinstance(value, type):
        return any(_mentions(getattr(value, f.name), records) for f in fields(value))
    if isinstance(value, Mapping):
        return any(_mentions(inner, records) for inner in value.values())
    return isinstance(value, list | tuple) and any(_mentions(one, records) for one in value)
