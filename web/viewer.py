"""The viewers that a setting can name, and which addresses mean this machine alone."""

from __future__ import annotations

from netofnets.accounts import loopback
from netofnets.errors import SettingsError
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer

__all__ = ["LINK", "is_loopback", "named_viewer"]

LINK = "link"
"""Whoever opened the link that was printed is the organizer, at whatever address the map is served."""

_NAMED = {"organizer": ORGANIZER, "anonymous": ANONYMOUS}


def is_loopback(host: str) -> bool:
    """Whether an address or host name means this machine alone."""
    return host == "localhost" or loopback.is_loopback(host.strip("[]").partition("%")[0])


def named_viewer(name: str) -> Viewer:
    """The viewer that a setting names; :class:`~netofnets.errors.SettingsError` for any other word."""
    try:
        return _NAMED[name]
    except KeyError:
        raise SettingsError(f"setting viewer must be organizer, anonymous, link or empty, not {name!r}") from None
