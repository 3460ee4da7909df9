"""One address fetched: what comes back from a real server, and what is refused before anything is asked."""

import gzip
import ipaddress
import re
import socket
import zlib

import pyarrow as pa
import pytest

from pages.site import HEAD, article, dripping, raw, serve
from stemma.errors import Busy, PageError, Unanswered
from stemma.pages.connections import Hosts, is_public
from stemma.pages.web import REDIRECTS, fetch
from stemma.settings import Manners

PRIVATE = Manners(allow_private=True, delay=0, seconds=5)
BOMB = b"<p>" + b"\0" * (40 << 20)


@pytest.fixture
def site():
    with serve() as served:
        yield served


def get(address, manners=PRIVATE, **more):
    return fetch(address, Hosts(manners), **more)


def refusal(address, manners=PRIVATE, **more):
    with pytest.raises(PageError) as caught:
        get(address, manners, **more)
    return str(caught.value)


def test_a_page_comes_with_its_headers_its_time_and_where_it_came_from(site):
    site.pages["a"] = (200, {"ETag": '"one"'}, article())
    answer = get(site / "a")
    assert (answer.url, answer.status, answer.content, answer.peer) == (site / "a", 200, article(), "127.0.0.1")
    assert answer.header("etag") == '"one"'
    assert answer.retrieved.endswith("+00:00")


DISGUISES = (
    "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "0.0.0.0", "localhost", "localhost.", "LOCALHOST",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "127.0.0.1.",
    "①②⑦.0.0.1", "127。0。0。1", "%31%32%37.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("host", DISGUISES)
def test_no_disguise_of_loopback_is_connected_to(site, host):
    site.pages["a"] = article()
    port = site.address.rpartition(":")[2]
    assert refusal(f"http://{host}:{port}/a", Manners(delay=0, seconds=5))
    assert site.asked == []


@pytest.mark.parametrize(
    "trick", ["news.example@127.0.0.1", "127.0.0.1#@news.example", "127.0.0.1\\@news.example", "u:p@127.0.0.1"]
)
def test_no_user_name_hides_the_host(site, trick):
    port = site.address.rpartition(":")[2]
    host, _, rest = trick.partition("#")
    assert refusal(f"http://{host}:{port}/a{'#' + rest if rest else ''}", Manners(delay=0, seconds=5))
    assert site.asked == []


@pytest.mark.parametrize("target", ["http://xn--/", "http://xn--a-.example/", "http://\u00ad/", f"http://{'a' * 80}.example/"])
def test_a_redirect_to_a_name_that_no_host_can_have_is_refused_in_a_sentence(site, target):
    site.pages["a"] = raw(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())
    assert re.search(r"this is no address|there is no host|names no host|what is no address", refusal(site / "a"))


@pytest.mark.parametrize("host", [h for h in DISGUISES if "%" not in h and "①" not in h and "。" not in h])
def test_no_redirect_leads_to_a_disguise_of_loopback(site, host):
    """The first request is let through as one to a public address would be; the second is checked by itself."""
    port = site.address.rpartition(":")[2]
    site.pages |= {"a": (302, {"Location": f"http://{host}:{port}/secret"}, b""), "secret": article()}
    hosts = Hosts(PRIVATE)

    def forbid_after_the_first(_):
        hosts.manners = Manners(delay=0, seconds=5) if site.asked else PRIVATE

    with pytest.raises(PageError, match=r"is no public address|there is no host|what is no address"):
        fetch(site / "a", hosts, allowed=forbid_after_the_first)
    assert site.asked == ["a"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
        "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
        "64:ff9b:1::1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
        "2001:db8::1", "100::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_none(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"])
def test_a_public_address_is_one(address):
    assert is_public(ipaddress.ip_address(address))


