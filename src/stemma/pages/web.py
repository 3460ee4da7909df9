"""Addresses of the web to pages: fetched from many hosts at a time, one request at a time to each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message

import httpx
from protego import Protego

from stemma import ids
from stemma.errors import Busy, PageError, Unanswered, Unreachable
from stemma.pages.fetch import AGENT, Answer, asks_again, fetch, host_of
from stemma.pages.hosts import LONGEST_PAUSE, Hosts, each_host
from stemma.pages.meta import PageMeta, meta_of
from stemma.pages.saved import Saved, plain_address
from stemma.pages.sniff import sniff
from stemma.tables import Page, Response, Skipped

TRIES = 3
"""Requests for a page whose server is busy and says for how long."""

_HTML = ("text/html", "application/xhtml+xml")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/x-opml")
_PLAIN = ("", "text/plain", "text/markdown", "application/octet-stream")
_LONGEST = 512_000
"""Bytes of a robots.txt that count, as in RFC 9309."""


@dataclass(frozen=True, slots=True)
class Later:
    """An address that did not answer and may in so many `seconds`, as its server says; 0: it does not say."""

    location: str
    reason: str
    seconds: float


def fetch_pages(
    addresses: Sequence[str], meta: Mapping[str, PageMeta], hosts: Hosts, robots: "Robots | None" = None
) -> Iterator[Saved | Skipped | Later]:
    """Yield the page of each address as it comes, or why it could not be read.

    Addresses that a person names are fetched as a browser would; with `robots`, for those that a feed names, what the robots.txt
    of a site forbids is skipped. A busy server is asked again if it says when within a minute.
    """
    for _, found in each_host(addresses, lambda address: _page_or_why(address, meta, hosts, robots)):
        yield found


def page_from(address: str, answer: Answer, meta: Mapping[str, PageMeta]) -> Saved:
    """Return what a server answered as a page; raises PageError when it is none."""
    told = Message()
    told["content-type"] = answer.header("content-type") or ""
    known, sha = meta_of(address, meta), ids.sha256(answer.content)
    url = known.url or plain_address(answer.url)
    page = Page(
        id=ids.digest(sha, url), location=address, url=url, outlet=known.outlet, published=known.published,
        retrieved=known.retrieved or answer.retrieved, sha256=sha, size=len(answer.content), format=_format(answer, told),
        charset=str(told.get_param("charset") or "") or None,
    )  # fmt: skip
    return Saved(
        page, answer.content, Response(page.id, answer.url, answer.retrieved, answer.status, answer.headers, answer.peer)
    )


def _page_or_why(address: str, meta: Mapping[str, PageMeta], hosts: Hosts, robots: "Robots | None") -> Saved | Skipped | Later:
    try:
        return page_from(address, _patiently(address, hosts, robots), meta)
    except PageError as error:
        seconds = asks_again(error)
        return Skipped(address, str(error)) if seconds is None else Later(address, str(error), seconds)
    except Exception as error:  # noqa: BLE001 - the boundary of a thread: one address must not stop the rest, and it is said
        return Skipped(address, f"this address could not be read ({type(error).__name__}: {error}).")


def _patiently(address: str, hosts: Hosts, robots: "Robots | None") -> Answer:
    for left in reversed(range(TRIES)):
        try:
            return fetch(address, hosts, allowed=robots.check if robots else None)
        except Busy as busy:
            if not left or busy.seconds > LONGEST_PAUSE:
                raise
    raise AssertionError("unreachable")


def _format(answer: Answer, told: Message) -> str:
    """What the bytes are; raises PageError for what is no page, whatever the server calls it."""
    kind, said = sniff(answer.content), told.get_content_type() if told["content-type"] else ""
    if said in _HTML:
        return "html"
    if said in _FEEDS:
        raise PageError("this is a feed, not a page; give it with --feed.")
    if kind == "text" and said not in _PLAIN:
        raise PageError(f"the server sends {said[:60]}, which is not read.")
    return kind


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
