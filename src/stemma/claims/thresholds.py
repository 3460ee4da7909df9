"""Every number that decides which claims there are, which reports share them, and how they stand to each other.

They were set by reading the claims of the shipped stories and of the events of ../shared/data (docs/benchmarks.md).
tests/claims/test_thresholds.py moves each by a third and sees the claims of shipped stories, or an invented pair, change.
`WORDS` are shares of words in common (0–1), of the clauses themselves where nothing else is said.
"""

# propositions
CLAUSE_LEAST_WORDS = 3
"""Words under which a clause is a scrap."""
CLAUSE_OWN_WORDS = 4
"""Words under which a participle ("waiting outside") belongs to the clause around it."""
FRAME_SHARE = 0.3
"""Share of what is said in a clause's words under which it only says that somebody said something."""
CONTEXT_WEIGHT = 0.15
"""Weight of the rest of the sentence beside the clause's own words."""
BESIDE = 7
"""Words on either side of a number among which those stand that say what it is of."""

# likeness of two propositions, on the events of ../shared/data, each left out of the fit (bench/claims.py)
PROPOSED_OWN = 0.12
"""Least cosine of two clauses' own words from which they are compared."""
PROPOSED_WITHIN = 0.2
"""The same for all the words under their verbs."""
RARE_WORD = 60
"""A word that so many propositions hold, or fewer, proposes pairs."""
RARE_SHARE = 40
"""The same as a share of a large story's propositions: one in so many."""
NEAR_NUMBER = 0.15
"""Share by which two numbers may differ and be told of one thing."""
PROBABLE = 0.02
"""Probability under which a pair counts as wholly unlike."""
MOST_ODDS = 7.0
"""Bound of a logarithm of odds, up and down; the lower one is what a rival has where there is none."""
USUAL_LEAD = 2.0
"""The lead of a pair whose report says nothing else that could be its rival."""
LINKED_CLAUSES = 0.3
"""Least mean probability, among rivals, within a claim of clauses: of pairs beside all that reports do not say."""
LINKED_FIGURES = 0.4
"""The same for a claim of figures."""
LINKED_TIMES = 0.5
"""The same for a claim of times: the same day is named for many things."""
LINKED_GROUPS = 0.8
"""Share of these that the mean over all pairs of two groups must reach where each wording has one that is as like as need be."""
LEAST_OF_A_PAIR = 0.15
"""Least probability of any two members of a claim: a third that fits one of two says something else."""
TOLD_TWICE = 0.6
"""Least mean probability of two groups, of which one report is in both, that they are one claim that it tells twice."""
NEIGHBOURS = 12
"""The likeliest pairs of each wording whose others are compared with each other."""
SURE = 0.85
"""Probability with which each member of a claim must be like one of the others, or the claim is doubtful: of read pairs of two
wordings from here on 95 of 100 say one thing."""
SURE_OF_TWO = 0.9
"""The same for a claim of two reports alone, which no third bears out: 96 of 100."""
SURE_TIMES = 0.9
"""The same for a claim of times: 96 of 100."""
SURE_OF_ALL = 0.65
"""Mean probability with which each must be like all the others: a third that is like one of two only makes a claim doubtful."""
WORDINGS = 12
"""Wordings of a claim that are compared for that."""
COMMON_NUMBER = 0.25
"""How rare a number is (a quarter for each of its digits that are no trailing noughts) up to which it joins one thing only."""
ONE_DAY_WORDS = 0.2
"""Share of words (Dice) under which two clauses with other verbs that name one day tell of two things."""
ONE_SPEAKER = 0.7
"""Share of words (Dice) from which what two are said to have said of themselves is one utterance, given to two."""
COVERED = 0.4
"""Share of a proposition that an alignment must cover."""
TELLING_NUMBER = 100
"""A number from here on is rarely printed twice for two things."""

