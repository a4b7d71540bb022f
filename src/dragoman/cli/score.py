"""`dragoman score`: a dossier held against a user's own gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import assembled, dossier_argument, opened
from dragoman.cli.output import console

if TYPE_CHECKING:
    from dragoman.store import Place
    from dragoman.tell.score import Share


@click.command()
@dossier_argument
@click.option("--gold", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="The events that should be found: a table or JSON lines, see docs/commands.md.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def score(dossier: Place, gold: Path, as_json: bool) -> None:
    """Hold DOSSIER against your own gold: precision and recall for each type, with intervals.

    One line of the gold is one event; only the reports that it names are judged.

    \b
    report,quote,type,actor,recipient,day
    dawn.txt,left the capital,RETREAT,envoys,,2019-01-20
    """
    import msgspec
    from rich.table import Table

    from dragoman.tell.gold import GoldError, read_gold
    from dragoman.tell.score import score as scored

    with opened(dossier) as store:
        whole = assembled(store)
    try:
        found = scored(whole, read_gold(gold.read_text(encoding="utf-8"), whole))
    except GoldError as err:
        raise click.ClickException(f"{gold}: {err}") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{gold} is not UTF-8; save it as UTF-8 and score again") from None
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    table = Table("", "precision", "95 %", "recall", "95 %", box=None, pad_edge=False)
    for n, line in enumerate((*found.types, *found.whole)):
        table.add_row(line.name, *_cells(line.precision), *_cells(line.recall), end_section=n + 1 == len(found.types))
    console().print(table)


def _cells(share: Share) -> tuple[str, str]:
    """A share and its interval in words."""
    if share.share is None:
        return "–", ""
    return f"{share.right}/{share.of} = {share.share:.3f}", f"{share.low:.3f}–{share.high:.3f}"
