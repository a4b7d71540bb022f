"""What a reader asks for in the address of a page; a form's empty fields count as not given."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, Field

from dragoman.records import Certainty
from dragoman.tell.lines import Wanted

Day = Annotated[str, Field(pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$", description="ISO day, month or year")]
Date = Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$", description="ISO day")]
Words = Annotated[str, Field(max_length=200)]
Page = Annotated[int, BeforeValidator(lambda given: given or 1), Query(ge=1, le=100_000)]
Sure = Annotated[Literal["", Certainty], Field(description="at least so sure")]


class BoardQuery(BaseModel):
    """The filters of the board."""

    since: Day = ""
    until: Day = ""
    actor: Words = ""
    type: Words = ""
    place: Words = ""
    report: Words = ""
    certainty: Sure = ""
    accounts: Annotated[int, BeforeValidator(lambda given: given or 0), Field(ge=0, le=1000)] = 0
    q: Words = ""
    copies: Literal["", "hide"] = ""

    def wanted(self) -> Wanted:
        return Wanted(
            since=self.since, until=self.until, actor=self.actor, type=self.type, place=self.place, report=self.report,
            certainty=self.certainty, accounts=self.accounts, words=self.q, copies=self.copies != "hide",
        )  # fmt: skip
