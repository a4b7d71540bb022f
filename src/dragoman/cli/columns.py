"""The options that say what the columns of a table of reports hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

OPTIONS = {
    "text": "the text",
    "title": "the title",
    "date": "the day of publication",
    "outlet": "the outlet",
    "id": "a row's own id",
}
FIELDS = {"date": "published"}


def columns_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--text-column` and its like, and hand it the names given, as `Columns` takes them."""

    @wraps(command)
    def with_columns(**given: Any) -> Any:
        named = {FIELDS.get(name, name): given.pop(f"{name}_column") for name in OPTIONS}
        return command(columns=named, **given)

    for name, what in reversed(OPTIONS.items()):
        click.option(f"--{name}-column", metavar="NAME", help=f"The column of a table that holds {what}.")(with_columns)
    return with_columns
