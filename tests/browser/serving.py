"""A server in this process for pages that a browser looks at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from netofnets.settings import load_settings
from web.app import create_app


@contextmanager
def served(home: Path, **settings: str) -> Iterator[str]:
    """The address, without a slash at its end, of a server on a free port; the organizer looks."""
    app = create_app(load_settings(environ={}, home=str(home), **{"viewer": "organizer", **settings}))
    server = make_server("127.0.0.1", 0, _static_is_kept(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["netofnets-current"].close()


def _static_is_kept(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The same, but that a browser asks once for each script and style, not again with every page of a test."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if environ["PATH_INFO"].startswith("/static/"):
                headers = [one for one in headers if one[0] != "Cache-Control"] + [("Cache-Control", "max-age=3600")]
            return start(status, headers, *more)

        return app(environ, begin)

    return answer
