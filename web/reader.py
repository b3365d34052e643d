"""Who is reading, as far as the reader said so: a leader in the address, or in a cookie of this site; no account."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from netofnets.errors import NotFound, SnapshotDamaged
from netofnets.services.index import index_of
from netofnets.services.refs import Ref
from web.day import DAY, add_day
from web.params import Text
from web.session import gate_of
from web.withdrawn import gone

__all__ = ["PATH", "add_reader", "kept_in_address", "with_reader"]

PATH = "/me"
_PARAM = Text("me", 40)
_HALF_A_YEAR = 182 * 24 * 3600  # seconds


def add_reader(app: Flask) -> None:
    """Let every request know its reader and its day, and take the form that says who reads."""
    app.before_request(_know)
    add_day(app)
    app.add_url_rule(PATH, "choose me", _choose, methods=["POST"])


def kept_in_address() -> str:
    """The reader's id when it came with the address, and links must carry it on; else empty."""
    kept: str = g.get("reader_kept", "")
    return kept


def with_reader(address: str) -> str:
    """An address of ours that keeps the reader when this page's own address does, and the day that is looked at."""
    kept = {_PARAM.name: kept_in_address(), DAY.name: g.viewer.as_of if "viewer" in g else ""}
    kept = {name: value for name, value in kept.items() if value}
    if not kept or not address.startswith("/"):
        return address
    path, mark, rest = address.partition("#")
    return path + ("&" if "?" in path else "?") + urlencode(kept) + mark + rest


def _know() -> None:
    """The address goes before the cookie; a leader whom this viewer does not see is as one who does not exist."""
    for wanted, in_address in ((request.args.get(_PARAM.name, ""), True), (request.cookies.get(_cookie(), ""), False)):
        if reader := _shown(wanted):
            g.viewer, g.reader = replace(g.viewer, me=reader.id), reader
            g.reader_kept = reader.id if in_address else ""
            return


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
    """Browsers keep cookies by host, not by port: two maps on one machine must not take each other's."""
    return "netofnets-me-" + request.host.rpartition(":")[2]
