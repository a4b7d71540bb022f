"""Where a rule for time expressions is tried: everywhere that its pattern could match, and hardly anywhere else."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge.beginnings import beginnings, head, plain
from dragoman.knowledge.timewords import load_times
from dragoman.understand.timex.tagger import candidates

WORDS = load_times()
SPOKEN = """the a an 3 of in on by late early mid last next this that two 14 2019 1990s '90s May march Monday spring
day days week year years ago fiscal half quarter third noon 10:30 p.m. Christmas’s twenty-four , . - ( “ ½ é ſeven"""
PIECES = st.sampled_from(SPOKEN.split())
BLANKS = st.sampled_from([" ", " ", " ", "\n", "\t", "\xa0", "", "-"])

PATTERNS = (
    r"(?:an?|the) (\w)x?",
    r"a?b{2,3}c|\d{2}th",
    r"(?P<y>x)(?P=y)|z",
    r"[a-c]?(?:\.|’)?q+",
    r"the(?:[hx]+|re)? ?\d",
    r"(?:th|t)?[eh]*(?: b?c)+",
)
SHORT = st.text("abcthex0123 .’qz", max_size=8)
BEHIND_THE = st.text("abchex0 \n\xa0é", max_size=6).map("the".__add__)


@settings(deadline=None)
@given(st.lists(st.tuples(PIECES, BLANKS), max_size=14))
def test_no_match_is_missed(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + blank for word, blank in parts)
    masked, signs = WORDS.masked(text), WORDS.signs_in(text)
    every = {
        (*m.span(), rule.source)
        for rule in WORDS.rules
        if not rule.sign or rule.sign in signs
        for m in rule.pattern.finditer(masked if rule.counts else text)
    }
    assert {(match.start(), match.end(), rule.source) for match, rule in candidates(text, WORDS)} == every


@given(st.sampled_from(PATTERNS), st.one_of(SHORT, BEHIND_THE))
def test_a_match_begins_as_told(pattern: str, text: str) -> None:
    begins = head(plain(text), 0)
    if re.match(pattern, text) and begins.isascii():
        assert any(begins[:n] in beginnings(pattern) for n in range(len(begins) + 1))
