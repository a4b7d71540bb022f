"""Running the server: on this machine alone unless a token says otherwise, on a free port, until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from threading import Thread, Timer

import uvicorn

from dragoman.store import Place
from dragoman.web.app import create_app
from dragoman.web.counting import Counted

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    place: Place,
    *,
    host: str,
    port: int,
    token: str | None,
    browser: bool,
    say: Callable[[str], None],
    counted: Counted | None = None,
) -> None:
    """Serve the dossier at `place` until interrupted; `port` 0 takes a free one. Raises OSError when it cannot."""
    app = create_app(place, token=token, counted=counted)
    listening = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    say(f"{place.name} is at {address}  (Ctrl-C stops)")
    Thread(target=app.state.shelf.renew, daemon=True).start()  # what the first page needs
    if browser:
        opening = Timer(0.8, webbrowser.open, [address])
        opening.daemon = True
        opening.start()
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError:
        found.close()
        raise
    return found
