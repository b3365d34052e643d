"""Who is reading, as far as the reader said so: a leader in the address, or in a cookie of this site; no account."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from netofnets.errors import NotFound, SnapshotDamaged
from netofnets.services.index import index_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.settings import Settings
from web.day import add_day, add_run, kept_time
from web.params import Text
from web.session import gate_of
from web.withdrawn import gone

__all__ = ["PATH", "add_reader", "kept", "kept_in_address", "read_as", "with_reader"]

PATH = "/me"
_PARAM = Text("me", 40)
_HALF_A_YEAR = 182 * 24 * 3600  # seconds


def add_reader(app: Flask, settings: Settings) -> None:
    """Let every request know its run, its reader and its day, and take the form that says who reads."""
    add_run(app, settings)
    app.before_request(_know)
    add_day(app)
    app.add_url_rule(PATH, "choose me", _choose, methods=["POST"])


def kept_in_address() -> str:
    """The reader's id when it came with the address, and links must carry it on; else empty."""
    kept: str = g.get("reader_kept", "")
    return kept


def kept() -> dict[str, str]:
    """What :func:`with_reader` keeps, by the name of the parameter."""
    return {name: value for name, value in {_PARAM.name: kept_in_address(), **kept_time()}.items() if value}


def with_reader(address: str) -> str:
    """An address of ours that keeps the reader when this page's own address does, and the day and run looked at."""
    this = g._get_current_object()  # past the proxy once: a page has hundreds of links
    try:
        keeps: str = this.kept_query
    except AttributeError:
        keeps = this.kept_query = urlencode(kept())
    if not keeps or not address.startswith("/"):
        return address
    path, mark, rest = address.partition("#")
    return path + ("&" if "?" in path else "?") + keeps + mark + rest


def _know() -> None:
    """The address goes before the cookie; a leader whom this viewer does not see is as one who does not exist."""
    for wanted, in_address in ((request.args.get(_PARAM.name, ""), True), (request.cookies.get(_cookie(), ""), False)):
        if reader := _shown(wanted):
            read_as(replace(g.viewer, me=reader.id), reader, in_address=in_address)
            return


def read_as(viewer: Viewer, reader: Ref, *, in_address: bool) -> None:
    """From here on this request is made for ``viewer``, its page and links name ``reader``."""
    g.viewer, g.reader = viewer, reader
    g.reader_kept = reader.id if in_address else ""
    g.pop("kept_query", None)


def _shown(wanted: str) -> Ref | None:
    asked = _PARAM.settle(wanted)
    if not asked or "published" not in g or asked in gone(g.viewer):
        return None
    try:
        index = index_of(g.published, g.viewer)
        return index.leader(index.snapshot.position("leaders", asked))
    except (NotFound, SnapshotDamaged, OSError):  # the page itself tells of damage
        return None


def _choose() -> ResponseReturnValue:
    """Keep the leader that was picked, or forget whoever was; other sites cannot send this form."""
    reader = _shown(request.form.get(_PARAM.name, ""))
    response: Response = redirect(PATH if reader else "/", 303)  # type: ignore[assignment]
    same = {"path": "/", "httponly": True, "samesite": "Strict", "secure": request.is_secure or gate_of() is not None}
    if reader:
        response.set_cookie(_cookie(), reader.id, max_age=_HALF_A_YEAR, **same)  # type: ignore[arg-type]
    else:
        response.delete_cookie(_cookie(), **same)  # type: ignore[arg-type]
    return response


def _cookie() -> str:
    """Browsers keep cookies by host, not by port: two maps on one machine must not take each other's.

    A shared map has its host for itself, and a name that browsers take from no other.
    """
    if gate_of() is not None:
        return "__Host-netofnets-me"
    return "netofnets-me-" + request.host.rpartition(":")[2]
