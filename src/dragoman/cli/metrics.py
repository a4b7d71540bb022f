"""Figures of a running watch for Prometheus, on this machine alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dragoman.store import Round


def metrics_at(port: int) -> Callable[[Round], None]:
    """Begin to answer at http://127.0.0.1:PORT/metrics; gives what is to be called after each round."""
    try:
        from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server
    except ModuleNotFoundError:
        raise click.ClickException("--metrics needs a package: pip install 'dragoman[metrics]'") from None

    registry = CollectorRegistry()
    rounds = Counter("dragoman_rounds", "Rounds of the watch.", registry=registry)
    announced = Counter("dragoman_pages_announced", "New pages that feeds announced.", registry=registry)
    passed = Counter("dragoman_pages_passed", "Pages of another topic.", registry=registry)
    read = Counter("dragoman_reports_read", "Reports read into the dossier.", registry=registry)
    trouble = Counter("dragoman_troubles", "Feeds and pages that could not be had or read.", registry=registry)
    last = Gauge("dragoman_last_round_timestamp_seconds", "When the last round ended.", registry=registry)
    try:
        start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError as err:
        raise click.ClickException(f"port {port} cannot be used ({err.strerror}); take another: --metrics") from None

    def counted(found: Round) -> None:
        rounds.inc()
        announced.inc(found.announced)
        passed.inc(found.passed)
        read.inc(len(found.read))
        trouble.inc(len(found.messages))
        last.set(time.time())

    return counted
