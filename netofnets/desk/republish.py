"""Publish in a process of its own, which goes on when this one ends: ``python -m netofnets.desk.republish``."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from netofnets.settings import SETTINGS, Settings, load_settings

__all__ = ["republish"]


def republish(settings: Settings) -> None:
    """Begin to publish the home of ``settings``; one that is under way is waited for, there."""
    given = {setting.variable: settings[setting.name] for setting in SETTINGS if settings[setting.name]}
    given["NETOFNETS_HOME"] = str(settings.home)
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "netofnets.desk.republish"],
        env=os.environ | given,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=child.wait, daemon=True).start()  # so that it does not stay behind when it has ended


def _work() -> None:
    # Only here, in the process that does it: whoever begins it need not load the analyses.
    from netofnets.publish import publish
    from netofnets.store import open_store

    settings = load_settings()
    store = open_store(settings.store, settings)
    try:
        publish(store, settings.home, {"seed": settings.integer("seed")})
    finally:
        store.close()


if __name__ == "__main__":
    _work()
