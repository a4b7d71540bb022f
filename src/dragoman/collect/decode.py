"""Bytes to text, in whatever encoding they came, saying what was lost."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from dragoman.collect.errors import BadInput

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text first"),
    (b"SQLite format 3\0", "an SQLite file", "if it is a dossier, look at it with: dragoman show"),
    (b"\x89PNG", "a picture", "Dragoman reads text only"),
    (b"\xff\xd8\xff", "a picture", "Dragoman reads text only"),
    (b"GIF8", "a picture", "Dragoman reads text only"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FOREIGN = 0.2  # of all bytes: names and quotation marks in English make less than .03 of it not ASCII
C1_MARKS = frozenset(b"\x85\x91\x92\x93\x94\x96\x97\x99")  # … ‘ ’ “ ” – — ™ in cp1252, control characters elsewhere
UTF8 = re.compile(
    rb"(?:[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)  # runs of valid UTF-8, as RFC 3629 has it


class Decoded(Struct, frozen=True):
    """A file's text, the encoding it was in, and what went wrong on the way (empty when nothing did)."""

    text: str
    encoding: str
    loss: str = ""


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises BadInput when it is no text.

    >>> decode("the “pact”".encode("cp1252")).text
    'the “pact”'
    """
    for magic, what, remedy in MAGIC:
        if data.startswith(magic):
            raise BadInput(f"this is {what}, not text; {remedy}")
    found = _by_mark(data) or _wide(data) or _utf8(data) or _mixed(data) or _eight_bit(data)
    controls = len(CONTROL.findall(found.text))
    if controls > 2 and controls > len(found.text) / 200:
        raise BadInput("this is binary data, not text; give a file of plain text")
    return found


def _by_mark(data: bytes) -> Decoded | None:
    """By the mark at the beginning; the mark is no part of the text."""
    for mark, name in BOMS:
        if data.startswith(mark):
            if name == "utf-8":
                return _utf8(data[3:]) or _mixed(data[3:])
            return _lossy(data[len(mark) :], name)
    return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: in English every other byte is zero."""
    head = data[:2000]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) and even < 0.02 * len(head):
        return _lossy(data, "utf-16-le")
    if even > 0.4 * len(head) and odd < 0.02 * len(head):
        return _lossy(data, "utf-16-be")
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with stray bytes of another encoding between, as when two pages are pasted together."""
    parts, at, signs, strays = [], 0, 0, 0
    for valid in UTF8.finditer(data):
        stray, run = data[at : valid.start()], valid[0].decode("utf-8")
        parts += [stray.decode("cp1252", "replace"), run]
        signs += sum(c > "\x7f" for c in run)
        strays += len(stray)
        at = valid.end()
    parts.append(data[at:].decode("cp1252", "replace"))
    strays += len(data) - at
    if strays > 4 * signs:
        return None
    text = "".join(parts)
    lost = text.count("\ufffd")
    loss = f"mixed encodings: {_bytes(strays)} not UTF-8 and read as Windows-1252"
    return Decoded(text, "utf-8", loss + (f", {lost} of them lost" if lost else ""))


def _eight_bit(data: bytes) -> Decoded:
    """Windows-1252, which the West wrote for decades, unless the bytes look like another script or system."""
    sample = data[:200_000]
    high = [b for b in sample if b >= 0x80]
    control = [b for b in high if b <= 0x9F]
    foreign = len(high) > FOREIGN * len(sample) or sum(b in C1_MARKS for b in control) < 0.5 * len(control)
    if foreign:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        if best is not None and not best.encoding.startswith(("utf", "ascii")):
            return _lossy(data, best.encoding)
    return _lossy(data, "cp1252")


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return Decoded(text, encoding, f"{_bytes(lost)} lost in decoding {encoding}" if lost else "")


def _bytes(count: int) -> str:
    return "1 byte was" if count == 1 else f"{count} bytes were"
