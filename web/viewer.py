"""Who looks: the organizer at the machine itself, or somebody unknown who sees only what is public."""

from __future__ import annotations

from ipaddress import ip_address

from netofnets.errors import SettingsError
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer
from netofnets.settings import Settings

__all__ = ["is_loopback", "viewer_for"]

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")
_NAMED = {"organizer": ORGANIZER, "anonymous": ANONYMOUS}


def is_loopback(host: str) -> bool:
    """Whether an address or host name means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False


def viewer_for(settings: Settings, environ: dict[str, object]) -> Viewer:
    """The viewer of one request (``environ`` as in WSGI).

    Setting ``viewer`` decides when it is set. Else the organizer is whoever is at this machine: the map is bound to
    loopback, answers to no other host name, and no proxy handed the request on. Everybody else is anonymous.
    """
    if settings["viewer"]:
        return named_viewer(settings["viewer"])
    if not is_loopback(settings["host"]) or settings["trusted_hosts"].strip():
        return ANONYMOUS
    if any(name in environ for name in _FORWARDED):
        return ANONYMOUS
    return ORGANIZER if is_loopback(str(environ.get("REMOTE_ADDR", ""))) else ANONYMOUS


def named_viewer(name: str) -> Viewer:
    """The viewer that a setting names; :class:`~netofnets.errors.SettingsError` for any other word."""
    try:
        return _NAMED[name]
    except KeyError:
        raise SettingsError(f"setting viewer must be organizer, anonymous or empty, not {name!r}") from None
