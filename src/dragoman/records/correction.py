"""What a person decided, in words that outlive the ids."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dragoman.records.span import Span
from dragoman.records.terms import CorrectionAction


class Anchor(Struct, frozen=True, order=True):
    """Words of a report, named by the digest of its text: they stay when ids that were made from them change."""

    sha256: str
    span: Span


class Correction(Struct, frozen=True, kw_only=True):
    """What a person decided about events, mentions or actors; replayed over every reading of the same texts."""

    id: str
    action: CorrectionAction
    kind: Literal["mention", "event", "actor"]
    about: str  # the headline or name it was about on the day it was made
    at: tuple[Anchor, ...]  # what is corrected; of a split the part that leaves
    apart: tuple[Anchor, ...] = ()  # of a split: what that part is kept from
    value: str | None = None  # the new type ("ASSAULT", "PROTEST/riot"), kind, headline or name
    author: str
    reason: str
    made: str  # ISO time, UTC
    rows: tuple[str, ...] = ()  # in a dossier: the rows it bears on; none when its reports are not there
