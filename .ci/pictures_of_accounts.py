"""The pages of a shared map that somebody sees who has signed in, or is about to, for .ci/pictures.py.

A shared map is served over https by a name of its own. Here the browser asks for that name, and each request is
answered by the program in this process: no proxy, no certificate.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Route

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from netofnets.accounts.gate import open_accounts, open_gate  # noqa: E402
from netofnets.accounts.model import AccountRole  # noqa: E402
from netofnets.accounts.terms import current_terms  # noqa: E402
from netofnets.settings import load_settings  # noqa: E402
from tests.accounts.shared import SHARED  # noqa: E402
from web.app import create_app  # noqa: E402
from web.session import COOKIE  # noqa: E402

ORIGIN = SHARED["public_url"]

# By the name of the sheet: who looks, and the address.
ADDRESSES = {
    "sign-in": ("", "/sign-in"),
    "terms": ("member", "/terms"),
    "account": ("owner", "/account"),
    "my-page": ("member", "/mine"),
    "people-of-my-networks": ("member", "/circle"),
    "claim": ("viewer", "/claim"),
    "invitations": ("owner", "/invitations"),
    "disputes": ("owner", "/disputes"),
    "reports": ("owner", "/reports"),
}


def shared_map(home: Path, leader: str, network: str) -> Callable[[BrowserContext, str], None]:
    """Serves ``home`` as a shared map with made-up accounts: ``answer(context, role)`` lets somebody of a role look.

    ``leader`` is the record of the member, ``network`` that of the organizer.
    """
    open_accounts(home).roll.add("owner@made-up.example", AccountRole.OWNER, origin="pictures")
    settings = load_settings(environ={}, home=str(home), **SHARED)
    gate = open_gate(settings)
    app = create_app(settings, gate=gate)
    about = {"member": (leader,), "organizer": (network,)}
    tokens = {}
    for role in ("viewer", "member", "organizer", "owner"):
        address = f"{role}@made-up.example"
        known = gate.roll.find(address) or gate.roll.add(
            address, AccountRole(role), about.get(role, ()), origin="pictures"
        )
        gate.terms.accept(known, current_terms().version, origin="pictures")
        tokens[role] = gate.sessions.start(known, "pictures")

    def answer(context: BrowserContext, role: str) -> None:
        client = app.test_client()
        if role:
            client.set_cookie(COOKIE, tokens[role], domain=ORIGIN.removeprefix("https://"), secure=True)

        def fulfil(route: Route) -> None:
            found = client.get(route.request.url.removeprefix(ORIGIN), base_url=ORIGIN, follow_redirects=True)
            route.fulfill(status=found.status_code, headers={"Content-Type": found.content_type}, body=found.data)

        context.route("**/*", fulfil)

    return answer
