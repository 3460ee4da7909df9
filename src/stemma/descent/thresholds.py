"""The numbers that decide in this room: thresholds, and weights in nats, with the data on which they were set.

tests/descent/test_thresholds.py moves each by a third and sees what is said of a report change, but for those that it names.
"""

# Which pairs are compared.
ALL_PAIRS = 40
"""Reports up to which every pair is compared; of more, only those that share enough."""
TWINS = 20
"""Reports of one body up to which each two are aligned; of more, the first stands for the others in all alignments."""
SEED = 5
"""Words in a seed: where two texts on one subject no longer agree by chance (passim, NEWS-COPY: 4–5); a quotation of as many
counts, and so does what is shared around it."""
LEAST_SEEDS = 2
"""Seeds that propose a pair, however many reports print them: a wire that half of a story prints is its descent."""
SHARED_STEMS = 0.1
"""Part of the stems of the shorter report that proposes a pair."""
SUBJECT_ONE_IN = 3
"""A stem that one in so many reports has is the story's subject and proposes nothing."""

# What a telling says of its author.
OUTLET_LETTERS = 4
"""Letters from which a first word, or a name that nobody lists, tells an outlet."""
BEFORE_NAME = 200
"""Letters before a house's name in which it is looked for what is said of it: more than any turn of words has."""
GRAMMAR = 3
"""Letters of a word that is grammar: it is small in a name, and no root of one."""
SIGNATURE_WORDS = 8
"""Words of a paragraph that may be a signature."""

# Runs and passages: what is shown as shared. Set while `spans` (PAN 2013) and `reuse` could be seen.
COMMON = 12
"""A seed that stands more often than this in one text is furniture or a refrain and proposes nothing."""
MOST_PLACES = 100
"""Places of a seed in many texts of which every two are paired; of a seed in more each is paired with those that follow it next,
the fewer the more there are: a note under all articles of a site makes no pair of every two."""
RUN_GAP = 6
"""Words that an editor may have put between two runs of one passage, on either side."""
SHOWN_RUN = 3
"""Words of a run that is shown."""
VERBATIM_PASSAGE = 0.9
"""Share of identical words from which a passage counts as printed as it was."""
ALONE_WORDS = 12
"""Words from which a passage stands by itself, when it is as like as STRONG_LIKENESS."""
STRONG_LIKENESS = 0.55
"""Likeness from which a passage of so many words stands by itself."""
ALONE_SHARE = 0.2
"""Share of the shorter text from which a rewording stands by itself."""
MADE_ONE = 0.6
"""Part of a short sentence that stands word for word in the longer one that it was made part of."""
SENTENCE_ENDS = 8
"""Words at the ends of a sentence that may differ for a passage to be the whole sentence."""
NEAR_WORDS = 50
"""Words between two passages that still belong to one stretch of copying."""
SHORT_RUN = 8
"""A run of fewer words must stand closer; a whole sentence of as many stands by itself."""
CLOSE_WORDS = 20
"""Words between such a short run and its stretch of copying."""
BRIDGED_MOST = 0.7
"""Share of a sentence covered by runs under which its rewording is shown whole."""
EXACT_SCORE = 0.999
"""Score from which a passage of as many words on both sides needs no alignment of its words."""
BRIDGED_LEAST = 0.5
"""Share from which runs with a few words between them are shown as the whole sentence."""
TOUCHING_WORDS = 12
"""Words that may stand between two passages that `stemma compare` shows as one: an editor's cut inside a longer copy."""

# What a run of words is: standing notes, and statements printed for an office, are no telling.
NOTE_WORDS = 60
"""Words of the longest standing note."""
POST_WORDS = 120
"""Words of the longest paragraph that a post's signature makes a post: more is a page in one line, with a post in it."""
SPEAKING_ONE_IN = 20
"""One word in so many of a paragraph is "we" or "our" where an office speaks for itself."""
OWN_VOICE_SHARE = 0.4
"""Share of a text in the first person from which it is written in it."""

