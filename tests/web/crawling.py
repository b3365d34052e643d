"""Follows links and sends forms of a map as one reader, in process or through the real server; looks at each answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlencode

from tests.web.addresses import leader
from tests.web.shared_server import Answer, Server
from tests.web.signing import OWN

__all__ = ["EXPECTED", "NASTY_FORMS", "PRIVATE", "Through", "crawled"]

EXPECTED = {200, 301, 302, 303, 304, 400, 403, 404, 405, 409, 413, 422, 429, 503}
NASTY_FORMS = ("<script>alert(1)</script>", "\x00\r\nX: y", "' OR 1=1 --", "9" * 400, leader("west6"))
PRIVATE = re.compile(r"sousa|jansen|nu[nñ]ez|one\.example", re.IGNORECASE)
"""Of the people in the roster of test_machine.py: in no address, no name of a file, no log."""
# What ends the session or begins a process of its own is tried elsewhere.
LEFT_OUT = ("/sign-out", "/mine/leave", "/mine/level", "/import")


class Found(HTMLParser):
    """The links of a page, and its forms: address, method, and fields with the value that the page gives them."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "a" and (told.get("href") or "").startswith("/"):
            self.links.append(told["href"])
        if tag == "form":
            self.forms.append((told.get("action", ""), told.get("method", "get").lower(), {}))
        elif tag in ("input", "select", "textarea", "button") and told.get("name") and self.forms:
            self.forms[-1][2].setdefault(told["name"], told.get("value") or "")


@dataclass(frozen=True)
class Page:
    """An answer of the real server, as the client of tests gives those of the program."""

    status_code: int
    headers: object
    text: str
    mimetype: str


class Through:
    """A reader who asks the server as it is deployed; what each answer there must have is looked at here."""

    def __init__(self, server: Server, mark: str) -> None:
        self._server, self._mark = server, f"Cookie: {mark}"

    def get(self, address):
        assert self._server.ask(address, self._mark, host="evil.example").status == 400, address
        return self._page(self._server.ask(address, self._mark))

    def post(self, address, data, headers):
        body = urlencode(data)
        lines = [f"POST {address} HTTP/1.1", "Host: localhost", self._mark, "Origin: https://evil.example"]
        foreign = self._server.raw([*lines, "Content-Type: application/x-www-form-urlencoded"], body)
        assert foreign.status == 403, (address, foreign.status)
        return self._page(self._server.send(address, body, self._mark))

    def _page(self, answer: Answer) -> Page:
        for name in ("Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy"):
            assert answer.headers[name], name
        return Page(answer.status, answer.headers, answer.text, answer.headers.get_content_type())


def crawled(client, starts, *, most_pages=45, most_forms=1_000, whole=True, nasty=NASTY_FORMS):
    """Follow links and send forms, as they are and filled with what nobody would type; which forms were sent.

    A form that asks (GET) is another one at another address; without ``whole`` it is sent once.
    """
    waiting, seen, tried = list(starts), set(starts), {}
    while waiting and len(seen) - len(waiting) < most_pages:
        address = waiting.pop(0)
        page = checked(client.get(address), address)
        found = Found(page.text if page.mimetype == "text/html" else "")
        assert not [link for link in found.links if PRIVATE.search(unquote(link))], address
        fresh = [link for link in dict.fromkeys(found.links) if link not in seen and not link.startswith("/sign-out")]
        seen.update(fresh)
        waiting += fresh
        for action, method, fields in found.forms:
            key = (action if method == "get" and whole else action.partition("?")[0], tuple(fields))
            if action.startswith(LEFT_OUT) or key in tried or len(tried) >= most_forms:
                continue
            tried[key] = f"{method} {action.partition('?')[0]}"
            for filled in (fields, *(dict.fromkeys(fields, value) for value in nasty)):
                if method == "get":
                    checked(client.get(f"{action}?{urlencode(filled)}"), action)
                else:
                    checked(client.post(action, data=filled, headers=OWN), action)
    return set(tried.values())


def checked(answer, address):
    assert answer.status_code in EXPECTED, (address, answer.status_code)
    for name in ("Location", "Content-Disposition"):
        assert not PRIVATE.search(unquote(answer.headers.get(name) or "")), (address, name)
    assert answer.headers["Content-Security-Policy"] and "X" not in answer.headers
    assert answer.mimetype != "text/html" or "<script>alert" not in answer.text
    return answer
