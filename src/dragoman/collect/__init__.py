"""From files, pages, feeds, archives and tables to reports: main text, publication date, what is not the report."""

from __future__ import annotations

from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetcher
from dragoman.collect.files import LIMIT
from dragoman.collect.formats import ENDINGS
from dragoman.collect.formats.columns import Columns
from dragoman.collect.inputs import File, Input, Page, collect, collected, files
from dragoman.collect.online import online
from dragoman.collect.reports import Collected

__all__ = [
    "ENDINGS",
    "LIMIT",
    "BadInput",
    "Collected",
    "Columns",
    "Fetcher",
    "File",
    "Input",
    "Page",
    "collect",
    "collected",
    "files",
    "online",
]
