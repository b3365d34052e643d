"""Who the client is: the other end of the connection, or whom a proxy that the settings name says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

__all__ = ["client_address"]


def client_address(environ: Mapping[str, Any], proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """The address of the client of a request (WSGI environment).

    Only ``X-Forwarded-For`` counts, and only its entries from the right as long as each was written by one of
    ``proxies``: whatever stands further left was sent by the client, who may write what he likes. ``Forwarded`` and all
    other headers of this kind are ignored.
    """
    peer = str(environ.get("REMOTE_ADDR", ""))
    found = _address(peer)
    told = str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    while found is not None and told and any(found in network for network in proxies):
        before = _address(told.pop())
        if before is None:
            break
        found = before
    return peer if found is None else str(found)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
