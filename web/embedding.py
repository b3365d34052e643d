"""Which other sites may show the public map in a frame."""

from __future__ import annotations

import re
from html import escape

from flask import Flask, Response, current_app, g, request

from netofnets.errors import SettingsError
from netofnets.services.viewer import Role
from netofnets.settings import Settings

__all__ = ["add_embedding", "embedders", "frame_code", "framed"]

_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")
_PAGES = ("atlas", "leader_map", "networks_map", "interest_map")


def embedders(value: str) -> tuple[str, ...]:
    """The origins in a setting or option, between commas; :class:`SettingsError` for what is none."""
    found = tuple(word for part in value.split(",") if (word := part.strip().removesuffix("/").lower()))
    for origin in found:
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"embed takes origins such as https://www.school.example (without a path), between commas, "
                f"not {origin!r}"
            )
    return found


def add_embedding(app: Flask, settings: Settings) -> None:
    """Let the sites of the setting ``embed`` show the pages of the map, as strangers see them, in a frame."""
    origins = embedders(settings["embed"])
    app.extensions["netofnets-embed"] = origins
    if not origins:
        return

    @app.after_request
    def may_be_framed(response: Response) -> Response:
        # What an account or the organizer sees is never framed, whatever cookie a browser sends along.
        if request.endpoint in _PAGES and g.viewer.role is Role.ANONYMOUS and response.status_code in (200, 304):
            policy = response.headers["Content-Security-Policy"]
            allowed = f"frame-ancestors {' '.join(origins)}"
            response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", allowed)
            del response.headers["X-Frame-Options"]
            response.vary.add("Sec-Fetch-Dest")
        return response


def framed() -> bool:
    """Whether the browser asks for this page to show it in a frame: links then lead out of it."""
    return request.endpoint in _PAGES and request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")


def frame_code(address: str, title: str) -> str:
    """What somebody puts into a page of theirs to show this map; empty where no other site may show any."""
    if request.endpoint not in _PAGES or not current_app.extensions["netofnets-embed"]:
        return ""
    where = request.url_root.rstrip("/") + address
    return f'<iframe src="{escape(where)}" title="{escape(title)}" width="100%" height="700" loading="lazy"></iframe>'
