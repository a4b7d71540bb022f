"""The command `dragoman`: one module a command, and nothing heavy imported before a command runs.

Exit status: 0 when something was read or shown; 1 when nothing could be, with the reason on stderr; 2 for a command
line that cannot be understood; 130 when interrupted. stdout carries the result only.
"""

from __future__ import annotations

import os
import sys

# One thread a process, and more processes for more speed: numpy's own threads wait for each other on small matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from dragoman import __version__
from dragoman.cli.backup import backup_
from dragoman.cli.brief import brief
from dragoman.cli.check import check
from dragoman.cli.codebook import codebook
from dragoman.cli.correct import correct, corrections
from dragoman.cli.diff import diff
from dragoman.cli.explain import explain
from dragoman.cli.export import export
from dragoman.cli.read import read
from dragoman.cli.rejects import rejects
from dragoman.cli.run import run, status
from dragoman.cli.saying import say
from dragoman.cli.schema import schema
from dragoman.cli.score import score
from dragoman.cli.serve import open_, serve
from dragoman.cli.show import show
from dragoman.cli.stages import stages
from dragoman.cli.stories import stories
from dragoman.cli.watch import watch

COMMANDS = (
    read,
    watch,
    run,
    status,
    show,
    open_,
    serve,
    stories,
    brief,
    diff,
    explain,
    correct,
    corrections,
    rejects,
    check,
    backup_,
    score,
    export,
    codebook,
    schema,
    stages,
)


class Commands(click.Group):
    """The group of commands; one who closes his end of a pipe has seen enough, which is no error."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except click.ClickException as err:
            if ctx.params.get("log_format") != "json":
                raise
            say(err.format_message(), level="error")
            ctx.exit(err.exit_code)
        return result


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="dragoman %(version)s")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="What is said on stderr: for people, or a JSON object a line.")  # fmt: skip
def dragoman(log_format: str) -> None:
    """Reads news reports of a political crisis and keeps the record: who did what to whom, when, and who said so.

    \b
    dragoman read *.txt --published 2019-01-25           read reports and show the board
    dragoman read *.txt --dates dates.tsv -d crisis.db   keep what was read
    dragoman show crisis.db                              show it again
    dragoman open crisis.db                              look at it in the browser
    dragoman explain crisis.db ID                        why a row says what it says
    dragoman diff crisis.db --since 2019-01-24           what was learned since
    dragoman correct crisis.db merge ID ID --reason …    decide what the reading got wrong

    Exit status: 0 something was read or shown, 1 nothing could be (the reason is on stderr), 2 the command line is
    wrong, 130 interrupted.
    """


for command in COMMANDS:
    dragoman.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        status = dragoman.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    except click.ClickException as err:
        err.show()
        sys.exit(err.exit_code)
    sys.exit(status if isinstance(status, int) else 0)
