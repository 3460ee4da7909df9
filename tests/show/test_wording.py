"""How sources and originals are named in a sentence."""

from stemma.show.wording import office, originals


def story(*origins, high=None):
    called = "ABCDEFGH"
    witnesses = [{"id": f"w{c}", "siglum": c, "report": c, "name": None} for c in called]
    return {
        "reports": list(called), "witnesses": [*witnesses, {"id": "lost", "siglum": "α", "report": None, "name": "Ansel Wire"}],
        "origins": [{"witness": w, "descendants": [{"report": r, "kind": kind, "probability": sure} for r, kind, sure in heirs]}
                    for w, heirs in origins],
        "independent_origins": {"low": len(origins), "best": len(origins), "high": high or len(origins)},
    }  # fmt: skip


REPORTS = {c: {"outlet": f"Paper {c}", "title": c} for c in "ABCDEFGH"}


def test_a_sentence_says_who_the_originals_are_and_who_has_their_words_without_a_greek_letter():
    told = story(("wC", [("D", "rewrite", 0.9)]), ("lost", [(r, "verbatim", 0.9) for r in "EAB"]), ("wF", []))
    said = originals(told, REPORTS)
    assert said == (
        "3 origins: Ansel Wire (not saved here; printed by Paper A, Paper B and Paper E), Paper C (reworded by Paper D), Paper F"
    )


def test_many_originals_and_many_prints_are_counted():
    told = story(("wA", [(r, "edited", 0.9) for r in "BCDEF"]), ("wG", []), ("wH", []), ("lost", []), high=5)
    said = originals(told, REPORTS)
    assert said == "4–5 origins: Paper A (edited by Paper B, Paper C, Paper D and 2 more), Paper G, Paper H and 1 more"


def test_who_perhaps_took_the_words_is_not_said_to_have_them_and_a_single_report_needs_no_sentence():
    assert originals(story(("wA", [("B", "rewrite", 0.4)])), REPORTS) == "1 origin: Paper A"
    assert originals({**story(("wA", [])), "reports": ["A"]}, REPORTS) == ""


def test_two_reports_of_one_outlet_are_told_apart_by_their_titles():
    reports = REPORTS | {"B": {"outlet": "Paper A", "title": "The dam holds"}}
    assert (
        originals(story(("wB", [("A", "translation", 1.0)])), reports)
        == "1 origin: Paper A “The dam holds” (translated by Paper A “A”)"
    )


def test_a_source_is_known_by_its_office_and_not_by_how_it_is_addressed():
    assert office("Una Tolm", ["Ms Tolm", "Tolm", "Una Tolm", "Junior Minister Una Tolm"]) == "Junior Minister"
    assert office("Orban Lines", ["Orban Lines", "The owner", "the owner"]) == "the owner"
    assert office("Pia Rask", ["its director", "director Pia Rask"]) == "director"
    assert office("Dr. Ivo Senn", ["Dr. Ivo Senn", "Senn", "Dr Senn"]) is None
    assert office("", ["the owner"]) == "the owner"
