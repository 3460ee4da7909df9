"""robots.txt: what a site lets programs read (RFC 9309), asked once a run for each site."""

import httpx
from protego import Protego

from stemma.errors import Busy, PageError, Unanswered, Unreachable
from stemma.pages.fetch import AGENT, fetch, host_of
from stemma.pages.hosts import Hosts

_LONGEST = 512_000
"""Bytes of a robots.txt that count, as in RFC 9309."""


class Robots:
    """What each site allows, asked for when it is first needed; may be used from many threads."""

    def __init__(self, hosts: Hosts) -> None:
        self.hosts = hosts
        self._known: dict[str, Protego | PageError] = {}

    def check(self, address: str) -> None:
        """Raise PageError when the site of an address does not let stemma read it, or does not say; Busy when it asks to wait."""
        url = httpx.URL(address)
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if site not in self._known:
            self._known[site] = _rules(site, self.hosts)
        rules = self._known[site]
        if isinstance(rules, PageError):
            raise rules
        self.hosts.slow_down(host_of(url), rules.crawl_delay(AGENT) or 0.0)
        if not rules.can_fetch(address, AGENT):
            raise PageError("the robots.txt of the site does not let programs read it.")


def _rules(site: str, hosts: Hosts) -> Protego | PageError:
    """The rules of a site; none where it has no robots.txt, and all is forbidden where that cannot be read now."""
    try:
        return Protego.parse(fetch(f"{site}/robots.txt", hosts).content[:_LONGEST].decode("utf-8", "replace"))
    except Busy as busy:
        return busy
    except PageError as error:
        if isinstance(error, Unanswered) and 400 <= error.status < 500:
            return Protego.parse("")
        return Unreachable(f"the robots.txt of the site cannot be read: {error}")
