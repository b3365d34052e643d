"""How far a publication is, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Step", "Steps", "Tell", "silent"]

Step = Callable[[str], None]
Tell = Callable[[str, int, int], None]
"""Is told what is being done, how many steps are done, and of how many."""


class Steps:
    """Counts steps and tells of each as it begins; their number is known before, their length is not."""

    def __init__(self, of: int, tell: Tell | None = None) -> None:
        self._tell = tell
        self._done, self._of = 0, of

    def __call__(self, what: str) -> None:
        """The next step begins."""
        if self._tell:
            self._tell(what, self._done, self._of)
        self._done += 1


def silent(_: str) -> None:
    """The steps of a publication that nobody waits for."""