# whether two numbers, or a clause and its denial, are of one thing
SAME_CLAUSE_WORDS = 0.75
"""Words from which two clauses are one clause with another number."""
SAME_SENTENCE_WORDS = 0.85
"""The same for their sentences: a short clause of a copied sentence is sure too."""
SAME_STATE_WORDS = 0.5
"""The same for people in one state (dead, missing): counts of it run, and each report words them anew."""
SAME_VERB_WORDS = 0.35
"""The same for two counts of one noun by one verb, of which one names its day."""
SAME_TOLL_WORDS = 0.25
"""The same for a toll that grew with time."""
OPPOSITE_WORDS = 0.6
"""The same for a clause that denies another."""
SHARED_LEAST = 4
"""Number of words in common under which a share proves nothing ("won two games")."""
EVENT_DAYS = 45
"""Days over which the count of one event runs: the dead of another year are those of another event."""
COPIED_WORDS = 0.85
"""Words from which a clause is the other's copy: its other number is no update."""
PUT_OFF_WORDS = 0.75
"""Words from which a clause is the other with another day in it."""
LEAD = 600
"""Code points of the beginning of a report in which a number of people in one state is that of its event."""
CROWD = 1000
"""A number of people who gathered from here on is that of all who came."""
BOTH_NAMES = 3
"""Names, first and last, in common from which two lengths of a call are of one call."""
COUNT_RATIO = 3.0
"""Times that one count may be another of the same thing: what is further apart counts others."""
UPDATE_DAYS = 5
"""Days over which a number of things is brought up to date; later, the same words tell of another round, match or vote."""
CONVERTED = 0.02
"""By how much a conversion may differ: 1,100 sq km and 425 sq miles are one figure."""
ROUNDED = 0.05
"""By how much a number with a unit may round another: 2.04 percent and 2 percent."""
SET_BESIDE = 2
"""Reports that set two speakers' numbers side by side: then they stand against each other, whatever the words."""
BARE_NUMBER = 10
"""A number without a noun up to it counts anything: "two wanted no change"."""
SIDE_BY_SIDE = 200
"""Code points between two clauses that still stand side by side."""

# two quantities of one thing that differ (masked.py), on the pairs of bench/data/differing_pairs.tsv
DIFFERING_LEAD = 0.4
"""By how much a pair's likeness, the quantity masked, must lead as odds over all else in either report."""
DIFFERING_NEAR = 0.6
"""Share of the larger number that the smaller of two must reach at the least."""
DIFFERING = 0.7
"""Probability from which two that differ are of one thing: 14 of 15 that were read, each story left out of the fit."""

# versions of one text
LONGEST_HEADING = 60
"""Longest line, in characters, that may be a heading: two reports share those by chance."""
REPRINTED = 0.8
"""Share of a report's paragraphs that stand in an earlier one: then it has nothing new."""

# what is shown
SMALL_NUMBER = 2
"""A number up to it is how people talk, and no claim to look up in one report alone."""
INSIDE_SHARE = 0.5
"""Share of a clause inside another from which it is a part of it."""
MOSTLY_INSIDE = 0.7
"""Share of a claim's reports in which it must be inside another, more than which it is a part of it."""
TELLING_WORDS = 3
"""Words with a meaning of their own from which a clause tells a reader something."""
CROWDED = 3
"""Most claims that show the same words: a span that proves everything proves nothing."""
SUMMARY_TRIED = 8
"""Members whose words are tried for a summary."""
SUMMARY_SUBJECT = 5
"""Words before a noun that stand with it where it is put in brackets."""
LINE = 160
"""Longest line of a claim, in characters: what it is called, and a clause that is shown whole."""
CUT_LEAST_PIECES = 3
"""Names, figures, times and words that a line must keep when something is left out of it: "the move comes" says nothing."""
BORNE = 0.8
"""Share of a line's words that a report must say to bear it out: read one by one, 41 of 435 reports from here on did not say it,
from 0.55 on 78 of 544."""
BORNE_THERE = 0.4
"""Share of the words of a line that must stand in the sentences that carry it, and not beside them."""
COMMON_NAME = 0.9
"""Share of the reports that name what all of a story is about or where it happens, from which one need not name it again."""
