from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def find_clauses(draft: Draft, knowledge: Knowledge) -> None: ...
