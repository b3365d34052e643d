"""Why somebody or something was found: which word of the question stands where."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from netofnets.graph.vocabulary import words_in
from netofnets.language import joined, listed, say
from netofnets.schema.modes import MODE_NAMES, mode_words
from netofnets.services.find.credentials import best_credential, issuers_of, titled
from netofnets.services.find.people import Holdings, InterestHits
from netofnets.services.find.text_index import FIELDS, Question, TextIndex
from netofnets.services.index import EditionIndex, slice_of
from netofnets.services.refs import Ref, ref
from netofnets.services.words import quoted

__all__ = ["held_interests", "why_credential", "why_interest", "why_leader", "why_named"]

_MOST = 4
_FIELDS: Mapping[str, Callable[[str], str]] = {
    "name": lambda word: say("the name has {word}", word=word),
    "school": lambda word: say("the school is {word}", word=word),
    "about": lambda word: say("their own words have {word}", word=word),
    "aliases": lambda word: say("also called {word}", word=word),
    "job": lambda word: say("the job is {word}", word=word),
    "grades": lambda word: say("the grades are {word}", word=word),
    "place": lambda word: say("the place is {word}", word=word),
    "region": lambda word: say("the region is {word}", word=word),
    "country": lambda word: say("the country is {word}", word=word),
}
_OF_THINGS = {**_FIELDS, "about": lambda word: say("the description has {word}", word=word)}


def why_leader(index: EditionIndex, texts: TextIndex, asked: Question, hold: Holdings, leader: int) -> tuple[str, ...]:
    """One sentence for each word that the person answers: by name, interest, credential, school or own words."""
    interests = hold.interests
    held: dict[int, list[str]] = {}
    for interest, mode in held_interests(index, leader):
        held.setdefault(interest, []).append(mode)
    reasons: list[str] = []
    answered: dict[int, list[int]] = {}  # interest -> words that it answers
    for line, (word, likely) in enumerate(zip(asked.words, asked.likely, strict=True)):
        best = max(held, key=lambda i: (float(interests.by_word[line, i]), -i), default=-1)
        score = float(interests.by_word[line, best]) if best >= 0 else 0.0
        named = _closeness(texts, "leaders", "name", leader, likely)
        if named >= score and named:
            reasons.append(_field_reason(index, texts, "leaders", leader, word, likely, ("name",)))
        elif score:
            answered.setdefault(best, []).append(line)
        else:
            said = _field_reason(index, texts, "leaders", leader, word, likely, tuple(FIELDS["leaders"]))
            shown = best_credential(index, hold.credentials.by_word[line], leader)
            reasons.append(said or (say("holds {credential}", credential=titled(index, shown)) if shown >= 0 else ""))
    for interest, lines in answered.items():
        how = listed([mode_words(mode) or say("names") for mode in held[interest]])
        what = _interest_words(index, asked, interests, interest, lines)
        reasons.append(say("{how} {interest}", how=how, interest=what))
    return tuple(dict.fromkeys(r for r in reasons if r))[:_MOST]


def why_named(index: EditionIndex, texts: TextIndex, asked: Question, kind: str, node: int) -> tuple[str, ...]:
    """One sentence for each word found in the fields of a network, organization or interest."""
    fields = tuple(field for k, field in texts.fields if k == kind)
    pairs = zip(asked.words, asked.likely, strict=True)
    reasons = [_field_reason(index, texts, kind, node, word, likely, fields) for word, likely in pairs]
    return tuple(dict.fromkeys(r for r in reasons if r))[:_MOST]


def why_interest(
    index: EditionIndex, texts: TextIndex, asked: Question, interests: InterestHits, node: int
) -> tuple[str, ...]:
    """Like :func:`why_named`; an interest found through a wider one or by what is meant says so."""
    pairs = zip(asked.words, asked.likely, strict=True)
    found = (_field_reason(index, texts, "interests", node, word, likely, ("name",)) for word, likely in pairs)
    named = tuple(dict.fromkeys(reason for reason in found if reason))
    if not named and node in interests.meant and interests.meant[node].why:
        return (interests.meant[node].why,)
    named = named or why_named(index, texts, asked, "interests", node)
    wider = [] if named else _wider(index, node)
    return named or tuple(say("is part of {name}", name=quoted(w.name)) for w in wider[:1])


def why_credential(index: EditionIndex, texts: TextIndex, asked: Question, node: int) -> tuple[str, ...]:
    """Like :func:`why_named`; a credential that is found by its issuer alone says whose it is."""
    issuers = (r.name for r in issuers_of(index, node))
    return why_named(index, texts, asked, "credentials", node) or tuple(
        say("issued by {names}", names=quoted(i)) for i in issuers
    )


def held_interests(index: EditionIndex, leader: int) -> list[tuple[int, str]]:
    """The interests of a leader with their modes: (position, mode), one for each tie."""
    edges = index.snapshot.edges["leader_interests"]
    rows = slice_of(edges.source, leader)
    return [(int(edges.target[r]), MODE_NAMES[index.modes[r]] if index.modes[r] >= 0 else "") for r in rows]


def _interest_words(
    index: EditionIndex, asked: Question, interests: InterestHits, interest: int, lines: list[int]
) -> str:
    """The interest, and how it answers words that are not in its own wording."""
    name = quoted(ref(index.snapshot, "interests", interest).name)
    own = words_in(ref(index.snapshot, "interests", interest).name)
    if all(any(w.startswith(asked.words[line]) for w in own) for line in lines):
        return name
    if interest in interests.meant:
        return joined([part for part in (name, interests.meant[interest].why) if part], ", ")
    own += [w for a in _aliases(index, interest) for w in words_in(a)]
    parts = [name]
    for line in lines:
        word = asked.words[line]
        if any(w.startswith(word) for w in own):
            continue
        found = next((w for w in _wider(index, interest) if _begins(index, w.id, word)), None)
        parts.append(
            say("part of {name}", name=quoted(found.name)) if found else say("close to {name}", name=quoted(word))
        )
    return joined(parts, ", ")


def _begins(index: EditionIndex, interest: str, word: str) -> bool:
    """Whether a word of an interest's name or aliases begins with ``word``."""
    at = index.snapshot.position("interests", interest)
    wordings = [ref(index.snapshot, "interests", at).name, *_aliases(index, at)]
    return any(w.startswith(word) for wording in wordings for w in words_in(wording))


