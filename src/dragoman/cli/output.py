"""Printing a dossier on stdout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from dragoman.records import Dossier

if TYPE_CHECKING:
    from rich.console import Console

Format = Literal["board", "json", "md"]

format_option = click.option(
    "--format", "form", type=click.Choice(["board", "json", "md"]), default="board", show_default=True,
    help="The board for the terminal, the dossier as JSON, or a footnoted brief in Markdown.",
)  # fmt: skip
all_option = click.option("--all", "everything", is_flag=True, help="Show every event, not only the weightiest.")


def tell(dossier: Dossier, *, form: Format, everything: bool) -> None:
    """Print the dossier in one of its forms."""
    if form == "json":
        from dragoman.tell.export import to_json

        sys.stdout.buffer.write(to_json(dossier))
        sys.stdout.buffer.flush()
    elif form == "md":
        from dragoman.tell.markdown import markdown

        click.echo(markdown(dossier, everything=everything))
    else:
        from dragoman.tell.board import render

        render(dossier, console(), everything=everything)


def console() -> Console:
    """The terminal, or the pipe, on stdout."""
    from rich.console import Console

    class Stdout(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # as from any other write; rich would leave with status 1

    return Stdout()
