"""Counts of groups of people who are not shown: when they are those of the last publication, and when counted again."""

from __future__ import annotations

from pathlib import Path

import pytest

from netofnets.graph.group_counts import Counted
from netofnets.graph.published import GROUPS_FILE
from netofnets.publish import publish_facts
from tests.test_taken_over import corrected, grown, joined


def test_groups_are_counted_again_when_somebody_in_them_changes_or_what_stands_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, counted = grown(), []
    counts = Counted.counts
    monkeypatch.setattr(Counted, "counts", lambda self: counted.append(1) or counts(self))
    first = publish_facts(graph.facts(), tmp_path)
    whole = (first.folder / "public" / GROUPS_FILE).read_bytes()
    corrected(graph, 3)
    second = publish_facts(graph.facts(run=2), tmp_path)
    assert len(counted) == 1 and (second.folder / "public" / GROUPS_FILE).read_bytes() == whole
    damaged = second.folder / "signed_in" / GROUPS_FILE
    damaged.write_bytes(b"not what was written")
    corrected(graph, 4)
    third = publish_facts(graph.facts(run=3), tmp_path)
    assert len(counted) == 2 and (third.folder / "public" / GROUPS_FILE).read_bytes() == whole
    joined(graph, 0)
    publish_facts(graph.facts(run=4), tmp_path)
    assert len(counted) == 3