# Words of others: what a report gives in running text as somebody's. Seen: the annotated events gorilla, nk-oil, split, blankets.
CITED_LEAST = 8
"""Words that a report must give to a house for an edge: fewer tell nothing."""
AGAIN_NEAR = 3
"""Paragraphs within which "the newspaper" is the house cited last. Seen: twelve places in 29 real events, all of them right."""
TOLD_AGAIN = 2
"""Paragraphs of a page which nobody signs that say that one agency was told, from which the text is that agency's. Seen: of 1,450
pages seven have so many; six are an agency's text, the seventh says who "the AFP news agency" is."""
CITED_QUOTED = 0.3
"""Share of a stretch in quotation marks from which it is printed as it was."""
CITED_RUN = 9
"""Identical words from which a passage that another report prints without the citation comes from the house that is cited."""
CITED_ALIKE = 0.6
"""Likeness of a reworded sentence from which it does."""
CITED_TOLD = 0.5
"""Share of the words that a report gives to a house, from which a page of that house that has them somewhere is the one meant."""
CITED_PARENT = 0.5
"""Share of a report that is another's, from which what it cites is cited by that one."""
CITED_WORDS = 60
"""Words that one report gives to a house as its own telling, from which that house is counted among the origins."""
CITED_WHOLE = 0.65
"""Share of cited words from which a report has no telling of its own."""

# Sentences that two reports share whose rest is their own. Seen: twenty-one annotated events, and fourteen without gold.
SENTENCE_TOLD = 11
"""Identical words of one sentence, in runs, beside names, figures and what is given: two reporters of one event had 10."""
SENTENCE_BESIDE = 8
"""The same of another sentence of two reports of which one sentence has so many."""

# Rewordings: which sentences say the same. Seen: Clough & Stevenson (2011), the Microsoft Research Paraphrase Corpus, BASIL.
STEM_WEIGHTS = (0.1, 0.5, 1.0)
"""What a word's agreement says: short words are grammar, those of four letters less than long ones and figures."""
ALIKE = 0.5
"""Sentences of independent reports on one event rarely reach it (BASIL: none in half of the pairs, one in a third)."""
KIN = 0.4
"""Enough between two texts that are known to share their telling."""
SENTENCE_WORDS = 5
"""Words of a sentence that can be matched, and of a text that is one sentence."""
SPLIT_PENALTY = 0.02
"""What two neighbours must be better than one: a longer bag meets more by chance."""
SPLIT_SHARED = 2.0
"""What each of two neighbours must share with the sentence that they make together."""
ITEM_WORDS = 60
"""Words of a text of one sentence (an item), at the most."""
ITEM_BIAS = -4.4
"""Two items: fitted by logistic regression to the 3,771 training pairs of the MRPC (Dolan & Brockett 2005); in nats."""
ITEM_STEMS = 4.6
"""For the share of stems that both have."""
ITEM_WORDS_SHARED = 3.5
"""For the share of words."""
ITEM_PAIRS = -4.0
"""For neighbours, which count against: of two that share as much, the one with a phrase changed tells another fact."""
ITEM_ORDER = 5.0
"""For the share of words in one order."""
ITEM_LENGTH = -0.19
"""For each word that one has more."""

