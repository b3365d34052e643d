"""Built by whoever asks first, while all others who ask wait: what a first answer needs and later ones look up."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Generic, TypeVar, overload

__all__ = ["BuiltOnce", "BuildsOnce"]

_T = TypeVar("_T")
_Holder = TypeVar("_Holder", bound="BuildsOnce")


class BuildsOnce:
    """Remembers what was built, under keys.

    In a map of many people that takes seconds: sixteen first visitors would build it sixteen times, and each would wait
    for all of them.
    """

    def __init__(self) -> None:
        self.memo: dict[Hashable, Any] = {}
        self._lock = threading.Lock()
        self._building: dict[Hashable, threading.RLock] = {}

    def once(
        self,
        key: Hashable,
        build: Callable[[], _T],
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> _T:
        """What ``build`` returned when somebody asked for this key first; one that fails is built by the next.

        ``turn`` is entered before waiting, where a build is so long that nobody may wait for it
        (:func:`~netofnets.services.long_work.one_at_a_time`).
        """
        if key not in self.memo:
            with self._lock:
                building = self._building.setdefault(key, threading.RLock())
            with turn(), building:
                if key not in self.memo:
                    self.memo[key] = build()
        found: _T = self.memo[key]
        return found

    def lately(self, name: str, key: Hashable, build: Callable[[], _T], most: int) -> _T:
        """What was built under this key, if it is among the last ``most`` of that name that were."""
        kept: OrderedDict[Hashable, _T] = self.memo.setdefault(name, OrderedDict())
        found = kept.get(key)
        if found is None:
            found = kept[key] = build()
            while len(kept) > most:
                kept.popitem(last=False)
        return found


class BuiltOnce(Generic[_Holder, _T]):
    """An attribute of a :class:`BuildsOnce`; a ``cached_property`` holds no lock from Python 3.12 on."""

    def __init__(self, build: Callable[[_Holder], _T]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, holder: None, owner: type[_Holder]) -> BuiltOnce[_Holder, _T]: ...

    @overload
    def __get__(self, holder: _Holder, owner: type[_Holder]) -> _T: ...

    def __get__(self, holder: _Holder | None, owner: type[_Holder]) -> BuiltOnce[_Holder, _T] | _T:
        return self if holder is None else holder.once(self, lambda: self._build(holder))
