"""One person's own claims while they speak: what stands of them, what they told before, and what is told now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from netofnets.errors import NotFound
from netofnets.language import say
from netofnets.schema.identifiers import relationship_id
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import relationship_kind
from netofnets.schema.own_word import Said, words_of, written
from netofnets.schema.records import BY_PERSON, Claim, Decision, Entity, Value
from netofnets.schema.topics import OWN_WORD
from netofnets.store.base import Writer
from netofnets.store.ledger import derive, distinguishing_values, entity_id, plan

__all__ = ["Speaker", "Tie"]

_NAMED = {
    "networks": ("name", "sensitive"),
    "organizations": ("name",),
    "activities": ("name",),
    "credentials": ("name",),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as it stands, by canonical ends."""

    entity: Entity


class Speaker:
    """Within a run of the source of own words. All own claims stand on the record that the person goes by today."""

    def __init__(self, writer: Writer, leader: str, who: str, at: str) -> None:
        self._writer, self._who, self._at = writer, who, at
        self._identity = Identity(writer.judgements())
        self.person = self._identity.canonical(leader)
        self._records = self._identity.members(self.person)
        about = list(writer.claims_about("leaders", [self.person]))
        if not about:
            raise NotFound(say("there is no leader with id {leader!r}", leader=leader))
        self.standing = derive("leaders", self.person, about, self._identity)
        self._own: dict[tuple[str, str], Claim] = {}
        for claim in sorted(writer.claims_of(BY_PERSON), key=lambda c: (c.key != self.person, c.key)):
            self._keep(self._moved(claim))
        self._said: list[Decision] = []

    def say(self, said: Said, what: str, end: str = "") -> None:
        """A word on a field or tie, kept on every record that the person has by now."""
        others = (end,) if what == "collaborations" else ()
        for record in sorted(self._records):
            subjects = (record, *others)
            self._said.append(Decision(OWN_WORD, subjects, written(said, what, end), self._who, "", self._at))

    def state(self, values: Mapping[str, Value]) -> None:
        """Fields as the person tells them. The name goes with the first: people stand by their own word."""
        claim = self._own.get(("leaders", self.person)) or self._claim("leaders", self.person, {})
        told = {"name": self.standing.values["name"], **claim.values, **values}
        self._own["leaders", self.person] = replace(claim, values=told, origin=self._at[:10])

    def withdraw(self, name: str) -> bool:
        """Tell a field no longer; whether it was told."""
        claim = self._own.get(("leaders", self.person))
        if claim is None or name not in claim.values or name == "name":
            return False
        left = {key: value for key, value in claim.values.items() if key != name}
        self._own["leaders", self.person] = replace(claim, values=left)
        return True

    def ties(self, kind: str, end: str) -> tuple[Tie, ...]:
        """The ties of a kind between the person and ``end`` as they stand; for collaborations in both directions."""
        wanted = self._identity.canonical(end)
        found: dict[str, list[Claim]] = {}
        for claim in self._writer.claims_touching(self._records):
            ends = {self._identity.canonical(one) for one in (claim.from_id, claim.to_id) if one}
            if claim.kind == kind and wanted in ends:
                found.setdefault(entity_id(claim, self._identity), []).append(claim)
        return tuple(Tie(derive(kind, i, claims, self._identity)) for i, claims in sorted(found.items()))

    def state_tie(self, tie: Tie, values: Mapping[str, Value]) -> None:
        """A tie as the person tells it."""
        entity = tie.entity
        self._own[entity.kind, entity.id] = Claim(
            entity.kind, entity.id, BY_PERSON, values, "", entity.from_id, entity.to_id, self._at[:10]
        )

    def withdraw_tie(self, tie: Tie) -> None:
        """Tell a tie no longer."""
        self._own.pop((tie.entity.kind, tie.entity.id), None)

    def own_interests(self, mode: str) -> set[str]:
        """Records of interests that the person named in a mode."""
        mine = (c for c in self._own.values() if c.kind == "leader_interests" and c.from_id == self.person)
        return {c.to_id for c in mine if c.values.get("mode") == mode}

    def state_interest(self, record: str, local_id: str, name: str, mode: str) -> None:
        """An interest that the person names."""
        key = relationship_id("leader_interests", self.person, record, (mode,))
        values = {"mode": mode}
        self._own["leader_interests", key] = Claim(
            "leader_interests", key, BY_PERSON, values, "", self.person, record, self._at[:10]
        )
        self._own.setdefault(("interests", record), self._claim("interests", record, {"name": name}, local_id))

    def drop_interest(self, record: str, mode: str) -> None:
        """An interest that the person no longer names."""
        self._own.pop(("leader_interests", relationship_id("leader_interests", self.person, record, (mode,))), None)

    def finish(self) -> None:
        """Carry it out, if anything was said."""
        if not self._said:
            return
        changes = plan(self._writer, BY_PERSON, self._with_ends())
        changes.decisions += self._said
        self._writer.apply(changes)
        counts = {"created": changes.created, "updated": changes.updated, "gone": changes.withdrawn}
        self._writer.finish({**counts, "words": len(self._said)})

    def _claim(self, kind: str, key: str, values: Mapping[str, Value], local_id: str = "") -> Claim:
        return Claim(kind, key, BY_PERSON, values, local_id, origin=self._at[:10])

    def _moved(self, claim: Claim) -> Claim:
        """An own claim on another record of this person, on the one that the person goes by today."""
        if claim.kind == "leaders":
            return replace(claim, key=self.person) if claim.key in self._records else claim
        if not claim.from_id or self._records.isdisjoint((claim.from_id, claim.to_id)):
            return claim
        start, end = (self.person if one in self._records else one for one in (claim.from_id, claim.to_id))
        key = relationship_id(claim.kind, start, end, distinguishing_values(claim))
        return replace(claim, key=key, from_id=start, to_id=end)

    def _keep(self, claim: Claim) -> None:
        other = self._own.get((claim.kind, claim.key))
        kept = replace(other, values={**claim.values, **other.values}) if other else claim
        self._own[claim.kind, claim.key] = kept

    def _with_ends(self) -> list[Claim]:
        """The own claims with the ends of their ties, and without ends and people that nothing is told of any more."""
        ties = [c for c in self._own.values() if c.from_id]
        found = {(c.kind, c.key): c for c in ties}
        found |= {at: c for at, c in self._own.items() if c.kind == "leaders" and self._stands_alone(c)}
        for tie in ties:
            declared = relationship_kind(tie.kind)
            for kind, end in ((declared.source, tie.from_id), (declared.target, tie.to_id)):
                found.setdefault((kind, end), self._own.get((kind, end)) or self._end(kind, end))
        return list(found.values())

    def _stands_alone(self, claim: Claim) -> bool:
        """Whether something is told of the person beyond the name that went with it."""
        if claim.key != self.person or set(claim.values) - {"name"}:
            return bool(claim.values)
        log = [*self._writer.decisions(OWN_WORD), *self._said]
        word = words_of(log, self._identity.canonical).get((self.person, "name", ""))
        return word is not None and word.said in (Said.TOLD, Said.CONFIRMED)

    def _end(self, kind: str, record: str) -> Claim:
        """What a tie ends at: by the names that it has now, for the case that nobody else says anything of it."""
        if kind == "leaders":
            name = self.standing.values["name"] if record == self.person else None
            return self._claim(kind, record, {"name": name} if name else {})
        about = list(self._writer.claims_about(kind, [self._identity.canonical(record)]))
        values = derive(kind, record, about, self._identity).values if about else {}
        return self._claim(kind, record, {n: values[n] for n in _NAMED.get(kind, ()) if values.get(n) is not None})