# Copied or not: weights in nats of a logistic, and what kind of copy. Seen: 42 pairs of news judged by hand, Clough & Stevenson.
COPIED = 0.5
"""Probability from which shared wording has one written source: below it there is no edge, no kind and no passage."""
COPY_BIAS = -3.6
"""Nothing shared."""
COPY_LONGEST = 0.2
"""Each word of the longest run beyond COPY_RUN_FROM."""
COPY_RUN_FROM = 7
"""Words of a run that chance may give two reports."""
COPY_RUN_MOST = 25
"""Words of a run beyond which it says no more."""
COPY_PART = 6.0
"""The share of a text that stands in runs."""
COPY_PART_MOST = 0.6
"""The share beyond which it says no more."""
COPY_ALIKE = 5.0
"""The share of its sentences that are reworded."""
COPY_ALIKE_MOST = 0.8
"""The share beyond which it says no more."""
COPY_LIKENESS = 2.5
"""How like the reworded sentences are, summed beyond COPY_LIKENESS_FROM."""
COPY_LIKENESS_FROM = 0.45
"""Likeness that independent sentences may have."""
COPY_LIKENESS_MOST = 2.0
"""The sum beyond which it says no more."""
SHORT_TEXT_WORDS = 40
"""Of two short texts on one event a clause is soon a third: they are weighed as if they had so many words."""
SHORT_TEXT_SENTENCES = 4
"""The same in sentences."""
FAINT_SHARE = 0.08
"""Share of either text below which two of many texts are not searched for rewordings."""
FAINT_RUN = 14
"""Words of a run from which they are searched all the same."""
FAINT_TELLING = 0.1
"""Probability from which two items have something in common."""
TOLD_ALIKE = 0.54
"""Likeness from which a sentence speaks for a copy by itself; one that is less like is shown once it is one."""
LONG_RUN = 12
"""Words from which a run counts though most of it is names; of twice as many its names count too."""
PRINTED_SHARE = 0.9
"""Share of the related words that stand in identical runs, from which a text is printed as it was."""
EDITED_SHARE = 0.45
"""The same from which it is edited; below it is a rewrite."""
VERBATIM_SHARE = 0.6
"""Share of what a report has from its parents that stands in verbatim passages, above which the edge is verbatim."""
UNPROVED = 0.49
"""What is left of a copy that no passage outside quotation marks can show."""

# Two languages: paragraphs answer one another by names, figures and roots. Seen: invented translations in the tests.
PARAGRAPH_ALIKE = 0.16
"""Weighted share of common anchors from which two paragraphs may be one."""
PARAGRAPHS_IN_ORDER = 3
"""So few paragraphs in common prove nothing."""
PARAGRAPHS_FILLED = 2
"""Paragraphs without a name or a figure that may stand between two that answer one another."""
ANCHOR_NAME = 1.0
"""What a name says."""
NAME_LETTERS = 4
"""First letters that a name keeps in another language: with five, two of fifteen paragraphs of a shipped story are not found."""
ANCHOR_ROOT = 0.5
"""What the root of a long word says."""
ROOT_LETTERS = 5
"""First letters of a long word that are its root in another language: what is shorter is no long word."""
ANCHOR_FIGURE = 1.2
"""What a figure says."""
TRANSLATED_BIAS = -5.5
"""Nothing in common, in nats."""
TRANSLATED_MOST = 4.5
"""The share of the text that has more of itself in the other."""
TRANSLATED_LEAST = 2.0
"""The share of the text that has less."""
TRANSLATED_ALIKE = 6.0
"""How like the paragraphs are."""
TRANSLATED_ALIKE_MOST = 0.6
"""The likeness beyond which it says no more."""
TRANSLATED_COUNT = 0.15
"""Each paragraph that is answered."""

# Machine translation: traces in nats.
TRACE_MOST = 3.6
"""What traces of one kind weigh at the most: a habit of one writer is not several traces."""
TRACE_AGAINST = 2.6
"""Prior against: few English pages are a program's translation."""
TRACE_LINKS_MOST = 1.5
"""What lost links (glued words, stray capitals) weigh at the most: they alone stay under half."""
ARTICLES_HEAVY = ((0.18, 2.0), (0.155, 1.4), (0.145, 0.7))
"""Share of "the" and "of", its weight: one English article in a hundred has 0.133, in a thousand 0.157."""
ARTICLES_FEW = 0.02
"""Share of articles under which a text has hardly one: of 1,795 English articles none has under 0.022."""
ARTICLES_FEW_WEIGHT = 1.4
"""What that weighs."""
ARTICLES_WORDS = 100
"""Words under which a share says nothing."""

