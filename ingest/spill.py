"""What a load writes down while it works: in memory while it is little, else in a file that has no name.

Nobody else can open such a file, and it is gone with the process, however that ends.
"""

from __future__ import annotations

import marshal
import pickle
import tempfile
import weakref
from typing import Any, NamedTuple

from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.language.system import system_words

__all__ = ["Chunk", "Spill"]

_IN_MEMORY = 4 * 1024 * 1024
_MARSHALLED, _PICKLED = b"m", b"p"


class Chunk(NamedTuple):
    """Where a list stands, how many bytes it takes and how many things are in it."""

    offset: int
    size: int
    length: int


class Spill:
    """Lists that are written once and read as often as is wanted, by the process that wrote them."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, things: list[Any]) -> Chunk:
        """Write a list down; :class:`StoreError` when there is no room for it."""
        try:
            data = _MARSHALLED + marshal.dumps(things)
        except ValueError:  # marshal takes plain values alone, and is several times faster
            data = _PICKLED + pickle.dumps(things, pickle.HIGHEST_PROTOCOL)
        chunk = Chunk(self._end, len(data), len(things))
        try:
            self._file.seek(self._end)
            self._file.write(data)
        except OSError as error:
            raise StoreError(
                say(
                    "a load keeps what it has read in a temporary file, and could not ({why}); nothing was changed. "
                    "Free space for temporary files, or name a folder that has some in TMPDIR",
                    why=system_words(error),
                )
            ) from error
        self._end += len(data)
        return chunk

    def get(self, chunk: Chunk) -> list[Any]:
        """Read a list again."""
        self._file.seek(chunk.offset)
        data = self._file.read(chunk.size)
        read = marshal.loads if data[:1] == _MARSHALLED else pickle.loads
        found: list[Any] = read(memoryview(data)[1:])
        return found
