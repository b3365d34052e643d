"""Whether an address is this machine."""

from __future__ import annotations

from ipaddress import ip_address

__all__ = ["is_loopback"]


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its number: a name could lead elsewhere."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
