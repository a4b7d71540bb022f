"""`dragoman read`: reports in, a dossier out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import knowledge_of, opened, reading_model, usable
from dragoman.cli.output import Format, all_option, format_option, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.collect import Collected
    from dragoman.knowledge import Knowledge
    from dragoman.store import Outcome, Store

file_option = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-d", "--dossier", type=click.Path(path_type=Path), help="Keep what is read in this file.")
@click.option("--published", metavar="DATE", help="The day of publication, YYYY-MM-DD, of reports that give none.")
@click.option("--dates", type=file_option, help="A table of publication days: file<TAB>published[<TAB>outlet].")
@format_option
@all_option
@click.option("--ontology", type=file_option, help="Predicates of your own, over the shipped ones.")
@click.option("--actors", type=file_option, help="Organisations and groups of your own, over the shipped ones.")
@click.option("--limit", type=click.FloatRange(min=0.001), default=5.0, show_default=True, metavar="MB",
              help="Set files aside that are larger than this.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="No progress and no remarks, only errors.")
def read(
    files: tuple[Path, ...],
    dossier: Path | None,
    published: str | None,
    dates: Path | None,
    form: Format,
    everything: bool,
    ontology: Path | None,
    actors: Path | None,
    limit: float,
    quiet: bool,
) -> None:
    """Read FILES and show what they say together; `-` reads one report from stdin, a folder gives its .txt files.

    Without -d nothing is written. With -d the dossier is kept and grows with every call; a report read twice changes
    nothing, and an interrupted call can be repeated.

    \b
    dragoman read dawn.txt star.txt --published 2019-01-25
    dragoman read reports/ --dates dates.tsv -d crisis.db
    cat dawn.txt | dragoman read - --format json
    """
    from dragoman.collect import BadInput, collect
    from dragoman.store import assemble

    try:
        collected = list(collect(files, published=published, dates=dates, limit=round(limit * 1_000_000)))
    except BadInput as err:
        raise click.ClickException(str(err)) from None
    knowledge = knowledge_of(ontology, actors)
    with opened(dossier, writable=True) as store:
        try:
            outcomes = _read_all(store, collected, knowledge, quiet=quiet)
        except KeyboardInterrupt:
            if dossier is not None:
                _say(f"Interrupted. What was read so far is kept in {dossier}; the same command goes on from there.")
            raise click.exceptions.Exit(130) from None
        if not quiet:
            _remark(collected, outcomes, undated=[r.origin for r in store.reports() if r.published is None])
        if not outcomes:
            raise click.ClickException("nothing was read; see the reasons above")
        tell(assemble(store, knowledge), form=form, everything=everything)


def _read_all(store: Store, collected: list[Collected], knowledge: Knowledge, *, quiet: bool) -> list[Outcome]:
    """Read what was collected into the store; what became of each report that could be read."""
    from dragoman.records import Reject
    from dragoman.store import ingest

    outcomes: list[Outcome] = []
    reader = reading_model()
    with _progress(len(collected), quiet=quiet) as step:
        for item in collected:
            if item.report is None:
                store.set_aside(item.rejects)
                _say(*item.messages)
            else:
                try:
                    with usable():
                        outcome = ingest(store, item.report, reader=reader, knowledge=knowledge, rejects=item.rejects)
                    outcomes.append(outcome)
                except click.ClickException:
                    raise
                except Exception as err:  # one report must not cost the others
                    what = f"{type(err).__name__}: {err}"
                    store.set_aside((Reject(report=item.origin, span=None, stage="read", reason=what),))
                    _say(f"{item.origin}: could not be read ({what}); the other files are read. Please report this.")
            step()
    return outcomes


def _remark(collected: list[Collected], outcomes: list[Outcome], *, undated: list[str]) -> None:
    """Say once what the reader of the result should know."""
    for item in collected:
        if item.report is not None:
            _say(*item.messages)
    if mine := [item.origin for item in collected if item.report is not None and item.origin in undated]:
        some = ", ".join(mine[:3]) + (" …" if len(mine) > 3 else "")
        _say(
            f'No publication date for {len(mine)} of {len(collected)} ({some}): words like "on Friday" stay undated. '
            "Give one with --published YYYY-MM-DD, or one a file with --dates FILE.tsv."
        )
    if known := outcomes.count("known"):
        _say(f"{known} of {len(collected)} were read before.")
    if outcomes and len(outcomes) < len(collected):
        _say(f"{len(outcomes)} of {len(collected)} could be read.")


def _say(*messages: str) -> None:
    for message in messages:
        click.echo(message, err=True)


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr where a person is watching; yields what moves it one report on."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=total)
        yield lambda: progress.advance(task)
