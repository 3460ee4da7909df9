"""Every number that decides what a report holds: which lines of a page are its article, and what stands round them.

They were set on the pages of ../shared/data/extraction/dev (bench/extraction.py) and ../shared/data/plain/dev (bench/plain.py);
tests/reports/test_thresholds.py moves them and sees a page change. Words are counted between blanks. What only bounds work
(how far into a line is looked) stands with the code.
"""

# bounds of work: what lies beyond them is said, and no article of the sets comes near
MOST_TAGS = 500_000
"""Tags of a page of HTML that is parsed."""
LONGEST_REPORT = 400_000
"""Characters of an article that are read: the longest live blogs have three quarters of it, a novel twice as many."""
LONGEST_FIELD, MOST_FIELDS = 5_000, 50
"""Characters of a title, an author field or another value in a page's head that are looked at, and values of one field."""
MOST_QUOTATIONS = 300
"""Quotations, and voices, of one paragraph of which is looked for who says them: no newspaper prints more."""

# choice: which runs of a page of HTML are its article
MOST_ELEMENTS, LONGEST_SOURCE = 50_000, 8_000_000
"""Elements and characters of a page that extractors are given. They take some 50 µs an element and at most a second a megabyte,
whatever the page's make: work is bounded before they begin, so that no clock decides what a page says. The largest page of the
set has 3,300 elements and 1.7 million characters."""
MOST_JOINED = 500_000_000
"""Characters that extractors copy while they take links and breaks out of the text around them: each one copies all of it."""
MOST_RUNS = 20_000
"""Runs of a page that are looked at: the longest live blog has a fifth of it."""
TOLD_AGREED = 0.8
"""F1 of what the page's data say that its article is and another quick choice from which on no extractor is asked."""
QUICK_AGREED = 0.95
"""F1 of two other quick choices from which on no slow extractor is asked: the least that cost no text on half of the pages, and
none on the other half (docs/benchmarks.md)."""
AGREED = 0.9
"""F1 of two extractors' choices from which on no further one is asked."""
STANDS_IN = 0.7
"""Share of a run's shingles of four words that stand in what an extractor has taken."""
SHORT_CELL = 15
"""Words from which on a table's cell is no figure's: old pages are laid out in tables."""
CELL_HOLDS = 0.6
"""Share of the article's words that its cell holds on a page that is laid out in tables."""
PICTURE_WORDS, PICTURE_ROWS = 60, 3
"""The most that a table around a picture and its caption has."""
BOX_HOLDS = 0.3
"""Share of the article's words from which on a box is the article's, whatever it calls itself."""
TAIL_SHARE = 0.3
"""The last share of an article's words in which a line may open what stands below it."""
GOES_ON = 2
"""Paragraphs beside those of the article behind a line that opens a box of other stories, with which the article goes on."""
LINKED, LONGEST_HEADLINE = 0.85, 30
"""Share of a run inside links, and its most words, with which it is the headline of another story."""
MOSTLY_LINKED, PART_LINKED = 0.5, 0.3
"""Share of a run inside links from which on it is no text of the page's own, or links in a row where it has strokes."""
LINKED_SENTENCE = 12
"""Words from which on a linked line that ends with a full stop is a paragraph and no headline."""
BESIDE_HOLDS = 0.5
"""Share of the article's words that stand side by side, from which on a sentence left out among them is the article's too."""
LEAST_PROSE, LEAST_PROSE_UNSAID = 8, 20
"""Words of prose with which a page prints an article; more are asked of a page that does not say that it is one."""

MOST_LISTED = 12
"""Times as many words in lists, tables and headings as in prose with which a page is no article but a list."""

# several: which articles on one page are reports of their own
LEAST_FURTHER = 120
"""Words of its own from which on a further article on a page, with a headline of its own, is a report; fewer are a teaser's."""
MOST_ARTICLES = 10
"""Headlines of articles on a page; one with more is a list of them."""
LONGEST_LABEL = 7
"""Words of a run that may be a label or a menu's entry and is not counted."""

# article, metadata: what stands round the body on a page of HTML
TITLE_NEAR = 40
"""Runs between a title and the body's first."""
HEAD_RUNS = 6
"""Runs at the body's beginning that may be its deck, byline or date."""
COPIED_LINES = 3
"""Lines that stand on a page twice, one behind the other, with which it prints its article again and not a refrain."""
CREDITS_BELOW = 6
"""Runs below the body among which credits are looked for."""
HEADLINE_BOXES, CROWD = 4, 3
"""Boxes around the headline in which authors are looked for; more authors than a crowd are those of other stories."""

SENTENCE_LETTERS = 40
"""Letters from which on a run that stands on a page again is printed twice; shorter ones are labels and refrains."""
LINE_LENGTH = 80
"""Characters of the longest line that is a byline, a date, a heading or a name of the site, and no paragraph."""
SAME_TITLE = 0.8
"""Share of the words of the longer of two titles that the other has, with which they are one."""
HEADLINE_WORDS = 4
"""Different words from which on a page's one heading is its title, where titles for sharing have most of them."""
NAME_BOX = 8
"""Words of a box that holds one name and what this person did."""

