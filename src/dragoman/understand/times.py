from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def find_times(draft: Draft, knowledge: Knowledge) -> None: ...
