"""Numbers that decide what an attribution is, whose it is and what a caveat speaks of.

Set on PolNeAR's development part and on the real story (tests/statements/test_floors.py); a test moves each of them.
"""

LONG_QUOTATION = 5
"""Words from which marks are speech though no cue stands right beside them; shorter ones are distancing marks or titles."""
QUOTED_ALONE = 2 / 3
"""Share of a paragraph's tokens from which marks are speech that are shorter."""
AUXILIARY_NEAR = 3
"""Tokens from a verb of saying within which its auxiliaries are words of the cue."""
TITLE_LETTERS = 4
"""Letters of a word that has a capital in a title."""
SIGNATURE = 20
"""Most tokens of a line below a quotation, or of words behind it, that sign it."""
COLON_FRAME = 12
"""Most tokens of a sentence before a colon whose last noun is the speaker where it has no subject."""
TRANSCRIPT_TURNS = 2
"""Paragraphs that open with a name in capitals and a colon, from which a report is a transcript."""
UNPARSED_CUE_AFTER_MARKS = 8
"""Tokens behind the closing mark within which a verb of saying speaks the quotation, in a language without a parser."""
UNPARSED_TIGHT = 4
"""Tokens between a mark and the verb of a frame that stands right beside it, in a language without a parser."""
UNPARSED_SUBJECT = 14
"""Tokens from a verb of saying within which its subject stands, in a language without a parser."""
UNPARSED_PRONOUN = 2
"""Paragraphs back in which a pronoun's name is looked for, in a language without a parser."""
PRONOUN_SENTENCES, PRONOUN_PARAGRAPHS = 8, 4
"""Sentences and paragraphs back in which the one is looked for whom a pronoun means."""
PRONOUNS_OF_ONE = 0.75
"""Share of the pronouns behind a name, from which they say whether a man or a woman bears it."""
CALLED_IT = 2
"""Sentences behind a name that go on with "its", from which it is no person's where fewer go on with "his" or "her"."""
NAMESAKE = 1500
"""Characters after which a namesake's full name no longer makes a bare surname mean two people."""
MOST_CALLED = 2 / 3
"""Share of the names of those of one surname, and one more, from which the surname alone means who bears them."""
JUST_NAMED = 600
"""Characters back in which one of several who bear a title is the one whom it means."""
ONE_INSTITUTION = 2 / 3
"""Share of the names of airlines in a report or a story, from which "the airline" is that one though others are named."""
STATEMENT_BACK = 6
"""Attributions back in which a statement was spoken of that "the statement" means."""
NAMELESS_BACK = 200
"""Attributions back in which "the spokesman" may be the one before."""
COPIED_SENTENCE = 6
"""Words of a sentence from which two reports that print it have it, and "a spokesman" in it, from one text."""
QUOTED_RUN, QUOTED_LEAST, QUOTED_ALIKE = 6, 2, 0.5
"""Words in a row by which two quotations are one; the same where nobody else is named for the one; and the share of such
stretches that must be another report's. Seen: in 28 real events 41 of 292 pairs of one quotation had two speakers."""
SPELLED_SURNAME, SPELLED_FIRST_NAME = 85, 75
"""Least similarity (0–100, rapidfuzz ratio) of two spellings of one transliterated name."""
SURNAME_LETTERS = 6
"""Letters from which two surnames that are spelled differently can be one."""
LEAST_OWN = 0.5
"""A sentence whose words are attributed to less than this share is also a statement of the report itself."""
CAVEAT_PARAGRAPHS = 4
"""Paragraphs back to which a later caveat reaches; half as many where it names a thing."""
DOER_LETTERS = 6
"""Letters of a word that is somebody who does what it says: a baker, but no "power"."""
ROOT_LETTERS = 5
"""First letters in common that make two words one root where no stem does ("explosion", "exploded")."""