# outlets
LONGEST_OUTLET = 6
"""Words of the longest outlet's name that is believed without markup that says so."""
INITIALS = 3
"""Letters from which initials of an outlet hardly mean anything else: "AP" and "FR" do."""
HEADER_LINES = 10
"""Lines of a header that is no menu: in a longer one no line is safely the outlet's name."""
HEAD_LINES = 4
"""Lines between a headline and its story where no menu stands between them."""
COPYRIGHT_WORDS = 25
"""Words of a copyright line; a longer one speaks of the rights of others too."""
FIRST_RUNS, LAST_RUNS = 12, 25
"""Runs of a page of HTML that are its header, and its footer."""

# authors, agencies, credits
NAME_WORDS, NAME_LENGTH = 6, 60
"""Words of the longest name in an author field; characters of the longest name of a person, an outlet or an agency."""
GENERIC_AGENCY = 6
"""Letters of "agency" or "presse" alone, which name none."""
COMMON_LETTERS = 3
"""An abbreviation of so few letters counts in running words only where it is printed in capitals."""
TOWN_CAPITALS = 4
"""Capitals of a town without date or agency; fewer are an abbreviation before a dash."""
CREDIT_LENGTH = 700
"""Characters of a credit; a longer block is searched at its beginning only."""
SOURCE_LENGTH = 120
"""Characters of a source link: it is a line by itself, what is longer is a sentence that begins with the word."""
CREDIT_WORDS = 30
"""Words of a paragraph that is a credit and nothing else."""
SIGNING_WORDS = 14
"""Words of the longest line that an agency signs without a word on what it did."""
BODY_EDGE = 3
"""Blocks at the beginning and at the end of the body that may hold a credit."""

# posts: what others wrote on social media
BEHIND_POST = 16
"""Characters that may stand between a post's author and its date, and behind both."""
POST_WORDS = 120
"""Words of the longest post; more on one line are an article that ends with one."""
POST_LINE = 15
"""Words of a line that may belong to the post that a signature below it closes."""

# corrections, credits
CORRECTION_WORDS = 150
"""Words of the longest note on a change; what is longer is a report that speaks of one."""
WORKED_WORDS = 80
"""Words of the longest paragraph that says who worked on the article."""

# lines: what a line looks like by itself
SIGNATURE_WORDS, DATED_SENTENCE = 25, 9
"""Words of the longest byline or line of links with strokes between them, and of the longest sentence that is only a date."""
ENDED_PROSE, OPEN_PROSE = 9, 18
"""Words from which on a line is prose that ends with a full stop, or reads like a sentence without."""
LABEL_WORDS = 14
"""Words of the longest line of machinery, or of what opens a list of stories."""
NOTICE_WORDS = 32
"""Words of the longest line that asks for a subscription; a longer one tells of somebody else's."""
LEGAL_WORDS = 90
"""Words of the longest line of law."""
BOX_WORDS = 130
"""Words of the longest line that is a box of other headlines or says that it is a caption; a longer one holds an article."""
CAPTION_WORDS = 60
"""Words of the longest caption; one that ends like a sentence and not with its credit is taken for prose."""

# lines: an article on one line
RUN_TOGETHER_WORDS, RUN_TOGETHER_SENTENCES = 200, 6
"""Words and full stops from which on a line is no paragraph but an article whose line ends are lost."""
RUN_TOGETHER_HEAD = 700
"""Characters of such a line among which its byline and its dateline stand."""
HEADING_WORDS = 8
"""Words of a heading inside such a line; a longer piece without a stop is a caption."""

SMALL_WORDS, TELLING_HEADINGS = 0.5, 3
"""Share of the words of a line without a stop that begin small where it is a sentence, and so a caption; and how many such
lines make a page one whose headings are sentences, as a live blog's are."""
QUESTION_WORDS, LEAST_QUESTIONS = 14, 3
"""Words of a question that heads a part of an explainer, and how many of them make a page one."""

# lines: a gallery
LEAST_GALLERY = 4
"""Captions with a button from which on what they all begin with is the gallery's name."""
NUMBERED_PICTURES = 3
"""Lines that number themselves of one whole ("2/16 ...") from which on they are captions of its pictures."""

