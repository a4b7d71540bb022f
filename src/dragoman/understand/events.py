from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def code_events(draft: Draft, knowledge: Knowledge) -> None: ...
