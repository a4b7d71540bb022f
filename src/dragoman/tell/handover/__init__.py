"""The dossier in formats that other programs and people take: each module writes one, the list says which there are."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from msgspec import Struct

from dragoman.knowledge import Knowledge
from dragoman.records import Dossier


class Unavailable(Exception):
    """A format cannot be written here; the message names what is missing and how to have it."""


class Handover(Struct, frozen=True):
    """A format: its name after `--as`, the module whose `written` makes it, the ending of its files, what it is for."""

    name: str
    module: str
    ending: str
    about: str
    extra: str = "web"  # of this package, where a library is missing

    def written(self, dossier: Dossier, knowledge: Knowledge, *, everything: bool = False) -> bytes:
        """The dossier in this format; the same dossier gives the same bytes.

        Raises Unavailable when a library is missing.
        """
        write: Callable[..., bytes] = import_module(f"dragoman.tell.handover.{self.module}").written
        try:
            return write(dossier, knowledge, everything=everything)
        except ModuleNotFoundError as err:
            raise Unavailable(
                f"{self.name} needs the package {err.name}: pip install 'dragoman[{self.extra}]'"
            ) from None


FORMATS = {
    form.name: form
    for form in (
        Handover("json", "records", "json", "the dossier itself, as docs/dossier.md describes it"),
        Handover("md", "markdown", "md", "a brief in Markdown, footnoted to report and sentence"),
        Handover("html", "page", "html", "a brief as one page that prints well on A4"),
        Handover("docx", "document", "docx", "a brief for a word processor"),
        Handover("pdf", "paper", "pdf", "a brief on A4, the sentences as footnotes on their page", "pdf"),
        Handover("plover", "plover", "tsv", "POLECAT's 40 columns, a row an event"),
        Handover("cameo", "cameo", "tsv", "GDELT 2.0's 61 columns, a row an event"),
        Handover("xlsx", "workbook", "xlsx", "events, claims, differences and a codebook as a workbook"),
        Handover("parquet", "parquet", "parquet", "a row a mention, typed, for data frames and DuckDB"),
        Handover("timeline", "timeline", "json", "TimelineJS"),
        Handover("graphml", "network", "graphml", "actors and what passes between them, for Gephi and networkx"),
        Handover("annotations", "annotations", "jsonld", "W3C Web Annotations: every mention with its exact place"),
        Handover("ftm", "followthemoney", "ftm.json", "FollowTheMoney entities, one a line"),
        Handover("ftm-statements", "statements", "statements.csv", "FollowTheMoney statements, a row a value"),
    )
}
