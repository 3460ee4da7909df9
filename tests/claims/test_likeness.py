"""What the other sentences of a report do to a pair of propositions."""

import numpy as np

from claims.invented import propositions_of
from stemma.claims import thresholds
from stemma.claims.likeness import marks

FIRST = "The baker sold the old mill by the quay."
SAME = "The baker sold his mill. Nobody heard of it for a year."
TWO = "The baker sold his mill. The baker bought the mill by the quay."
NESTED = "The mayor told the council on Monday that the baker sold his mill by the quay. Nobody heard of it for a year."


def told(first, second):
    """The propositions of two reports, and all pairs between them."""
    one, other = propositions_of(first, "a"), propositions_of(second, "b")
    pairs = [(x, len(one) + y) for x in range(len(one)) for y in range(len(other))]
    a, b = np.array(pairs, dtype=np.int64).T
    return [*one, *other], a, b


def leads(second, probable):
    """The least and the greatest lead of each pair of FIRST with what another report says, by the probabilities given."""
    some, a, b = told(FIRST, second)
    return marks(some, a, b, np.array(probable))[:, 1:].round(1).tolist()


def test_what_another_sentence_of_the_report_is_as_like_has_no_lead():
    assert [least for least, _ in leads(TWO, [0.6, 0.6])] == [0.0, 0.0]


def test_a_pair_leads_by_more_where_the_rest_of_the_report_is_unlike():
    (close, _), (far, _) = leads(SAME, [0.6, 0.3])[0], leads(SAME, [0.6, 0.01])[0]
    assert close < far


def test_a_clause_of_the_same_sentence_is_no_rival():
    some, a, b = told(FIRST, NESTED)
    together = [n for n in range(len(a)) if some[b[n]].sentence == some[b[0]].sentence]
    assert len(together) > 1
    unlike = np.where(np.isin(np.arange(len(a)), together[1:]), 0.01, 0.6)
    assert marks(some, a, b, unlike)[together[0]].tolist() == marks(some, a, b, np.full(len(a), 0.6))[together[0]].tolist()


def test_a_report_of_one_sentence_has_the_usual_lead():
    assert leads("The baker sold his mill.", [0.6]) == [[thresholds.USUAL_LEAD, thresholds.USUAL_LEAD]]


def test_no_pair_has_no_marks():
    none = np.zeros(0, np.int64)
    assert marks(told(FIRST, SAME)[0], none, none, np.zeros(0)).shape == (0, 3)
