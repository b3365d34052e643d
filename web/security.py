"""Security: which hosts we answer to, which requests we take, and the headers that every response carries."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

from netofnets.accounts.checks import public_url
from netofnets.errors import SettingsError
from netofnets.settings import Settings
from web.viewer import LINK, is_loopback, named_viewer

__all__ = ["HEADERS", "LONGEST_BODY", "POLICY", "check_settings", "protect", "trusted_hosts"]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}

HEADERS: dict[str, str] = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}

_HSTS = "max-age=63072000"  # two years; whether subdomains follow is for whoever owns the domain to say

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
LONGEST_BODY = 64 * 1024
"""Bytes that anybody may send; forms of the desk take more from organizers."""


def check_settings(settings: Settings) -> None:
    """Refuse settings that would show people to strangers; the error names all of them at once."""
    faults = []
    if settings["mode"] not in ("laptop", "shared"):
        faults.append(f"setting mode must be laptop or shared, not {settings['mode']!r}")
    if not is_loopback(settings["host"]) and not settings["trusted_hosts"].strip():
        faults.append(
            f"host {settings['host']} can be reached from other machines: name the host names that may be used "
            "in trusted_hosts (NETOFNETS_TRUSTED_HOSTS), or serve on 127.0.0.1"
        )
    if settings["viewer"] not in ("", LINK):
        try:
            named_viewer(settings["viewer"])
        except SettingsError as error:
            faults.append(str(error))
    if faults:
        raise SettingsError("; ".join(faults))


def trusted_hosts(settings: Settings) -> list[str]:
    """The host names we answer to: those of the setting and, on a laptop, this machine's own."""
    given = [name.lower() for name in settings.listed("trusted_hosts")]
    return given if settings["mode"] == "shared" else ["127.0.0.1", "localhost", "[::1]", *given]


def protect(app: Flask, settings: Settings) -> None:
    """Put all of this in front of ``app``."""
    check_settings(settings)
    answered = frozenset(trusted_hosts(settings))

    @app.before_request
    def refuse_other_hosts() -> None:
        # Before routing counts for anything: a page of another site must not read ours by a name of its own.
        if _host_name(request) not in answered:
            abort(400)

    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    own = public_url(settings) if settings["mode"] == "shared" else ""

    @app.before_request
    def refuse_foreign_writes() -> None:
        if request.method not in _SAFE_METHODS and not _same_origin(request, own):
            abort(403)

    @app.after_request
    def keep_to_https(response: Response) -> Response:
        if own:
            response.headers.setdefault("Strict-Transport-Security", _HSTS)
        return response

    app.after_request(_add_headers)


def _host_name(asked: Request) -> str:
    """The name in the ``Host`` header without its port; empty when it is not written as a host."""
    found = _HOST.fullmatch(asked.environ.get("HTTP_HOST", "").lower())
    return found[1] if found else ""


def _same_origin(asked: Request, own: str) -> bool:
    """Whether the browser says that the request comes from one of our own pages, whose origin is ``own`` if known."""
    site = asked.headers.get("Sec-Fetch-Site")
    origin = asked.headers.get("Origin")
    if origin is not None and (origin != own if own else urlsplit(origin).netloc != asked.host):
        return False
    return site == "same-origin" if site is not None else origin is not None


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Pages say for themselves when they may be kept; whatever does not say so may show people.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
