from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def attribute(draft: Draft, knowledge: Knowledge) -> None: ...
