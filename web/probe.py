"""The command ``netofnets ready``: whether the program that serves this home can answer. Containers ask it."""

from __future__ import annotations

import http.client
import json

import click

from netofnets.errors import NetOfNetsError
from netofnets.settings import Settings, load_settings
from web.health import READY

__all__ = ["NotReady", "ready"]

_PATIENCE = 8.0  # seconds


class NotReady(NetOfNetsError):
    """Nothing answers there, or what answers cannot show the map."""


@click.command()
@click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
@click.option("--port", metavar="N", help="Port that the map is served on (default: that of the settings).")
def ready(home: str | None, port: str | None) -> None:
    """Ask the running `netofnets serve` whether it is ready; the exit code is 0 when it is.

    Ready means: something is published, whole and open, and on a shared map the accounts can be read.
    """
    settings = load_settings(home=home, port=port)
    status, told = _asked(settings)
    if status != 200:
        raise NotReady("; ".join(told.get("missing", [])) or f"the program answers {status}")
    click.echo("ready" + (": what was published last is damaged, the map before is shown" * bool(told["stands_in"])))


def _asked(settings: Settings) -> tuple[int, dict[str, list[str]]]:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings["host"], settings["host"])  # noqa: S104 - looked for, not bound
    connection = http.client.HTTPConnection(host, settings.integer("port"), timeout=_PATIENCE)
    try:
        # It answers to its own names only.
        connection.request("GET", READY, headers={"Host": (settings.listed("trusted_hosts") or ["localhost"])[0]})
        answer = connection.getresponse()
        told = json.loads(answer.read() or b"{}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReady(
            f"nothing that can be asked answers on {host}, port {settings['port']} ({error or type(error).__name__}); "
            "is netofnets serve running?"
        ) from None
    finally:
        connection.close()
    return answer.status, told
