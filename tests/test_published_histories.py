"""Random histories of a store, published step by step: the same bytes as computed afresh, and nobody who is gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import Judgement, Verdict, VisibilityChoice
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.store.statements import leader, load, member, network

NAMES = ("Ana Ruiz", "Bo Yi", "Cleo Okafor", "Dan Marsh")
Step = Callable[[Store, int], None]


def written(store: Store, source: str, names: tuple[str, ...]) -> None:
    """A roster of a source; the schools differ between the two, so that somebody has to be asked."""
    circle = network(source, "N1", f"Circle of {source}")
    people = [leader(source, f"P{at}", name, school=f"Hill School {at}") for at, name in enumerate(names) if name]
    load(store, source, [circle, *people, *(member(one, circle) for one in people)])


def respelled(store: Store, at: int) -> None:
    names = list(NAMES)
    names[at % 4] = f"{names[at % 4][0]}. {names[at % 4].split()[1]}"
    written(store, "south", tuple(names))


def shorter(store: Store, at: int) -> None:
    written(store, "south", (*NAMES[: at % 4], "", *NAMES[at % 4 + 1 :]))


def whole(store: Store, at: int) -> None:
    written(store, "south", NAMES)


def judged(store: Store, at: int) -> None:
    ends = [leader(source, f"P{at % 4}", "").key for source in ("north", "south")]
    verdict = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.UNDONE)[at % 4]
    store.judge([Judgement(*sorted(ends), verdict, "Ann", "asked")])


def chosen(store: Store, at: int) -> None:
    one = leader(("north", "south")[at % 2], f"P{at % 3}", "").key
    store.choose([VisibilityChoice(one, list(Visibility)[at % len(Visibility)], "Ann", "")])


STEPS: tuple[Step, ...] = (respelled, shorter, whole, judged, chosen)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("histories") / "home"
    store = open_store(f"sqlite:{home}/book.sqlite")
    for source in ("north", "south"):
        written(store, source, NAMES)
    first = publish(store, home)
    assert (first.folder / "organizers" / "comparable.arrow").exists(), "what the next one goes on from"
    return home


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), min_size=1, max_size=3), st.integers(0, 3))
def test_a_history_published_step_by_step_ends_as_computed_afresh(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Step, int]], erased: int
) -> None:
    home = Path(shutil.copytree(begun, tmp_path_factory.mktemp("history") / "home"))
    store = open_store(f"sqlite:{home}/book.sqlite")
    for step, at in steps:
        step(store, at)
    one = leader("north", f"P{erased}", "").key
    publish(store, home)
    store.erase(next(iter(store.known_among("leaders", [one]))))
    other = Path(shutil.copytree(home, home.with_name("other")))
    again = [publish(store, where, keep_old=False, afresh=where == other) for where in (home, other)]
    continued, afresh = (
        {p.relative_to(done.folder).as_posix(): p.read_bytes() for p in done.folder.rglob("*") if p.is_file()}
        for done in again
    )
    assert continued == afresh
    gone = leader("north", f"P{erased}", "").key.encode()
    for folder in (home, other):
        for file in (folder / "published").rglob("*"):
            assert not file.is_file() or gone not in file.read_bytes(), f"{file} still tells of who was erased"
