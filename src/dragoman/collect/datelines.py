"""The day in a report's dateline."""

from __future__ import annotations


def dateline(text: str) -> str | None:
    """The ISO day of a dateline, or None."""
    return None
