"""What is wrong with the input."""

from __future__ import annotations


class BadInput(ValueError):
    """The input, or what was said about it, cannot be used; the message names the next step."""
