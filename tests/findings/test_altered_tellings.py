"""What a draft changed in a sentence that it took is told with both words, and what an editor may do is not."""

import pytest

from claims.invented import deep, kinds, report
from findings.flood import draft, independent, of_kind, one_change_silences, original, words_of

SLUICE = "Sluice keeper Peter Marsh drove 12 miles on Friday to the pump house of Varnholm, which he had not seen since 2019."
LEMMERICH = "Anna Holm waited for Peter Marsh with a lamp."
DOUBTFUL = "The old gate was allegedly left open by nearly 40 smugglers, a deputy of the water board said."
CRACKED = "“The gate was cracked before the tide came, and everybody in the harbour knew it,” Peter Marsh told reporters."


def told(line, changed):
    """The kinds of findings on a draft in which a line of its report is changed."""
    return kinds(deep(original(line, LEMMERICH), draft(changed, LEMMERICH)))


@pytest.mark.parametrize(
    ("line", "was", "to", "kind"),
    [
        (SLUICE, "12", "21", "figure conflict"),
        (SLUICE, "2019", "2018", "figure conflict"),
        (SLUICE, "miles", "metres", "figure conflict"),
        (SLUICE, "Friday", "Tuesday", "altered telling"),
        (SLUICE, "Peter Marsh", "Anna Holm", "altered telling"),
        (SLUICE, "had not seen", "had seen", "altered telling"),
        (DOUBTFUL, "allegedly ", "", "dropped caveat"),
        (DOUBTFUL, "nearly ", "", "figure sharpened"),
        (CRACKED, "cracked", "painted", "altered quotation"),
        (CRACKED, "Peter Marsh", "Anna Holm", "other speaker"),
    ],
)
def test_one_changed_word_of_a_sentence_that_a_draft_took_is_told(line, was, to, kind):
    assert told(line, line.replace(was, to)) == [kind]


@pytest.mark.parametrize(
    ("line", "was", "to"),
    [
        (SLUICE, "12 miles", "twelve miles"),
        (SLUICE, "drove", "rode"),
        (SLUICE, "Peter Marsh", "Marsh"),
        (SLUICE, ", which he had not seen since 2019", ""),
        (SLUICE, "on Friday", "at the end of the week"),
        (SLUICE, "Sluice keeper", "The keeper of the sluice"),
        (DOUBTFUL, "allegedly", "reportedly"),
        (DOUBTFUL, "nearly", "some"),
        (DOUBTFUL, "deputy of", "man from"),
        (CRACKED, "told reporters", "said"),
    ],
)
def test_what_an_editor_may_write_is_not_told(line, was, to):
    assert was in line
    assert told(line, line.replace(was, to)) == []


def test_what_another_report_prints_was_not_changed_by_the_draft():
    changed = SLUICE.replace("Friday", "Tuesday")
    other = independent("On Tuesday sluice keeper Marsh drove to the pump house of Varnholm.")
    one_change_silences("altered telling", (original(SLUICE), draft(changed)), (original(SLUICE), draft(changed), other))


def test_both_words_are_shown_with_their_places():
    pages = (original(SLUICE), draft(SLUICE.replace("Friday", "Tuesday")))
    (found,) = of_kind(deep(*pages), "altered telling")
    assert found.message.startswith("The draft prints “Tuesday” where Varnholm Courier has “Friday”: “Sluice keeper")
    assert words_of(found, *pages) == ["Tuesday", SLUICE]


def test_who_shares_only_quotations_may_have_heard_them():
    changed = CRACKED.replace("cracked", "painted")
    own = "\n".join([*independent()[0].text.splitlines(), changed])
    (heard,) = of_kind(deep(original(CRACKED), report("The draft", own, "2031-10-05")), "altered quotation")
    (taken,) = of_kind(deep(original(CRACKED), draft(changed)), "altered quotation")
    assert (heard.severity, taken.severity) == ("low", "high")
    assert "neither is known to have copied the other" in heard.message


def test_a_quotation_that_joins_two_of_one_speaker_is_told_of_each_sentence_that_was_changed():
    letters = "“We asked the board for a new gate in spring, and nobody answered our letters,” Marsh said."
    joined = CRACKED.replace("cracked", "painted").replace("it,” Peter", "it. {},” Peter")
    joined = joined.format("We asked the board for a new gate in winter, and nobody answered our letters")
    found = of_kind(deep(original(CRACKED, letters), draft(joined)), "altered quotation")
    assert sorted(f.message.rpartition(": ")[2] for f in found) == ["“cracked” became “painted”.", "“spring” became “winter”."]
    own = report("The draft", "\n".join([*independent()[0].text.splitlines(), joined]), "2031-10-03T12:00:00+00:00")
    heard = of_kind(deep(original(CRACKED, letters), own), "altered quotation")
    assert len(heard) == 2


def test_at_once_is_heard_for_immediately_and_for_nothing_else():
    line = "“We closed the gate {} and called the brigade of the lower town,” Oda Lemmerich said."
    own = "\n".join([*independent()[0].text.splitlines(), line.format("at once")])
    written = report("The draft", own, "2031-10-03T12:00:00+00:00")
    pages = (original(line.format("at noon")), written), (original(line.format("immediately")), written)
    one_change_silences("altered quotation", *pages)
