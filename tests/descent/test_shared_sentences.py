"""A sentence that nobody writes twice has one source, though the pages that print it are no copies."""

import pytest

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed
from descent.test_cited_sources import ELSE, OWN, tree

BARGE = "His barge slid past the old grain silos in complete silence and tied up behind them."
BARGE_TOO = "Penhallen’s barge slid past the old grain silos in complete silence and tied up, forgotten."
PIANO = "At dusk two deckhands were seen carrying a wet piano across that yard."
PIANO_TOO = "Later two deckhands were seen carrying a wet piano home, people say."
MARKET = (
    "Herring fetched four crowns a crate at the morning auction, half of what buyers from the capital had paid a week before.",
    "Stallholders blamed a glut. Their landlord blamed them, and put up the rent of every pitch that faces the water.",
    "Old women who have gutted fish under the clock since their schooldays said that they had seen worse, and went on gutting.",
    "By ten the gulls had the place to themselves, apart from one inspector with a thermometer and a very small notebook.",
)
CHOIR = (
    "Rehearsals were moved from the chapel to a net loft, where the tenors complained about tar and the basses about tenors.",
    "A new piece by the organist asks singers to hum through combs. Nobody has yet done so with a straight face.",
    "Tickets cost as much as a pair of gloves; children who bring a chair come in for nothing, as their parents well know.",
    "What the programme will be on the night depends, the conductor admits, on who has caught which cold by Saturday.",
)


def pair(one, other):
    a = printed("a", *OWN, one, *INDEPENDENT, *MARKET, outlet="Quay Post")
    return a, printed("b", *ELSE, other, *CHOIR, outlet="Vale Observer")


def test_one_sentence_in_two_long_pages_has_a_source_that_neither_names():
    found, edges, origins = tree(*pair(BARGE, BARGE_TOO))
    assert set(edges) == {("a", None), ("b", None)}
    assert not any(e.credited for e in edges.values())
    assert 0 < edges["a", None].share < 0.2
    assert None in origins
    assert found.count.best == 2, "one sentence is no origin to count"
    assert [(a.a_report, a.b_report) for a in found.alignments] == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BARGE, BARGE_TOO.replace("in complete silence", "quietly")),
        (f'"{BARGE}"', f'"{BARGE_TOO}"'),
        (f"{BARGE[:-1]}, it said in a statement.", f"{BARGE_TOO[:-1]}, it said in a statement."),
        (PIANO, PIANO_TOO),
        (
            "Ann Marlow of Port Lantry Sea Rescue and Oskerholm Harbour Guard, 41, of Brenna Lane, came.",
            "Then Ann Marlow of Port Lantry Sea Rescue and Oskerholm Harbour Guard, 41, of Brenna Lane, sang.",
        ),
    ],
    ids=["fewer words", "a quotation", "a statement", "a clause", "names"],
)
def test_what_two_reporters_may_write_or_were_given_has_none(one, other):
    _, edges, _ = tree(*pair(one, other))
    assert not edges


def test_beside_such_a_sentence_one_that_proves_less_is_shown_too():
    a, b = pair(f"{BARGE} {OWN[0]} {PIANO}", f"{BARGE_TOO} {ELSE[0]} {PIANO_TOO}")
    found, edges, _ = tree(a, b)
    assert set(edges) == {("a", None), ("b", None)}
    assert len(found.alignments) == 2


def test_a_page_that_prints_one_sentence_of_an_agencys_report_has_it_from_the_agency():
    wire = [printed(k, *WIRE, BARGE, agency="Norrland Press", outlet=f"Paper {k}") for k in ("w", "x")]
    _, edges, _ = tree(*wire, printed("b", *ELSE, BARGE_TOO, *CHOIR, outlet="Vale Observer"))
    assert set(edges) == {("w", "Norrland Press"), ("x", "Norrland Press"), ("b", "Norrland Press")}
    assert not edges["b", "Norrland Press"].credited
    assert edges["b", "Norrland Press"].probability < 0.7


def test_two_pages_that_have_it_from_one_source_get_no_second_one():
    wire = [printed(k, *text, BARGE, agency="Norrland Press", outlet=f"Paper {k}") for k, text in (("w", WIRE), ("x", OWN))]
    _, edges, _ = tree(*wire)
    assert {parent for _, parent in edges} == {"Norrland Press"}


def test_a_sentence_of_three_pages_has_one_source():
    a, b = pair(BARGE, BARGE_TOO)
    third = "Some barge slid past the old grain silos in complete silence and tied up there, a mate tells."
    found, _, _ = tree(a, b, printed("c", third, *WIRE, outlet="Lantry Gazette"))
    assert len({d.parent for d in found.derivations}) == 1
    assert len(found.derivations) == 3


def test_pages_that_hang_together_by_different_sentences_have_one_source():
    bell = "rang the old bell by hand until somebody found where its key lay"
    a, _ = pair(BARGE, "")
    b = printed("b", *ELSE, f"{BARGE_TOO} {CHOIR[0]}", f"That night two boys {bell}.", *CHOIR[1:], outlet="Vale Observer")
    found, edges, _ = tree(a, b, printed("c", f"Her mother {bell}, says a steward.", *WIRE, outlet="Lantry Gazette"))
    assert set(edges) == {("a", None), ("b", None), ("c", None)}
    assert len({d.parent for d in found.derivations}) == 1
    assert "Quay Post and Lantry Gazette" in edges["b", None].reason
    assert "Vale Observer prints" in edges["c", None].reason


def test_a_sentence_that_a_credited_report_prints_is_that_reports():
    a, b = pair(BARGE, BARGE_TOO)
    citing = printed("c", *WIRE, f"{OWN[0][:-1]}, the Quay Post reported.", outlet="Lantry Gazette")
    _, edges, origins = tree(a, b, citing)
    assert set(edges) == {("b", "a"), ("c", "a")}
    assert not edges["b", "a"].credited
    assert origins == {"a", "b", "c"}
    both = [citing, printed("d", f"{ELSE[0][:-1]}, the Vale Observer reported.", outlet="Oskerholm Mail")]
    assert ("b", None) in tree(a, b, *both)[1], "where others credit both, it is not known whose it is"


def test_two_texts_of_one_agency_show_what_the_later_one_rewords_and_two_of_two_papers_do_not():
    one, other = [*OWN, *WIRE[:2], *INDEPENDENT, *MARKET], [*ELSE, *REWORDED[:2], *CHOIR]
    found, edges, _ = tree(printed("a", *one, agency="Norrland Press"), printed("b", *other, agency="Norrland Press"))
    assert set(edges) == {("a", "Norrland Press"), ("b", "Norrland Press")}
    assert [a.kind for a in found.alignments] == ["rewrite", "rewrite"]
    found, edges, _ = tree(printed("a", *one), printed("b", *other))
    assert not edges
    assert not found.alignments
