from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def locate(draft: Draft, knowledge: Knowledge) -> None: ...


def place_mentions(draft: Draft, knowledge: Knowledge) -> None: ...
