"""The automatic judgements: the same email with a name that fits; everything else is left to people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from netofnets.resolution.normalise import compatible, is_role_mailbox
from netofnets.schema.identity import Identity
from netofnets.schema.records import Claim, Judgement, Verdict, last_verdicts

__all__ = ["MAX_SHARED", "RULE", "Shared", "blocked_chains", "judge_by_email", "shared_addresses"]

RULE = "rule:same-email"
MAX_SHARED = 25
"""An address on more records than this with names that differ is no person's address; nothing is judged by it."""

_Names = dict[str, set[str]]  # record id -> names that any source gives it


@dataclass(frozen=True, slots=True)
class Shared:
    """An address that several records state although they are not one person."""

    email: str
    records: tuple[str, ...]


def judge_by_email(claims: Iterable[Claim], log: Sequence[Judgement] = ()) -> list[Judgement]:
    """Judgements that follow from leaders' ``claims``, besides those in ``log``.

    ``same`` when all records with one address have names that fit each other, ``unsure`` for the pairs that do not.
    Pairs that were judged before are left alone, unless that was undone with its load.

    Rule: deterministic exact-email tier with a name guard; merging whole
    groups only when every pair fits keeps a name like ``A. Obi`` from joining Ada to Albert (no chains).
    """
    judged = {pair for pair, last in last_verdicts(log).items() if last.verdict is not Verdict.UNDONE}
    identity = Identity.of(log) if isinstance(log, tuple) else Identity(log)
    found: list[Judgement] = []
    for records in _by_address(claims).values():
        fitting = _fitting(records)
        if not fitting and len(records) > MAX_SHARED:
            continue
        pairs = _spanning(records, identity) if fitting else combinations(sorted(records), 2)
        for left, right in pairs:
            if (left, right) in judged or identity.canonical(left) == identity.canonical(right):
                continue
            judged.add((left, right))
            found.append(_judgement(left, right, records, fitting))
    return found


def _spanning(records: _Names, identity: Identity) -> list[tuple[str, str]]:
    """One pair for each cluster besides that of the first record: what is joined already is not judged again."""
    first, *others = sorted(records)
    clusters = {identity.canonical(first): first}
    for other in others:
        clusters.setdefault(identity.canonical(other), other)
    return [(first, other) for other in clusters.values() if other != first]


def _judgement(left: str, right: str, records: _Names, fitting: bool) -> Judgement:
    names = f"{min(records[left])!r} and {min(records[right])!r}"
    if fitting:
        return Judgement(left, right, Verdict.SAME, RULE, f"Same email address, and the names {names} fit each other.")
    if _fits(records[left], records[right]):
        why = f"Same email address; the names {names} fit, but others with this address do not."
    else:
        why = f"Same email address, but the names {names} do not fit each other."
    return Judgement(left, right, Verdict.UNSURE, RULE, why)


def shared_addresses(claims: Iterable[Claim]) -> list[Shared]:
    """Addresses stated by several records that are not merged by it: role mailboxes, and names that do not fit."""
    groups = _by_address(claims, roles=True)
    return [
        Shared(email, tuple(sorted(records)))
        for email, records in sorted(groups.items())
        if is_role_mailbox(email) or not _fitting(records)
    ]


def blocked_chains(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> list[tuple[str, str]]:
    """Pairs that share a page and fit by name, but one of them is already joined to a name that does not fit."""
    by_page: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if page := claim.values.get("url"):
            by_page[str(page)].add(claim.key)
    if all(len(records) == 1 for records in by_page.values()):
        return []
    identity = Identity(judgements)
    names: _Names = defaultdict(set)
    clusters: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        names[claim.key].add(str(claim.values.get("name") or ""))
        clusters[identity.canonical(claim.key)].add(claim.key)
    blocked = []
    for records in by_page.values():
        for left, right in combinations(sorted(records), 2) if len(records) <= MAX_SHARED else ():
            a, b = identity.canonical(left), identity.canonical(right)
            if a != b and _fits(names[left], names[right]):
                whole = [name for record in clusters[a] | clusters[b] for name in names[record]]
                if not _all_fit(whole):
                    blocked.append((left, right))
    return blocked


def _by_address(claims: Iterable[Claim], *, roles: bool = False) -> dict[str, _Names]:
    """Addresses on more than one record, with the records and their names."""
    groups: dict[str, _Names] = {}
    for claim in claims:
        email = claim.values.get("email")
        if claim.kind == "leaders" and isinstance(email, str):
            names = groups.setdefault(email.casefold(), {}).setdefault(claim.key, set())
            names.add(str(claim.values.get("name") or ""))
    return {e: records for e, records in groups.items() if len(records) > 1 and (roles or not is_role_mailbox(e))}


def _fitting(records: _Names) -> bool:
    return _all_fit([name for names in records.values() for name in names])


def _all_fit(names: Iterable[str]) -> bool:
    return all(compatible(a, b) for a, b in combinations(sorted(set(names)), 2))


def _fits(left: set[str], right: set[str]) -> bool:
    return all(compatible(a, b) for a in left for b in right)
