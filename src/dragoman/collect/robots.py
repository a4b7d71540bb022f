"""What sites ask of machines: robots.txt (RFC 9309), kept for each site."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from dragoman.collect.errors import BadInput

LONGEST = 30.0  # seconds of pause that are granted


class Robots:
    """The rules of the sites met so far; `fetch` gives the bytes of an address, or raises BadInput."""

    def __init__(self, agent: str, fetch: Callable[[str], bytes]) -> None:
        self._agent, self._fetch = agent, fetch
        self._sites: dict[str, RobotFileParser] = {}
        self._delays: dict[str, float] = {}

    def allow(self, url: str) -> bool:
        """Whether a site lets machines read this page. Raises what `fetch` raises while a site is too busy to say."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._sites:
            rules = self._sites[site] = self._rules(site)
            self._delays[parts.hostname or ""] = min(LONGEST, float(rules.crawl_delay(self._agent) or 0.0))
        return self._sites[site].can_fetch(self._agent, url)

    def delay(self, host: str) -> float:
        """Seconds that a host wants between two requests."""
        return self._delays.get(host, 0.0)

    def _rules(self, site: str) -> RobotFileParser:
        """A site's rules; one that has none lets everything be read."""
        rules = RobotFileParser()
        try:
            lines = self._fetch(f"{site}/robots.txt").decode("utf-8", "replace").splitlines()
        except BadInput as err:
            if getattr(err, "later", False):
                raise
            lines = []
        rules.parse(lines)
        return rules
