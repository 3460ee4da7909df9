import base64
import copy
import hashlib
import os
import re
import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from conftest import CHROMIUM, HANGS
from show.conftest import judged
from show.drawn_stories import edge, story
from stemma.show.page import render
from stemma.show.stemma_svg import draw


@pytest.fixture(scope="module")
def page(account):
    return render(account)


@pytest.fixture(scope="module")
def tree(page):
    return html.document_fromstring(page)


def text_of(article):
    return "\n".join("".join(block.itertext()) for block in article.find_class("b"))


def test_the_markup_is_well_formed(page):
    body = re.sub(r"<(meta[^>]*)>", r"<\1/>", page)
    body = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", body, flags=re.DOTALL)
    etree.fromstring(body.replace("<!doctype html>", "").strip().encode())


def test_ids_are_unique_and_every_inner_link_has_its_target(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {h[1:] for h in tree.xpath("//@href") if h.startswith("#")}
    assert targets <= set(ids)
    assert len(targets) > 15


def test_nothing_is_asked_of_the_network(page, tree):
    assert not tree.xpath("//@src | //@srcset | //link | //iframe | //object | //img | //form")
    assert not re.search(r"url\(|@import", page)
    outside = [a for a in tree.xpath("//*[@href]") if not a.get("href").startswith("#")]
    assert outside
    assert {a.tag for a in outside} == {"a"}
    assert all(a.get("href").startswith(("https://", "http://")) for a in outside)


def test_only_the_pages_own_style_and_script_may_run(tree):
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for tag in ("style", "script"):
        (own,) = tree.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(own.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not tree.xpath("//@style | //@onclick | //@onload")


def test_markup_in_a_saved_page_is_shown_and_never_run(page, tree):
    assert page.count("<script>") == 1
    assert "<b>before dawn</b>" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert" in page
    assert not tree.xpath("//a[contains(@href, 'javascript:')]")
    assert "javascript:alert(1)" in page


def test_each_reports_marked_text_is_the_accounts_text(account, tree):
    articles = tree.find_class("report")
    texts = {r["text"] for r in account["reports"]}
    assert {text_of(a) for a in articles} == texts


def test_an_evidence_link_leads_to_the_very_words(tree):
    texts = {a.get("id"): text_of(a) for a in tree.find_class("report")}
    for link in tree.xpath("//*[contains(@class, 'findings')]//blockquote/a"):
        quoted = "".join(link.find("q").itertext())
        report, start = link.get("href")[1:].split("-")
        assert texts[report][int(start) :].startswith(quoted)
        target = tree.get_element_by_id(link.get("href")[1:])
        assert quoted.startswith("".join(target.itertext()))
        assert int(target.get("data-n")) >= len(quoted)


def test_passages_tell_their_origin_and_kind_in_words(tree):
    titles = [s.get("title") for s in tree.xpath("//article[contains(., 'Ostrand Daily')]//span[@title]")]
    assert "from α Nordwire, verbatim; also in A, D" in titles


def test_the_first_story_is_the_largest_and_an_index_lists_all(tree):
    assert [s.get("id") for s in tree.find_class("story")] == ["s1", "s2"]
    assert "".join(tree.find_class("headline")[0].itertext()) == "5 reports, 3–4 independent origins"
    assert len(tree.xpath("//nav[@aria-label='Stories']//li")) == 2


def test_a_claim_names_who_carries_it_with_its_figure_and_leads_to_the_words(tree):
    (row,) = tree.xpath("//ol[@class='claims-list']/li")
    carriers = row.xpath(".//a[@class='carrier']")
    assert len(carriers) == 3
    assert all(a.find("bdi").text and tree.get_element_by_id(a.get("href")[1:]) is not None for a in carriers)
    (figures,) = row.find_class("figures")
    assert figures.text_content() == "more than 1,200 A B · about 1,200 C"


def test_an_edge_opens_to_its_signs(tree):
    details = tree.xpath("//ul[contains(@class, 'witnesses')]//details")[0]
    assert "The dateline names Nordwire as the author." in "".join(details.itertext())
    assert "credit line, weight +3.2" in "".join(details.itertext())


def test_the_drawing_leads_to_the_lines_of_the_list_and_both_hold_the_same_witnesses(tree):
    rows = {li.get("id"): li for li in tree.xpath("//ul[contains(@class, 'witnesses')]/li")}
    drawn = tree.xpath("//*[local-name()='svg']//*[@data-to]")
    assert {g.get("data-to") for g in drawn if g.get("data-to").startswith("s1-")} == {r for r in rows if r.startswith("s1-")}
    for group in drawn:
        if group.get("data-to") in rows:
            (siglum,) = rows[group.get("data-to")].xpath("p/b")
            assert group.get("class") == "derivation" or siglum.text == group.xpath("*[local-name()='text']")[0].text


def test_the_list_tells_the_second_parent_the_time_and_a_missing_date(tree):
    (row,) = tree.xpath("//ul[contains(@class, 'witnesses')]/li[p//a[contains(., 'Radio Kalvik')]]")
    assert [" ".join(e.text_content().split()) for e in row.xpath("details/summary")] == [
        "from α Nordwire: edited 41%, no credit, probability 0.80",
        "also from β a lost source: translation 20%, no credit, probability 0.55",
    ]
    assert " ".join(row.xpath("string(p/small)").split()) == "no date; the rest in words of its own"
    assert "2031-10-03 09:20 +02:00" in tree.xpath("//ul[contains(@class, 'witnesses')]")[0].text_content()


def test_headings_come_in_order_and_tables_name_their_headers(tree):
    levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(th.get("scope") for th in tree.iter("th"))
    assert tree.xpath("//main")
    assert tree.xpath("//a[@class='skip' and @href='#main']")


def test_the_page_without_its_texts_is_small(account, page):
    assert len(page.encode()) - sum(len(r["text"]) for r in account["reports"]) < 60_000


def test_an_account_without_stories_is_a_page_too():
    assert "No story was found" in render({"stemma": "0", "skipped": [], "reports": [], "stories": []})


def test_control_characters_and_lone_surrogates_cannot_break_the_page(account):
    hostile = copy.deepcopy(account)
    hostile["reports"][0]["outlet"] = "a\x00b\ud800c\x1b"
    assert "a\ufffdb\ufffdc\ufffd" in render(hostile).encode().decode()


SPAN = st.tuples(st.integers(0, 40), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1]))


