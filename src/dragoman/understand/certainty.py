from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def weigh(draft: Draft, knowledge: Knowledge) -> None: ...
