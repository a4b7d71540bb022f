"""A web server on loopback that does what servers on the web do to those who fetch from them."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from collect.formats import DAY, PAGE, URL, rss

ROBOTS = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 2\n"


class Hostile(BaseHTTPRequestHandler):
    """Every path is a way to misbehave; `asked` keeps what was asked for."""

    protocol_version = "HTTP/1.1"
    asked: list[str]
    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.strip("/").split("/")[0].replace(".txt", "").replace("-", "_")
        with_suppressed_pipe(getattr(self, f"serve_{name}", self.serve_nothing))

    def log_message(self, format: str, *args: object) -> None:
        return

    def answer(self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def serve_robots(self) -> None:
        self.answer(ROBOTS, kind="text/plain")

    def serve_page(self) -> None:
        self.answer(PAGE.encode(), ETag='"one"', Last_Modified="Tue, 02 Mar 2021 08:00:00 GMT")

    def serve_private(self) -> None:
        self.serve_page()

    def serve_cached(self) -> None:
        known = self.headers.get("If-None-Match") == '"one"'
        self.answer(b"" if known else PAGE.encode(), status=304 if known else 200, ETag='"one"')

    def serve_moved(self) -> None:
        self.answer(b"", status=301, Location="/page")

    def serve_loop(self) -> None:
        self.answer(b"", status=302, Location="/loop")

    def serve_inward(self) -> None:
        self.answer(b"", status=302, Location=f"http://127.0.0.2:{self.server.server_port}/page")

    def serve_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def serve_nowhere(self) -> None:
        self.answer(b"", status=302, Location="http://[broken/page")

    def serve_nothing(self) -> None:
        self.answer(b"gone", status=404)

    def serve_busy(self) -> None:
        self.answer(b"", status=503, Retry_After="120")

    def serve_endless(self) -> None:
        self.start(None)
        while True:
            self.wfile.write(b"<p>more and more</p>" * 500)

    def serve_slow(self) -> None:
        self.start(1_000_000)
        for _ in range(100):
            self.wfile.write(b"<p>")
            self.wfile.flush()
            time.sleep(0.1)

    def serve_silent(self) -> None:
        time.sleep(5)

    def serve_broken(self) -> None:
        self.start(100_000)
        self.wfile.write(PAGE.encode())

    def serve_bomb(self) -> None:
        self.answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def serve_garbled(self) -> None:
        self.answer(b"\x1f\x8bno gzip at all", Content_Encoding="gzip")

    def serve_latin(self) -> None:
        page = PAGE.replace('<meta charset="utf-8">', "").replace("Karsh on", "Besançon on")
        self.answer(page.encode("latin-1"), kind="text/html; charset=iso-8859-1")

    def serve_lying(self) -> None:
        self.answer(PAGE.replace("Karsh on", "Besançon on").encode(), kind="text/html; charset=ascii")

    def serve_feed(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}/page"
        self.answer(rss().replace(URL.encode(), here.encode()), kind="application/rss+xml")

    def start(self, length: int | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()


def with_suppressed_pipe(serve: object) -> None:
    try:
        serve()  # type: ignore[operator]
    except OSError:  # the other side has had enough
        return


@contextmanager
def hostile_server() -> Iterator[tuple[str, list[str]]]:
    """The address of a running server, and the list of what it is asked."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Hostile,), {"asked": asked}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


assert DAY in PAGE
