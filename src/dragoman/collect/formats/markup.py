"""A piece of HTML that is no page: an entry of a feed, a cell of a table."""

from __future__ import annotations

import re

MARKS = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>|&#?\w{2,10};")
BLOCKS = "p|div|br|li|h[1-6]|blockquote|tr|section|article|figure|ul|ol|table|pre"
PARTING = re.compile(rf"</?(?:{BLOCKS})\b[^>]{{0,2000}}>", re.I)


def text_of(piece: str) -> str:
    """The text of a piece of HTML, a line for each paragraph; text without tags is only freed of its entities.

    >>> text_of("<p>The king <b>fled</b>.</p><p>His envoy stayed &amp; slept.</p>")
    'The king fled.\\nHis envoy stayed & slept.'
    """
    if not MARKS.search(piece):
        return piece.strip()
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(PARTING.sub(lambda tag: "\n" + tag[0], piece), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return re.sub(r"<[^>]{0,2000}>", " ", piece).strip()
    for part in root.xpath("//script|//style|//noscript|//comment()"):
        part.drop_tree()
    lines = (" ".join(line.split()) for line in str(root.text_content()).splitlines())
    return "\n".join(line for line in lines if line)
