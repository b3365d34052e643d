"""The interests of an edition together with the shipped vocabulary: what a question's words may mean among them."""

from __future__ import annotations

from netofnets.graph.vocabulary import words_in
from netofnets.services.find.embedder import shipped_embedder
from netofnets.services.find.meaning import Meant, Topic, Topics
from netofnets.services.find.text_index import Question, TextIndex
from netofnets.services.find.thesaurus import Concept, thesaurus
from netofnets.services.index import EditionIndex, slice_of

__all__ = ["meant_interests", "topics_of"]

_NAMES = (("leaders", "name"), ("leaders", "school"), ("networks", "name"), ("organizations", "name"))
_NAMED = 0.85  # closeness from which a word is taken to be in a name


def topics_of(index: EditionIndex) -> Topics:
    """The interests of an edition at their own places, then the concepts that it has not; made on first use."""
    return index.once("topics", lambda: Topics.of(_topics(index), shipped_embedder()))


def meant_interests(index: EditionIndex, texts: TextIndex, asked: Question) -> tuple[dict[int, Meant], tuple[int, ...]]:
    """Interests that the words of a question mean, and which words (by place): those that are no names."""
    topics = topics_of(index)
    lines = tuple(n for n, w in enumerate(asked.words) if w in topics.words or not _in_a_name(texts, asked.likely[n]))
    found = topics.meant(" ".join(asked.words[n] for n in lines))
    count = index.snapshot.count("interests")
    return {at: meant for at, meant in found.items() if at < count}, lines


def _in_a_name(texts: TextIndex, likely: dict[int, float]) -> bool:
    """Whether a word, as it is typed or as a beginning, stands in the name of somebody or something."""
    fields = [texts.fields[field] for field in _NAMES]
    return any(
        closeness >= _NAMED and any(field.indptr[word + 1] > field.indptr[word] for field in fields)
        for word, closeness in likely.items()
    )


def _topics(index: EditionIndex) -> list[Topic]:
    names = [n or "" for n in index.snapshot.names("interests").to_pylist()]
    aliases = index.snapshot.nodes["interests"]["aliases"].to_pylist()
    concepts = {_key(c.name): c for c in thesaurus()}
    own = {_key(n): at for at, n in enumerate(names)}
    rest = [c for key, c in concepts.items() if key not in own]
    place = {**{_key(c.name): len(names) + n for n, c in enumerate(rest)}, **own}
    parts = {_key(w): c for c in thesaurus() for w in c.also}
    taken = frozenset(own)
    topics = []
    for at, name in enumerate(names):
        known = concepts.get(_key(name))
        whole = parts.get(_key(name))
        wider = _declared(index, at) + _places(known.wider if known else whole.name if whole else "", place)
        also, short = _wordings(known, taken)
        mine = tuple(a for a in aliases[at] or () if _key(a) != _key(name))
        topics.append(Topic(name, (*mine, *also), short, tuple(w for w in wider if w != at)))
    for concept in rest:
        also, short = _wordings(concept, taken)
        topics.append(Topic(concept.name, also, short, _places(concept.wider, place)))
    return topics


def _wordings(concept: Concept | None, taken: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Other wordings and abbreviations of a concept, but for those that are interests of their own."""
    return (tuple(w for w in concept.also if _key(w) not in taken), concept.short) if concept else ((), ())


def _declared(index: EditionIndex, interest: int) -> tuple[int, ...]:
    broader = index.snapshot.edges["broader_interests"]
    return tuple(int(broader.target[r]) for r in slice_of(broader.source, interest))


def _places(name: str, place: dict[str, int]) -> tuple[int, ...]:
    return (place[_key(name)],) if name else ()


def _key(name: str) -> str:
    return " ".join(words_in(name))
