"""The feeds a person follows: an OPML file as every feed reader writes it, or a plain list of addresses."""

from __future__ import annotations

from pathlib import Path

from dragoman.collect.decode import decode
from dragoman.collect.errors import BadInput
from dragoman.collect.files import LIMIT, open_file
from dragoman.collect.formats import whole

ADDRESS = ("http://", "https://")


def feeds_in(given: str) -> tuple[str, ...]:
    """The addresses of the feeds in a file, in their order and once each; an address stands for itself.

    Raises BadInput when the file cannot be read or names none.

    >>> feeds_in("https://times.example/rss")
    ('https://times.example/rss',)
    """
    if given.startswith(ADDRESS):
        return (given,)
    path = Path(given)
    try:
        with open_file(path, limit=LIMIT) as stream:
            data = whole(stream, LIMIT)
        found = _outlines(data) if b"<opml" in data[:4096].lower() else _listed(decode(data).text)
    except BadInput as err:
        raise BadInput(f"{path}: {err}") from None
    if not found:
        raise BadInput(f"{path} names no feed; give an OPML file, or a text with an address (https://…) a line")
    return tuple(dict.fromkeys(found))


def _listed(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line.split()[0] for line in lines if line.startswith(ADDRESS)]


def _outlines(data: bytes) -> list[str]:
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError as err:
        raise BadInput(f"it is no OPML ({err}); export the feeds from your reader again") from None
    if root is None:
        return []
    found = [str(outline.get("xmlUrl") or outline.get("xmlurl") or "") for outline in root.iter("outline")]
    return [url for url in found if url.startswith(ADDRESS)]
