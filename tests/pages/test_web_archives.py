"""Web archives: pages with the address, the time and the answer that the archive keeps of each."""

import gzip
import io
import json
import zipfile

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from pages.site import article
from stemma.pages import Saved, read_pages
from stemma.pages.saved import PageOptions
from stemma.pages.web_archives import pages_in_warc
from stemma.reports import read_page
from stemma.tables import Skipped

HTML = ("Content-Type", "text/html; charset=utf-8")
WHEN = "2031-05-05T07:01:02Z"


def written(*answers, packed=True):
    """Return a WARC of answers (address, status, headers, body)."""
    out = io.BytesIO()
    for address, status, headers, body in answers:
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = address
        record.headers["WARC-Date"] = WHEN
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        record.set_bytes_content(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body)
        plain = io.BytesIO()
        record.write(plain, checksum_data=True)
        out.write(gzip.compress(plain.getvalue()) if packed else plain.getvalue())
    return out.getvalue()


BRIDGE = ("https://ostrel.example/bridge", 200, (HTML, ("Server", "a"), ("Set-Cookie", "a=b")), article())


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_page_in_a_web_archive_has_its_address_its_time_and_the_servers_answer(tmp_path, name):
    picture = ("https://ostrel.example/a.png", 200, (("Content-Type", "image/png"),), b"\x89PNG")
    (tmp_path / name).write_bytes(written(picture, BRIDGE, packed=name.endswith("gz")))
    (saved,) = read_pages([str(tmp_path)])
    assert saved.page.location == f"{tmp_path / name}!/20310505070102/https://ostrel.example/bridge"
    assert (saved.page.url, saved.page.retrieved, saved.page.charset) == ("https://ostrel.example/bridge", WHEN, "utf-8")
    assert saved.content == article()
    assert (saved.response.status, saved.response.retrieved, saved.response.page) == (200, WHEN, saved.page.id)
    assert ("Set-Cookie", "a=b") in saved.response.headers
    assert read_page(saved)[0][0].title == "Bridge at Ostrel closed"


def test_answers_that_are_no_page_are_counted_in_one_line(tmp_path):
    lost = [(f"https://ostrel.example/{n}", status, (HTML,), b"<html>no</html>") for n, status in enumerate((404, 404, 301))]
    (tmp_path / "a.warc.gz").write_bytes(written(*lost, BRIDGE))
    saved, told = read_pages([str(tmp_path)])
    assert isinstance(saved, Saved)
    assert told == Skipped(
        f"{tmp_path}/a.warc.gz", "answers that hold no page were passed over: 1 with status 301, 2 with status 404."
    )


def chunked(body):
    return b"".join(b"%x\r\n%s\r\n" % (len(body[n : n + 50]), body[n : n + 50]) for n in range(0, len(body), 50)) + b"0\r\n\r\n"


WIRE = {
    "gzip": ((("Content-Encoding", "gzip"),), gzip.compress(article())),
    "chunked": ((("Transfer-Encoding", "chunked"),), chunked(article())),
    "gzip in chunks": ((("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")), chunked(gzip.compress(article()))),
    "said to be packed and is not": ((("Content-Encoding", "br"),), article()),
}


@pytest.mark.parametrize("way", WIRE)
def test_a_body_is_unpacked_whatever_way_it_went_over_the_wire(tmp_path, way):
    headers, body = WIRE[way]
    (tmp_path / "a.warc.gz").write_bytes(written((BRIDGE[0], 200, (HTML, *headers), body)))
    (saved,) = read_pages([str(tmp_path)])
    assert saved.content == article()


def test_a_bomb_in_a_web_archive_is_refused_and_the_others_are_read(tmp_path):
    bomb = gzip.compress(gzip.compress(b"<p>" + b"\0" * 400_000_000, 9), 9)
    answers = [("https://ostrel.example/bomb", 200, (HTML, ("Content-Encoding", "gzip")), gzip.decompress(bomb)), BRIDGE]
    (tmp_path / "a.warc.gz").write_bytes(written(*answers))
    bad, good = read_pages([str(tmp_path)])
    assert "larger than 32 MB" in bad.reason
    assert good.content == article()


def test_a_web_archive_that_breaks_off_is_told_and_what_came_before_is_read(tmp_path):
    whole = written(BRIDGE, (BRIDGE[0] + "2", *BRIDGE[1:3], article("Varnby")))
    (tmp_path / "a.warc.gz").write_bytes(whole[:-200])
    first, *rest = read_pages([str(tmp_path)])
    assert first.content == article()
    assert [isinstance(one, Skipped) for one in rest] == [True]


def test_of_a_wacz_the_pages_that_it_lists_are_read(tmp_path):
    frame = ("https://adverts.example/frame", 200, (HTML,), article("Advert"))
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as wacz:
        wacz.writestr("archive/data.warc.gz", written(frame, BRIDGE))
        wacz.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n' + json.dumps({"url": BRIDGE[0], "ts": WHEN}) + "\n")
        wacz.writestr("datapackage.json", "{}")
        wacz.writestr("indexes/index.cdx", "")
    (saved,) = read_pages([str(tmp_path)])
    assert saved.page.location == f"{tmp_path}/a.wacz!/archive/data.warc.gz!/20310505070102/{BRIDGE[0]}"


class Endless(io.RawIOBase):
    """A web archive of a thousand pages that is written as it is read."""

    def __init__(self):
        self.parts = (
            written((f"https://ostrel.example/{n}", *BRIDGE[1:3], article(str(n)) + b" " * 1_000_000), packed=False)
            for n in range(200)
        )
        self.rest = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self.rest:
            self.rest = next(self.parts, b"")
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


def test_a_web_archive_is_read_as_it_flows():
    stream = Endless()
    found = pages_in_warc("-", io.BufferedReader(stream), PageOptions())
    first = next(found)
    assert isinstance(first, Saved)
    # Nothing is read of the archive that nobody has asked for.
    assert sum(1 for _ in stream.parts) > 190


def test_a_record_that_is_no_answer_of_a_server_is_counted(tmp_path):
    (tmp_path / "a.warc").write_bytes(written(BRIDGE, packed=False).replace(b"HTTP/1.1 200 X", b"HTTQ/1.1 no  X") * 2)
    (told,) = read_pages([str(tmp_path)])
    assert told.reason == "answers that hold no page were passed over: 2 that are no answer of a server."


def test_a_mail_that_an_archive_holds_as_it_was_sent_has_its_sender_and_its_day(tmp_path):
    head = "From: Ostrel Log <news@ostrel.example>\nSubject: The bridge\nDate: Mon, 05 May 2031 07:00:00 +0200\n"
    letter = f"{head}MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n".encode() + article()
    mail = ("https://lists.ostrel.example/5", 200, (("Content-Type", "message/rfc822"),), letter)
    (tmp_path / "a.warc").write_bytes(written(mail, packed=False))
    (saved,) = read_pages([str(tmp_path)])
    page = saved.page
    assert (page.outlet, page.title, page.published) == ("Ostrel Log", "The bridge", "2031-05-05T07:00:00+02:00")
    assert (page.url, page.retrieved, saved.content) == (mail[0], WHEN, article())
