"""Answers that were given before, by their tag: what names an answer before it is computed saves computing it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

__all__ = ["Kept"]

_MOST = 32 * 1024 * 1024  # bytes of answers

Answer = tuple[bytes, str]  # body, media type


class Kept:
    """The answers of one publication that were asked for lately; those of another go when one of them is asked for.

    A tag names facts, analyses, audience, reader, address and program, so an answer is never given to somebody else.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._folder = Path()
        self._size = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def get(self, folder: Path, tag: str) -> Answer | None:
        """The answer of a tag from the publication in ``folder``; None when it has to be computed."""
        with self._lock:
            self._turn_to(folder)
            found = self._answers.get(tag)
            if found is not None:
                self._answers.move_to_end(tag)
            return found

    def put(self, folder: Path, tag: str, answer: Answer) -> None:
        """Keep an answer; those that nobody asked for longest make room."""
        with self._lock:
            if folder != self._folder or tag in self._answers or len(answer[0]) > self._most // 8:
                return  # a request that began before the publication was switched keeps nothing
            self._answers[tag] = answer
            self._size += len(answer[0])
            while self._size > self._most:
                _, (body, _) = self._answers.popitem(last=False)
                self._size -= len(body)

    def _turn_to(self, folder: Path) -> None:
        if folder != self._folder:
            self._folder, self._size = folder, 0
            self._answers.clear()
