"""Why somebody or something was found: which word of the question stands where."""

from __future__ import annotations

import re

from netofnets.services.filters import MODES
from netofnets.services.index import EditionIndex, slice_of
from netofnets.services.refs import Ref, ref
from netofnets.services.text_index import NodeHits, Question, TextIndex
from netofnets.services.vocabulary import words_in
from netofnets.services.words import quoted

__all__ = ["held_interests", "why_interest", "why_leader", "why_named"]

_MOST = 4
_FIELDS = {
    "name": "the name has",
    "school": "the school is",
    "about": "their own words have",
    "aliases": "also called",
}


def why_leader(
    index: EditionIndex, texts: TextIndex, asked: Question, interests: NodeHits, leader: int
) -> tuple[str, ...]:
    """One sentence for each word that the person answers: by name, interest, school or own words."""
    held = {int(i): mode for i, mode in held_interests(index, leader)}
    reasons: list[str] = []
    for line, (word, likely) in enumerate(zip(asked.words, asked.likely, strict=True)):
        best = max(held, key=lambda i: (float(interests.by_word[line, i]), -i), default=None)
        score = float(interests.by_word[line, best]) if best is not None else 0.0
        named = _field_reason(index, texts, "leaders", leader, word, likely, ("name",))
        if named and _closeness(texts, "leaders", "name", leader, likely) >= score:
            reasons.append(named)
        elif best is not None and score > 0:
            reasons.append(f"{held[best] or 'works on'} {_interest_words(index, asked, interests, line, best)}")
        else:
            reasons.append(_field_reason(index, texts, "leaders", leader, word, likely, ("name", "school", "about")))
    return tuple(dict.fromkeys(r for r in reasons if r))[:_MOST]


def why_named(index: EditionIndex, texts: TextIndex, asked: Question, kind: str, node: int) -> tuple[str, ...]:
    """One sentence for each word found in the fields of a network, organization or interest."""
    fields = tuple(field for k, field in texts.fields if k == kind)
    pairs = zip(asked.words, asked.likely, strict=True)
    reasons = [_field_reason(index, texts, kind, node, word, likely, fields) for word, likely in pairs]
    return tuple(dict.fromkeys(r for r in reasons if r))[:_MOST]


def why_interest(index: EditionIndex, texts: TextIndex, asked: Question, node: int) -> tuple[str, ...]:
    """Like :func:`why_named`; an interest found through a wider one says so."""
    own = why_named(index, texts, asked, "interests", node)
    wider = [] if own else _wider(index, node)
    return own or tuple(f"is part of {quoted(w.name)}" for w in wider[:1])


def held_interests(index: EditionIndex, leader: int) -> list[tuple[int, str]]:
    """The interests of a leader with their modes: (position, mode), one for each tie."""
    edges = index.snapshot.edges["leader_interests"]
    rows = slice_of(edges.source, leader)
    return [(int(edges.target[r]), MODES[index.modes[r]] if index.modes[r] >= 0 else "") for r in rows]


def _interest_words(index: EditionIndex, asked: Question, hits: NodeHits, line: int, interest: int) -> str:
    name = quoted(ref(index.snapshot, "interests", interest).name)
    spelled = set(words_in(name)) | {w for a in _aliases(index, interest) for w in words_in(a)}
    if any(w.startswith(asked.words[line]) for w in spelled):
        return name
    for wider in _wider(index, interest):
        if any(w.startswith(asked.words[line]) for w in words_in(wider.name)):
            return f"{name}, part of {quoted(wider.name)}"
    return f"{name}, close to {quoted(asked.words[line])}" if hits.by_word[line, interest] else name


def _aliases(index: EditionIndex, interest: int) -> list[str]:
    return list(index.snapshot.nodes["interests"]["aliases"][interest].as_py() or [])


def _wider(index: EditionIndex, interest: int) -> list[Ref]:
    broader = index.snapshot.edges["broader_interests"]
    return [ref(index.snapshot, "interests", int(broader.target[r])) for r in slice_of(broader.source, interest)]


def _closeness(texts: TextIndex, kind: str, field: str, node: int, likely: dict[int, float]) -> float:
    matrix = texts.fields[kind, field]
    found = (v for w, v in likely.items() if node in matrix.indices[matrix.indptr[w] : matrix.indptr[w + 1]])
    return max(found, default=0.0)


def _field_reason(
    index: EditionIndex,
    texts: TextIndex,
    kind: str,
    node: int,
    word: str,
    likely: dict[int, float],
    fields: tuple[str, ...],
) -> str:
    for field in fields:
        value = index.snapshot.nodes[kind][field][node].as_py()
        value = "; ".join(value) if isinstance(value, list) else value
        meant = {texts.vocabulary.words[w]: v for w, v in likely.items()}
        spelled = [(meant[folded], original) for original, folded in _spelled(value or "") if folded in meant]
        if spelled:
            closeness, original = max(spelled)
            slip = f", close to {quoted(word)}" if closeness < 0.85 else ""
            shown = value if field in ("school", "aliases") else original
            return f"{_FIELDS[field]} {quoted(shown)}{slip}"
    return ""


def _spelled(value: str) -> list[tuple[str, str]]:
    """Every word of a text as it is written and as it is searched for."""
    return [(w, folded) for w in re.findall(r"\w+", value) for folded in words_in(w)]