# Who was first: signs of direction in nats. Set on the generated traditions of bench/traditions.py.
SIGN_CREDITED = 3.0
"""The one credits the other."""
SIGN_LATER = 1.5
"""Dated later on the same day: a page is often dated anew within its day."""
SIGN_DAYS_LATER = 2.0
"""Dated days later: a date that is days too early is rare."""
SIGN_BYLINE = 0.4
"""The one names its author, the other does not."""
SIGN_TRANSLATED = 2.0
"""Of two languages, the one that reads like a program's."""
SIGNS_MOST = 4.0
"""The most that the signs of one edge may weigh."""
SIGN_SHOWN = 0.3
"""Weight from which a share or a beginning is named as a sign."""
SIGN_WORDING = 2.0
"""Words that the source has too, or a link to it: shown with an edge that is known, it decides no direction."""
SIGN_PROGRAM = 1.5
"""The same for words that no person writing English would print."""
SIGN_SAID = 20.0
"""A reader's word: more than all signs together."""
RELATIVES = 3
"""Relatives whose shared wording is shown with an edge."""
CUT_APART = 250
"""Words from which a gap is no cut but another place of the text."""
CUT = 1.6
"""The log of the ratio of cuts; shrunk from a fit on generated cuts and rewordings."""
CUT_MOST = 3.0
"""The most that it may be."""
LEAD = 0.5
"""The log of the ratio of the words before the first that the two share."""
LEAD_FROM = 3
"""Words by which either beginning is lengthened: between two short ones there is hardly a difference."""
LEAD_MOST = 1.0
"""The most that it may be."""
CONTAINED = 2.0
"""The difference between the shares of the two that stand in the other: who takes leaves out more often than he adds."""
CONTAINED_MOST = 1.5
"""The most that it may be."""
PARENT_SURE = 0.55
"""Probability from which `stemma compare` calls one of two texts the source of the other."""

# The tree of kin: what reports must share for a lost source or another parent. Set on the generated traditions.
MISSING = 16
"""Readings that two must share beyond a third for it not to stand between them: two editors hit upon one word now and then."""
MISSING_SHARE = 0.5
"""The same as a share of all that either changed of it: the more they change the more often."""
CHANGED_IN_A_ROW = 8
"""Readings in a row from which what a report has beyond another is its own writing and no change."""
TWIN_WORDS = 2
"""Words that two reports may lack of each other and be prints of the same words."""
SIBLING_WORDS = 12
"""Words that two heirs of a named source must share alone, beyond chance, for one to have them from the other."""
LINEAGE_SHARE = 0.15
"""Share of the words that two neighbours have in common with a report, from which they belong to one lineage of it."""
TRIED = 60
"""Roots that are weighed in one lineage; of more nodes those with the most neighbours."""
ROOT_LOST = 2.5
"""How much likelier, in nats, a lost source is the root than a report in its place: it is there because no report could be."""
ROOT_THROUGH = 0.5
"""What a sign is worth between two reports with a lost source between them."""
ROOT_MIXED = 2.0
"""How much less likely, in nats, a page in two lineages is the root of one: it is a copy in the other at least."""
ROOT_EARLIER = 0.25
"""What each report that is dated before the root speaks against it, in nats."""
NEAREST_READING = 0.35
"""What a reading of a report that a source explains speaks for that source, in nats."""
NEAREST_TURN = 1.0
"""How much likelier, in nats, the other order must be for a report and its copy to be turned about."""
MOSTLY_SHARE = 0.4
"""Share of a report from which it is one telling with another and not a page that is part copy, part its own."""
UNEXPLAINED_SHARE = 0.3
"""Share of a report that no edge explains, from which a hidden source of its own is looked for."""
SIBLING_HELD = 0.3
"""Share of a report that another has, under which it is that one's source only where a sign beside time and length says so."""
SIBLING_COPY = 0.9
"""Share of the other from which it is a copy all the same."""
SECOND_WORDS = 30
"""Words that a report must have from a second parent alone."""
SECOND_SHARE = 0.12
"""The same as a share of the report."""

