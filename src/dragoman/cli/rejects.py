"""`dragoman rejects`: what was found and not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli.opened import assembled, dossier_argument, opened

if TYPE_CHECKING:
    from dragoman.store import Place


@click.command()
@dossier_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def rejects(dossier: Place, as_json: bool) -> None:
    """List what was found and not taken, with the stage that refused it and the reason."""
    import msgspec

    with opened(dossier) as store:
        whole = assembled(store)
    texts = {report.id: report.text for report in whole.reports}
    for reject in whole.rejects:
        if as_json:
            click.echo(msgspec.json.encode(reject))
            continue
        text = texts.get(reject.report)
        words = " ".join(reject.span.of(text).split()) if reject.span and text else ""
        click.echo("\t".join((reject.stage, reject.reason, reject.report, words)))
    if not whole.rejects:
        click.echo("Nothing was set aside.", err=True)
