"""Figures of a running watch or server for Prometheus, on this machine alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from dragoman.store import Round
    from dragoman.web.counting import Counted

metrics_option = click.option(
    "--metrics", type=click.IntRange(1, 65535), metavar="PORT",
    help="Give figures to Prometheus at this port of this machine.",
)  # fmt: skip


def watch_metrics(port: int) -> Callable[[Round], None]:
    """Begin to answer at http://127.0.0.1:PORT/metrics; gives what is to be called after each round."""
    registry = _answering(port)
    from prometheus_client import Counter, Gauge

    rounds = Counter("dragoman_rounds", "Rounds of the watch.", registry=registry)
    announced = Counter("dragoman_pages_announced", "New pages that feeds announced.", registry=registry)
    passed = Counter("dragoman_pages_passed", "Pages of another topic.", registry=registry)
    read = Counter("dragoman_reports_read", "Reports read into the dossier.", registry=registry)
    trouble = Counter("dragoman_troubles", "Feeds and pages that could not be had or read.", registry=registry)
    last = Gauge("dragoman_last_round_timestamp_seconds", "When the last round ended.", registry=registry)

    def counted(found: Round) -> None:
        rounds.inc()
        announced.inc(found.announced)
        passed.inc(found.passed)
        read.inc(len(found.read))
        trouble.inc(len(found.messages))
        last.set(time.time())

    return counted


def serve_metrics(port: int) -> Counted:
    """Begin to answer as above; gives what is to be called after each request."""
    registry = _answering(port)
    from prometheus_client import Counter, Gauge, Histogram

    labels = ("page", "status")
    asked = Counter("dragoman_requests", "Requests, by page and status.", labels, registry=registry)
    took = Histogram("dragoman_request_seconds", "Seconds from a request to its answer.", ("page",), registry=registry)
    size = Gauge("dragoman_dossier_rows", "Rows of the dossier that is shown, by list.", ("list",), registry=registry)

    def counted(page: str, status: int, seconds: float, rows: dict[str, int]) -> None:
        asked.labels(page, str(status)).inc()
        took.labels(page).observe(seconds)
        for name, count in rows.items():
            size.labels(name).set(count)

    return counted


def _answering(port: int) -> CollectorRegistry:
    try:
        from prometheus_client import CollectorRegistry, start_http_server
    except ModuleNotFoundError:
        raise click.ClickException("--metrics needs a package: pip install 'dragoman[metrics]'") from None
    registry = CollectorRegistry()
    try:
        start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError as err:
        raise click.ClickException(f"port {port} cannot be used ({err.strerror}); take another: --metrics") from None
    return registry
