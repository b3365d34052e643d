"""From a question to interests: by their wordings, abbreviations, spelling and meaning, each with the way it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.graph.letters import Letters
from netofnets.graph.vocabulary import distance, words_in
from netofnets.language import say
from netofnets.services.find.embedder import Embedder, Vectors
from netofnets.services.words import quoted

__all__ = ["LITTLE", "Meant", "Topic", "Topics"]

# How alike something must be to be meant, by the number of telling words: more words describe rather than name.
_LEAST = {1: 0.34, 2: 0.33, 3: 0.25}
_FROM_SPELLING = {1: 0.4, 2: 0.4, 3: 0.25}  # the same, where there are no vectors of meaning
_CORRECTED = 6  # letters from which an unknown word is taken for a slip of a known one
_SLIP = 0.9  # what a topic found by a slip is worth
_SPELLED = 0.55  # likeness of the letters alone from which a word is taken for a slip
_MEANING = 0.75  # weight of meaning against spelling, when both are known
_MOST = 10  # topics found by likeness
_NEIGHBOUR = 0.8  # what a neighbour is worth for the topic that was asked for
_NEAR = 0.4  # from which it counts at all
_WHOLE = 0.6  # what a whole is worth for its part; and how surely something must be meant for its whole and parts
_WIDER = 0.8  # what a part is worth for the whole that was asked for

# Words that say nothing by themselves.
LITTLE = frozenset(
    "a an and at by de do e el en et for from have how in la le need not of on or our the to und we with y".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that may be meant: its name, other wordings, abbreviations, and the topics (by place) it is part of."""

    name: str
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    wider: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """How well a topic answers (0 to 1), and why, in words to put after its name; empty when by its own name."""

    score: float
    why: str = ""


