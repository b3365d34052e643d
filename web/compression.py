"""Answers are sent compressed to whoever takes that: text shrinks to a fifth."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, request

from web.kept import Answer

__all__ = ["add_compression", "in_gzip", "takes_packed", "unpacked"]

_LEAST = 1024  # bytes; of fewer nothing is gained
_LEVEL = 4  # a third less work than 6, and 6 % more bytes
_QUICK = 1
_MOST = 16 * 1024 * 1024  # bytes of answers that are remembered
_TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/manifest+json")


class _Packed:
    """Answers that were compressed lately: most are given again, and compressing costs more than finding them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._size = 0

    def of(self, body: bytes) -> bytes:
        key = hash(body), len(body)
        with self._lock:
            if (found := self._found.get(key)) is not None:
                self._found.move_to_end(key)
                return found
        found = _packed(body)
        with self._lock:
            if key not in self._found and len(found) < _MOST // 8:
                self._found[key] = found
                self._size += len(found)
            while self._size > _MOST:
                self._size -= len(self._found.popitem(last=False)[1])
        return found


def _packed(body: bytes, level: int = _LEVEL) -> bytes:
    return gzip.compress(body, level, mtime=0)  # without the time: the same facts are the same bytes


def takes_packed() -> bool:
    """Whether whoever asks takes compressed answers."""
    return request.accept_encodings["gzip"] > 0


def in_gzip(answer: Answer, *, quickly: bool = False) -> Answer:
    """An answer compressed, where that is worth it; ``quickly``: to be kept, and not to be sent as it is."""
    if answer.encoding or len(answer.body) < _LEAST or not answer.media.startswith(_TEXT):
        return answer
    return answer._replace(body=_packed(answer.body, _QUICK if quickly else _LEVEL), encoding="gzip")


def unpacked(answer: Answer) -> Answer:
    """The same answer as it was before it was compressed."""
    return answer._replace(body=gzip.decompress(answer.body), encoding="") if answer.encoding else answer


def add_compression(app: Flask) -> None:
    """Compress answers at the very end, so that whatever looks into one sees it as it is.

    Call it before all else that wants to see an answer: what is registered first comes last.
    """
    lately = _Packed()

    @app.after_request
    def pack(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_TEXT):
            return response
        response.vary.add("Accept-Encoding")
        etag, weak = response.get_etag()
        if etag and not weak:
            response.set_etag(etag, weak=True)  # the same facts, not the same bytes, to everybody
        if takes_packed() and _worth(response):
            file = response.response
            response.direct_passthrough = False  # a file would be read by the server only
            response.set_data(lately.of(response.get_data()))
            response.content_encoding = "gzip"
            response.headers.pop("Accept-Ranges", None)  # a range would be one of the file as it is
            if hasattr(file, "close"):
                file.close()
        return response


def _worth(response: Response) -> bool:
    length = response.content_length
    return response.status_code == 200 and not response.content_encoding and length is not None and length >= _LEAST
