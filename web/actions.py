"""How a form is declared, and how one declaration becomes a route that takes what an organizer sends.

A form works without scripts: it is sent to its own address, a function of the desk does what it asks, and its sender is
led back (303) to a page that says what was done. What the desk refuses is said on the page that the form stands on,
with everything that was typed still in it. Who may send it stands in :mod:`web.rules`; other sites never may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from netofnets.errors import NetOfNetsError, StoreBusy, StoreUnavailable
from netofnets.graph.published import Published
from netofnets.language import said_by, unstopped
from netofnets.services.viewer import Role, Viewer
from netofnets.store.base import Store
from web.language import in_language
from web.pages import Page, shown
from web.params import Param, settle
from web.reader import with_reader
from web.said import Said
from web.session import note
from web.stores import opened_store

__all__ = ["Action", "Order", "Refusal", "add_action", "take_said"]

_STATUS: dict[type[NetOfNetsError], int] = {StoreBusy: 409, StoreUnavailable: 503}  # else 422


@dataclass(frozen=True, slots=True)
class Order:
    """What an organizer sent: the id in the path (if any) and every field's settled value, with the store open."""

    store: Store
    published: Published
    viewer: Viewer
    id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Action:
    """A form.

    ``act`` calls the desk and says in a sentence what was done; a :class:`NetOfNetsError` says why it was not, and
    nothing has been written then. The form stands on ``page``, whose parameters take the values of fields of the same
    name; those in ``back`` go along when its sender is led back there.
    """

    name: str
    path: str  # may hold <id>, like the path of its page
    page: Page
    fields: tuple[Param, ...]
    act: Callable[[Order], str]
    back: tuple[str, ...] = ()
    then: str = ""  # the path to be led to instead, where the page is gone with what was done

    def address(self, node_id: str = "") -> str:
        """Where the form is sent to."""
        return self.path.replace("<id>", node_id)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A form that was not taken: which, what was typed, and why not, in the language of whoever sent it."""

    action: str
    values: Mapping[str, str]
    why: str


def add_action(app: Flask, action: Action) -> None:
    """Route a form; a page may stand at the same path."""

    def send(id: str = "") -> ResponseReturnValue:
        values = settle(action.fields, request.form)
        try:
            with opened_store() as store:
                done = action.act(Order(store, g.published, g.viewer, id, values))
        except NetOfNetsError as error:
            note(action.name, id, values, "refused")
            return _refused(action, id, values, error)
        note(action.name, id, values, "done")
        if action.then:
            return redirect(action.then, 303)
        kept: Said = current_app.extensions["netofnets-said"]
        address = with_reader(action.page.address(id, {name: values[name] for name in action.back}))
        return redirect(f"{address}{'&' if '?' in address else '?'}said={kept.keep(in_language(done))}", 303)

    app.extensions.setdefault("netofnets-actions", {})[action.name] = action
    app.extensions.setdefault("netofnets-said", Said())
    app.add_url_rule(action.path, "send " + action.name, send, methods=["POST"])


def take_said() -> None:
    """Before a request: what the form before it has to say, for those who may send forms."""
    token = request.args.get("said", "")
    kept: Said | None = current_app.extensions.get("netofnets-said")
    g.said = kept.take(token) if kept and token and g.viewer.role is not Role.ANONYMOUS else ""


def _refused(action: Action, node_id: str, values: Mapping[str, str], error: NetOfNetsError) -> ResponseReturnValue:
    g.refused = Refusal(action.name, values, in_language(unstopped(said_by(error))))
    page = shown(action.page, node_id, settle(action.page.params, values))
    page.status_code = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 422)
    return page