# plain text: the body
LEAST_PLAIN_PROSE = 40
"""Words of a body; a page of plain text with fewer prints no article."""
LINE_WORTH = {
    "sentence": 0.2, "lead-in": 0.2, "short": -0.7, "repeat": -0.8, "rhythm": -0.3, "widget": -0.8,
    "also": -0.5, "photo": -0.3, "teaser": -0.3, "boxed": -0.5, "notice": -0.5, "tail": -3.0, "end": -12.0,
}  # fmt: skip
"""What a line of a kind adds to the run of lines that is the article."""
PROSE_WORTH, WORDS_A_WORTH, MOST_WORDS = 0.5, 12, 80
"""What a line of prose adds, and for how many of its words one more; of a longer one so many words count, so that one endless
line does not outweigh an article."""
RHYTHM = 5
"""Lines that stand so often are a page's own beat (a label before each paragraph), not a menu."""
REFRAIN_WORDS = 5
"""Words of a sentence between two paragraphs that is the article's though it comes again; shorter ones are labels."""
REPEAT_FAR = 60
"""A paragraph that comes again within so many lines is printed twice; farther away the page has a copy."""
TEASER_WORDS = 40
"""A prose line of fewer words, alone under a heading for other stories, is the summary of one."""
PITCH_WORDS = 25
"""A prose line of fewer words, alone beside a notice, is the pitch of a newsletter or a subscription."""
STOPPED = 0.8
"""Share of a page's prose lines that end like sentences where one that does not is a picture's caption."""
PARTED = 0.8
"""Share of the long paragraphs that stand between blank lines on a page that parts them so."""
LEAST_LEAD = 36
"""Words of a first paragraph that no headline or deck has."""
LONE_HEADING, HEADING_GAP, LOUD_HEADING = 20, 3, 4
"""Words of a heading that stands alone between paragraphs; lines between them where others stand above it; and words of one in
capitals."""
LEAST_CONTENTS = 3
"""Lines in a row that each come once more, which are the contents of a page."""
ITEM_WORDS = 6
"""Words of the longest item of a list without marks: titles of other stories are longer."""

# plain text: what stands round the body
HEAD_ABOVE = 40
"""Lines above the first paragraph among which title, byline and date are looked for."""
TITLE_WORTH = {"told": 0.6, "word": 0.04, "again": 0.05, "above": -0.006, "slot": 0.15, "ended": -0.15}
"""What speaks for a line as the title: that its words are told below it, and how many it has; how often it stands on the page;
how far above the body; that a byline or a date stands below it; that it ends with a full stop, twice that of a long one."""
LEAST_TITLE, TITLE_ALIKE, TITLES_NEAR = 0.3, 0.15, 8
"""A line of a lower score is not taken for the title by its words; of two that differ by less, within so many lines, the upper
one is."""
TOLD_LINES, TOLD_LETTERS = 12, 3
"""Lines of the body in which a title's words are looked for, and letters of a word that tells nothing."""
SLOT_NEAR = 5
"""Lines below a title among which a byline or a date stands."""
LEAST_HEADLINE = 4
"""Words of the shortest line that is a headline by its looks."""
DATE_WORDS = 16
"""Words of the longest line that is a date."""
DECK_WORDS = 45
"""Words of the longest deck below a title."""
FOOT_BELOW = 8
"""Lines below the last paragraph among which credits and a date are looked for."""

# wire: whose words a text is
FOOT_BLOCKS = 4
"""Blocks at a report's end in which the marks are looked for that agencies leave."""
WIRE_NAMED = 0.5
"""Probability from which on an agency is named as the author: a contribution alone (0.3) names none."""
WIRE_BIAS = -2.8
WIRE_WEIGHTS = {
    "dateline": 3.8, "byline": 4.6, "joint byline": 3.6, "credit line": 3.4, "contribution": 2.0, "sign-off": 0.9,
    "boilerplate": 2.2, "address": 3.7, "own page": 2.9,
}  # fmt: skip
"""Log odds, fitted by bench/wire.py on 234 pages of 35 events, 60 of them an agency's; it says how well with one left out."""

# PDFs
MOST_PDF_PAGES = 300
"""Pages of a PDF: an article has a few, a book is none."""
PDF_MARGIN = 0.08
"""The share of a PDF page's height at its head and at its foot where running heads stand."""
PDF_PRINTED_EDGE = 34.0
"""Points from the paper's edge in which Chromium prints title, date, address and page number."""
PDF_PARAGRAPH_GAP = 1.25
"""How many times the pitch of the lines the first line of a paragraph stands below the last of the one before it."""
PDF_SAME_SIZE = 0.5
"""Points by which the letters of two lines may differ that are set alike."""
PDF_LEAST_PITCH, PDF_MOST_PITCH = 0.6, 2.5
"""How many times the size of their letters two lines of one paragraph stand apart, at the least and at the most."""
PDF_INDENT = 0.5
"""How many times the size of its letters a paragraph's first line stands to the right, and any line below the one before it."""
PDF_FULL_LINE = 0.85
"""The share of its column that a line fills which does not end short."""
PDF_AROUND = 8
"""Lines above and below one that tell how wide its column is."""

SAME_ARTICLE = 0.5
"""The share of three-word runs of the shorter of two articles at one address that the other has too, if they are one article."""
SAME_PARAGRAPH = 0.5
"""How alike (0 to 1) two paragraphs of two versions are of which one was edited into the other."""
