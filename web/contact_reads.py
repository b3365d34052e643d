"""On a shared map: whose contact data an answer shows is noted before it is given, whichever page it is."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, g, request

from netofnets.accounts.contact_reads import ContactRead
from netofnets.errors import NetOfNetsError
from netofnets.graph.published import Edition
from netofnets.schema.identity import Identity
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.viewer import ORGANIZER
from netofnets.store.base import Store
from web.failures import not_noted
from web.session import client, gate_of, session

__all__ = ["add_contact_reads", "contact_reads_of"]

# Wider than an address may be written: what is found is looked up among those that are on the map.
_ADDRESS = re.compile(r"[^\s\"'<>,;:()\[\]\\&?=]{1,64}@[^\s\"'<>,;:()\[\]\\&?=/]{3,255}")
_ONCE = 3600  # seconds within which a second look of the same account at the same person is the same look
_MOST = 10_000


class _Lately:
    """Which looks were noted within the last hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._noted: OrderedDict[tuple[str, str], float] = OrderedDict()

    def fresh(self, account: str, people: Collection[str]) -> list[str]:
        """Those of the people whom the account was not shown in the last hour."""
        now = time.monotonic()
        with self._lock:
            return [one for one in people if now - self._noted.get((account, one), -_ONCE) >= _ONCE]

    def keep(self, account: str, people: Collection[str]) -> None:
        """These looks have been noted."""
        now = time.monotonic()
        with self._lock:
            for one in people:
                self._noted.pop((account, one), None)
                self._noted[account, one] = now
            while len(self._noted) > _MOST:
                self._noted.popitem(last=False)


def add_contact_reads(app: Flask) -> None:
    """Look through every answer to somebody who has signed in; what cannot be noted is not shown."""
    lately = _Lately()

    @app.after_request
    def note_reads(response: Response) -> Response:
        gate, found = gate_of(), session()
        if gate is None or found is None or response.is_streamed or request.endpoint == "static":
            return response
        people = _shown(response.get_data(), g.get("published")) | g.get("reachable", frozenset())
        people -= {g.viewer.who.record}
        if people and (fresh := lately.fresh(found.account.id, people)):
            try:
                gate.contact_reads.note(fresh, who=found.account.id, origin=client())
            except NetOfNetsError as error:
                return not_noted(error)
            lately.keep(found.account.id, fresh)
        return response


def contact_reads_of(store: Store, record: str, published: Any) -> dict[str, list[Mapping[str, Any]]]:
    """Who looked at the contact data of a person, for the page of their own; named by role and networks."""
    gate = gate_of()
    if gate is None:
        return {"contact_reads": []}
    identity = Identity(store.judgements())
    records = {record, *identity.members(identity.canonical(record))}
    names = dict(zip(*published.edition("organizers").snapshot.labels("networks"), strict=True))
    return {"contact_reads": [_told(one, names) for one in gate.contact_reads.of(records)]}


def _told(one: ContactRead, names: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "time": one.time,
        "who": one.role,
        "networks": [names[network] for network in one.networks if network in names],
        "fields": list(one.fields),
    }


def _shown(data: bytes, published: Any) -> set[str]:
    """The people one of whose addresses stands in an answer, also as a link to write to them."""
    if published is None or (b"@" not in data and b"%40" not in data):
        return set()
    text = data.decode("utf-8", "replace")
    if "%40" in text:
        text += " " + unquote(text)
    known = _addresses(published.edition("organizers"), index_of(published, ORGANIZER))
    return {person for found in _ADDRESS.findall(text) for person in known.get(found.rstrip(".").lower(), ())}


def _addresses(edition: Edition, index: EditionIndex) -> Mapping[str, tuple[str, ...]]:

    def build() -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        leaders = edition.snapshot.nodes["leaders"]
        for person, address in zip(leaders["id"].to_pylist(), leaders["email"].to_pylist(), strict=True):
            if address:
                found[address.lower()] = (*found.get(address.lower(), ()), person)
        return found

    return index.once("addresses", build)