# The probability of an edge.
EDGE_STATED = 0.97
"""A credit line states it."""
EDGE_SILENT = 0.68
"""Reports that share its telling state it: the page has it from there, or from one of them. Of 21 such edges on generated
traditions 14 came from there, and the words of 20 were that source's (`bench/calibration.py`)."""
EDGE_UNSTATED = 0.85
"""The name of its author states it, or the agency that its sources told."""
EDGE_LINKED = 0.85
"""A page that ends in a bare "Source link" was copied from there."""
EDGE_JOINT = 0.75
"""A byline names an agency beside the author, and no other print shows what is the agency's. Seen: six such pages of real events
have words of it."""
JOINT_WORDS = 500
"""So many words of such a page are taken for the agency's, which is about what its reports have. Seen: of four pages under 800
words nearly all was the agency's, of one of 1,500 words a ninth."""
EDGE_NEAREST = 0.88
"""Of several kin the nearest is the source itself and not one next to it; measured on generated traditions."""
PART_SHARE = 0.35
"""Share of a report that others print, under which its credit may be for a part of it."""
PART_HELD = 0.75
"""Share of another print that it has, from which it prints all of the source and the other is the shorter."""
PART_WORDS = 200
"""Words of another print that says so; a shorter one has too little of the source."""
CITED_BIAS = 0.25
"""Running text gives words to a house, and may have them from another that quotes it: in nats, fitted by logistic regression to
51 such edges on fifteen annotated events, of which 37 are in the gold. Their share and number said nothing."""
CITED_MARKED = 0.6
"""For words in quotation marks: of 25 edges 21 are in the gold, of 26 without 16."""
CITED_TWICE = 1.2
"""For a house that other reports cite too, or whose own page has the words: of 23 edges 21 are in the gold, of 28 others 16."""
EDGE_UNCITED = 0.65
"""A report prints such words without naming the house."""
AGAINST = 0.3
"""Probability of the signs under which a copy is hung on the named source of its parent instead."""
EDGE_LOST = 0.9
"""A lost source that nobody names is where the readings put it."""

EDGE_SIBLING = 0.75
"""Two that have a part in common, and no sign of who copied, have it from a third. Seen: six events without gold."""

# Origins and their count. Set on the generated traditions, where the interval holds the true count nine times in ten.
OWN_SHARE = 0.35
"""Share of own wording from which a page that is part copy is an origin too."""
OWN_WORDS = 50
"""Words of its own that such a page must have."""
OWN_STRETCH = 30
"""Words in a row that no source has, from which they are writing of its own and not a sentence in other words."""
OWN_SPREAD = 0.1
"""How far the own share of a page may be off, as the scale of a logistic."""
ORIGIN_UNNAMED = 0.6
"""How sure it is that a report without a source is an origin when it shares its telling with reports that have another, and that
a hidden source of one page is one."""
ORIGIN_CITED = 0.8
"""The same for a house that two reports cite, one of them at length: of four on eighteen events two are counted, two may be."""
ORIGIN_CITED_ALONE = 0.4
"""The same for one that a single report cites at length: of three none is counted, and all may be."""
ORIGIN_CITED_ONCE = 0.05
"""The same for a house that is cited for a sentence or two."""
ORIGIN_HEIR = 0.25
"""The same for the own wording of an heir of a lost source that nobody names."""
ORIGIN_SURE = 0.75
"""A report whose surest copy stays under it may be no copy at all."""
COUNT_TAIL = 0.05
"""Probability that is left out at either end of the interval of the count."""
