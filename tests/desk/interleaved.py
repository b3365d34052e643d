"""Two threads that take turns at every call of a store, in an order that a number decides: no seconds, no luck."""

from __future__ import annotations

import functools
import inspect
import random
import threading
from collections.abc import Callable

import pytest

__all__ = ["Turns", "take_turns_at"]


class Turns:
    """Runs functions in threads, of which one at a time goes on to its next step."""

    def __init__(self, number: int) -> None:
        self._chance = random.Random(number)
        self._stays = self._chance.choice((0.5, 0.8, 0.95))  # how likely the same one goes on
        self._changed = threading.Condition()
        self._waiting: set[int] = set()
        self._running = 0
        self._last = self._next = -1
        self._mine = threading.local()

    def run(self, *tasks: Callable[[], object]) -> list[object]:
        """What each of them returned or raised, in their order."""
        found: list[object] = [None] * len(tasks)
        self._running = len(tasks)

        def one(number: int) -> None:
            self._mine.number = number
            self.step()
            try:
                found[number] = tasks[number]()
            except Exception as error:
                found[number] = error
            finally:
                with self._changed:
                    self._running -= 1
                    self._choose()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(len(tasks))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in threads)
        return found

    def step(self) -> None:
        """Wait for the turn; whoever is none of the threads goes on at once."""
        number = getattr(self._mine, "number", None)
        if number is None:
            return
        with self._changed:
            self._waiting.add(number)
            self._choose()
            assert self._changed.wait_for(lambda: self._next == number, 120)
            self._waiting.discard(number)
            self._last, self._next = number, -1

    def _choose(self) -> None:
        if self._next == -1 and self._waiting and len(self._waiting) == self._running:
            stays = self._last in self._waiting and self._chance.random() < self._stays
            self._next = self._last if stays else self._chance.choice(sorted(self._waiting))
            self._changed.notify_all()


def take_turns_at(patched: pytest.MonkeyPatch, turns: Turns, *classes: type) -> None:
    """Every public method of these classes waits for its turn before it begins."""
    for kind in classes:
        for name, method in vars(kind).items():
            if not name.startswith("_") and inspect.isfunction(method):
                patched.setattr(kind, name, _stepping(turns, method))


def _stepping(turns: Turns, method: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(method)
    def stepping(*given: object, **named: object) -> object:
        turns.step()
        return method(*given, **named)

    return stepping