@settings(max_examples=60)
@given(
    st.lists(st.text("aé<&\"'🙂 水", min_size=1, max_size=25), min_size=1, max_size=4),
    st.lists(SPAN, max_size=6),
    st.lists(SPAN, max_size=4),
)
def test_any_overlapping_marks_leave_the_text_as_it_was(account, paragraphs, shared, proofs):
    given_account = copy.deepcopy(account)
    story = given_account["stories"][1]
    report = next(r for r in given_account["reports"] if r["id"] == "r-e")
    text = "\n".join(p.replace("\n", " ").strip() or "x" for p in paragraphs)
    report.update(text=text, blocks=[])
    other = {"report": "r-a", "start": 0, "end": 5}
    story["claims"] = []
    story["statements"] = []
    story["alignments"] = [
        {
            "a": {"report": "r-e", "start": s, "end": min(e, len(text))},
            "b": other,
            "kind": "edited",
            "score": 1.0,
        }
        for s, e in shared
    ]
    story["findings"] = [
        {
            "kind": "no caveat",
            "severity": "low",
            "message": "m",
            "reports": ["r-e"],
            "claim": None,
            "evidence": [{"report": "r-e", "start": s, "end": min(e, len(text))} for s, e in proofs],
        }
    ]
    tree = html.document_fromstring(render(given_account))
    (article,) = [a for a in tree.find_class("report") if "Meridian" in "".join(a.find("header").itertext())]
    assert text_of(article) == text
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//@href") if h.startswith("#")} <= set(ids)


needs_browser = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="needs chromium")


@needs_browser
@pytest.mark.parametrize("width", [380, 1280])
def test_a_browser_shows_the_page_without_sideways_scrolling(page, tmp_path, width):
    """The page stands in a frame of the width, because a headless window has a least width of its own."""
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "frame.html").write_text(
        f"<iframe id=f src=page.html width={width} height=800 style='border:0'></iframe><p id=w></p><script>"
        "f.onload=()=>{let e=f.contentDocument.documentElement;"
        "w.textContent=e.clientWidth+' '+e.scrollWidth}</script>"
    )
    found = re.search(r'id="w">(\d+) (\d+)<', shown((tmp_path / "frame.html").as_uri(), tmp_path))
    assert found
    assert (int(found[1]), int(found[2])) == (width, width)


@needs_browser
def test_a_link_to_evidence_lights_all_of_its_words(page, tree, tmp_path):
    (tmp_path / "page.html").write_text(page, "utf-8")
    link = tree.xpath("//*[@class='source']//a[contains(., 'eleven')]")[0]
    dumped = shown((tmp_path / "page.html").as_uri() + link.get("href"), tmp_path)
    lit = html.document_fromstring(dumped).find_class("lit")
    assert len(lit) > 1
    assert "".join(s.text_content() for s in lit) == link.find("q").text