def test_a_name_that_answers_otherwise_the_second_time_is_connected_to_at_the_address_that_was_checked(site, monkeypatch):
    """DNS rebinding: whoever checks a name and then connects to it asks twice."""
    asked = []
    real = socket.getaddrinfo

    def rebinding(host, port, *rest, **more):
        if host != "rebind.example":
            return real(host, port, *rest, **more)
        asked.append(host)
        return real("127.0.0.1" if len(asked) > 1 else "192.0.2.1", port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = site.address.rpartition(":")[2]
    assert "192.0.2.1" in refusal(f"http://rebind.example:{port}/a", Manners(delay=0, seconds=5))
    assert (asked, site.asked) == (["rebind.example"], [])


def test_a_name_with_one_private_address_among_public_ones_is_refused(site, monkeypatch):
    real = socket.getaddrinfo

    def both(host, port, *rest, **more):
        if host != "both.example":
            return real(host, port, *rest, **more)
        return real("192.88.99.7", port, *rest, **more) + real("127.0.0.1", port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert "127.0.0.1" in refusal(f"http://both.example:{site.address.rpartition(':')[2]}/a", Manners(delay=0, seconds=5))
    assert site.asked == []


@pytest.mark.parametrize(
    "address", ["ftp://news.example/a", "file:///etc/hosts", "gopher://news.example/", "data://text/plain,a"]
)
def test_only_the_web_is_read(address):
    assert refusal(address) == "only http and https addresses are read."


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://127.0.0.1/a", "javascript:alert(1)", "http://user@127.0.0.1/"])
def test_a_redirect_to_what_is_not_read_is_refused(site, target):
    site.pages["a"] = (301, {"Location": target}, b"")
    assert "redirects to an address that is not followed" in refusal(site / "a")


@pytest.mark.parametrize(
    "address", ["http://", "http:///a", "http://[::1/", "http://a b/", "http://x:99999/", "http://" + "a" * 5000]
)
def test_what_is_no_address_is_a_sentence(address):
    assert refusal(address).endswith(".")


def test_redirects_are_followed_and_the_last_address_is_kept(site):
    site.pages |= {"a": (301, {"Location": "/b"}, b""), "b": (307, {"Location": site / "c"}, b""), "c": article()}
    assert get(site / "a").url == site / "c"
    assert site.asked == ["a", "b", "c"]


def test_redirects_without_end_are_left(site):
    site.pages["a"] = (302, {"Location": "/a"}, b"")
    assert "redirects more than" in refusal(site / "a")
    assert len(site.asked) == REDIRECTS + 1


def test_no_cookie_is_kept_or_sent(site):
    site.pages |= {"a": (302, {"Location": "/b", "Set-Cookie": "id=1"}, b""), "b": article()}
    get(site / "a")
    assert [h for h in site.headers if "Cookie" in h] == []


def deflated(content):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def packed(content, codec):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, codec) as stream:
        stream.write(content)
    return sink.getvalue().to_pybytes()


PACKERS = {
    "gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "Deflate": deflated,
    "br": lambda c: packed(c, "brotli"), "zstd": lambda c: packed(c, "zstd"), "identity": bytes,
    "gzip, br": lambda c: packed(gzip.compress(c), "brotli"),
}  # fmt: skip


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_page_is_unpacked_as_its_server_says(site, encoding):
    site.pages["a"] = (200, {"Content-Encoding": encoding}, PACKERS[encoding](article()))
    assert get(site / "a").content == article()


@pytest.mark.parametrize("encoding", [e for e in PACKERS if e != "identity"])
def test_a_bomb_is_refused_before_it_is_unpacked(site, encoding):
    site.pages["a"] = (200, {"Content-Encoding": encoding}, PACKERS[encoding](BOMB))
    assert re.search("bomb|larger than 32 MB", refusal(site / "a", Manners(True, 0, 60)))


@pytest.mark.parametrize("encoding", [e for e in PACKERS if e != "identity"])
def test_a_packed_page_that_breaks_off_is_refused(site, encoding):
    site.pages["a"] = (200, {"Content-Encoding": encoding}, PACKERS[encoding](article() * 50)[:-20])
    assert "broken" in refusal(site / "a")


def test_a_page_that_is_packed_twice_with_a_header_for_each_is_opened(site):
    packed = gzip.compress(zlib.compress(article()))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    site.pages["a"] = raw(head.encode() + packed)
    assert get(site / "a").content == article()


def test_a_page_in_a_packing_that_nobody_knows_is_refused(site):
    site.pages["a"] = (200, {"Content-Encoding": "rot13"}, article())
    site.pages["b"] = (200, {"Content-Encoding": ",".join(["gzip"] * 50)}, article())
    assert "'rot13'" in refusal(site / "a")
    assert "again and again" in refusal(site / "b")


def test_a_page_that_is_too_large_is_refused_whatever_its_length_says(site):
    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
        for _ in range(80):
            handler.wfile.write(b"x" * (1 << 20))
        handler.close_connection = True

    site.pages["a"] = endless
    assert refusal(site / "a", Manners(True, 0, 60)) == "the page is larger than 32 MB."


def test_a_body_shorter_than_its_length_is_refused(site):
    site.pages["a"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + article())
    assert "broke off" in refusal(site / "a")


def test_a_body_longer_than_its_length_is_cut_there(site):
    site.pages["a"] = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n" + article())
    assert get(site / "a").content == article()[:20]


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x16\x03\x01\x00\x00", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", b"HTTP/9 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\n" + b"A: " + b"a" * 300_000 + b"\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\na\r\n", b"HTTP/1.1 000 \r\n\r\n"],
)  # fmt: skip
def test_what_is_no_http_is_a_sentence(site, answer):
    site.pages["a"] = raw(answer)
    said = refusal(site / "a")
    assert (said[-1], "bytearray" in said) == (".", False)


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left_when_its_time_is_over(site, part):
    site.pages["a"] = dripping(b"X-A: b\r\n", HEAD) if part == "head" else dripping(article())
    assert "within 0.5 seconds" in refusal(site / "a", Manners(True, 0, 0.5))


@pytest.mark.parametrize("status", [400, 403, 404, 410, 418, 451, 500, 502, 599, 204, 206, 304, 300])
def test_another_status_than_200_is_said(site, status):
    site.pages["a"] = (status, {"Content-Length": None if status in (204, 304) else "0"}, b"")
    with pytest.raises(Unanswered, match=f"^the server answers {status}") as caught:
        get(site / "a")
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7),
        ("9" * 20, 999_999_999),
        ("x", 30),
        (None, 30),
        ("-4", 30),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 21 Oct 2015 07:28:00", 30),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_how_long_it_wants_to_be_left_alone(site, said, seconds, status):
    site.pages["a"] = (status, {"Retry-After": said}, b"")
    with pytest.raises(Busy) as caught:
        get(site / "a")
    assert (caught.value.seconds, caught.value.status) == (seconds, status)


def test_a_page_that_is_known_and_unchanged_is_not_sent_again(site):
    def conditional(handler):
        known = handler.headers["If-None-Match"] == '"one"'
        handler.send(
            304 if known else 200, {"ETag": '"one"', "Content-Length": None if known else "9"}, b"" if known else b"<p>A</p>."
        )

    site.pages["a"] = conditional
    assert get(site / "a").status == 200
    assert get(site / "a", headers={"If-None-Match": '"one"'}).status == 304
