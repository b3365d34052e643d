"""Where somebody is led back to: a path of this site, whatever an address asks for."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

__all__ = ["own_path"]

_LONGEST = 2_000


def own_path(asked: str) -> str:
    """``asked`` when it is a path of this site, else ``/``.

    Browsers take ``//host``, ``/\\host`` and, with tabs and line breaks taken out, their like for another host; so is
    whatever becomes one of these when it is unquoted.
    """
    text = unquote(asked)
    plain = len(asked) <= _LONGEST and text.isprintable() and "\\" not in text
    if not plain or not asked.startswith("/") or text.startswith("//"):
        return "/"
    try:
        parts = urlsplit(asked)
    except ValueError:
        return "/"
    return asked if not parts.scheme and not parts.netloc else "/"
