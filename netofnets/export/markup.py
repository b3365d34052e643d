"""Text within XML: escaped, and without the characters that no XML 1.0 document can hold."""

from __future__ import annotations

import re

__all__ = ["REPLACEMENT", "in_attribute", "in_element", "unholdable"]

REPLACEMENT = "\ufffd"

# XML 1.0, production 2: every other character can stand in a document, escaped or not.
_UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ELEMENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"} | {c: f"&#{ord(c)};" for c in "\t\n\r"}
)


def in_element(text: str) -> str:
    """``text`` as the content of an element; a reader gets it back, carriage returns too."""
    return _UNHOLDABLE.sub(REPLACEMENT, text).translate(_ELEMENT)


def in_attribute(text: str) -> str:
    """``text`` as the value of an attribute, between double quotes."""
    return _UNHOLDABLE.sub(REPLACEMENT, text).translate(_ATTRIBUTE)


def unholdable(text: str) -> int:
    """How many characters of ``text`` become :data:`REPLACEMENT`."""
    return len(_UNHOLDABLE.findall(text))
