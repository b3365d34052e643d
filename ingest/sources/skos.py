"""SKOS vocabularies in Turtle: concepts with their labels in every language, and what is broader or related."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.raw import RawRow, RawTable, Remark
from ingest.sources.reader import Titles, Written
from netofnets.errors import InputError
from netofnets.language import say

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["SkosReader"]

_CONCEPTS, _BROADER, _RELATED = "concepts", "broader", "related"
_PREFERRED = ("en", "")
"""Languages of the name, the first that a concept has; else the first in alphabetical order."""
_BROKEN = (SyntaxError, ValueError, RecursionError, LookupError, AssertionError, TypeError, AttributeError)
"""What rdflib raises for text that is no Turtle; some of it, such as a `?`, gets farther than its grammar."""


class SkosReader:
    """Turtle and N-Triples."""

    name = say("a vocabulary in Turtle")
    suffixes = (".ttl", ".nt")

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """By its name; Turtle has no first bytes of its own."""
        return file.path.suffix.lower() in self.suffixes

    def open(self, file: InputFile) -> SkosSource:
        """Read the whole vocabulary; :class:`InputError` ``turtle_syntax``, ``too_large`` or ``no_concepts``."""
        if file.size > limits.TURTLE_BYTES:
            message = say(
                "{file}: a vocabulary of more than {n} MiB is not read", file=file.name, n=limits.TURTLE_BYTES >> 20
            )
            raise InputError(message, code="too_large", file=file.name)
        return SkosSource(file, _parsed(file))


def _parsed(file: InputFile) -> Graph:
    from rdflib import Graph  # takes a third of a second to import; only vocabularies need it

    graph = Graph(bind_namespaces="none")
    try:
        with _quiet():
            graph.parse(data=file.path.read_bytes(), format="turtle", publicID="urn:file")
    except _BROKEN as error:
        line = int(getattr(error, "lines", 0)) + 1
        raise InputError(
            say(
                "{file}, about line {line}: this is no Turtle ({name}); correct that place, or export the "
                "vocabulary again",
                file=file.name,
                line=line,
                name=type(error).__name__,
            ),
            code="turtle_syntax",
            file=file.name,
            line=line,
        ) from None
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """The library logs addresses that it finds odd, as they stand in the file; no terminal should be told those."""
    logger = logging.getLogger("rdflib.term")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:
    return False


class SkosSource:
    """The concepts of one vocabulary as three tables."""

    meaning = "skos"
    titles = Titles((_CONCEPTS, _BROADER, _RELATED))

    def __init__(self, file: InputFile, graph: Graph) -> None:
        from rdflib.namespace import RDF, SKOS

        self.file = file
        self._graph = graph
        self._skos: Any = SKOS
        self._concepts = sorted(str(s) for s in set(graph.subjects(RDF.type, SKOS.Concept)))
        self._names = {uri: name for uri in self._concepts if (name := self._name(uri))}
        if not self._names:
            message = say("{file}: there is no skos:Concept with a label; is this a SKOS vocabulary?", file=file.name)
            raise InputError(message, code="no_concepts", file=file.name)

    def table(self, title: str, written: Written) -> RawTable:
        """``concepts`` (uri, name, aliases, each label by language), ``broader`` or ``related`` (two names)."""
        if title == _CONCEPTS:
            languages = sorted({lang for uri in self._names for _, lang in self._labels(uri, "prefLabel")})
            header = ["uri", "name", "aliases", "definition", *(f"prefLabel@{lang}" for lang in languages)]
            return RawTable(self.file.name, title, header, self._concept_rows(languages), 0, self._remarks())
        return RawTable(self.file.name, title, ["concept", title], self._pair_rows(title), 0)

    def close(self) -> None:
        """Forget the vocabulary."""
        self._names = {}

    def _labels(self, uri: str, which: str) -> list[tuple[str, str]]:
        """(text, language) in a fixed order."""
        from rdflib import URIRef

        with _quiet():
            found = list(self._graph.objects(URIRef(uri), self._skos[which]))
        return sorted((str(label), getattr(label, "language", None) or "") for label in found)

    def _name(self, uri: str) -> str:
        by_language = {lang: text for text, lang in reversed(self._labels(uri, "prefLabel"))}
        chosen = next((lang for lang in _PREFERRED if lang in by_language), min(by_language, default=""))
        return by_language.get(chosen, "").strip()

    def _concept_rows(self, languages: list[str]) -> Iterator[RawRow]:
        for number, (uri, name) in enumerate(self._names.items(), 1):
            preferred = self._labels(uri, "prefLabel")
            others = [*preferred, *self._labels(uri, "altLabel"), *self._labels(uri, "hiddenLabel")]
            aliases = "\n".join(dict.fromkeys(text for text, _ in others if text != name))
            definition = next((text for text, _ in self._labels(uri, "definition")), "")
            by_language = {lang: text for text, lang in reversed(preferred)}
            yield number, number, [uri, name, aliases, definition, *(by_language.get(la, "") for la in languages)], ()

    def _pair_rows(self, which: str) -> Iterator[RawRow]:
        pairs = set()
        for predicate, turned in ((which, False), ("narrower", True)) if which == _BROADER else ((which, False),):
            for start, end in self._graph.subject_objects(self._skos[predicate]):
                first, second = (str(end), str(start)) if turned else (str(start), str(end))
                pairs.add((first, second) if which == _BROADER else (min(first, second), max(first, second)))
        known = (pair for pair in sorted(pairs) if pair[0] in self._names and pair[1] in self._names)
        for number, (first, second) in enumerate(known, 1):
            yield number, number, [self._names[first], self._names[second]], ()

    def _remarks(self) -> list[Remark]:
        without = len(self._concepts) - len(self._names)
        if not without:
            return []
        return [
            Remark(
                "concept_without_label",
                say("{without} concepts have no skos:prefLabel; they were not read.", without=without),
            )
        ]
