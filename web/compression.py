"""Answers are sent compressed to whoever takes that: text shrinks to a fifth."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, request

__all__ = ["add_compression", "compress"]

_LEAST = 1024  # bytes; of fewer nothing is gained
_LEVEL = 6
_TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/manifest+json")
_FILES = 100  # of the program's own that are kept compressed


class _Files:
    """The program's own files, compressed once: they change with the program only."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[str, bytes] = OrderedDict()

    def replace(self, response: Response) -> None:
        """Compress an answer that is such a file."""
        tag = f"{request.path} {response.headers.get('ETag', '')}"
        with self._lock:
            found = self._found.get(tag)
        if found is None:
            response.direct_passthrough = False  # else its bytes are read by the server only
            found = _compressed(response.get_data())
        with self._lock:
            self._found[tag] = found
            if len(self._found) > _FILES:
                self._found.popitem(last=False)
        response.close()  # the file itself
        _replace(response, found)


def add_compression(app: Flask) -> None:
    """Send each answer as its reader takes it: compressed, or as it is."""
    files = _Files()

    @app.after_request
    def fit(response: Response) -> Response:
        takes = request.accept_encodings["gzip"] > 0
        if response.content_encoding == "gzip" and not takes:
            response.set_data(gzip.decompress(response.get_data()))
            del response.content_encoding
        elif takes and not response.content_encoding and _worth(response):
            if request.endpoint == "static":
                files.replace(response)
            else:
                compress(response)
        if _is_text(response):
            response.vary.add("Accept-Encoding")
            etag, weak = response.get_etag()
            if etag and not weak:
                response.set_etag(etag, weak=True)  # the same facts, not the same bytes, to everybody
        return response


def compress(response: Response) -> None:
    """Compress an answer that is kept, once for all who ask for it."""
    if _worth(response):
        _replace(response, _compressed(response.get_data()))


def _replace(response: Response, body: bytes) -> None:
    response.set_data(body)
    response.content_encoding = "gzip"
    response.headers.pop("Accept-Ranges", None)  # a range would be one of the file as it is


def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)  # without the time, so that the same facts are the same bytes


def _worth(response: Response) -> bool:
    length = response.content_length
    return response.status_code == 200 and _is_text(response) and length is not None and length >= _LEAST


def _is_text(response: Response) -> bool:
    return (response.mimetype or "").startswith(_TEXT)
