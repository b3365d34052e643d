"""Planted networks whose rosters write a share of the people who are in several under variants, without an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.questions import questions
from netofnets.resolution.recognise import recognise
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.identity import Identity
from netofnets.schema.records import Judgement, Verdict
from netofnets.services.review import still_open
from netofnets.store.claims import values_text
from tests.data.planted import Planted
from tests.data.variants import World


@dataclass(frozen=True)
class UnderVariants:
    """One row for each membership: ``entity`` is who it is as far as addresses tell, ``person`` who it is."""

    entity: tuple[str, ...]
    person: np.ndarray
    network: np.ndarray
    rows: tuple[tuple[str, ...], ...]  # name, address, school, town, region

    def records(self) -> pa.Table:
        """What the matcher is given."""
        from netofnets.resolution.records import RECORDS

        sources = [f"n{n:07d}" for n in self.network]
        columns = [self.entity, sources, *zip(*self.rows, strict=True), [""] * len(self.entity)]
        return pa.table([pa.array([c or None for c in column], pa.string()) for column in columns], schema=RECORDS)

    def snapshot(self, log: Iterable[Judgement] = ()) -> Snapshot:
        """The graph after the judgements of ``log``."""
        identity = Identity(log)
        leaders = [identity.canonical(entity) for entity in self.entity]
        people = sorted(set(leaders))
        networks = [f"n{n:07d}" for n in range(int(self.network.max()) + 1)]
        pairs = sorted({(who, f"n{n:07d}") for who, n in zip(leaders, self.network.tolist(), strict=True)})
        ends = [[pair[i] for pair in pairs] for i in (0, 1)]
        tables = {
            "leaders": _table("leaders", id=people, name=people),
            "networks": _table("networks", id=networks, name=networks),
            "memberships": _table(
                "memberships", id=[f"r{i:08d}" for i in range(len(pairs))], from_id=ends[0], to_id=ends[1]
            ),
        }
        return Snapshot.build(tables, self._claims(leaders))

    def person_of(self, log: Iterable[Judgement] = ()) -> dict[str, int]:
        """Which person an entity is."""
        identity = Identity(log)
        found = zip(self.entity, self.person.tolist(), strict=True)
        return {identity.canonical(entity): person for entity, person in found}

    def automatic(self) -> list[Judgement]:
        """What is joined without asking."""
        return list(recognise(self.records()).automatic)

    def answered(self, log: list[Judgement], answers: int) -> list[Judgement]:
        """The log after somebody who knows everybody has answered so many questions, each the first that is open."""
        of, said = self.person_of(log), list(log)
        asked = questions(self.snapshot(log), log)
        for _ in range(answers):
            asked = still_open(asked, said)
            if asked.num_rows:
                left, right = asked["left"][0].as_py(), asked["right"][0].as_py()
                verdict = Verdict.SAME if of[left] == of[right] else Verdict.DIFFERENT
                said.append(Judgement(left, right, verdict, "Ann", ""))
        return said

    def _claims(self, leaders: list[str]) -> pa.Table:
        rows = []
        for entity, network, (name, email, school, town, region) in zip(leaders, self.network, self.rows, strict=True):
            stated = {"name": name, "email": email, "school": school, "place": town, "region": region}
            text = values_text({key: value for key, value in stated.items() if value})
            rows.append({"kind": "leaders", "entity": entity, "source": f"n{network:07d}", "values": text})
        return pa.Table.from_pylist(rows, schema=CLAIMS)


def under_variants(made: Planted, share: float = 0.2, seed: int = 1) -> UnderVariants:
    """``share`` of the people in several networks stand in each under a variant without address, as another."""
    random = np.random.default_rng(seed)
    world = World(random, len(made.person))
    people = [world.person() for _ in range(made.people)]
    several = np.flatnonzero(np.bincount(made.person, minlength=made.people) > 1)
    apart = set(random.choice(several, round(share * len(several)), replace=False).tolist())
    entity, rows = [], []
    for row, who in enumerate(made.person.tolist()):
        name, _, school, town, region = world.row(people[who])
        entity.append(f"l{who:07d}x{row:07d}" if who in apart else f"l{who:07d}")
        rows.append((name, "" if who in apart else people[who].address, school, town, region))
    return UnderVariants(tuple(entity), made.person, made.network, tuple(rows))


def _table(kind: str, /, **columns: list[str]) -> pa.Table:
    length = len(columns["id"])
    schema = arrow_schema(kind)
    made = [pa.array(columns[f.name], f.type) if f.name in columns else pa.nulls(length, f.type) for f in schema]
    return pa.table(made, schema=schema)
