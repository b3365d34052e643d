"""Headers as words: what a header most probably stands for, from the phrases in ``headers.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from netofnets.language import say

__all__ = ["Meant", "meant_by", "plain", "why_left_out"]

_PHRASES = Path(__file__).with_name("headers.toml")


class Meant(NamedTuple):
    """A column of ours (or why the header is left out), the phrase that says so, and whether it is the whole header."""

    column: str
    phrase: str
    whole: bool

    @property
    def left_out(self) -> str:
        """Why such a column is left out on purpose; empty when it is not."""
        return self.column[1:] if self.column.startswith("*") else ""


_LEFT_OUT = {
    "when a form was filled in": say("when a form was filled in"),
    "consent is never taken from a file": say("consent is never taken from a file"),
    "there is no place for it, and it need not be stored": say("there is no place for it, and it need not be stored"),
}


def why_left_out(meant: Meant) -> str:
    """Why a column is left out on purpose, as a sentence for pages: one of those in ``headers.toml``."""
    return _LEFT_OUT[meant.left_out]


def plain(text: str) -> str:
    """Letters and digits without case and accents, with single blanks: ``Größe (ca.)`` is ``grosse ca``."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w]|_", " ", bare).split())


@cache
def _phrases() -> dict[str, str]:
    """Phrase -> column; the first column that lists a phrase has it."""
    found: dict[str, str] = {}
    for column, phrases in tomllib.loads(_PHRASES.read_text(encoding="utf-8")).items():
        for phrase in phrases:
            found.setdefault(plain(phrase), column)
    return found


def meant_by(header: str) -> Meant | None:
    """What a header stands for: a phrase that is all of it, else the longest that it holds as whole words.

    Of equally long ones the last in the header decides, which in a question is mostly what is asked for.
    """
    words = plain(header).split()
    text = " ".join(words)
    if column := _phrases().get(text):
        return Meant(column, text, True)
    best: tuple[int, int, str] | None = None
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 7) + 1):
            phrase = " ".join(words[start:end])
            if phrase in _phrases() and (best is None or (end - start, start) >= best[:2]):
                best = (end - start, start, phrase)
    return Meant(_phrases()[best[2]], best[2], False) if best else None
