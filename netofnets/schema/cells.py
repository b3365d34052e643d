"""Text in the cells of CSV files: nothing a spreadsheet program would run, lists as one text, and both read back."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["guarded", "inert", "joined", "parted", "plain"]

# What a spreadsheet program would run as a formula (OWASP, CSV injection; CWE-1236), also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def inert(text: str) -> str:
    """``text`` with an apostrophe in front where a spreadsheet program would run it."""
    return "'" + text if text.startswith(_FORMULA) else text


def guarded(text: str) -> str:
    """Like :func:`inert`; what begins with an apostrophe gets one too, so that :func:`plain` gives the text back."""
    return "'" + text if text.startswith("'") else inert(text)


def plain(cell: str) -> str:
    """What :func:`guarded` was given."""
    return cell.removeprefix("'")


def joined(items: Iterable[str], separator: str = ";") -> str:
    """A list as one text, ``a; b``; a separator or backslash within an item has a backslash in front."""
    escaped = (item.replace("\\", "\\\\").replace(separator, "\\" + separator) for item in items)
    return f"{separator} ".join(escaped)


def parted(text: str, separator: str = ";") -> list[str]:
    """The list that :func:`joined` made the text of; no item for an empty text."""
    if not text:
        return []
    # Pieces: an escaped character, the separator with its blank, or anything else.
    pieces = re.findall(rf"\\(?s:.)|{re.escape(separator)} ?|(?s:.)", text)
    items = [""]
    for piece in pieces:
        if piece.startswith(separator):
            items.append("")
        else:
            items[-1] += piece[1:] if len(piece) == 2 else piece
    return items
