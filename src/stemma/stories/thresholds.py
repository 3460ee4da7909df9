"""Numbers that decide which reports tell one story.

Set on the development sets (bench/stories.py), on 35 real events, each in a folder of its own and all in one, and on
100 texts of ten moulds, made for it. tests/stories_room/test_thresholds.py moves each and sees the groups change.
"""

SAME_STORY = 0.19
"""Least mean likeness (tf-idf cosine) of two groups of reports that are one story."""
REPRINT = 0.7
"""Likeness from which on one report is a print of the other, however late."""
MOULD, MOULD_FACTOR = 0.15, 12.0
"""Texts of one mould (quakes, match reports, obituaries, road stubs) share their words and few of their names and figures:
what the square of the words' likeness has over the names' likeness, from which on it counts, and how much."""
ONLY_NAME = 0.99
"""Likeness of names from which on two reports have one and the same name and no other: without a word in common it is a place
of many events."""
ACROSS_FACTOR, ACROSS_TERMS = 0.7, 3
"""Names and figures alone, in other languages, are fewer and match by chance more often than whole vocabularies."""
DAYS_FREE, DAYS_DECAY = 2, 5
"""Reports of one event come out within days: the days between the middle ones of two groups that weigh nothing, and those
after which a third is left of a likeness. The same people are in the news again with another affair."""
FOLLOW_UP_WORDS = 0.2
"""Least likeness of the words that are no names, on average, of reports that follow an affair from week to week."""
FOLLOW_UP_FREE, FOLLOW_UP_DECAY = 10, 10
"""The same two for follow-ups, over the days between the nearest reports of two groups."""
FELLOWS, MISDATED = 3, 0.85
"""Dated reports from which on a single one of another day is more likely misdated than of another event, and what its likeness
then keeps."""
LEAD, LEAD_WORDS = 1.5, 200
"""The first words of a report say what happened: the first counts so much more than a later one, and after so many words a third
of that is left."""
TITLE, NAME = 2.0, 1.75
"""What a word of the title counts, and a name beside another word."""
REPORT_WORDS = 100
"""Words of a report after which a word that stands once in so many is as likely in it as not: what turns a word's frequency in
a language into the part of reports that have it."""
UNKNOWN_RARITY = 9.0
"""Rarity of a stem that the shipped table lacks, and the most that any has."""
NUMBER_RARITY = 8.0
"""Rarity of a number."""
LEAST_LIKENESS = 0.05
"""A pair that is less alike counts as wholly unlike."""
SAID_BY_SHINGLE = 12.0
"""Least rarity of the words of a shingle together: "in the middle of the" is everybody's."""
LEAST_SHINGLES, CONTAINED_FACTOR = 4, 0.5
"""Shingles that two reports share, from which on they count, and the likeness of a report that stands in the other whole."""
GAP = 0.8
"""How alike the reports of two groups (of `FELLOWS` or more) must be, as a part of how alike those of each are themselves."""
PARTING_STEP, CRUMBS = 1.2, 0.2
"""A component that is too large is looked at with a likeness that grows by this factor until its parts are small enough, and the
part of its reports that may be left alone then."""
