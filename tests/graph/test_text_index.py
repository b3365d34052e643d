"""The text index is written with each edition, read as it was built, and taken over where the nodes are the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from netofnets.graph.letters import Letters, grams_in
from netofnets.graph.published import Published
from netofnets.graph.sorted_texts import SortedTexts
from netofnets.graph.text_index import FIELDS, TextIndex
from netofnets.graph.vocabulary import words_in, words_of
from netofnets.publish import publish_facts
from netofnets.schema.arrow import arrow_schema
from netofnets.services.find.search import search
from netofnets.services.viewer import ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import ten_leaders


def test_what_is_read_is_what_would_be_built(tmp_path) -> None:
    publish_copy(ten_leaders().facts(), tmp_path)
    with Published.current(tmp_path) as published:
        for name in published.manifest["editions"]:
            edition = published.edition(name)
            read = TextIndex.published(edition.folder, edition.prebuilt, {})
            built = TextIndex.build(edition.snapshot.nodes)
            assert list(read.vocabulary.words) == list(built.vocabulary.words)
            for field, places in built.fields.items():
                assert places.indptr.tolist() == read.fields[field].indptr.tolist()
                assert places.indices.tolist() == read.fields[field].indices.tolist()
            for asked in ("alpha", "readng", "leson", "a", ""):
                assert read.vocabulary.like(asked) == built.vocabulary.like(asked)


def test_words_stand_where_they_are_said() -> None:
    nodes = {kind: arrow_schema(kind).empty_table() for kind in FIELDS} | ten_leaders().facts().tables
    index = TextIndex.build(nodes)
    places, word = index.fields["leaders", "school"], index.vocabulary.words.place("hill")
    found = places.indices[places.indptr[word] : places.indptr[word + 1]].tolist()
    schools = nodes["leaders"]["school"].to_pylist()
    assert found == [row for row, school in enumerate(schools) if school == "Hill School"] and len(found) == 2


def test_a_tie_more_makes_no_index_anew_and_a_person_more_does(tmp_path) -> None:
    graph = ten_leaders()
    publish_copy(graph.facts(), tmp_path)
    first = _words_of(tmp_path)
    graph.join("cleo", "delta")
    publish_facts(graph.facts(run=2), tmp_path)
    assert _words_of(tmp_path).stat().st_ino == first.stat().st_ino  # one file under two names
    graph.node("leaders", "newcomer", "Zebedee Quill")
    publish_facts(graph.facts(run=3), tmp_path)
    with Published.current(tmp_path) as published:
        assert [m.ref.name for m in search(published, ORGANIZER, "quill").people] == ["Zebedee Quill"]


def test_whoever_an_edition_does_not_show_is_not_in_its_index(tmp_path) -> None:
    publish_copy(ten_leaders().facts(), tmp_path)
    with Published.current(tmp_path) as published:
        shown = TextIndex.published(published.folder / "public", published.edition("public").prebuilt, {})
        assert shown.vocabulary.words.place("okafor") == -1
        assert b"okafor" not in (published.folder / "public/index/words.arrow").read_bytes()
        assert b"okafor" in (published.folder / "organizers/index/words.arrow").read_bytes()


def test_sorted_texts_are_found_by_halves() -> None:
    texts = SortedTexts.of(["b", "a", "b", "é"])
    assert list(texts) == ["a", "b", "é"] and [texts.place(t) for t in ("a", "é", "c")] == [0, 2, -1]


def _words_of(home: Path) -> Path:
    with Published.current(home) as published:
        return published.folder / "organizers/index/words.arrow"


WORDS = st.lists(st.text(st.sampled_from("abz09_ñßДΩ語 -.Éİ"), max_size=9), max_size=12)


@given(texts=WORDS)
def test_many_texts_have_the_words_that_each_has(texts: list[str]) -> None:
    found: list[list[str]] = [[] for _ in texts]
    words, of = words_of(pa.array(texts, pa.string()))
    for word, at in zip(words.to_pylist(), of.tolist(), strict=True):
        found[at].append(word)
    assert found == [words_in(text) for text in texts]


@given(texts=WORDS)
def test_letters_weigh_as_those_of_scikit_learn(texts: list[str]) -> None:
    texts = sorted({" ".join(words_in(text)) for text in texts} - {""})
    if not texts:
        return
    reference = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), lowercase=False)
    expected = reference.fit_transform(texts)
    found = Letters.of(texts)
    assert found.grams[:] == sorted(reference.vocabulary_)
    assert found.by_gram.shape == expected.shape
    assert np.abs(found.by_gram.toarray() - expected.toarray()).max() < 1e-6
    assert all(Counter(grams_in(text)) == Counter(reference.build_analyzer()(text)) for text in texts)
    assert np.abs(found.likeness(texts[0]) - (expected @ expected[[0]].T).toarray().ravel()).max() < 1e-6
