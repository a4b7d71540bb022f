"""`dragoman open` and `dragoman serve`: the dossier in a browser."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.metrics import metrics_option, serve_metrics
from dragoman.cli.opened import PLACE, opened

if TYPE_CHECKING:
    from dragoman.store import Place
    from dragoman.web.counting import Counted

LOOPBACK = ("127.0.0.1", "localhost", "::1")
port_option = click.option("--port", type=click.IntRange(0, 65535), default=0, help="Listen here; 0 takes a free port.")


@click.command("open")
@click.argument("dossier", required=False, type=PLACE)
@port_option
@click.option("--no-browser", is_flag=True, help="Only say the address.")
def open_(dossier: Place | None, port: int, no_browser: bool) -> None:
    """Open DOSSIER in the browser; one that is missing is made, empty.

    Without a file nothing is kept: the reports that you add are gone when the command ends.

    \b
    dragoman open crisis.db
    dragoman open
    """
    if dossier is not None:
        _run(dossier, make=True, port=port, browser=not no_browser)
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        click.echo("No file was named: what you add is kept only until this command ends.", err=True)
        _run(Path(folder) / "unsaved.db", make=True, port=port, browser=not no_browser)


@click.command()
@click.argument("dossier", type=PLACE)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Listen here; another than loopback needs a token."
)
@port_option
@click.option("--token", envvar="DRAGOMAN_TOKEN", help="Answer only who has this; or DRAGOMAN_TOKEN.")
@metrics_option
def serve(dossier: Place, host: str, port: int, token: str | None, metrics: int | None) -> None:
    """Serve DOSSIER to browsers: to this machine, or with --host and --token to a team.

    \b
    dragoman serve crisis.db --port 8750
    DRAGOMAN_TOKEN=… dragoman serve crisis.db --host 0.0.0.0 --port 8750
    """
    if host not in LOOPBACK and not token:
        raise click.UsageError(
            f"--host {host} lets other machines read and change the dossier, so it needs a token of at least 16 "
            "characters: --token, or better DRAGOMAN_TOKEN, for example from: openssl rand -hex 16"
        )
    if token is not None and len(token) < 16:
        raise click.UsageError("the token has fewer than 16 characters; make one with: openssl rand -hex 16")
    _run(dossier, host=host, port=port, token=token, counted=serve_metrics(metrics) if metrics else None)


def _run(
    place: Place,
    *,
    make: bool = False,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    browser: bool = False,
    counted: Counted | None = None,
) -> None:
    """Serve a dossier; a slip of the pen must not serve an empty board to a team, so only `make` makes one."""
    try:
        from dragoman.web.run import serve as run
    except ImportError as err:
        raise click.ClickException(
            f"the pages need packages that are not here ({err.name}): make install, or pip install 'dragoman[web]'"
        ) from None
    with opened(place, make=make):  # what is wrong with it is said before anything is served
        pass
    try:
        run(place, host=host, port=port, token=token, browser=browser, counted=counted,
            say=lambda words: click.echo(words, err=True))  # fmt: skip
    except KeyboardInterrupt:  # the way to end it, no accident
        click.echo("Stopped.", err=True)
    except OSError as err:
        raise click.ClickException(
            f"cannot listen on {host} port {port} ({err.strerror}); name another with --port, or 0 for a free one"
        ) from None
