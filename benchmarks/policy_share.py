"""What deciding who may see what costs: its share of the CPU time of a request, page by page.

    python -m benchmarks.policy_share [--home HOME]

Without ``--home`` the made-up example is loaded and published first. A shared map answers an owner, an organizer of a
network and somebody who has no more than an account, each page 30 times under the profiler, with no answer kept.
Counted are finding the session, the rule of the route, the rates, the lists of who withdrew, cutting people and fields
down for a circle, and noting who reads contact data. The goal is 30 % of a page at most.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from benchmarks.pages import published_example
from netofnets.accounts.gate import open_accounts, open_gate
from netofnets.accounts.model import AccountRole
from netofnets.graph.published import Published
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.web.signing import HOST, browser
from web.app import create_app
from web.session import COOKIE

TIMES = 30
POLICY = {  # file, function: the outermost of each; none is called by another one here
    ("web/session.py", "know_session"),
    ("web/rules.py", "obey"),
    ("web/rates.py", "count"),
    ("web/withdrawn.py", "gone"),
    ("web/withdrawn.py", "without"),
    ("web/withdrawn.py", "check_answer"),
    ("web/contact_reads.py", "note_reads"),
    ("netofnets/graph/circle.py", "circle_of"),
    ("netofnets/services/person/circle.py", "is_known"),
}


def share(app: Flask, cookie: str, path: str) -> tuple[float, float]:
    """Milliseconds of CPU of a request, and the share of it that decides who may see what."""
    client = browser(app)
    client.set_cookie(COOKIE, cookie, domain=HOST, secure=True)
    assert client.get(path, follow_redirects=True).status_code == 200, path
    profile = cProfile.Profile()
    for number in range(TIMES):
        app.extensions["netofnets-kept"].clear()
        profile.enable()
        client.get(f"{path}{'&' if '?' in path else '?'}n={number}", follow_redirects=True)
        profile.disable()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    spent = sum(found[3] for key, found in stats.items() if any(_is(key, one) for one in POLICY))
    whole = sum(found[3] for (file, _, name), found in stats.items() if name == "wsgi_app" and file.endswith("app.py"))
    return 1000 * whole / TIMES, spent / whole


def _is(key: tuple[str, int, str], one: tuple[str, str]) -> bool:
    return key[0].endswith(one[0]) and key[2] == one[1]


def _pages(home: Path) -> Iterator[tuple[str, str]]:
    with Published.current(home) as published:
        snapshot = published.edition("organizers").snapshot
        memberships = snapshot.edges["memberships"]
        network = snapshot.ids("networks")[int(memberships.target[0])].as_py()
        leader = snapshot.ids("leaders")[int(memberships.source[0])].as_py()
    yield "network", network
    yield "leader", leader


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if given.home:
            shutil.copytree(given.home, home, ignore=shutil.ignore_patterns("accounts.sqlite*"))
        else:
            published_example(home)
        ids = dict(_pages(home))
        accounts = open_accounts(home)
        people = {"owner": (), "organizer": (ids["network"],), "viewer": ()}
        made = {
            role: accounts.roll.add(f"{role}@x.example", AccountRole(role), scope, origin="benchmark")
            for role, scope in people.items()
        }
        settings = load_settings(environ={}, home=str(home), **{**SHARED, "account_rate": "10000"})
        gate = open_gate(settings)
        app = create_app(settings, gate=gate)
        print("| who | page | CPU under the profiler | share of policy and filter |\n|---|---|---|---|")
        pages = ["/networks", "/search?q=reading", "/atlas", "/bridges", f"/networks/{ids['network']}"]
        own = {"owner": [f"/leaders/{ids['leader']}", "/review"], "organizer": ["/circle", f"/circle/{ids['leader']}"]}
        worst = 0.0
        for role, account in made.items():
            for path in (*pages, *own.get(role, ())):
                cpu, part = share(app, gate.sessions.start(account, "benchmark"), path)
                worst = max(worst, part)
                shown = path.replace(ids["leader"], "ID").replace(ids["network"], "ID")
                print(f"| {role} | `{shown}` | {cpu:.1f} ms | {100 * part:.0f} % |")
        print(f"\nThe largest share is {100 * worst:.0f} %.")
        app.extensions["netofnets-post"].close()
        app.extensions["netofnets-current"].close()


if __name__ == "__main__":
    main()