@needs_browser
def test_an_address_of_a_row_opens_the_signs_of_its_edge(page, tmp_path):
    (tmp_path / "page.html").write_text(page, "utf-8")
    tree = html.document_fromstring(shown((tmp_path / "page.html").as_uri() + "#s1-w1", tmp_path))
    assert len(tree.xpath("//li[@id='s1-w1']//details[@open]")) == 1
    assert len(tree.xpath("//ul[contains(@class, 'witnesses')]//details[@open]")) == 1


@needs_browser
def test_what_is_written_in_the_drawing_stays_in_it_at_the_width_of_a_phone(tmp_path):
    """Widths are those of the browser's own type, not of ours."""
    sigla = [f"R{i}" for i in range(30)]
    times = {s: f"2031-10-{3 + i % 4:02}T{i % 24:02}:00" if i % 5 else None for i, s in enumerate(sigla)}
    told, reports = story(times, *(edge(s, sigla[i // 2], "edited", 0.5) for i, s in enumerate(sigla) if i))
    for i, report in enumerate(reports.values()):
        report["outlet"] = ("The Northern Parish Courier and Advertiser", "WWW.MMMM-WWWW.EXAMPLE", "صحيفة الميناء")[i % 3]
    (tmp_path / "page.html").write_text(
        f"<body style='margin:0'><div style='width:380px'>{draw(told, reports)}</div><p id=w></p><script>"
        "let s=document.querySelector('svg'),r=s.getBoundingClientRect();w.textContent=[...s.querySelectorAll('text')]"
        ".filter(t=>t.getBoundingClientRect().right>r.right||t.getBoundingClientRect().left<r.left).length+' '+"
        "Math.min(...[...s.querySelectorAll('text')].map(t=>parseFloat(getComputedStyle(t).fontSize)))</script>",
        "utf-8",
    )
    found = re.search(r'id="w">(\d+) (\d+)<', shown((tmp_path / "page.html").as_uri(), tmp_path))
    assert found
    assert int(found[1]) == 0
    assert int(found[2]) >= 11


def shown(address, tmp_path):
    """Return the page as a browser has it once its script has run."""
    assert CHROMIUM, "CI needs chromium"
    quiet = ["quic", "first-run", "background-networking", "component-update", "sync", "gpu"]
    switches = [f"--no-{s}" if s == "first-run" else f"--disable-{s}" for s in quiet]
    command = [CHROMIUM, "--headless", "--no-sandbox", *switches, "--hide-scrollbars"]
    command += ["--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--virtual-time-budget=2000", "--dump-dom", address]
    return subprocess.run(command, capture_output=True, text=True, timeout=HANGS, check=True).stdout


def test_what_a_person_judged_is_marked_on_the_page_and_the_withdrawn_are_counted(account, page):
    told = render(judged(account))
    tree = html.document_fromstring(told)
    marks = [" ".join(m.text_content().split()) for m in tree.find_class("judged")]
    assert marks == ["✓ judged right by Ann Lee, 2031-10-04", "✓ judged right by Ann Lee, 2031-10-04: seen the fax"]
    words = " ".join(tree.text_content().split())
    assert "1 finding withdrawn: judged wrong (by whom)" in words
    assert "wrong: dropped credit: C leaves Nordwire out (Bo, 2031-10-05)" in words
    assert {h[1:] for h in tree.xpath("//@href") if h.startswith("#")} <= set(tree.xpath("//@id"))
    assert "withdrawn" not in page


def test_a_claim_of_one_report_stands_under_the_report_and_a_finding_of_a_repeating_part_leads_to_its_whole(account):
    told = copy.deepcopy(account)
    dyke = told["stories"][1]
    dyke["claims"].append({**dyke["claims"][0], "id": "p1", "summary": "The lower town of Varnholm", "part_of": "c1"})
    dyke["findings"][1]["claim"] = "p1"
    tree = html.document_fromstring(render(told))
    (row,) = tree.xpath("//ol[@class='claims-list']/li")
    assert tree.xpath("//a[text()='who says what of it']/@href") == [f"#{row.get('id')}"]
    (single,) = tree.xpath("//ul[contains(@class, 'single')]")
    assert "Meridian Monitor" in "".join(single.getprevious().itertext())


def test_who_bears_a_claim_out_in_part_only_stands_apart_on_the_page(account):
    told = copy.deepcopy(account)
    claim = told["stories"][1]["claims"][0]
    claim["stances"] = [{**claim["stances"][1], "report": "r-c", "stance": "partly"}]
    (line,) = [c for c in html.document_fromstring(render(told)).find_class("carried") if "in part" in c.text_content()][:1]
    counted, _, partly = line.text_content().partition("in part, or in other words:")
    assert counted.strip().startswith("2 reports, 1 origin:")
    assert partly.split()[0] == "C"
