"""The event tables keep to the columns their readers expect."""

from __future__ import annotations

import csv
import io

import pytest
from crises import CRISES, dossier, knowledge_of

from dragoman.knowledge import Knowledge
from dragoman.tell.tables import codebook, table

FIRST = {"plover": ("Event ID", 40, "Version"), "cameo": ("GLOBALEVENTID", 61, "SOURCEURL")}


def rows(crisis: str, form: str, *, everything: bool = False) -> list[dict[str, str]]:
    text = table(dossier(crisis), knowledge_of(crisis), form=form, everything=everything)
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


@pytest.mark.parametrize("crisis", CRISES)
@pytest.mark.parametrize("form", FIRST)
def test_shape(crisis: str, form: str) -> None:
    text = table(dossier(crisis), knowledge_of(crisis), form=form)
    header = text.splitlines()[0].split("\t")
    first, count, last = FIRST[form]
    assert (header[0], len(header), header[-1]) == (first, count, last)
    assert all(len(line) == count for line in csv.reader(io.StringIO(text), delimiter="\t"))
    assert text == table(dossier(crisis), knowledge_of(crisis), form=form)


@pytest.mark.parametrize("crisis", CRISES)
def test_one_row_an_event_and_nothing_unreal(crisis: str) -> None:
    ids = [row["Event ID"] for row in rows(crisis, "plover", everything=True)]
    assert sorted(ids) == sorted(e.id for e in dossier(crisis).events)
    unreal = {e.id for e in dossier(crisis).events if {"negation", "hypothetical", "future"} & set(e.auxiliary)}
    assert not unreal & {row["Event ID"] for row in rows(crisis, "plover")}


@pytest.mark.parametrize("crisis", CRISES)
def test_codes_keep_their_zeros(crisis: str) -> None:
    for row in rows(crisis, "cameo", everything=True):
        assert row["EventRootCode"] == row["EventCode"][:2]
        assert len(row["EventCode"]) >= 3
        assert row["QuadClass"] in "1234"


@pytest.mark.parametrize("form", FIRST)
def test_codebook_explains_every_column(form: str) -> None:
    lines = codebook(Knowledge(), form=form).splitlines()[1:]
    assert len(lines) == FIRST[form][1]
    assert all(line.split("\t")[1] for line in lines)
