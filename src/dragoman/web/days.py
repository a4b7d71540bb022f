"""Links and forms of a page that shows a former day: they lead to pages of the same day."""

from __future__ import annotations

import re

NOW = ("/static/", "/add", "/jobs/", "/corrections", "/api", "/openapi.json", "/enter")  # what is of no day
_LINK = re.compile(r'href="(/[^"#]*)([^"]*)"')  # what reports say cannot look so: its quotation marks are escaped
_FORM = re.compile(r'<form\b(?![^>]*(?:method="post"|class="which-day"))[^>]*>')


def on_that_day(words: str, day: str) -> str:
    """A page whose links and forms carry the day.

    >>> on_that_day('<a href="/reports/x?q=1#A2">', "2031-03-11")
    '<a href="/reports/x?q=1&amp;as_of=2031-03-11#A2">'
    """
    held = f'<input type="hidden" name="as_of" value="{day}">'
    return _FORM.sub(lambda m: m[0] + held, _LINK.sub(lambda m: f'href="{_dated(m[1], day)}{m[2]}"', words))


def _dated(path: str, day: str) -> str:
    if path.startswith(NOW) or "as_of=" in path:
        return path
    return f"{path}{'&amp;' if '?' in path else '?'}as_of={day}"
