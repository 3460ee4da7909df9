"""Addresses of the web to pages: from many hosts at a time, one request at a time to each.

Only http and https, only what is public, redirects by hand, within bounds of time and size.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from http.client import responses
from ssl import SSLCertVerificationError, SSLContext, SSLError
from types import MappingProxyType

import httpcore
import httpx
from protego import Protego

from stemma import __version__, ids
from stemma.errors import Busy, PageError, Unanswered, Unreachable
from stemma.pages.archives import ACCEPTED, LONGEST, unpacked
from stemma.pages.connections import LONGEST_PAUSE, GuardedBackend, Hosts, each_host
from stemma.pages.meta import PageMeta, meta_of
from stemma.pages.saved import Saved, plain_address
from stemma.pages.sniff import sniff
from stemma.tables import Header, Page, Response, Skipped

AGENT = f"stemma/{__version__}"
"""Under this name servers see stemma; its first part is what robots.txt can call it by."""
REDIRECTS = 8
"""Redirects of one page that are followed; browsers follow 20."""
LONGEST_ADDRESS = 4000

_SENT = (
    ("User-Agent", AGENT),
    ("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"),
    ("Accept-Encoding", ACCEPTED),
    ("Connection", "close"),
)
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: `url` is the address after redirects, `content` the body unpacked, `retrieved` ISO 8601 in UTC."""

    url: str
    retrieved: str
    status: int
    headers: tuple[Header, ...]
    content: bytes
    peer: str | None

    def header(self, name: str) -> str | None:
        """Return a header's value, the first when it stands twice."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def fetch(
    address: str,
    hosts: Hosts,
    headers: Mapping[str, str] = _NO_HEADERS,
    allowed: Callable[[str], None] | None = None,
) -> Answer:
    """Return what the server of an address answers, after redirects: status 200, or 304 where `headers` ask for it.

    No cookies are kept or sent. `allowed` is asked before each request and raises PageError to forbid it.
    Raises PageError with a sentence on whatever else comes: Unreachable, Unanswered on another status, Busy when it is to be
    asked later.
    """
    url, left = _checked(address), hosts.manners.seconds
    for _ in range(REDIRECTS + 1):
        if allowed:
            allowed(str(url))
        with hosts.turn(host_of(url)):
            begun = time.monotonic()
            answer, waiting = _asked(url, hosts, headers, begun + left)
        left -= time.monotonic() - begun
        if waiting is not None:
            hosts.wait(host_of(url), waiting)
            raise Busy(f"the server is busy ({answer.status}) and asks to come again later.", answer.status, waiting)
        target = answer.header("location") if answer.status in (301, 302, 303, 307, 308) else None
        if target is None:
            return _good(answer, headers)
        url = _checked(_absolute_address(url, target), "it redirects to an address that is not followed: ")
    raise PageError(f"it redirects more than {REDIRECTS} times.")


def asks_again(error: PageError) -> float | None:
    """Return after how many seconds an address may answer that did not now, as its server says (0: it does not say), or None."""
    if isinstance(error, Busy):
        return error.seconds
    passing = isinstance(error, Unreachable) or (isinstance(error, Unanswered) and error.status >= 500)
    return 0.0 if passing else None


def host_of(url: httpx.URL) -> str:
    """Return the host of an address with its port, where that is not the usual one."""
    return f"{url.host}:{url.port}" if url.port else url.host


def _checked(address: str, why: str = "") -> httpx.URL:
    """The address, parsed; raises PageError for one that is not fetched."""
    if address.split("://")[0].lower() not in ("http", "https"):
        raise PageError(f"{why}only http and https addresses are read.")
    if len(address) > LONGEST_ADDRESS:
        raise PageError(f"{why}the address is longer than {LONGEST_ADDRESS} characters.")
    try:
        url = httpx.URL(address.strip())
        host = url.host
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise PageError(f"{why}this is no address that can be asked for.") from error
    if not host:
        raise PageError(f"{why}the address names no host.")
    if url.port is not None and not 0 < url.port < 1 << 16:
        raise PageError(f"{why}the port of an address is a number from 1 to 65535.")
    if url.userinfo or "@" in url.netloc.decode("ascii", "replace"):
        raise PageError(f"{why}an address with a user's name in it is not read.")
    return url.copy_with(fragment=None)


def _absolute_address(url: httpx.URL, target: str) -> str:
    try:
        return str(url.join(target))
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise PageError(f"it redirects to what is no address ({target[:80]!r}).") from error


def _asked(url: httpx.URL, hosts: Hosts, headers: Mapping[str, str], deadline: float) -> tuple[Answer, float | None]:
    """What one request brought, and how long the server wants to be left alone."""
    backend = GuardedBackend(deadline, hosts.manners.allow_private)
    sent = [("Host", url.netloc.decode("ascii")), *_SENT, *headers.items()]
    place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path or b"/")
    try:
        with (
            httpcore.ConnectionPool(_tls(), max_connections=1, network_backend=backend) as pool,
            pool.stream("GET", place, headers=sent) as response,
        ):
            answer = Answer(
                str(url), datetime.now(UTC).isoformat(timespec="seconds"), response.status,
                tuple((_text(k), _text(v)) for k, v in response.headers), b"", backend.peer,
            )  # fmt: skip
            waiting = _waiting(answer)
            if waiting is not None or response.status != HTTPStatus.OK:
                return answer, waiting
            return _with_body(answer, response), None
    except httpcore.TimeoutException as error:
        raise Unreachable(f"the server was too slow: the page did not come within {hosts.manners.seconds:g} seconds.") from error
    except httpcore.ProtocolError as error:
        raise Unreachable("the answer broke off, or is no answer of the web.") from error
    except (httpcore.NetworkError, OSError) as error:
        raise Unreachable(f"{url.host} cannot be reached{_reason(error)}.") from error


def _reason(error: BaseException | None) -> str:
    """What the system or the check of a certificate says, below what libraries made of it."""
    while error is not None:
        if isinstance(error, SSLCertVerificationError):
            return f": its certificate does not hold ({error.verify_message})"
        if isinstance(error, SSLError):
            return ": no secure connection came about"
        if isinstance(error, OSError) and error.strerror:
            return f" ({error.strerror.lower()})"
        error = error.__cause__ or error.__context__
    return ""


def _with_body(answer: Answer, response: httpcore.Response) -> Answer:
    parts, size = [], 0
    for part in response.iter_stream():
        size += len(part)
        if size > LONGEST:
            raise PageError(f"the page is larger than {LONGEST >> 20} MB.")
        parts.append(part)
    encodings = ",".join(value for name, value in answer.headers if name.lower() == "content-encoding")
    content = unpacked(b"".join(parts), encodings)
    return Answer(answer.url, answer.retrieved, answer.status, answer.headers, content, answer.peer)


def _good(answer: Answer, asked: Mapping[str, str]) -> Answer:
    """The answer when it is a page, or says that the page is the one that is known; raises PageError."""
    if answer.status == HTTPStatus.OK or (answer.status == HTTPStatus.NOT_MODIFIED and asked):
        return answer
    phrase = f" ({responses[answer.status].lower()})" if answer.status in responses else ""
    raise Unanswered(f"the server answers {answer.status}{phrase}.", answer.status)


def _waiting(answer: Answer) -> float | None:
    """Seconds that a busy server wants to be left alone: what it says, else half a minute; None when it is not busy."""
    if answer.status not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return None
    said = (answer.header("retry-after") or "").strip()
    if said.isdecimal():
        # Of digits without end the first say enough.
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 30.0


def _text(value: bytes) -> str:
    return value.decode("latin-1").replace("\0", "")


@lru_cache(maxsize=1)
def _tls() -> SSLContext:
    return httpcore.default_ssl_context()


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
