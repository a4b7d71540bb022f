from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def date_mentions(draft: Draft, knowledge: Knowledge) -> None: ...
