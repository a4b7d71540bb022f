"""Addresses of dossiers: what they mean, and that no password is ever shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.store import NotADossier, Server, place_of


@pytest.mark.parametrize(
    ("address", "shown", "name"),
    [
        ("postgresql://ada@db.example/crises", "postgresql://ada@db.example/crises", "crises"),
        ("postgres://ada:s3cret@db.example:5433/crises", "postgresql://ada:***@db.example:5433/crises", "crises"),
        ("postgresql:///crises?host=/run/pg", "postgresql:///crises?host=/run/pg", "crises"),
        ("postgresql://ada@[::1]:5432/", "postgresql://ada@[::1]:5432/", "dossier"),
        ("postgresql://h1:1,h2:2/crises", "postgresql://h1:1,h2:2/crises", "crises"),
        ("postgresql://h/c?schema=oravia&password=s3cret", "postgresql://h/c?schema=oravia&password=***", "oravia"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str, name: str) -> None:
    place = place_of(address)
    assert isinstance(place, Server)
    assert (str(place), repr(place), place.name) == (shown, shown, name)
    assert "schema" not in place.conninfo
    assert place_of(place.address) == place


@given(st.text("abcz019:/@#?%&=[]. \\'\"", max_size=20))
def test_whatever_stands_for_a_password_is_not_repeated(noise: str) -> None:
    try:
        said = str(place_of(f"postgresql://ada:{noise}geheim{noise}@db.example/crises?schema=x"))
    except NotADossier as err:
        said = str(err)
    assert "geheim" not in said


@pytest.mark.parametrize(
    "address",
    ["mysql://db/crises", "https://x.example/", "postgresql://h/c?schema=A-b", "postgresql://h/c?schema=pg_x"],
)
def test_what_is_no_place_says_what_one_is(address: str) -> None:
    with pytest.raises(NotADossier, match=r"postgresql://user@host|schema=oravia"):
        place_of(address)
