"""Front matter: a first block between `---` lines that says when, by whom and under what title a report appeared."""

from __future__ import annotations

import re

from msgspec import Struct

from dragoman.records import Span

LINE = r"(?>[A-Za-z][\w -]*:.*\n|[ \t#-][^\n-].*\n|[ \t]?\r?\n)"  # field, continuation, item, comment, nothing; atomic
BLOCK = re.compile(rf"\s*---[ \t]*\r?\n(?P<body>{LINE}*?)---[ \t]*(?:\r?\n|\Z)")
FIELD = re.compile(r"^(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>.*?)[ \t\r]*$", re.M)


class FrontMatter(Struct, frozen=True):
    """What the block says; `span` is the block with its `---` lines."""

    span: Span | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text; an empty one when there is none.

    >>> front_matter("---\\noutlet: Dawn\\n---\\nThe king fled.").outlet
    'Dawn'
    """
    block = BLOCK.match(text)
    fields = {m["key"].lower(): _bare(m["value"]) for m in FIELD.finditer(block["body"])} if block else {}
    if block is None or not fields:
        return FrontMatter()
    return FrontMatter(
        Span(block.start(), block.end()),
        fields.get("published") or None,
        fields.get("outlet") or None,
        fields.get("title") or None,
    )


def _bare(value: str) -> str:
    """The value without quotation marks, as YAML allows both kinds."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
