"""The command ``netofnets serve``: the map in a browser."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import click

from netofnets.errors import SettingsError
from netofnets.settings import Settings, load_settings

if TYPE_CHECKING:
    from flask import Flask

    from netofnets.accounts.gate import Gate
    from web.warming import Warming

__all__ = ["serve"]

_TRIES = 20  # ports looked at after one that is taken


@click.command()
@click.option("--home", metavar="DIR", help="Folder of the database and the published snapshots.")
@click.option("--store", metavar="URL", help="Taken for symmetry with the other commands; the map reads the home only.")
@click.option("--host", metavar="ADDRESS", help="Address to serve on (default 127.0.0.1).")
@click.option("--port", metavar="N", help="Port; 0 takes a free one (default 8765, or the next free one).")
@click.option(
    "--viewer",
    type=click.Choice(["organizer", "anonymous", "link"]),
    help="Who looks (default: an organizer by the link that is printed, else anonymous; link: also off loopback).",
)
@click.option("--workers", metavar="N", help="Processes that serve (default: 1; on a shared map one a core, up to 4).")
@click.option("--open", "open_browser", is_flag=True, help="Open the address in a browser.")
def serve(
    home: str | None,
    store: str | None,
    host: str | None,
    port: str | None,
    viewer: str | None,
    workers: str | None,
    open_browser: bool,
) -> None:
    """Serve what is published as a map in the browser, until Ctrl-C.

    With the setting mode at shared, people sign in (`netofnets account`); docs/deploy.md says how to run that.
    """
    from netofnets.graph.memory import lean, without_pandas
    from web.app import create_app
    from web.logs import write_log
    from web.workers import how_many

    write_log()
    lean()
    without_pandas()
    settings = load_settings(home=home, store=store, host=host, port=port, viewer=viewer, workers=workers)
    _finish_what_was_cut_off(settings)
    app = create_app(settings)
    number = how_many(settings, alone="netofnets-door" in app.extensions)
    listener = listen(settings["host"], settings.integer("port"), explicit=port is not None)
    warming = _warmed(app, number)
    address = _told(app, settings, listener)
    if open_browser:
        click.launch(address)
    _run(app, listener, number, warming)
    click.echo("Ended.")


def _told(app: Flask, settings: Settings, listener: socket.socket) -> str:
    """Say where the map is; the address to open."""
    gate: Gate | None = app.extensions.get("netofnets-gate")
    address = address_of(settings, listener)
    if gate is not None:
        click.echo(f"People sign in at {gate.public_url}/sign-in; its proxy hands on to {address}")
        address = gate.public_url + "/"
    click.echo(f"netofnets is at {address} (Ctrl-C ends it). It shows what is published in {settings.home}")
    if (door := app.extensions.get("netofnets-door")) is not None:
        door.tell = lambda path: click.echo(f"As its organizer, open {address.rstrip('/')}{path} (it works once)")
        invitation = door.invite()
        door.tell(invitation)
        address = address.rstrip("/") + invitation
    return address


def _warmed(app: Flask, number: int) -> Warming:
    """What makes indexes; with several processes it has made those of today, which all have in common, in memory once.

    One process makes them while it answers.
    """
    from netofnets.graph.memory import settle
    from web.warming import Warming

    warming = Warming(app)
    if number > 1:
        _load_what_all_need()
        warming.now()
        settle()
    return warming


def _run(app: Flask, listener: socket.socket, number: int, warming: Warming) -> None:
    from web.serving import run
    from web.workers import run_together

    if number == 1:
        run(app, listener, 0, warming)
    else:
        first = os.getpid()
        # The first process answers nobody, so it must not hold what is published against being cleared away.
        run_together(number, lambda: run(app, listener, first, warming), app.extensions["netofnets-current"].close)


def _load_what_all_need() -> None:
    """Words and weights that every process searches with, loaded before they part: they are in memory once."""
    from netofnets.services.find.embedder import shipped_embedder
    from netofnets.services.find.thesaurus import thesaurus

    thesaurus()
    shipped_embedder()


def _finish_what_was_cut_off(settings: Settings) -> None:
    """An erasure or a restore that was cut off is brought to its end first, or nothing is served."""
    from netofnets.desk.erasures import open_erasures
    from netofnets.store.restoring import settle_home

    settle_home(settings.home)
    if not open_erasures(settings.home):
        return
    from netofnets.desk.erase import finish_erasures
    from netofnets.store import open_store

    with closing(open_store(settings.store, settings)) as opened:
        finished = finish_erasures(opened, settings.home, {"seed": settings.integer("seed")})
    click.echo(f"Finished {finished} erasure{'s' * (finished > 1)} that had been cut off.")


def listen(host: str, port: int, *, explicit: bool) -> socket.socket:
    """A listening socket. A taken port that was asked for is an error; else the next free one is used."""
    if not 0 <= port <= 65535:
        raise SettingsError(f"port must be between 0 and 65535, not {port}")
    last = port if explicit or port == 0 else min(port + _TRIES, 65535)
    fault: OSError | None = None
    for number in range(port, last + 1):
        try:
            return _bound(host, number)
        except OSError as error:
            fault = error
    raise SettingsError(
        f"cannot serve on {host}, port {port}: {fault}; choose another with --port, or --port 0 for any"
    )


def address_of(settings: Settings, listener: socket.socket) -> str:
    """The address to open in a browser on this machine."""
    host = settings["host"]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - looked for, not bound
    return f"http://{shown}:{listener.getsockname()[1]}/"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: SO_REUSEADDR there lets two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
