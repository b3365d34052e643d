"""Who the client is: only what a named proxy wrote counts, however many there are."""

from ipaddress import ip_network

import pytest

from web.client import client_address

PROXIES = tuple(ip_network(one) for one in ("127.0.0.1", "10.0.0.0/8", "::1"))


@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),  # a stranger's own header
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what stands left of it the client wrote
        ("127.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "owner, <script>", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9:4711", "127.0.0.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("", "203.0.113.9", ""),
    ],
)
def test_only_what_a_named_proxy_wrote_counts(peer, told, client):
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": told, "HTTP_FORWARDED": "for=198.51.100.1"}
    assert client_address(environ, PROXIES) == client
    assert client_address(environ, ()) == peer.replace("::ffff:", "")
