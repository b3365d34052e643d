"""Forms of the desk whose fields follow from what is on it: files, and a menu for each column; for organizers alone.

Like an :class:`~web.actions.Action` such a form works without scripts and leads its sender back to a page (303); what
is refused is said on the page that the form stands on. It needs no store and nothing published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from netofnets.errors import InputError, NetOfNetsError, NotFound, StoreBusy
from netofnets.language import said_by, say, unstopped
from web.actions import Refusal
from web.language import in_language
from web.pages import Page, shown, without_publication
from web.params import settle
from web.reader import with_reader
from web.said import Said
from web.session import note

__all__ = ["DeskForm", "Next", "add_desk_form"]

_STATUS: dict[type[NetOfNetsError], int] = {StoreBusy: 409}  # else 422


@dataclass(frozen=True, slots=True)
class Next:
    """Where the sender is led: a page, its id, and a sentence for it (empty: the page itself says what was done)."""

    page: Page
    id: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class DeskForm:
    """A form. ``act`` is given the id in the path and reads the fields of the request.

    ``longest`` is the most that may be sent, in bytes, and ``too_long`` the sentence for more.
    """

    name: str
    path: str
    page: Page
    act: Callable[[str], Next]
    longest: int = 1 << 20
    too_long: str = say("that is too much at once")

    def address(self, node_id: str = "") -> str:
        """Where the form is sent to."""
        return self.path.replace("<id>", node_id)


def add_desk_form(app: Flask, form: DeskForm) -> None:
    """Route a form."""

    def send(id: str = "") -> ResponseReturnValue:
        request.max_content_length = form.longest
        try:
            after = form.act(id)
        except NotFound:
            raise
        except RequestEntityTooLarge:
            return _refused(form, id, InputError(form.too_long, code="too_large"), 413)
        except NetOfNetsError as error:
            return _refused(form, id, error, _STATUS.get(type(error), 422))
        note(form.name, id, {}, "done")
        address = with_reader(after.page.address(after.id, {}))
        if after.said:
            kept: Said = current_app.extensions["netofnets-said"]
            address += f"{'&' if '?' in address else '?'}said={kept.keep(in_language(after.said))}"
        return redirect(address, 303)

    app.extensions.setdefault("netofnets-said", Said())
    app.extensions.setdefault("netofnets-actions", {})[form.name] = form
    app.add_url_rule(form.path, "send " + form.name, send, methods=["POST"])
    without_publication(app, "send " + form.name)


def _refused(form: DeskForm, node_id: str, error: NetOfNetsError, status: int) -> ResponseReturnValue:
    note(form.name, node_id, {}, "refused")
    g.refused = Refusal(form.name, {}, in_language(unstopped(said_by(error))))
    page = shown(form.page, node_id if "<id>" in form.page.path else "", settle(form.page.params, {}))
    page.status_code = status
    return page
