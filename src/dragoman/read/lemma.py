"""Lemmas as edit scripts: a class that a tagger can predict, and that turns a form into its lemma.

A script is `CASE CUT+ADD CUT+ADD`: the casing of the lemma, what to cut from and add to the front, then the end.
A lemma that shares no letter with its form is written out: `=be`. The idea is that of UDPipe 2 (Straka 2018).
"""

from collections.abc import Callable
from difflib import SequenceMatcher

_CASINGS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "keep": lambda word: word,
    "title": lambda word: word[:1].upper() + word[1:].lower(),
    "upper": str.upper,
}


def script(form: str, lemma: str) -> str:
    """Return the edit script that turns `form` into `lemma`; `apply` is its inverse for every pair.

    >>> script("Signed", "sign"), script("was", "be")
    ('lower 0+ 2+', '=be')
    """
    low, goal = form.lower(), lemma.lower()
    match = SequenceMatcher(None, low, goal, autojunk=False).find_longest_match()
    if match.size and len(low) == len(form):
        front = f"{match.a}+{goal[: match.b]}"
        end = f"{len(low) - match.a - match.size}+{goal[match.b + match.size :]}"
        for case in _CASINGS:
            edit = f"{case} {front} {end}"
            if edit.count(" ") == 2 and edit.count("+") == 2 and apply(edit, form) == lemma:
                return edit
    return "=" + lemma


def apply(edit: str, form: str) -> str:
    """Return the lemma that the script `edit` makes of `form`; a form too short for the cuts comes back in lower case.

    >>> apply("lower 0+ 3+y", "Countries")
    'country'
    """
    if edit.startswith("="):
        return edit[1:]
    case, front, end = edit.split(" ")
    front_cut, front_add = front.split("+")
    end_cut, end_add = end.split("+")
    stop = len(form) - int(end_cut)
    if stop <= int(front_cut):
        return form.lower()
    return _CASINGS[case](front_add + form[int(front_cut) : stop] + end_add)
