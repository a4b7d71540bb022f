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
    from dragoman.store import Store

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
            done = _read_all(store, collected, knowledge, quiet=quiet)
        except KeyboardInterrupt:
            if dossier is not None:
                _say(f"Interrupted. What was read so far is kept in {dossier}; the same command goes on from there.")
            raise click.exceptions.Exit(130) from None
        _remark(collected, done, quiet=quiet)
        if not done:
            raise click.ClickException("nothing was read; see the reasons above")
        tell(assemble(store, knowledge), form=form, everything=everything)


def _read_all(store: Store, collected: list[Collected], knowledge: Knowledge, *, quiet: bool) -> int:
    """Read what was collected into the store; how many reports are in it now that were asked for."""
    from dragoman.records import Reject
    from dragoman.store import ingest

    done = 0
    reader = None
    with _progress(len(collected), quiet=quiet) as step:
        for item in collected:
            if item.report is None:
                store.set_aside(item.rejects)
                _say(*item.messages)
                step()
                continue
            if reader is None:
                reader = reading_model()
            try:
                with usable():
                    ingest(store, item.report, reader=reader, knowledge=knowledge, rejects=item.rejects)
                done += 1
            except click.ClickException:
                raise
            except Exception as err:  # one report must not cost the others
                what = f"{type(err).__name__}: {err}"
                store.set_aside((Reject(report=item.report.origin, span=None, stage="read", reason=what),))
                _say(f"{item.report.origin}: could not be read ({what}); the other files are read. Please report this.")
            step()
    return done


def _remark(collected: list[Collected], done: int, *, quiet: bool) -> None:
    """Say once what the reader of the result should know."""
    if quiet:
        return
    for item in collected:
        if item.report is not None:
            _say(*item.messages)
    undated = [item.report.origin for item in collected if item.report is not None and item.report.published is None]
    if undated:
        some = ", ".join(undated[:3]) + (" …" if len(undated) > 3 else "")
        _say(
            f"No publication date for {len(undated)} of {len(collected)} ({some}): words like \"on Friday\" stay "
            "undated. Give one with --published YYYY-MM-DD, or one a file with --dates FILE.tsv."
        )  # fmt: skip
    if done and done < len(collected):
        _say(f"{done} of {len(collected)} were read.")


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
