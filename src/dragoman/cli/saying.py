"""What is said on stderr: for people, or with --log-format json as a JSON object a line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import click


def say(*messages: str, level: Literal["info", "error"] = "info") -> None:
    """Say something that is not the result."""
    context = click.get_current_context(silent=True)
    if context is None or context.find_root().params.get("log_format") != "json":
        for message in messages:
            click.echo(message, err=True)
        return
    import msgspec

    for message in messages:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": level,
            "command": context.info_name,
            "message": message,
        }
        click.echo(msgspec.json.encode(line), err=True)
