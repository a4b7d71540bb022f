from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.collect import BadInput
from dragoman.collect.decode import decode

LINE = "The minister said: “No pact – not now,” and left Orléans.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_an_encoding_is_found_and_the_text_untouched(encoding: str) -> None:
    found = decode((LINE * 3).encode(encoding))
    assert found.text == LINE * 3
    assert found.loss == ""


@pytest.mark.parametrize("repeat", [1, 5, 500])
def test_latin_1_without_quotation_marks(repeat: int) -> None:
    text = "President Suárez met the envoy in Besançon; the talks at the café went on. " * repeat
    assert decode(text.encode("latin-1")).text == text


def test_an_old_macintosh() -> None:
    text = "President Suárez said: “No pact – not now,” and left the café in Besançon. " * 5
    assert decode(text.encode("mac-roman")).text == text


def test_another_script_is_decoded_so_that_its_language_can_be_named() -> None:
    text = "Министр сказал, что переговоры не начнутся, пока войска не уйдут из города.\n" * 4
    assert decode(text.encode("cp1251")).text == text


def test_two_encodings_in_one_file_are_both_read_and_the_reader_is_told() -> None:
    found = decode("Orléans – “yes”\n".encode() * 4 + "Orléans said “no”\n".encode("cp1252"))
    assert found.text == "Orléans – “yes”\n" * 4 + "Orléans said “no”\n"
    assert "mixed encodings" in found.loss
    assert "3 bytes" in found.loss


def test_what_cannot_be_decoded_is_counted() -> None:
    found = decode("No text".encode("utf-16") + b"\x00")
    assert found.text.startswith("No text")
    assert "lost" in found.loss


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"SQLite format 3\x00rest", "dragoman show"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_text_is_named_with_the_next_step(data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        decode(data)


@given(st.text())
def test_every_text_comes_back_from_utf_8(text: str) -> None:
    whole = "words " * 3 + text
    with suppress(BadInput):
        assert decode(whole.encode()).text == whole


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(BadInput):
        decode(data).text.encode()