def _aliases(index: EditionIndex, interest: int) -> list[str]:
    return list(index.snapshot.nodes["interests"]["aliases"][interest].as_py() or [])


def _wider(index: EditionIndex, interest: int) -> list[Ref]:
    broader = index.snapshot.edges["broader_interests"]
    return [ref(index.snapshot, "interests", int(broader.target[r])) for r in slice_of(broader.source, interest)]


def _closeness(texts: TextIndex, kind: str, field: str, node: int, likely: dict[int, float]) -> float:
    places = texts.fields[kind, field]
    return max((v for w, v in likely.items() if places.has(w, node)), default=0.0)


def _field_reason(
    index: EditionIndex,
    texts: TextIndex,
    kind: str,
    node: int,
    word: str,
    likely: dict[int, float],
    fields: tuple[str, ...],
) -> str:
    meant = {texts.vocabulary.words[w]: v for w, v in likely.items()}
    for field in fields:
        stated = index.snapshot.cells(kind).column(field)(node) or ""
        for value in stated if isinstance(stated, list) else [stated]:
            spelled = [(meant[folded], original) for original, folded in _spelled(value) if folded in meant]
            if spelled:
                closeness, original = max(spelled)
                shown = original if field in ("name", "about") else value
                said = (_FIELDS if kind == "leaders" else _OF_THINGS)[field](quoted(shown))
                if closeness < 0.85:
                    return joined([said, say("close to {name}", name=quoted(word))], ", ")
                return said
    return ""


def _spelled(value: str) -> list[tuple[str, str]]:
    """Every word of a text as it is written and as it is searched for."""
    return [(w, folded) for w in re.findall(r"\w+", value) for folded in words_in(w)]