@dataclass(frozen=True)
class Topics:
    """Topics with everything that they are found by, made once for a list of them."""

    topics: tuple[Topic, ...]
    wordings: tuple[str, ...]
    owner: npt.NDArray[np.int64]  # topic of each wording
    words: frozenset[str]  # of all wordings
    phrases: dict[tuple[str, ...], list[tuple[int, str]]]  # folded words -> (topic, why)
    longest: int
    letters: Letters  # of the wordings
    initials: npt.NDArray[np.str_]  # first letter of each wording
    embedder: Embedder | None
    centre: Vectors
    meanings: Vectors  # wordings by dimensions, around the centre, of length 1
    near: dict[int, dict[int, Meant]]  # what is close to a topic, looked up once

    @classmethod
    def of(cls, topics: Sequence[Topic], embedder: Embedder | None) -> Topics:
        """The index of ``topics``; without an embedder they are found by wording and spelling alone."""
        said = [(at, w) for at, t in enumerate(topics) for w in (t.name, *t.also) if words_in(w)]
        wordings = tuple(w for _, w in said)
        raw = (
            embedder.vectors([_folded(w) for w in wordings]) if embedder and wordings else np.zeros((0, 1), np.float32)
        )
        centre = raw.mean(axis=0) if len(raw) else np.zeros(1, np.float32)
        phrases = _phrases(topics)
        return cls(
            tuple(topics),
            wordings,
            np.array([at for at, _ in said], dtype=np.int64),
            frozenset(w for wording in wordings for w in words_in(wording)),
            phrases,
            max((len(p) for p in phrases), default=0),
            Letters.of([_folded(w) for w in wordings]),
            np.array([_folded(w)[0] for w in wordings], dtype=np.str_),
            embedder,
            np.asarray(centre, dtype=np.float32),
            _of_length_1(raw - centre),
            {},
        )

    def meant(self, text: str) -> dict[int, Meant]:
        """The topics that a text may mean, by place; those whose whole name it is at 1."""
        typed = tuple(words_in(text))
        if not typed or not self.wordings:
            return {}
        words = tuple(self._corrected(w) for w in typed)
        said = self._said(words)
        found = self._alike(words)
        for whole in [at for at, meant in said.items() if meant.score == 1.0 and self.embedder]:
            self._add_neighbours(whole, found)
        for at, meant in said.items():
            if at not in found or found[at].score < meant.score:
                found[at] = meant
        if words != typed:
            slip = say("close to {name}", name=quoted(" ".join(typed)))
            found = {at: Meant(_SLIP * m.score, slip if not m.why else m.why) for at, m in found.items()}
        return self._with_parts(found)

    def nearest(self, text: str, most: int) -> list[tuple[int, float]]:
        """The topics whose spelling and meaning are nearest to a text, with the likeness (0 to 1), best first."""
        words = tuple(w for w in words_in(text) if w not in LITTLE) or tuple(words_in(text))
        if not words or not self.wordings:
            return []
        best = np.zeros(len(self.topics))
        np.maximum.at(best, self.owner, self._likeness(words)[1])
        return [(int(at), float(best[at])) for at in np.argsort(-best, kind="stable")[:most] if best[at] > 0]

    def _corrected(self, word: str) -> str:
        """The word of a topic that a longer unknown word is a slip of (it begins alike); else the word itself."""
        if len(word) < _CORRECTED or word in self.words:
            return word
        allowed = 1 if len(word) < 8 else 2
        like = [w for w in self.words if w[0] == word[0] and abs(len(w) - len(word)) <= allowed]
        slips, best = min(((distance(word, w), w) for w in like), default=(allowed + 1, word))
        return best if slips <= allowed else word

    def _said(self, words: tuple[str, ...]) -> dict[int, Meant]:
        """Topics whose wording or abbreviation stands in the text: the more of the text it is, the better."""
        found: dict[int, Meant] = {}
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + self.longest) + 1):
                for at, why in self.phrases.get(words[start:end], ()):
                    score = 0.6 + 0.4 * (end - start) / len(words)
                    if at not in found or found[at].score < score:
                        found[at] = Meant(score, why)
        return found

    def _alike(self, words: tuple[str, ...]) -> dict[int, Meant]:
        """Topics with a wording of this spelling or meaning; of a longer question the nearest, if not near enough."""
        telling = tuple(w for w in words if w not in LITTLE) or words
        spelled, score = self._likeness(telling)
        least = _LEAST[min(len(telling), 3)] if self.embedder else _FROM_SPELLING[min(len(telling), 3)]
        found: dict[int, Meant] = {}
        for at in np.argsort(-score, kind="stable").tolist():
            if score[at] < least or len(found) == _MOST:
                break
            topic = int(self.owner[at])
            if topic not in found:
                asked = quoted(" ".join(words))
                if spelled[at] >= _SPELLED and len(words) == 1:
                    why = say("spelled like {name}", name=asked)
                else:
                    why = say("close in meaning to {name}", name=asked)
                found[topic] = Meant(float(min(score[at], 0.95)), why)
        return found

    def _likeness(self, words: tuple[str, ...]) -> tuple[Vectors, Vectors]:
        """How alike each wording is in its letters, and altogether."""
        text = " ".join(words)
        spelled = self.letters.likeness(text)
        slips = (spelled >= _SPELLED) & (self.initials == text[0])
        score = spelled if len(words) > 1 else np.where(slips, spelled, 0.0)
        if self.embedder:
            asked = self.embedder.vectors([text])[0] - self.centre
            near = np.maximum(self.meanings @ _of_length_1(asked[None, :])[0], 0.0)
            score = _MEANING * near + (1 - _MEANING) * spelled
            score = np.where(slips, np.maximum(score, spelled), score)
        return np.where(slips, spelled, 0.0), score

    def _add_neighbours(self, topic: int, found: dict[int, Meant]) -> None:
        """What is close to a topic that was asked for by one of its wordings."""
        name = self.topics[topic].name
        if topic not in self.near:
            self.near[topic] = self._alike(tuple(words_in(name)))
        for at, meant in self.near[topic].items():
            score = _NEIGHBOUR * meant.score
            if at != topic and score >= _NEAR and (at not in found or found[at].score < score):
                found[at] = Meant(score, say("close to {name}", name=quoted(name)))

    def _with_parts(self, found: dict[int, Meant]) -> dict[int, Meant]:
        """What is surely meant with its parts, and with the whole that it is part of."""
        parts = dict(found)
        sure = {at: meant for at, meant in found.items() if meant.score >= _WHOLE}
        for at, topic in enumerate(self.topics):
            for wide in topic.wider if at in sure else ():
                score = _WHOLE * sure[at].score
                if wide not in parts or parts[wide].score < score:
                    parts[wide] = Meant(score, say("{name} is part of it", name=quoted(topic.name)))
            wide = max(topic.wider, key=lambda w: sure[w].score if w in sure else 0.0, default=-1)
            known = found.get(at, Meant(0.0))
            # The way by the whole is the plainer one, also where likeness alone would have led there.
            if wide in sure and known.score < sure[wide].score:
                parts[at] = Meant(
                    max(known.score, _WIDER * sure[wide].score),
                    say("part of {name}", name=quoted(self.topics[wide].name)),
                )
        return parts


def _phrases(topics: Sequence[Topic]) -> dict[tuple[str, ...], list[tuple[int, str]]]:
    found: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for at, topic in enumerate(topics):
        said = [(topic.name, "")]
        said += [(w, _short(w) if w.isupper() else say("also called {word}", word=quoted(w))) for w in topic.also]
        said += [(w, _short(w)) for w in topic.short]
        for wording, why in said:
            known = found.setdefault(tuple(words_in(wording)), [])
            if at not in {a for a, _ in known}:
                known.append((at, why))
    found.pop((), None)
    return found


def _short(word: str) -> str:
    return say("{word} is short for it", word=quoted(word))


def _folded(text: str) -> str:
    return " ".join(words_in(text))


def _of_length_1(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)
