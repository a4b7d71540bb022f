"""From files of text to reports: encodings, publication dates, titles, and what of a page is not the report."""

from __future__ import annotations

from dragoman.collect.errors import BadInput
from dragoman.collect.files import LIMIT
from dragoman.collect.reports import Collected, collect

__all__ = ["LIMIT", "BadInput", "Collected", "collect"]
