"""Every number that decides whether a finding is shown.

They were set by reading what they show and hide on the collections of docs/findings.md ("How often a finding is right") and on
the edits of bench/findings.py. tests/findings/test_thresholds.py moves each by a third and sees a finding come or go.
A share is one of words, an `ALIKE` the share of words in common in order.
"""

# copies: who copied whom, and how much (uncredited copy, and all kinds that compare copy pairs)
DIRECTED = 0.55
"""Probability of a derivation from which something besides the shared wording says who copied whom."""
POSSIBLE = 0.6
"""Probability of a derivation under which a copy may come from another version."""
CERTAIN = 0.9
"""Probability of a derivation from which what a copy changed is grave: under it readers found one in three wrong."""
COPIED_BESIDE = 200
"""Code points on either side of a quotation in which copied words show that it was copied too."""
COPIED_BESIDE_LEAST = 25
"""How many of them must be copied."""
LOST_SOURCE_PRINTS = 3
"""Prints of one lost source that may each show what a copy of it lost."""
COPIED_SHARE = 0.15
"""Share from which a report took words."""
GRAVE_SHARE = 0.5
"""Share from which an uncredited copy is high, and from which a text that is retold is one text with the other."""
REWRITTEN_SHARE = 0.25
"""Share of a rewrite that must come from the source: what two newsrooms tell of one event is alike too."""
SHARED_SHARE = 0.3
"""Share of two reports from which they print one text."""
TAKEN_TELLING = 40
"""Words of its own telling that a copy has from another report at the least."""
TAKEN_SENTENCE = 12
"""Words of one passage from which a report has it from the lost source that others name beside it."""
WHOLE_SHARE = 0.8
"""Share from which a report is a copy as a whole, whatever statement it prints; what is added to less may be the news."""
WORD_FOR_WORD = 0.9
"""Share of what was taken from which a message says that it was taken word for word."""
STATEMENT_BEFORE = 300
"""Code points before copied words in which a report says that they are a statement."""
CREDIT_LINE = 8
"""Words beyond which a line above or below a text is no byline."""
CREDIT_NEAR = 60
"""Code points between a newsroom's name and the copied passage that it belongs to."""

# quotations
QUOTATION_WORDS = 5
"""Words under which a quotation may be anybody's."""
SENTENCE_WORDS = 10
"""Words from which a quotation is a sentence that was said: a phrase in marks may be said again."""
VARIANT_WORDS = 8
"""Words from which two quotations of one named speaker that are much alike are one utterance."""
COMMON_WORDS = 5
"""Words in common under which two quotations are no two prints of one."""
UTTERANCE_SHARE = 0.5
"""Share of the shorter one's words in common without which two quotations are two sentences."""
ALTERED_ALIKE = 0.55
"""Alike under which two quotations are two sentences."""
NEARLY_ALIKE = 0.8
"""Alike from which two quotations are one, whoever copied whom and whoever is named."""
ONE_WORD_ALIKE = 0.93
"""Alike from which a long quotation is one utterance, whenever it was printed."""
MISPRINT_LETTERS = 5
"""Letters from which two words that differ in one are one word and its misprint; "not" and "now" are not."""
ANCHOR_WORDS = 2
"""Words that both print before a change, and behind it, so that it is none of two sentences."""
ALTERED_WORDS = 4
"""Words beyond which a change is another cut, or another sentence."""
CUT_WORDS = 3
"""Words beyond which two quotations that end in other ones were cut at another place."""
LOOSE_WORDS = 2
"""Words in common that stand so far from the rest by chance."""
LONGER = 1.6
"""How much longer one of two renderings may be."""
ALTERED_RUN = 4
"""Words in a row that both print, unless nearly all are common: "I told her" begins many a sentence."""
MADE_UP_SHARE = 0.3
"""Share of a report that must be copied, so that what it quotes was the original's to quote."""
MADE_UP_WORDS = 8
"""Words under which marks may stand around a turn of phrase."""
MADE_UP_ANSWERED = 0.6
"""Share of meaningful words that answer those of the original's quotation."""
MADE_UP_SAME = 4
"""Of them words that both print: fewer may be another sentence on one matter."""
SPEAKER_RUN = 5
"""Words in a row without which two speakers may each have said something like it."""
RARE_RUN = 10
"""Words in a row that two persons do not both say, whoever copied whom."""
TAKEN_RUN = 5
"""Words in a row without which a quotation was not taken from another newsroom."""
TAKEN_WORDS = 8
"""Words from which two newsrooms do not get the same quotation by chance."""
TAKEN_ALIKE = 0.65
"""Alike from which a quotation is the one of the newsroom that it is credited to, or that gave it out."""
TAKEN_BESIDE = 80
"""Code points between a quotation and the words that say to whom it was said."""
AGREED = 2
"""Newsrooms whose prints of an utterance agree, so that the one that prints a synonym stands alone."""
OCCASION_HOURS = 18
"""Hours within which two reports print what was said on one occasion."""
OCCASION_WORDS = 15
"""Words from which a quotation is hardly said a second time in nearly the same words."""
FOREIGN_WORDS = 7
"""Words under which a translated quotation may be anybody's."""
FOREIGN_HOURS = 24
"""Hours within which the first prints of a translated utterance appear: a page from abroad comes a day later."""
FOREIGN_CHANGES = 3
"""Words without an answer at the least where only a speaker's land says that he was translated."""
ANSWERED_SHARE = 0.5
"""Share of the meaningful words of two translations that answer one another."""
ANSWERED_WORDS = 3
"""Words that answer one another at the least."""
ANSWERED_MANY = 5
"""Words that answer one another from which a longer quotation may hold a shorter one."""
ANSWERED_SAME = 2
"""Of them words that both print, in whatever form: the rest may be synonyms."""

