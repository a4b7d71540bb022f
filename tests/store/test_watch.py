from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from collect.formats import FIRST, PAGE, SECOND, TITLE
from here import Here

from dragoman.collect import BadInput, Fetcher
from dragoman.collect.outlines import feeds_in
from dragoman.collect.topic import Topic, topic_of
from dragoman.scale import desk
from dragoman.scale.clerk import DESK, Clerk
from dragoman.store import Place, Round, Store, Watched, watch_round

START = datetime(2021, 3, 2, 12, tzinfo=UTC)


class Site:
    """A site with a feed and its pages, which can be taken down and put up again."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down: set[str] = set()
        self.pages = {"/one": PAGE, "/two": PAGE.replace("Sunday", "Monday").replace(TITLE, "Football in the rain")}
        self.url = ""

    def feed(self) -> str:
        items = "".join(
            f"<item><title>{'Football' if path == '/two' else TITLE}</title><link>{self.url}{path}</link></item>"
            for path in self.pages
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Karsh Times</title>{items}</channel></rss>'


@contextmanager
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            known = self.headers.get("If-None-Match")
            body = found.feed() if self.path == "/feed" else found.pages.get(self.path, "")
            status = 503 if self.path in found.down else 304 if known == str(len(body)) else 200 if body else 404
            self.send_response(status)
            self.send_header("Content-Type", "application/xml" if self.path == "/feed" else "text/html")
            self.send_header("ETag", str(len(body)))
            self.end_headers()
            if status == 200:
                self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def watching(store: Store, web: Site, topic: Topic | None = None) -> Callable[[int], Round]:
    """A round at so many minutes after the start."""
    desk._reader.cache_clear()
    clerk = Clerk(Here(DESK))  # type: ignore[arg-type]
    fetcher = Fetcher(allowed=lambda address: True, pause=0.0, sleep=lambda pause: None)
    watched = Watched(store, every=timedelta(minutes=30), jitter=0.0)

    def at(minutes: int) -> Round:
        return watch_round(
            store,
            watched,
            [f"{web.url}/feed"],
            fetcher=fetcher,
            topic=topic or Topic(),
            clerk=clerk,
            now=lambda: START + timedelta(minutes=minutes),
        )

    return at


def test_a_round_reads_what_is_announced_once(place: Place) -> None:
    with site() as web, Store.open(place, writable=True) as store:
        at = watching(store, web)
        assert len(at(0).read) == 2
        assert at(1).read == []
        assert web.asked.count("/feed") == 1
        assert at(31).read == []
        assert (web.asked.count("/feed"), web.asked.count("/one")) == (2, 1)


def test_a_new_page_is_read_when_its_feed_is_due_again(place: Place) -> None:
    with site() as web, Store.open(place, writable=True) as store:
        at = watching(store, web)
        at(0)
        web.pages["/three"] = PAGE.replace("Sunday", "Tuesday")
        assert at(29).read == []
        assert len(at(31).read) == 1


def test_only_pages_of_the_topic_are_fetched(place: Place) -> None:
    with site() as web, Store.open(place, writable=True) as store:
        found = watching(store, web, Topic(any=("Karsh",), none=("football",)))(0)
        assert (len(found.read), found.passed) == (1, 1)
        assert "/two" not in web.asked


def test_a_feed_that_fails_is_asked_later_and_later_and_heals(place: Place) -> None:
    with site() as web, Store.open(place, writable=True) as store:
        web.down.add("/feed")
        at = watching(store, web)
        assert "again in 60 minutes" in at(0).messages[0]
        assert at(59).messages == []
        assert "again in 120 minutes" in at(61).messages[0]
        web.down.clear()
        assert len(at(200).read) == 2


def test_a_page_that_fails_is_tried_again_and_set_aside_in_the_end(place: Place) -> None:
    with site() as web, Store.open(place, writable=True) as store:
        web.down.add("/one")
        at = watching(store, web)
        assert len(at(0).read) == 1
        assert len(at(11).messages) == 1
        web.down.clear()
        assert len(at(60).read) == 1
        del web.pages["/two"]
        web.pages["/four"] = ""
        found = at(120)
        assert "404" in found.messages[0]
        assert "404" in store.rejects()[0].reason
        assert at(200).messages == []


def test_a_page_without_a_report_gives_way_to_the_text_of_its_feed(place: Place) -> None:
    with site() as web, Store.open(place, writable=True) as store:
        web.pages = {"/one": "<html><body><nav>Home</nav></body></html>"}
        whole = web.feed().replace("</item>", f"<description>{FIRST} {SECOND}</description></item>")
        web.feed = lambda: whole  # type: ignore[method-assign]
        assert len(watching(store, web)(0).read) == 1


def test_a_watch_goes_on_where_it_stopped(place: Place) -> None:
    with site() as web:
        with Store.open(place, writable=True) as store:
            web.down.add("/one")
            watching(store, web)(0)
        web.down.clear()
        with Store.open(place, writable=True) as store:
            assert len(watching(store, web)(20).read) == 1
            assert len(store.reports()) == 2
        assert web.asked.count("/feed") == 1


def test_feeds_come_from_opml_a_list_or_an_address(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml version="2.0"><body>'
        '<outline text="Press"><outline xmlUrl="https://a.example/rss"/><outline xmlUrl="file:///etc/passwd"/></outline>'
        '<outline xmlUrl="https://a.example/rss"/></body></opml>',
        encoding="utf-8",
    )
    assert feeds_in(str(opml)) == ("https://a.example/rss",)
    plain = tmp_path / "feeds.txt"
    plain.write_text("# mine\nhttps://b.example/rss  daily\n", encoding="utf-8")
    assert feeds_in(str(plain)) == ("https://b.example/rss",)
    plain.write_text("none", encoding="utf-8")
    with pytest.raises(BadInput, match="names no feed"):
        feeds_in(str(plain))
    with pytest.raises(BadInput, match=r"missing\.opml: there is no such file"):
        feeds_in(str(tmp_path / "missing.opml"))


def test_a_topic_that_cannot_be_read_shows_what_one_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "topic.toml"
    path.write_text('any = ["Karsh"]\nall = ["envoy"]\n', encoding="utf-8")
    assert topic_of(path).fits("An envoy in Karsh")
    assert not topic_of(path).fits("Envoys in Karsh")
    path.write_text('any = ["(a+)+$", ".*"]\n', encoding="utf-8")  # words, not patterns: none is endless
    assert not topic_of(path).fits("a" * 100_000 + "!")
    assert topic_of(path).fits("They wrote (a+)+$ on a wall")
    for empty in ('any = [""]', 'none = [" "]'):
        path.write_text(empty, encoding="utf-8")
        with pytest.raises(BadInput, match="an empty word"):
            topic_of(path)
    path.write_text('words = ["Karsh"]', encoding="utf-8")
    with pytest.raises(BadInput, match="any ="):
        topic_of(path)
