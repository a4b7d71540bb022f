"""Time expressions in raw text: found by the rules of `knowledge/times.toml`, read against the report's day.

tag(text, reference) → [Timex], in the order of the text, without overlap
"""

from dragoman.understand.timex.tagger import Timex, tag

__all__ = ["Timex", "tag"]
