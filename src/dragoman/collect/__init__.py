"""From files, pages, feeds, archives and tables to reports: main text, publication date, what is not the report."""

from __future__ import annotations

from dragoman.collect.errors import BadInput
from dragoman.collect.fetch import Fetcher
from dragoman.collect.files import LIMIT, expand, size_of
from dragoman.collect.formats import ENDINGS
from dragoman.collect.formats.columns import Columns
from dragoman.collect.online import online
from dragoman.collect.reports import Collected, collect

__all__ = ["ENDINGS", "LIMIT", "BadInput", "Collected", "Columns", "Fetcher", "collect", "expand", "online", "size_of"]
