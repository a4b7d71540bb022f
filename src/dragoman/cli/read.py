"""`dragoman read`: reports in, a dossier out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from dragoman.cli.columns import columns_options
from dragoman.cli.opened import PLACE, knowledge_of, opened, raw_of, reading, usable
from dragoman.cli.output import Format, all_option, format_option, tell
from dragoman.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.collect import File
    from dragoman.knowledge.tables import Kept
    from dragoman.store import Place, Store, Taken

BRIEF = 4_000  # bytes: what is read before a bar could be seen

file_option = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILES...")
@click.option("-d", "--dossier", type=PLACE, help="Keep what is read in this file or database.")
@click.option("--published", metavar="DATE", help="The day of publication, YYYY-MM-DD, of reports that give none.")
@click.option("--dates", type=file_option, help="A table of publication days: file<TAB>published[<TAB>outlet].")
@format_option
@all_option
@click.option("--ontology", type=file_option, help="Predicates of your own, over the shipped ones.")
@click.option("--actors", type=file_option, help="Organisations and groups of your own, over the shipped ones.")
@click.option("--places", type=file_option, help="Places of your own, with their coordinates, over the shipped ones.")
@click.option("--fetch", is_flag=True, help="Read addresses (https://…) among FILES from the web.")
@columns_options
@click.option("--limit", type=click.FloatRange(min=0.001), default=5.0, show_default=True, metavar="MB",
              help="Set files aside that are larger than this.")  # fmt: skip
@click.option("--keep-raw", is_flag=True, help="Keep the files and pages as they came, beside the dossier.")
@click.option("--quiet", is_flag=True, help="No progress and no remarks, only errors.")
def read(
    names: tuple[str, ...],
    dossier: Place | None,
    published: str | None,
    dates: Path | None,
    form: Format,
    everything: bool,
    ontology: Path | None,
    actors: Path | None,
    places: Path | None,
    fetch: bool,
    columns: dict[str, str | None],
    limit: float,
    keep_raw: bool,
    quiet: bool,
) -> None:
    """Read FILES and show what they say together: texts, web pages, PDF, DOCX, mail, feeds, web archives (WARC, WACZ)
    and tables of reports (CSV, JSON lines, Parquet); a folder gives all of these in it, `-` reads one file from stdin.

    Without -d nothing is written. With -d the dossier is kept and grows with every call; a report read twice changes
    nothing, and an interrupted call can be repeated.

    \b
    dragoman read dawn.txt star.txt --published 2019-01-25
    dragoman read reports/ --dates dates.tsv -d crisis.db
    dragoman read articles.csv --text-column body --date-column day -d crisis.db
    dragoman read --fetch https://news.example/report.html -d crisis.db
    cat dawn.txt | dragoman read - --format json
    """
    with reading() as clerk:
        from dragoman.collect import BadInput, Columns, Fetcher, files, online
        from dragoman.store import assemble, knowledge_in

        try:
            urls = [name for name in names if name.startswith(("http://", "https://"))]
            if urls and not fetch:
                raise click.ClickException(f"nothing is fetched unless asked for: dragoman read --fetch {urls[0]}")
            most = round(limit * 1_000_000)
            paths = [Path(name) for name in names if name not in urls]
            found = files(paths, published=published, dates=dates, columns=Columns(**columns), limit=most)
            web = online(urls, Fetcher(limit=most), published=published) if urls else ()
        except BadInput as err:
            raise click.ClickException(str(err)) from None
        if dates is not None and not quiet:
            _remark_idle(dates, found)
        knowledge_of(ontology, actors, places)  # what is wrong in them is said before anything is written
        raw = raw_of(dossier) if keep_raw else None
        with opened(dossier, writable=True) as store:
            store.keep_tables(_own_tables(ontology=ontology, actors=actors, places=places))
            total = sum(file.size for file in found)
            try:
                with _progress(total, quiet=quiet or total < BRIEF) as step:
                    tally = _read_all(clerk.take(store, chain(map(_filled, found), web), raw=raw), step)
            except KeyboardInterrupt:
                if dossier is not None:
                    say(f"Interrupted. What was read so far is kept in {dossier}; the same command goes on from there.")
                raise click.exceptions.Exit(130) from None
            if not quiet:
                _remark(tally)
                _remark_tables(store)
            if not tally.read:
                raise click.ClickException("nothing was read; see the reasons above")
            tell(assemble(store, knowledge_in(store)), form=form, everything=everything)


@dataclass
class _Tally:
    """What became of what was found in the files."""

    found: int = 0
    read: int = 0
    known: int = 0
    undated: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def _read_all(all_taken: Iterable[Taken], step: Callable[[int], None]) -> _Tally:
    """Count what becomes of the reports, and say at once which could not be read."""
    tally = _Tally()
    with usable():
        for taken in all_taken:
            tally.found += 1
            if taken.outcome == "refused":
                say(*taken.messages)
            else:
                tally.read += 1
                tally.known += taken.outcome == "known"
                tally.remarks += taken.messages
                if taken.published is None:
                    tally.undated.append(taken.origin)
            step(taken.at)
    return tally


def _filled(file: File) -> File:
    """The file, with what stands on stdin when it is that."""
    return replace(file, data=sys.stdin.buffer.read(file.limit + 1)) if file.path == b"-" else file


def _remark(tally: _Tally) -> None:
    """Say once what the reader of the result should know."""
    say(*tally.remarks)
    if mine := tally.undated:
        some = ", ".join(mine[:3]) + (" …" if len(mine) > 3 else "")
        say(
            f'No publication date for {len(mine)} of {tally.found} ({some}): words like "on Friday" stay undated. '
            "Give one with --published YYYY-MM-DD, or one a file with --dates FILE.tsv."
        )
    if tally.known:
        say(f"{tally.known} of {tally.found} were read before.")
    if 0 < tally.read < tally.found:
        say(f"{tally.read} of {tally.found} could be read.")


def _remark_idle(dates: Path, found: list[File]) -> None:
    """Say which lines of the table of dates fit no file: a name is often misspelt."""
    from dragoman.collect.dates import dates_table

    if idle := sorted(dates_table(dates).keys() - {file.where.name for file in found}):
        some = ", ".join(idle[:3]) + (" …" if len(idle) > 3 else "")
        say(f"{len(idle)} lines of {dates} fit none of the files ({some}).")


def _own_tables(**paths: Path | None) -> dict[str, Kept]:
    """The user's tables as a dossier keeps them."""
    from dragoman.knowledge.tables import Kept, text_of

    return {name: Kept(str(path), text_of(path)) for name, path in paths.items() if path}


def _remark_tables(store: Store) -> None:
    """Say that part of a dossier was read with other tables."""
    if len(store.ontologies()) > 1:
        say(
            "Some reports of this dossier were read with other tables or by another version; read them again, and the"
            " whole speaks one language."
        )


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on stderr where a person is watching; yields what moves it to the bytes that are done."""
    if quiet or not sys.stderr.isatty():
        yield lambda at: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=total)
        yield lambda at: progress.update(task, completed=at)
