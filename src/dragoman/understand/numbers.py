from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def count(draft: Draft, knowledge: Knowledge) -> None: ...


def number_mentions(draft: Draft, knowledge: Knowledge) -> None: ...
