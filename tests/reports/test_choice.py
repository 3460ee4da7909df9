from concurrent.futures import ThreadPoolExecutor

import pytest

from stemma.reports import choice, thresholds
from stemma.reports.dom import parse, runs
from stemma.reports.html import draft_from_html

SENTENCE = "The harbour master said that the pier would be closed for a week. "


def test_an_extractor_that_fails_is_passed_over_and_the_others_are_heard(monkeypatch):
    def fails(_tree, _source):
        raise RecursionError

    monkeypatch.setattr(choice, "_resiliparse", fails)
    tree = parse(f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>")
    assert any(any(found) for found in choice.candidates(tree, list(tree.iter()), runs(tree)))


@pytest.mark.parametrize(("name", "bound"), [("MOST_ELEMENTS", 5), ("LONGEST_SOURCE", 100)])
def test_a_page_larger_than_extractors_are_given_has_its_heaviest_element_taken(monkeypatch, name, bound):
    monkeypatch.setattr(thresholds, name, bound)
    monkeypatch.setattr(choice, "_trafilatura", lambda _tree, _source: pytest.fail("asked for a page beyond the bound"))
    nav = "<nav><a>Home and other words that lead elsewhere on the site</a></nav>"
    tree = parse(f"{nav}<main><p>{SENTENCE}</p><p>{SENTENCE}</p></main>")
    page = runs(tree)
    assert choice.candidates(tree, list(tree.iter()), page) is None
    assert choice.heaviest(page) == tuple(r.element.tag == "p" for r in page)


def test_a_page_is_read_alike_in_any_thread():
    source = f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>"
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(draft_from_html, source).result() == draft_from_html(source)


def test_the_choice_that_agrees_with_the_others_is_taken():
    tree = parse("".join(f"<p>{SENTENCE * n}</p>" for n in range(1, 6)))
    page = runs(tree)
    most, few, all_of_it = (True, True, True, True, False), (True, False, False, False, False), (True,) * 5
    assert choice.medoid(page, [few, most, all_of_it]) == most


def test_a_further_extractor_is_asked_only_where_no_two_agree(monkeypatch):
    asked = []
    monkeypatch.setattr(choice, "_trafilatura_strict", lambda _tree, source: asked.append(source) or "")
    tree = parse(f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>")
    page = runs(tree)
    assert len(choice.candidates(tree, list(tree.iter()), page)) == 2
    assert not asked
    monkeypatch.setattr(choice, "_resiliparse", lambda _tree, _source: "Pier")
    choice.candidates(tree, list(tree.iter()), page)
    assert len(asked) == 1
