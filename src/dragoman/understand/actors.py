from dragoman.knowledge import Knowledge
from dragoman.understand.draft import Draft


def name_actors(draft: Draft, knowledge: Knowledge) -> None: ...
