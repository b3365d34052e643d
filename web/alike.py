"""Pages that tell all readers the same: made once, for somebody who stands in, and given to each with who they are.

Such a page names its reader in its head and in its links alone. It is made for a viewer who has not said who reads, so
nothing in it can be about one of them; the stand-in has an id and a name that nobody can know before, so nothing else
in it is taken for them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import Flask, current_app, g
from markupsafe import escape

from netofnets.services.refs import Ref, path_of
from web.compression import unpacked
from web.kept import Answer
from web.reader import read_as

__all__ = ["Reader", "add_stand_in", "standing_in"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and who stands in for them while a page is made."""

    own: Ref
    stand_in: Ref

    def told(self, answer: Answer) -> Answer:
        """An answer that was made for the stand-in, with the reader in it."""
        body = unpacked(answer).body.replace(self.stand_in.id.encode(), self.own.id.encode())
        body = body.replace(self.stand_in.name.encode(), str(escape(self.own.name)).encode())
        return Answer(body, answer.media)


def add_stand_in(app: Flask) -> None:
    """Choose who stands in; before processes part, since what one of them has made is given by all."""
    one, name = secrets.token_hex(12), secrets.token_hex(12)
    app.extensions["netofnets-stand-in"] = Ref("leaders", f"r{one}", f"n{name}", path_of("leaders", f"r{one}"))


@contextmanager
def standing_in(alike: bool) -> Iterator[Reader | None]:
    """Within the block nobody is reading who is in the data; None, and nothing changes, unless a page is ``alike``.

    Also when nobody has said who reads, and for an id that would stand otherwise in addresses than the stand-in's.
    """
    own: Ref | None = g.get("reader") if alike else None
    if own is None or not (own.id.isascii() and own.id.isalnum()):
        yield None
        return
    found = Reader(own, current_app.extensions["netofnets-stand-in"])
    viewer, in_address = g.viewer, bool(g.get("reader_kept"))
    read_as(replace(viewer, me=""), found.stand_in, in_address=in_address)
    try:
        yield found
    finally:
        read_as(viewer, own, in_address=in_address)
