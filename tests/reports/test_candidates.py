import re
import time

from stemma.reports import candidates
from stemma.reports.dom import parse, runs

SENTENCE = "The harbour master said that the pier would be closed for a week. "


def test_an_extractor_that_hangs_is_ended_and_the_others_are_heard(monkeypatch):
    def hangs(_source):
        return str(re.match(r"(a+)+$", "a" * 60 + "b"))

    monkeypatch.setattr(candidates, "SECONDS", 0.5)
    monkeypatch.setattr(candidates, "_readability", hangs)
    tree = parse(f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>")
    began = time.monotonic()
    found = candidates.candidates(tree, runs(tree))
    assert time.monotonic() - began < 5
    assert any(any(choice) for choice in found)


def test_the_choice_that_agrees_with_the_others_is_taken():
    tree = parse("".join(f"<p>{SENTENCE * n}</p>" for n in range(1, 6)))
    page = runs(tree)
    most, few, all_of_it = (True, True, True, True, False), (True, False, False, False, False), (True,) * 5
    assert candidates.medoid(page, [few, most, all_of_it]) == most


def test_where_every_extractor_fails_the_heaviest_element_is_taken(monkeypatch):
    monkeypatch.setattr(candidates, "SECONDS", 0.0)
    nav = "<nav><a>Home and other words that lead elsewhere on the site</a></nav>"
    tree = parse(f"{nav}<main><p>{SENTENCE}</p><p>{SENTENCE}</p></main>")
    page = runs(tree)
    assert candidates.candidates(tree, page) == [tuple(r.element.tag == "p" for r in page)]


def test_a_third_extractor_is_asked_only_where_two_do_not_agree(monkeypatch):
    asked = []
    monkeypatch.setattr(candidates, "_trafilatura_strict", lambda source: asked.append(source) or "")
    tree = parse(f"<article><h1>Pier</h1>{''.join(f'<p>{SENTENCE * n}</p>' for n in range(1, 6))}</article>")
    page = runs(tree)
    assert len(candidates.candidates(tree, page)) == 2
    assert not asked
    monkeypatch.setattr(candidates, "_readability", lambda _source: "Pier")
    candidates.candidates(tree, page)
    assert len(asked) == 1
