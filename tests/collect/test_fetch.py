from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from collect.formats import DAY, TITLE
from collect.hostile import hostile_server

from dragoman.collect import BadInput, Collected, Fetcher, collected, online
from dragoman.collect.addresses import is_public
from dragoman.collect.fetch import FetchError


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    with hostile_server() as found:
        yield found


def fetcher(**more: object) -> Fetcher:
    given: dict[str, object] = {
        "allowed": lambda a: a == "127.0.0.1",
        "pause": 0.0,
        "seconds": 2.0,
        "sleep": lambda s: None,
    }
    return Fetcher(**(given | more))  # type: ignore[arg-type]


def opened(urls: list[str], one: Fetcher) -> list[Collected]:
    given = online(urls, one)
    return [item for one in given for item in ([one] if isinstance(one, Collected) else collected(one))]


def test_a_page_becomes_a_report_known_by_its_address(web: tuple[str, list[str]]) -> None:
    (found,) = opened([f"{web[0]}/page"], fetcher())
    assert found.report is not None
    assert (found.report.origin, found.report.published, found.report.title) == (f"{web[0]}/page", DAY, TITLE)


def test_a_feed_becomes_its_entries(web: tuple[str, list[str]]) -> None:
    (found,) = opened([f"{web[0]}/feed"], fetcher())
    assert found.report is not None
    assert found.report.published_from == "feed"


@pytest.mark.parametrize("path", ["latin", "lying"])
def test_letters_come_out_right_whatever_the_server_says(web: tuple[str, list[str]], path: str) -> None:
    (found,) = opened([f"{web[0]}/{path}"], fetcher())
    assert found.report is not None
    assert "Besançon" in found.report.text


def test_a_page_that_moved_is_known_by_where_it_stands(web: tuple[str, list[str]]) -> None:
    assert fetcher().get(f"{web[0]}/moved").url == f"{web[0]}/page"


def test_what_has_not_changed_is_not_sent_again(web: tuple[str, list[str]]) -> None:
    one = fetcher()
    first = one.get(f"{web[0]}/cached")
    again = one.get(f"{web[0]}/cached", etag=first.etag, modified=first.modified)
    assert first.body
    assert again.body is None


@pytest.mark.parametrize(
    ("path", "words", "later"),
    [
        ("loop", "redirected more than", False),
        ("inward", "private network", False),
        ("file", "no address of a page", False),
        ("nowhere", "no address", False),
        ("nothing", "404", False),
        ("busy", "503", True),
        ("endless", "--limit", False),
        ("slow", "longer than 2 seconds", True),
        ("silent", "does not answer", True),
        ("broken", "broke off", True),
        ("bomb", "--limit", False),
        ("garbled", "broke off", True),
        ("private/x", "robots.txt", False),
    ],
)
def test_what_misbehaves_is_bounded_and_named(web: tuple[str, list[str]], path: str, words: str, later: bool) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match=words) as caught:
        fetcher(limit=1_000_000).get(f"{web[0]}/{path}")
    assert caught.value.later is later
    assert time.monotonic() - begun < 4


def test_a_busy_site_says_when_to_come_back(web: tuple[str, list[str]]) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher().get(f"{web[0]}/busy")
    assert caught.value.after == 120


def test_robots_are_asked_once_and_their_pause_is_kept(web: tuple[str, list[str]]) -> None:
    pauses: list[float] = []
    one = fetcher(sleep=pauses.append)
    one.get(f"{web[0]}/page")
    one.get(f"{web[0]}/page")
    assert web[1].count("/robots.txt") == 1
    assert max(pauses) > 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/"]
)
def test_private_addresses_are_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        Fetcher(pause=0.0).get(url)


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "169.254.169.254", "224.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0", "fc00::1", "::"],
)
def test_no_disguise_makes_an_address_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "https://user:word@a.example/", "https:///x", "https://a.example:99999/", "http://[a"]
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        Fetcher(pause=0.0).get(url)


def test_one_bad_address_costs_only_itself(web: tuple[str, list[str]]) -> None:
    found = list(opened([f"{web[0]}/nothing", f"{web[0]}/page"], fetcher()))
    assert [one.report is not None for one in found] == [False, True]
    assert found[0].rejects[0].report == f"{web[0]}/nothing"
