"""An article as it is read: its characters, the same without markup, its sentences and its capitalised words."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest.articles.words import SENTENCE_WORDS
from netofnets.errors import InputError
from netofnets.schema.text import escape_controls

__all__ = ["SUFFIXES", "Page", "Word", "collect_pages", "page_of"]

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")
_LARGEST = 500_000  # bytes; an article has some ten thousand
_QUOTE = 400  # characters of a quote at most

# What is no text of the article. It is blanked, never taken out, so that places stay those of the file.
_MARKUP = re.compile(
    r"</?[a-z!][^<>]*>|(?<=\])\([^()\s]*\)|^[ \t]*#{1,6}[ \t]|\b(?:https?://|www\.)\S+|(?<!\w)[#@]\w+|[*_`\ufeff]",
    re.IGNORECASE | re.MULTILINE,
)
_UNSEEN = re.compile(r"<!--|<(script|style|nav|head)\b", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|br|hr|tr|td|th|table|blockquote|section|article)\b", re.IGNORECASE)
# A sentence ends at its mark, also where the blank after it was lost; never inside "Dr. Ruiz", "J. Ruiz" or "U.S.".
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bProf)(?<!\bal)[.!?:]['\"”’)]*(?=\s|[A-Z“\"(]|$)"
    r"|\n\s*\n|\n(?=[ \t]*\d{1,2}[.)]\s)|(?<=[a-z])[”]?(?=[A-Z][a-z]+ [a-z]+ [a-z])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_GLUED = re.compile(r"(?<=[a-z]{2})(?=[A-Z]{2,}\b)|(?<=[a-z]{3})(?=(?:" + "|".join(sorted(SENTENCE_WORDS)) + r")\b)")
_BLANKS = re.compile(r" +")
_POSSESSIVE = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place; ``after`` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    after: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True)
class Page:
    """One article. Places are characters of ``text``, the file as it is decoded."""

    name: str
    text: str
    sha256: str

    @cached_property
    def plain(self) -> str:
        """The text with markup, addresses and hashtags blanked, character for character."""
        return _MARKUP.sub(_blank, _without_unseen(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in their order; a possessive ending is no part of one, words that ran together are apart."""
        return tuple(_words(self.plain, self.text))

    @cached_property
    def _ends(self) -> list[int]:
        return [0, *sorted({m.end() for m in _END.finditer(self.plain)}), len(self.plain)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence (from, to) around a mention; of a very long one, the part around it."""
        low = self._ends[max(bisect_right(self._ends, start) - 1, 0)]
        at = bisect_left(self._ends, end)
        high = self._ends[at] if at < len(self._ends) else len(self.plain)
        if high - low > _QUOTE:
            low = max(low, start - _QUOTE // 2)
            high = min(high, max(end, low + _QUOTE))
            low += len(self.plain[low:start]) - len(self.plain[low:start].lstrip(_LETTERS)) if low else 0
            high -= len(self.plain[end:high]) - len(self.plain[end:high].rstrip(_LETTERS))
        while low < start and self.plain[low].isspace():
            low += 1
        while high > end and self.plain[high - 1].isspace():
            high -= 1
        return low, high


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _without_unseen(text: str) -> str:
    """Comments, scripts and what else a browser shows nobody, blanked; what never ends is left."""
    kept, at, folded = [], 0, text.lower() if len(text.lower()) == len(text) else text
    unended: set[str] = set()
    for begun in _UNSEEN.finditer(text):
        closing = f"</{begun.group(1).lower()}" if begun.group(1) else "-->"
        if begun.start() < at or closing in unended:
            continue
        end = folded.find(closing, begun.end())
        if end < 0:
            unended.add(closing)  # looked for once: a file of beginnings must not be read as often
            continue
        kept += [text[at : begun.start()], re.sub(r"[^\n]", " ", text[begun.start() : end + len(closing)])]
        at = end + len(closing)
    return "".join([*kept, text[at:]])


def _blank(found: re.Match[str]) -> str:
    said = found.group()
    if said.startswith("<") and _BLOCK.match(said):
        return "\n\n" + " " * (len(said) - 2)
    return "".join("\n" if c == "\n" else " " for c in said)


def _words(plain: str, text: str) -> Iterator[Word]:
    last = 0
    for found in _WORD.finditer(plain):
        start, whole = found.start(), _POSSESSIVE.sub("", found.group())
        cuts = [0, *(m.start() for m in _GLUED.finditer(whole)), len(whole)]
        for low, high in zip(cuts, cuts[1:], strict=False):
            gap = plain[last : start + low] if not low else "\0"
            gap = _BLANKS.sub(" ", gap) if "<" in text[last:start] else gap  # where a tag was
            yield Word(whole[low:high], start + low, start + high, gap)
            last = start + high


def page_of(path: Path) -> Page:
    """Read one article; :class:`InputError` for what is no text."""
    name = escape_controls(path.name)
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST else b"\0"
        text = raw.decode("utf-8")
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})", code="not_readable", file=name) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: this is not UTF-8 text (byte {error.start}); save it as UTF-8", code="encoding", file=name
        ) from None
    if "\0" in text:
        raise InputError(
            f"{name}: this is no article (binary, or more than {_LARGEST // 1000} kB); save the text alone",
            code="wrong_type",
            file=name,
        )
    return Page(name, text, hashlib.sha256(raw).hexdigest())


def collect_pages(paths: tuple[Path, ...]) -> tuple[Page, ...]:
    """The articles among files and in folders, by name; a link that leaves a folder is not followed.

    Raises :class:`InputError` when there is none, or one cannot be read.
    """
    found: dict[Path, Page] = {}
    for path in paths:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        for one in inside:
            if path.is_dir() and (not one.is_file() or not one.resolve().is_relative_to(path.resolve())):
                continue
            found[one.absolute()] = page_of(one)
    if not found:
        raise InputError(f"no articles to read: give a folder with {', '.join(SUFFIXES)} files", code="empty_batch")
    return tuple(sorted(found.values(), key=lambda p: p.name))