# caveats
DOUBT_AFTER_THING = 2
"""Sentences before a doubt that it may take up by a word of theirs."""
DOUBT_AFTER_CUE = 6
"""Sentences before a doubt in which the claim may stand that it speaks of ("the union's claim")."""
COUNT_RATIO = 10
"""Times that one count of a thing may be another's."""
ONE_CLAIM_ALIKE = 0.5
"""Likeness from which two members of a claim surely say one thing."""

# figures
SHARPENED_COUNT = 4
"""A number up to it may be another one of the same thing."""
DENIED_WORDS = 2
"""Words without which it is not known what is denied: "it was no plan"."""
STORY_STEMS = 5
"""Stems that the beginning of a report has in common with what another denies, in one sentence, to tell of it."""
STORY_NOUNS = 2
"""Of them those that are no names: whoever is named there did more than one thing."""
SIDES_ALIKE = 0.38
"""Likeness of two clauses from which one denies the other."""
EVENT_LEAD = 600
"""Code points of the beginning of a report, which names its event."""
BIRTHDAY_DAYS = 60
"""Days between two reports in which a person hardly has a birthday."""
UPDATED_RATIO = 3.0
"""Times that a toll grows until the next report; what is further apart counts others, the wounded or another attack's dead."""
ROUND_COUNT = 1.1
"""How much more than a round number another may be and be what was rounded: 32 and some 30."""
UPDATE_DAYS = 10
"""Days after which a count is compared with that of another month, and is not brought up to date."""
SLIP = 0.1
"""A conversion in brackets that is off by more than this share is a slip and no rounding."""
SLIP_DEGREES = 4.0
"""The same for temperatures, in degrees Celsius: a share of a temperature means nothing."""
RISE_DEGREES = 30.0
"""Degrees up to which a temperature may be a difference of two, which has no offset ("1.5C (2.7F) warmer")."""
ZONE_HOURS = 4.0
"""Hours that a place's clock may be from its sun: one more is another zone, or a sign turned round."""


# sentences that a draft took
TAKEN_LENGTH = 6
"""Words under which a sentence may be anybody's."""
TAKEN_SENTENCE_ALIKE = 0.75
"""Alike from which a draft's sentence was taken from the one beside it."""
TAKEN_TRIED = 6
"""Sentences with most words in common that are compared word by word with one of the draft."""
BESIDE_SHARE = 0.5
"""Share of a sentence's meaningful words that another one has which speaks of the same matter."""
CHANGED_WORDS = 4
"""Meaningful words at one place beyond which it was reworded, and no one word stands for another."""

# single source
WIDELY_REPORTED = 3
"""From so many reports a reader takes a claim for widely confirmed."""
DOUBTED_SHARE = 0.6
"""Share of the things that a doubt names which a claim must speak of to be what is doubted."""
TELLING_COUNT = 10
"""A bare count under it ("two of our neighbours", "three photos") is how people talk."""
COMMON = 0.5
"""Share of a story's reports that must carry one fact of a voice on which the story rests."""
FACTUAL = 0.25
"""Share of what such a voice says that must be facts: a speech is no source that others could have checked."""
PRINTED_SHARE = 0.4
"""Share of a report from which it prints another's text, whatever it adds."""
REPORTING_SHARE = 0.6
"""Share of the sentences with a name in which it "reported" something, from which it is a newsroom's."""
MATTER_SHARE = 0.4
"""Share of the reports that name a newsroom in whose sentence a word must stand to be of what it reported."""
MATTER_STEMS = 3
"""Such words from which a report speaks of what the newsroom reported."""
REPORTER_SHARE = 0.25
"""Share of those reports that must say that the newsroom reported it: what was only told to it is an interview."""
CITING_SHARE = 0.4
"""Share of a story's reports that must say that they have it from one newsroom: others leave its name out."""

# stale copy
STALE_DAYS = 6
"""Days from which the weekday of a copied sentence is another day for whoever reads the copy."""
STALE_SHARE = 0.6
"""Share of its words that such a copy takes from the old report."""
STALE_BESIDE = 40
"""Code points on either side of a word of time that must stand in the old report too."""
STALE_BESIDE_LEAST = 10
"""How many of them a short sentence must have at the least."""
OVERTAKEN_SECONDS = 40 * 3600
"""Seconds after which a copy that still has a number which was brought up to date is an old report."""

# headline overreach
HEADLINE_SHARE = 0.75
"""Share of the headline's own words in a sentence of the body from which the two say the same."""
NEAREST_SHARE = 0.5
"""Share that is enough for the sentence of the body that is nearest to the headline."""
HEADLINE_WORDS = 4
"""Content words without which a headline says too little to be more than a topic."""
HEADLINE_BESIDE = 2
"""Words beside a number that make it the headline's."""
HEADLINE_LARGE = 1000
"""A number from here on is rarely printed twice for two things."""
HEADLINE_COUNT = 10
"""A number up to it, without a word of the headline beside it, may count anything."""
HEADLINE_SMALL = 2
"""A number up to it is a word of the headline like any other."""
CARRIED_SHARE = 0.6
"""Share of a sentence's words in common with the headline that a statement must carry."""
ROOT_LETTERS = 5
"""Letters in common that make "Sudan" and "Sudanese" one word of a headline."""
DENIAL_AFTER = 2
"""Sentences after what was said in which its denial may stand."""

# correction
NOTE_WORDS = 5
"""Words under which a note of correction is only its label."""

# machine translation
TRANSLATED_PROBABILITY = 0.6
"""Probability from which a page reads as put into English by a program."""
TRANSLATED_PLACES = 3
"""Places under which nothing is shown: one slip of a writer may have two signs."""
