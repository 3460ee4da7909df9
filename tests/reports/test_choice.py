from concurrent.futures import ThreadPoolExecutor

import pytest

from stemma.reports import choice, thresholds
from stemma.reports.dom import parse, runs
from stemma.reports.html import article_from_html
from stemma.reports.metadata import read_metadata
from stemma.reports.pieces import Piece, pieces

SENTENCE = "The harbour master said that the pier would be closed for a week. "


def test_an_extractor_that_fails_is_passed_over_and_the_others_are_heard(monkeypatch):
    def fails(_tree, _source):
        raise RecursionError

    monkeypatch.setattr(choice, "_resiliparse", fails)
    tree = parse(f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>")
    assert any(any(found) for found in choice.candidates(tree, list(tree.iter()), runs(tree), None))


@pytest.mark.parametrize(("name", "bound"), [("MOST_ELEMENTS", 5), ("LONGEST_SOURCE", 100)])
def test_a_page_larger_than_extractors_are_given_has_its_heaviest_element_taken(monkeypatch, name, bound):
    monkeypatch.setattr(thresholds, name, bound)
    monkeypatch.setattr(choice, "_trafilatura", lambda _tree, _source: pytest.fail("asked for a page beyond the bound"))
    nav = "<nav><a>Home and other words that lead elsewhere on the site</a></nav>"
    tree = parse(f"{nav}<main><p>{SENTENCE}</p><p>{SENTENCE}</p></main>")
    page = runs(tree)
    assert choice.candidates(tree, list(tree.iter()), page, None) is None
    assert choice.heaviest(page) == tuple(r.element.tag == "p" for r in page)


def test_a_page_is_read_alike_in_any_thread():
    source = f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>"
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(article_from_html, source).result() == article_from_html(source)


def test_the_choice_that_agrees_with_the_others_is_taken():
    tree = parse("".join(f"<p>{SENTENCE * n}</p>" for n in range(1, 6)))
    page = runs(tree)
    most, few, all_of_it = (True, True, True, True, False), (True, False, False, False, False), (True,) * 5
    assert choice.medoid(page, [few, most, all_of_it]) == most


PARAGRAPHS = [f"The harbour master of pier {n} said that it would be closed for a week. " * n for n in range(1, 6)]
ONE_BOX = f"<article><h1>Pier</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article>"
TWO_BOXES = ONE_BOX.replace("<p>", "<div><p>", 1).replace(PARAGRAPHS[3], f"{PARAGRAPHS[3]}</p></div><div><p>", 1) + "</div>"


def taken(source, told=None):
    tree = parse(source)
    page = runs(tree)
    found = choice.candidates(tree, list(tree.iter()), page, told)
    return [[run.text for run, inside in zip(page, one, strict=True) if inside] for one in found]


def asked_of(monkeypatch, *names):
    asked = []
    for name in names:
        monkeypatch.setattr(choice, name, lambda _tree, _source, name=name: asked.append(name) or "")
    return asked


def test_no_slow_extractor_is_asked_where_the_heaviest_element_and_a_quick_one_agree(monkeypatch):
    asked = asked_of(monkeypatch, "_trafilatura", "_trafilatura_strict", "_readability")
    assert len(taken(ONE_BOX)) == 1
    assert not asked
    taken(TWO_BOXES)
    assert asked == ["_trafilatura", "_trafilatura_strict", "_readability"]


def test_a_further_extractor_is_asked_only_where_no_two_agree(monkeypatch):
    asked = asked_of(monkeypatch, "_trafilatura_strict")
    assert len(taken(TWO_BOXES)) == 2
    assert not asked
    monkeypatch.setattr(choice, "_resiliparse", lambda _tree, _source: "Pier")
    taken(TWO_BOXES)
    assert len(asked) == 1


def test_what_the_pages_data_say_is_its_article_where_a_quick_way_bears_it_out():
    promotion = "Our paper is read by every second skipper on this coast, and it costs less than a cup of tea."
    page = ONE_BOX.replace("</article>", f"<p>{promotion}</p></article>")
    assert taken(page, " ".join(PARAGRAPHS)) == [[text.strip() for text in PARAGRAPHS]]
    assert promotion in taken(page, PARAGRAPHS[0])[0]


def test_headings_between_its_paragraphs_are_the_articles_though_the_data_leave_them_out():
    page = ONE_BOX.replace(f"<p>{PARAGRAPHS[3]}", f"<h2>Who pays for it</h2><p>{PARAGRAPHS[3]}")
    assert "Who pays for it" in taken(page, " ".join(PARAGRAPHS))[0]


def test_the_headline_stands_above_the_first_paragraph_and_not_near_the_first_short_line_that_an_extractor_takes():
    lines = [f"Harbour of pier {n}" for n in range(20)]
    tree = parse(f"<body>{''.join(f'<div>{line}</div>' for line in lines)}{ONE_BOX}</body>")
    page, known = runs(tree), read_metadata(tree)
    assert pieces(page, tuple(run.text != lines[1] for run in page), known)[0] == Piece("title", "Pier")
