"""Quotes from articles on a profile: what somebody accepted, for organizers, and none that names somebody hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.articles.loading import read_articles
from netofnets.desk.answer import answer, listed
from netofnets.desk.choose import choose
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.proposals import Answer
from netofnets.services.networks.network import network_page
from netofnets.services.networks.partners import organization_page
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from netofnets.store.memory import MemoryStore
from tests.ingest.articles_fixture import ARTICLES, SOURCE
from tests.store.statements import leader, link, load, network, node

WANTED = {
    "Amara Quillfeather: leader",
    "Tomas Velderhof: leader",
    "Center for Tidal Education: organization",
    "Amara Quillfeather works with Center for Tidal Education (fellow)",
}


@pytest.fixture
def store() -> MemoryStore:
    opened = MemoryStore()
    read_articles(opened, (ARTICLES / "kites.md",), SOURCE)
    wanted = [one.id for one in listed(opened) if one.proposal.words in WANTED]
    assert len(wanted) == len(WANTED)
    answer(opened, wanted, Answer.ACCEPTED, who="an organizer")
    return opened


def quotes(home: Path, store: MemoryStore, name: str, viewer=ORGANIZER) -> dict[str, str]:
    """Quote -> what it was accepted for."""
    publish(store, home)
    with Published.current(home) as published:
        leaders = viewer.edition(published).snapshot.nodes["leaders"]
        ids = dict(zip(leaders["name"].to_pylist(), leaders["id"].to_pylist(), strict=True))
        if name not in ids:
            raise NotFound(name)
        return {q.quote: q.says for q in leader_profile(published, viewer, ids[name]).quotations}


def test_a_profile_shows_accepted_quotes_verbatim_with_what_they_were_accepted_for(store, tmp_path: Path) -> None:
    text = (ARTICLES / "kites.md").read_text(encoding="utf-8")
    found = quotes(tmp_path, store, "Amara Quillfeather")
    assert len(found) == 3 and all(quote in text for quote in found)
    both = next(says for quote, says in found.items() if quote.startswith("Amara and Rachel"))
    assert "works with Center for Tidal Education (fellow)" in both
    assert len(quotes(tmp_path, store, "Tomas Velderhof")) == 1


def test_what_nobody_accepted_is_not_published_and_nothing_is_for_the_public(store, tmp_path: Path) -> None:
    publish(store, tmp_path)
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(b"Pellworm" in content or b"kitefan" in content for content in files)
    public = [f.read_bytes() for f in tmp_path.glob("published/*/public/**/*") if f.is_file()]
    assert public and not any(b"Amara" in content for content in public)
    with pytest.raises(NotFound):
        quotes(tmp_path, store, "Amara Quillfeather", ANONYMOUS)


def test_a_public_person_shows_the_public_no_quote(store, tmp_path: Path) -> None:
    amara = next(row["id"] for row in store.scan().tables["leaders"].to_pylist() if row["name"].startswith("Amara"))
    choose(store, tmp_path, amara, Visibility.PUBLIC, who="Amara")
    assert quotes(tmp_path, store, "Amara Quillfeather", ANONYMOUS) == {}
    assert len(quotes(tmp_path, store, "Amara Quillfeather")) == 3


def test_a_quote_that_names_somebody_hidden_is_not_shown_even_if_only_a_roster_knows_the_person(
    store, tmp_path: Path
) -> None:
    kofi = leader("roster", "P9", "Kofi Ashgrove")
    load(store, "roster", [kofi])
    assert len(quotes(tmp_path, store, "Tomas Velderhof")) == 1
    choose(store, tmp_path, kofi.key, Visibility.HIDDEN, who="Kofi")
    assert quotes(tmp_path, store, "Tomas Velderhof") == {}
    files = [file.read_bytes() for file in tmp_path.glob("published/*/organizers/**/*") if file.is_file()]
    assert not any(b"Kofi" in content for content in files)


def test_a_no_after_a_yes_takes_the_quote_away(store, tmp_path: Path) -> None:
    tie = next(one for one in listed(store, Answer.ACCEPTED) if len(one.proposal.things) == 2)
    answer(store, [tie.id], Answer.REJECTED, who="an organizer")
    assert not any("works with" in says for says in quotes(tmp_path, store, "Amara Quillfeather").values())


def test_an_organization_shows_what_it_was_accepted_for_also_under_another_spelling(store, tmp_path) -> None:
    told = node("organizations", "north", "tides", name="Centre for Tidal Education", place="Wick")
    circle = network("north", "N1", "Northern Circle")
    load(store, "north", [told, circle, link("partnerships", circle, told)])
    [center] = (one for one in listed(store) if one.proposal.words == "Center for Tidal Education: organization")
    answer(store, [center.id], Answer.ACCEPTED, who="Ann", same_as=told.key)
    publish(store, tmp_path)
    with Published.current(tmp_path) as published:
        organizations = ORGANIZER.edition(published).snapshot.nodes["organizations"]
        [one] = [row["id"] for row in organizations.to_pylist() if "Tidal" in row["name"]]
        page = organization_page(published, ORGANIZER, one)
        assert any("Center for Tidal Education: organization" in quote.says for quote in page.quotations)
        text = (ARTICLES / "kites.md").read_text(encoding="utf-8")
        assert all(text[quote.start : quote.end] == quote.quote for quote in page.quotations)
        [circle_page] = [network_page(published, ORGANIZER, circle.key)]
        assert circle_page.quotations == ()
        assert organization_page(published, ANONYMOUS, one).quotations == ()


def test_a_fact_says_whether_only_an_article_states_it(store, tmp_path: Path) -> None:
    publish(store, tmp_path)
    with Published.current(tmp_path) as published:
        leaders = ORGANIZER.edition(published).snapshot.nodes["leaders"].to_pylist()
        amara = next(row["id"] for row in leaders if row["name"] == "Amara Quillfeather")
        [affiliation] = leader_profile(published, ORGANIZER, amara).affiliations
        assert [(s.source, s.article) for s in affiliation.sources] == [(SOURCE, True)]
