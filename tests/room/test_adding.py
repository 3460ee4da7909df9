"""Pages that are added in the browser, and drafts that are checked there."""

import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from playwright.sync_api import expect

from conftest import HANGS
from room.conftest import Adding, room_of, served
from stemma.engines.shared_store import SharedStore
from stemma.room.web import Room

DRAFT = """Fish plant fire

Two workers died and 60 people were treated after a fire at a fish-processing plant in Killybegs on Tuesday.

"We had flame on two sides of us and ammonia in the air, and nobody on that pier could say how many people were still inside," Chief Fire Officer Maeve Tolan told reporters.
"""  # noqa: E501


@pytest.fixture
def empty_room():
    """Return the address of a room with nothing in it, in memory."""
    store = SharedStore(None)
    with served(Room(store, Adding(store), reader="Ann")) as address:
        yield address


def told(room, path):
    return httpx.get(room + path, timeout=60).json()


def test_files_are_added_and_what_is_no_page_is_said_in_a_sentence(empty_room, pages, look, tmp_path):
    (tmp_path / "no.html").write_text("<p>Nothing here.</p>", "utf-8")
    page = look()
    page.goto(empty_room)
    assert "no story here yet" in page.inner_text("main")
    page.goto(f"{empty_room}/add")
    page.get_by_label("Pages: choose files").set_input_files([*sorted(pages.glob("*.html")), tmp_path / "no.html"])
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("2 reports read")).to_be_visible(timeout=HANGS * 1000)
    assert re.search(r"no\.html: \w+", page.inner_text(".skipped"))
    assert str(tmp_path) not in page.content()
    page.locator(".joined a").click()
    expect(page.locator("h1")).to_contain_text("windmill")
    story = told(empty_room, "/stories.json")["stories"][0]["href"]
    assert told(empty_room, f"{story}/report/A.json")["report"]["location"] in ("one.html", "two.html")


def test_files_are_dropped_into_the_page(empty_room, look):
    page = look()
    page.goto(f"{empty_room}/add")
    page.evaluate("""() => {
      const held = new DataTransfer();
      held.items.add(new File(["text"], "dropped.html"));
      document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: held, bubbles: true, cancelable: true}));
    }""")
    assert page.get_by_label("Pages: choose files").evaluate("e => e.files[0].name") == "dropped.html"


@pytest.mark.parametrize("address", ["/etc/passwd", "pages/", "one.html"])
def test_a_file_of_the_server_is_no_address(empty_room, address):
    form = {"room": re.search(r'name="room" value="(\w+)"', httpx.get(f"{empty_room}/add", timeout=60).text)[1]}
    answer = httpx.post(f"{empty_room}/add", data=form | {"addresses": address}, timeout=60)
    assert answer.status_code == 400
    assert "is no address" in answer.text


def test_an_address_of_this_machine_is_not_fetched_and_the_page_says_why(empty_room, look):
    asked = []

    class Secret(SimpleHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), Secret) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = look(java_script_enabled=False)
        page.goto(f"{empty_room}/add")
        page.get_by_label("Addresses").fill(f"http://127.0.0.1:{server.server_port}/secret")
        page.get_by_role("button", name="Add").click()
        page.locator(".skipped").wait_for(timeout=HANGS * 1000)
        assert "/secret" in page.inner_text(".skipped")
        server.shutdown()
    assert asked == []


def test_progress_is_sent_as_events_until_it_has_ended(empty_room, pages):
    form = {"room": re.search(r'name="room" value="(\w+)"', httpx.get(f"{empty_room}/add", timeout=60).text)[1]}
    sent = [("pages", (p.name, p.read_bytes())) for p in sorted(pages.glob("*.html"))]
    assert httpx.post(f"{empty_room}/add", data=form, files=sent, timeout=60).status_code == 303
    with httpx.stream("GET", f"{empty_room}/add/progress", timeout=HANGS) as answer:
        events = [line for line in answer.iter_lines() if line.startswith("data: ")]
    assert '"running": true' in events[0]
    assert '"running": false' in events[-1]
    assert '"reports": 2' in events[-1]


def test_a_draft_is_checked_beside_its_story_and_its_words_are_marked(room, look):
    page = look()
    page.goto(f"{room}/check")
    page.get_by_label("Paste the draft").fill(DRAFT)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("Beside 6 reports")
    kinds = page.locator(".apparatus li b").all_inner_texts()
    assert "Altered quotation" in kinds
    assert page.locator(".draft mark").count() > 0
    assert " ".join(page.locator(".draft").inner_text().split()).count("flame on two sides") == 1


def test_a_draft_that_fits_no_story_and_one_that_is_none_are_said_so(room):
    form = {"room": re.search(r'name="room" value="(\w+)"', httpx.get(f"{room}/check", timeout=60).text)[1]}
    other = "The orchestra of Lund will play twice in May, its conductor said. Tickets cost nothing for children under ten."
    assert httpx.post(f"{room}/check.json", data=form | {"text": other}, timeout=60).json()["checked"]["beside"] == 0
    assert "Paste a draft" in httpx.post(f"{room}/check", data=form, timeout=60).text


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_draft_longer_than_the_bound_is_refused_and_one_of_its_length_is_checked(room, more):
    """In bytes, of which a letter with an accent has two."""
    secret = re.search(r'name="room" value="(\w+)"', httpx.get(f"{room}/check", timeout=60).text)[1]
    line = "So it goes at the café of Lund."
    text = line + "\n" * (400_000 + more - len(line.encode()))
    assert len(text.encode()) == 400_000 + more
    answer = httpx.post(f"{room}/check.json", data={"room": secret, "text": text}, timeout=600)
    if more > 0:
        assert answer.status_code == 400
        assert "longer than a draft: give 400,000 bytes or less" in answer.json()["error"]
    else:
        assert "checked" in answer.json()


def test_an_empty_draft_is_called_empty_and_the_form_stays(room):
    secret = re.search(r'name="room" value="(\w+)"', httpx.get(f"{room}/check", timeout=60).text)[1]
    form = {"room": secret, "published": "2031-05-06"}
    answer = httpx.post(f"{room}/check", data=form | {"text": "  "}, timeout=60)
    assert answer.status_code == 400
    assert "The draft is empty" in answer.text
    assert 'value="2031-05-06"' in answer.text
    assert 'name="text"' in answer.text
    assert "The draft is empty" in httpx.post(f"{room}/check.json", data=form, timeout=60).json()["error"]


def test_a_room_for_reading_only_takes_no_pages_and_still_checks_drafts(made):
    with served(room_of(made, may_write=False)) as room:
        form = {"room": re.search(r'name="room" value="(\w+)"', httpx.get(f"{room}/check", timeout=60).text)[1]}
        assert httpx.post(f"{room}/check.json", data=form | {"text": DRAFT}, timeout=60).json()["checked"]["beside"] == 6
        assert httpx.post(f"{room}/add", data=form | {"addresses": "https://a.example"}, timeout=60).status_code == 400
