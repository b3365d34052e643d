"""Random histories: whatever happens, a file holds what memory holds, and both hold what the last statements say."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netofnets.graph.edition import AUDIENCES, restrict
from netofnets.graph.published import save_snapshot
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.records import Claim, Judgement, Verdict
from netofnets.store import open_store
from netofnets.store.audit import audit
from netofnets.store.base import Store
from tests.store.statements import assert_both_ends, facts_of, leader, link, load, member, network, node

NAMESPACES = ("shared", "north", "south")  # ids that both sources share, and their own
PEOPLE = [leader(space, f"P{i}", "") for space in NAMESPACES for i in range(3)]
NETWORKS = [network(space, f"N{i}", "") for space in NAMESPACES for i in range(3)]
BODIES = [node("organizations", space, f"O{i}", name="") for space in NAMESPACES for i in range(2)]
RECORDS = [[one.key for one in kind] for kind in (PEOPLE, NETWORKS, BODIES)]  # a judgement is about two of a kind
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@st.composite
def statements(draw: st.DrawFn, source: str) -> list[Claim]:
    """A batch of a source: people, networks, organizations, and how they belong, work and support each other."""
    spaces = st.sampled_from(("shared", source))

    def own(claim: Claim) -> Claim:
        return Claim(claim.kind, claim.key, source, claim.values, claim.local_id, claim.from_id, claim.to_id)

    ids = st.tuples(spaces, st.integers(0, 2))
    people = [
        own(leader(space, f"P{i}", draw(texts), school=draw(st.none() | texts), languages=draw(languages)))
        for space, i in draw(st.sets(ids, max_size=5))
    ]
    nets = [own(network(space, f"N{i}", draw(texts))) for space, i in draw(st.sets(ids, max_size=3))]
    names = st.sets(st.tuples(spaces, st.integers(0, 1)), max_size=2)
    bodies = [own(node("organizations", space, f"O{i}", name=draw(texts))) for space, i in draw(names)]
    claims = [*people, *nets, *bodies]
    if nets and bodies:
        supports = st.tuples(st.sampled_from(nets), st.sampled_from(bodies))
        claims += [link("partnerships", n, o, role=draw(texts)) for n, o in draw(st.lists(supports, max_size=3))]
    if nets:
        pairs = st.tuples(st.sampled_from(nets), st.sampled_from(nets))
        claims += [link("network_parts", a, b) for a, b in draw(st.lists(pairs, max_size=2))]
    if people and nets:
        spells = st.tuples(st.sampled_from(people), st.sampled_from(nets), st.sampled_from(("", "2020-01-01")))
        claims += [member(p, n, start, role=draw(texts)) for p, n, start in draw(st.lists(spells, max_size=5))]
    if people:
        pairs = st.tuples(st.sampled_from(people), st.sampled_from(people))
        counts = st.integers(0, 9)
        claims += [link("collaborations", a, b, count=draw(counts)) for a, b in draw(st.lists(pairs, max_size=4))]
    distinct = {claim.key: claim for claim in claims}  # of two statements about one thing the last counts
    return list(draw(st.permutations(list(distinct.values()))))


languages = st.none() | st.frozensets(st.sampled_from(("en", "ga", "fr")), max_size=2).map(lambda s: tuple(sorted(s)))
verdicts = st.sampled_from((Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE))


@st.composite
def judgement(draw: st.DrawFn) -> Judgement:
    records = st.sampled_from(draw(st.sampled_from(RECORDS)))
    left, right = sorted(draw(st.lists(records, min_size=2, max_size=2, unique=True)))
    return Judgement(left, right, draw(verdicts), draw(st.sampled_from(("Ada", "rule:same-email"))), "why")


def digest_of(store: Store) -> str:
    """Of the bytes of both editions, as they are published."""
    facts = store.scan()
    digest = hashlib.sha256()
    for audience in AUDIENCES:
        with TemporaryDirectory() as folder:
            save_snapshot(Snapshot.build(*restrict(facts.tables, facts.claims, {}, audience)), Path(folder) / "facts")
            for file in sorted((Path(folder) / "facts").iterdir()):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


event = st.one_of(
    st.tuples(st.just("north"), statements("north"), st.lists(judgement(), max_size=1)),
    st.tuples(st.just("south"), statements("south"), st.lists(judgement(), max_size=1)),
    st.tuples(st.just("judge"), st.lists(judgement(), min_size=1, max_size=2)),
    st.tuples(st.just("erase"), st.sampled_from([p.key for p in PEOPLE])),
)


def happen(store: Store, what: tuple) -> object:
    from netofnets.errors import NotFound

    if what[0] == "judge":
        return store.judge(what[1])
    if what[0] == "erase":
        try:
            return store.erase(what[1])
        except NotFound:
            return None
    changes = load(store, *what)
    return changes.created, changes.updated, changes.unchanged, changes.withdrawn


def last_words(history: list[tuple]) -> Store:
    """A store that is told only what each source said last, and all judgements at once."""
    store = open_store("memory:")
    for source in ("south", "north"):
        said = [what[1] for what in history if what[0] == source]
        load(store, source, said[-1] if said else [])
    judgements = [j for what in history for j in (what[1] if what[0] == "judge" else what[2])]
    if judgements:
        store.judge(judgements)
    return store


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(event, max_size=6))
def test_a_file_holds_what_memory_holds(history: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        memory, file = open_store("memory:"), open_store(f"sqlite:{Path(folder) / 'book.sqlite'}")
        for what in history:
            assert happen(memory, what) == happen(file, what)
            assert facts_of(memory) == facts_of(file)
        assert_both_ends(file)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(event.filter(lambda what: what[0] != "erase"), max_size=6))
def test_how_it_came_about_does_not_matter(history: list[tuple]) -> None:
    store = open_store("memory:")
    for what in history:
        happen(store, what)
    assert facts_of(store, provenance=False) == facts_of(last_words(history), provenance=False)
    assert_both_ends(store)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements("north"), statements("south"), st.lists(judgement(), min_size=1, max_size=8))
def test_answers_that_are_all_taken_back_leave_what_never_was_answered(north, south, answers) -> None:
    store = open_store("memory:")
    load(store, "north", north)
    load(store, "south", south)
    before = digest_of(store)
    for one in answers:
        store.judge([one])
        assert audit(store.book()).findings == []
    for one in answers:
        store.judge([Judgement(one.left, one.right, Verdict.UNSURE, "Ada", "taken back")])
    assert digest_of(store) == before
