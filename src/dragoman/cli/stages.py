"""`dragoman stages`: the way of a report."""

from __future__ import annotations

import click

from dragoman.cli.output import console


@click.command()
def stages() -> None:
    """List the stages of understanding: what each needs, what it gives."""
    from rich import box
    from rich.table import Table

    from dragoman.understand import STAGES, check

    check()
    table = Table("stage", "what it finds", "needs", "gives", box=box.SIMPLE_HEAD)
    for stage in STAGES:
        table.add_row(stage.name, stage.about, ", ".join(stage.needs), ", ".join(stage.gives))
    console().print(table)
