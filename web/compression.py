"""Answers are sent compressed to whoever takes that: text shrinks to a fifth."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

import brotli
from flask import Flask, Response, request

from web.kept import Answer

__all__ = ["add_compression", "coding_taken", "packed", "unpacked"]

_LEAST = 1024  # bytes; of fewer nothing is gained
_LARGE = 64 * 1024  # bytes from which on 2 % fewer are worth twice the time: portions of maps, packed once and kept
_MOST = 16 * 1024 * 1024  # bytes of answers that are remembered
_TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/manifest+json")


class _Coding(NamedTuple):
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


# By their names in HTTP, the one that is preferred first. The time is left out: the same facts are the same bytes.
_CODINGS = {
    "br": _Coding(lambda body: bytes(brotli.compress(body, quality=4 + (len(body) >= _LARGE))), brotli.decompress),
    "gzip": _Coding(lambda body: gzip.compress(body, 4, mtime=0), gzip.decompress),
}
_QUICK = _CODINGS["br"]._replace(pack=lambda body: bytes(brotli.compress(body, quality=1)))


class _Lately:
    """Answers that were compressed lately: most are given again, and compressing costs more than finding them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[tuple[int, int, str], bytes] = OrderedDict()
        self._size = 0

    def of(self, body: bytes, coding: str) -> bytes:
        key = hash(body), len(body), coding
        with self._lock:
            if (found := self._found.get(key)) is not None:
                self._found.move_to_end(key)
                return found
        found = _CODINGS[coding].pack(body)
        with self._lock:
            if key not in self._found and len(found) < _MOST // 8:
                self._found[key] = found
                self._size += len(found)
            while self._size > _MOST:
                self._size -= len(self._found.popitem(last=False)[1])
        return found


def coding_taken() -> str:
    """In which coding an answer is sent to whoever asks: Brotli, else gzip, else none, as they take it."""
    return next((name for name in _CODINGS if request.accept_encodings[name] > 0), "")


def packed(answer: Answer, coding: str = "") -> Answer:
    """An answer in a coding, where that is worth it; without one: compressed quickly, to be kept and not to be sent."""
    if answer.encoding or len(answer.body) < _LEAST or not answer.media.startswith(_TEXT):
        return answer
    pack = _CODINGS[coding].pack if coding else _QUICK.pack
    return answer._replace(body=pack(answer.body), encoding=coding or "br")


def unpacked(answer: Answer) -> Answer:
    """The same answer as it was before it was compressed."""
    if not answer.encoding:
        return answer
    return answer._replace(body=_CODINGS[answer.encoding].unpack(answer.body), encoding="")


def add_compression(app: Flask) -> None:
    """Compress answers at the very end, so that whatever looks into one sees it as it is.

    Call it before all else that wants to see an answer: what is registered first comes last.
    """
    lately = _Lately()

    @app.after_request
    def pack(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_TEXT):
            return response
        response.vary.add("Accept-Encoding")
        etag, weak = response.get_etag()
        if etag and not weak:
            response.set_etag(etag, weak=True)  # the same facts, not the same bytes, to everybody
        if _worth(response) and (coding := coding_taken()):
            file = response.response
            response.direct_passthrough = False  # a file would be read by the server only
            response.set_data(lately.of(response.get_data(), coding))
            response.content_encoding = coding
            response.headers.pop("Accept-Ranges", None)  # a range would be one of the file as it is
            if hasattr(file, "close"):
                file.close()
        return response


def _worth(response: Response) -> bool:
    length = response.content_length
    return response.status_code == 200 and not response.content_encoding and length is not None and length >= _LEAST
