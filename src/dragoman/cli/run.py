"""`dragoman run` and `dragoman status`: reports by the million, on all processors of this machine or of many."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.columns import columns_options
from dragoman.cli.opened import knowledge_of, usable
from dragoman.cli.read import file_option

if TYPE_CHECKING:
    from dragoman.collect import Columns
    from dragoman.scale.loop import Hands, Result
    from dragoman.scale.mapping import Done
    from dragoman.scale.order import Device, Order
    from dragoman.scale.shards import Shard

WORST = 5  # reasons that are told at the end


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, metavar="DIR", help="The folder, here or at an address, that the parts go to.")
@click.option("--workers", type=click.IntRange(min=1), help="How many work at once; default: a worker a processor.")
@click.option("--ray", metavar="ADDRESS", help="Work on a Ray cluster: auto, or host:port of its head.")
@click.option("--published", metavar="DATE", help="The day of publication, YYYY-MM-DD, of reports that give none.")
@click.option("--dates", type=file_option, help="A table of publication days: file<TAB>published[<TAB>outlet].")
@click.option("--ontology", type=file_option, help="Predicates of your own, over the shipped ones.")
@click.option("--actors", type=file_option, help="Organisations and groups of your own, over the shipped ones.")
@click.option("--places", type=file_option, help="Places of your own, with their coordinates, over the shipped ones.")
@columns_options
@click.option("--limit", type=click.FloatRange(min=0.001), default=5.0, show_default=True, metavar="MB",
              help="Set reports aside that are larger than this.")  # fmt: skip
@click.option("--device", type=click.Choice(["cpu", "gpu"]), default="cpu", show_default=True,
              help="What the reading model runs on; gpu needs onnxruntime-gpu.")  # fmt: skip
@click.option("--reconcile", "together", is_flag=True,
              help="When all is read, reconcile it into DIR/tables, for DuckDB and its like.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="No progress and no remarks, only errors.")
def run(
    inputs: tuple[str, ...],
    out: str,
    workers: int | None,
    ray: str | None,
    published: str | None,
    dates: Path | None,
    ontology: Path | None,
    actors: Path | None,
    places: Path | None,
    columns: dict[str, str | None],
    limit: float,
    device: Device,
    together: bool,
    quiet: bool,
) -> None:
    """Read INPUT… into Parquet parts, many reports at a time: files, folders, patterns, here or at an address
    (s3://…, gs://… and whatever else fsspec knows).

    The input is cut into shards; each gives one part in DIR/parts. Stopped or killed, the same command goes on where it
    was; repeated when all is done, it does nothing.

    \b
    dragoman run archive/ --out parts/ --reconcile
    dragoman run 's3://news/2019/*.warc.gz' --out s3://results/2019 --ray auto
    dragoman status parts/
    """
    from dragoman.collect import BadInput, Columns
    from dragoman.scale.loop import run as run_all
    from dragoman.scale.order import begin
    from dragoman.scale.places import ScaleError
    from dragoman.scale.shards import plan

    try:
        order = _order(out, published=published, dates=dates, columns=Columns(**columns),
                       limit=round(limit * 1_000_000), ontology=ontology, actors=actors, places=places,
                       device=device)  # fmt: skip
        shards = plan(inputs)
        begin(order, shards)
        hands = _hands(workers, ray)
        with _progress(shards, quiet=quiet) as told:
            result = run_all(order, shards, hands, told=told)
    except (BadInput, ScaleError) as err:
        raise click.ClickException(str(err)) from None
    except KeyboardInterrupt:
        click.echo(f"Stopped. What is done stays in {out}; the same command goes on from there.", err=True)
        raise click.exceptions.Exit(130) from None
    if not quiet:
        _remark(result, len(shards), out)
    if result.lost:
        what = "; ".join(f"{lost.shard}: {lost.reason}" for lost in result.lost[:3])
        raise click.ClickException(f"{len(result.lost)} of {len(shards)} shards could not be done ({what})")
    if together:
        _gather(order, workers=workers, quiet=quiet)


@click.command()
@click.argument("folder", metavar="DIR")
def status(folder: str) -> None:
    """How far the run in DIR is: parts that are there and missing, reports, events told, what was set aside and why."""
    from dragoman.scale.places import Folder, ScaleError
    from dragoman.scale.status import status_of

    try:
        found = status_of(Folder(folder))
    except ScaleError as err:
        raise click.ClickException(str(err)) from None
    for line in found.lines():
        click.echo(line)


def _order(
    out: str,
    *,
    published: str | None,
    dates: Path | None,
    columns: Columns,
    limit: int,
    ontology: Path | None,
    actors: Path | None,
    places: Path | None,
    device: Device,
) -> Order:
    """What is to be done, checked as far as it can be before a worker starts."""
    from dragoman.collect.dates import dates_table, option_day
    from dragoman.knowledge.tables import Kept
    from dragoman.read import Reader
    from dragoman.scale.order import Order
    from dragoman.scale.slices import Asking
    from dragoman.store import version_of

    knowledge = knowledge_of(ontology, actors, places)
    model = Reader(device=device).model
    if device == "gpu":
        from dragoman.read.session import providers

        with usable():
            providers(device)
    return Order(
        out=out,
        asking=Asking(
            limit=limit,
            published=option_day(published) if published else None,
            dates=dates_table(dates) if dates else {},
            columns=columns,
        ),
        ontology=Kept(str(ontology), ontology.read_text(encoding="utf-8")) if ontology else None,
        actors=Kept(str(actors), actors.read_text(encoding="utf-8")) if actors else None,
        places=Kept(str(places), places.read_text(encoding="utf-8")) if places else None,
        device=device,
        model=model,
        version=version_of(model, knowledge),
        coded_by=f"plover {knowledge.digest}",
    )


def _gather(order: Order, *, workers: int | None, quiet: bool) -> None:
    """Reconcile what was read, and write the tables."""
    from dragoman.scale.gathering import TABLES, gathered, lay_out
    from dragoman.scale.local import cores

    dossier = gathered(order, workers=workers or cores())
    lay_out(order, dossier)
    if not quiet:
        click.echo(
            f"{len(dossier.mentions):,} events told in {len(dossier.reports):,} reports are {len(dossier.events):,}"
            f" events, in {order.out}/{TABLES}",
            err=True,
        )


def _hands(workers: int | None, ray: str | None) -> Hands:
    if ray is not None:
        from dragoman.scale.cluster import Cluster

        return Cluster(ray, most=workers)
    from dragoman.scale.local import Local, cores

    return Local(workers or cores())


@contextmanager
def _progress(shards: list[Shard], *, quiet: bool) -> Iterator[Callable[[Done, Shard], None]]:
    """A bar on stderr where a person is watching, counted in bytes of the input."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, shard: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    reports = 0
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=sum(shard.size for shard in shards))

        def told(done: Done, shard: Shard) -> None:
            nonlocal reports
            reports += done.reports
            bar.update(task, advance=shard.size, description=f"Reading: {reports:,} reports")

        yield told


def _remark(result: Result, shards: int, out: str) -> None:
    """Say what came of it."""
    reports, mentions = (sum(getattr(done, what) for done in result.done) for what in ("reports", "mentions"))
    before = f"{result.before} of {shards} parts were there before; " if result.before else ""
    click.echo(f"{before}{reports:,} reports read, {mentions:,} events told, into {out}", err=True)
    aside: dict[str, int] = {}
    for done in result.done:
        for reason, count in done.rejects.items():
            aside[reason] = aside.get(reason, 0) + count
    for reason, count in sorted(aside.items(), key=lambda item: (-item[1], item[0]))[:WORST]:
        click.echo(f"set aside, {count:,}: {reason}", err=True)
