"""Whom a name or an id means, where one field takes both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.errors import SettingsError
from netofnets.graph.vocabulary import words_in
from netofnets.language import joined, say
from netofnets.schema.purposes import SEARCH
from netofnets.services.index import EditionIndex
from netofnets.services.refs import Ref

__all__ = ["Candidates", "meant", "refuse_unclear"]

_NAMESAKES = 20


@dataclass(frozen=True, slots=True)
class Candidates:
    """A name or id that was given, and whom it may mean: nobody, or several, when it decides nothing."""

    field: str  # the parameter of the page that it was given in
    text: str
    meant: tuple[Ref, ...]


def meant(index: EditionIndex, kind: str, text: str) -> tuple[Ref, ...]:
    """The leader or network with this id, else all of this name (accents and case aside), at most 20.

    Whoever declined to be found by searching is meant by the id alone.
    """
    make = index.leader if kind == "leaders" else index.network
    ids = np.flatnonzero(np.asarray(index.snapshot.ids(kind).to_pylist()) == text)
    if len(ids):
        return (make(int(ids[0])),)
    wanted = words_in(text)
    names = index.snapshot.names(kind).to_pylist()
    unfound = set(np.flatnonzero(index.snapshot.declining(SEARCH)).tolist()) if kind == "leaders" else set()
    named = [at for at, name in enumerate(names) if wanted and words_in(name or "") == wanted and at not in unfound]
    return tuple(make(at) for at in named[:_NAMESAKES])


def refuse_unclear(unclear: tuple[Candidates, ...]) -> None:
    """Raise :class:`SettingsError` for the first text that decides nothing, saying what it may mean."""
    for candidates in unclear:
        given = {"field": candidates.field, "text": candidates.text}
        if not candidates.meant:
            raise SettingsError(say("{field} {text!r} means nobody and nothing here", **given))
        several = joined([f"{r.name} ({r.id})" for r in candidates.meant], ", ")
        raise SettingsError(say("{field} {text!r} may mean {several}: give the id", **given, several=several))
