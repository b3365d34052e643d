"""Which tests stay on one worker when the suite runs on several: those that share what is expensive to make."""

from __future__ import annotations

import pytest

__all__ = ["KEPT", "group_of", "keep_together"]

KEPT = "NETOFNETS_TEST_KEPT"
"""The environment variable that names the folder of what all workers share; ``tests/conftest.py`` makes it."""

FIRST = ("neo4j_access", "browser", "spark")  # one of each is what is dear, whatever else a test shares
BY_PARAMETER = {"neo4j": "neo4j_access", "spark": "spark"}  # asked for by a parameter, so among no fixtures
BY_FILE = "browser"  # several browsers side by side take less time than one
# Of one for each worker: what is published for them is made once for all workers (tests/published.py).
CHEAP = {
    "apps", "blocks", "example", "home", "publish_graph", "quick",
    "shared_data", "shared_home", "shared_tools", "small",
}  # fmt: skip
WIDE = ("session", "package")
# A worker that has a long test left when the others are done keeps all waiting: the rooms of short tests come last.
SHORT = tuple(f"tests/{room}/" for room in ("analysis", "graph", "resolution", "schema", "services", "store"))


def keep_together(items: list[pytest.Item]) -> None:
    """Mark every test that shares something with the name of what it shares; the others go wherever there is room.

    Those go in the order of ``items``, after all that stay together: so the rooms of short tests are put last.
    """
    for item in items:
        if group := group_of(item):
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: item.nodeid.startswith(SHORT))


def group_of(item: pytest.Item) -> str:
    """The widest fixture of ours that the test shares with others; empty when there is none."""
    info = getattr(item, "_fixtureinfo", None)
    if info is None:
        return ""
    ours = [found[-1] for found in info.name2fixturedefs.values() if found[-1].baseid]
    shared = {one.argname: one.scope for one in ours if one.scope != "function"}
    for value in getattr(getattr(item, "callspec", None), "params", {}).values():
        if isinstance(value, str) and value in BY_PARAMETER:
            return BY_PARAMETER[value]
    for name in FIRST:
        if name in shared:
            return f"{name} {item.nodeid.split('::')[0]}" if name == BY_FILE else name
    for name, scope in sorted(shared.items(), key=lambda one: (one[1] not in WIDE, one[0])):
        if name not in CHEAP or scope not in WIDE:
            return name if scope in WIDE else item.nodeid.split("::")[0]
    return ""
