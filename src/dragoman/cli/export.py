"""`dragoman export`: a dossier for another program, or for a person who works in one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import as_of_option, assembled, dossier_argument, opened

if TYPE_CHECKING:
    from dragoman.store import Place

NAMES = ("json", "md", "html", "docx", "pdf", "plover", "cameo", "xlsx", "parquet", "timeline", "graphml",
         "annotations", "ftm", "ftm-statements")  # fmt: skip
BINARY = ("docx", "pdf", "xlsx", "parquet")


@click.command()
@dossier_argument
@click.option("--as", "form", type=click.Choice(NAMES), required=True, help="The format; see below.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--all", "everything", is_flag=True, help="Also what did not happen, is feared, or lies ahead.")
@as_of_option
def export(dossier: Place, form: str, out: Path | None, everything: bool, as_of: str | None) -> None:
    """Write DOSSIER for another program, to stdout or a file.

    \b
    json          the dossier itself
    md html docx  a brief, footnoted to report and sentence
    pdf           the same on A4, the sentences at the foot of their page
    plover cameo  tables with POLECAT's 40 or GDELT's 61 columns, a row an event
    xlsx          events, differences, mentions, claims and a codebook
    parquet       a row a mention, typed
    timeline      TimelineJS
    graphml       who did what to whom, as a network
    annotations   W3C Web Annotations with exact places
    ftm, ftm-statements   FollowTheMoney

    Codes are strings: read tables with dtype=str, or leading zeros go.

    \b
    dragoman export crisis.db --as plover > events.tsv
    dragoman export crisis.db --as docx -o brief.docx
    """
    from dragoman.store import knowledge_in
    from dragoman.tell.handover import FORMATS, Unavailable

    if out is None and form in BINARY and sys.stdout.isatty():
        raise click.ClickException(f"{form} is nothing to look at in a terminal; write it to a file with -o FILE")
    with opened(dossier) as store:
        knowledge = knowledge_in(store)
        found = assembled(store, as_of=as_of)
    try:
        data = FORMATS[form].written(found, knowledge, everything=everything)
    except Unavailable as err:
        raise click.ClickException(str(err)) from None
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(data)
    except OSError as err:
        raise click.ClickException(f"{out} cannot be written: {err.strerror}") from None
    click.echo(f"Wrote {out}.", err=True)
