"""A real server of HTTP on loopback, whose pages a test writes: whole answers, or bytes as they go over the wire."""

import itertools
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPHS = (
    "The swing bridge at {place} was closed on Monday after an inspector found a crack in its second pier, the county said.",
    "“Nobody will cross it before the pier is mended,” said the inspector, Ilse Marn, who has looked after it for nine years.",
    "About 4,000 people use the bridge each day, and the ferry that is to take them will not run before Thursday.",
)


def article(place="Ostrel", head="", foot=""):
    """Return an invented article as a page of HTML."""
    body = "".join(f"<p>{p.format(place=place)}</p>" for p in PARAGRAPHS)
    title = f"Bridge at {place} closed"
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article>{foot}</body></html>"
    ).encode()


class Site:
    """What the server answers by path, and what it was asked: `asked` has a path for each request in their order.

    An answer is bytes (a page of HTML), (status, headers, body), or a function of the handler that writes what it likes.
    """

    def __init__(self, address):
        self.address = address
        self.pages = {}
        self.asked = []
        self.headers = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()

    def __truediv__(self, path):
        return f"{self.address}/{path}"

    def count(self):
        """Return how often each path was asked for."""
        return Counter(self.asked)

    @contextmanager
    def one_more(self):
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        with site.one_more():
            path = self.path.lstrip("/")
            site.asked.append(path)
            site.headers.append(dict(self.headers))
            answer = site.pages.get(path, (404, {}, b"not here"))
            try:
                answer(self) if callable(answer) else self.send(*(answer if isinstance(answer, tuple) else (200, {}, answer)))
            except OSError:
                self.close_connection = True  # whoever asked has gone away

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serve(host="127.0.0.1"):
    """Serve a site until the end of the block."""
    server = ThreadingHTTPServer((host, 0), _Handler)
    server.daemon_threads = True
    server.site = Site(f"http://{host}:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def dripping(part, begun=HEAD + b"Content-Length: 1000000\r\n\r\n", pause=0.02):
    """Return an answer whose part comes again and again, byte by byte, without end."""

    def answer(handler):
        handler.wfile.write(begun)
        for byte in itertools.cycle(part):
            handler.wfile.write(bytes([byte]))
            time.sleep(pause)

    return answer


def raw(content):
    """Return an answer of just these bytes, after which the server closes the connection."""

    def answer(handler):
        handler.wfile.write(content)
        handler.close_connection = True

    return answer
