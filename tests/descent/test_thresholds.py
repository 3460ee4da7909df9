"""The numbers that decide: each decides something. Moved by a third, it changes what the room says of some reports."""

import random
from dataclasses import astuple
from functools import cache, partial
from itertools import accumulate, combinations

import pytest
import spacy

from descent.tellings import INDEPENDENT, QUOTED, REWORDED, WIRE, printed
from descent.test_cited_sources import AT_LENGTH, ELSE, OWN, PUMPS
from descent.test_machine_translation import CALQUED
from descent.test_shared_sentences import BARGE, BARGE_TOO, CHOIR, MARKET, PIANO, PIANO_TOO
from descent.test_translation import ENGLISH, OTHER, TRANSLATED
from stemma.descent import story_descent, thresholds
from stemma.descent.citations import citations
from stemma.descent.compare import compare
from stemma.descent.comparisons import _candidates, compare_records
from stemma.descent.machine_translation import grammar_signs, probability, translation_signs
from stemma.descent.rewordings import is_sentence
from stemma.descent.runs import Run, chain
from stemma.descent.story_descent import firsts_of_many, read_story
from stemma.descent.translation import compare_languages
from stemma.descent.words import labels, read_words
from stories.loading import load, names

SYLLABLES = [c + v for c in "bdfgklmnprstv" for v in "aeiou"]
NUMBERS = {name: value for name, value in vars(thresholds).items() if name.isupper()}

BY_OTHERS = frozenset(("CITED_WORDS", "POST_WORDS", "OWN_VOICE_SHARE", "SIBLING_HELD", "SIBLING_COPY"))
"""Numbers that fail another test of this folder when they are moved."""
BOUNDS = frozenset(("COMMON", "MOST_PLACES", "FAINT_SHARE", "FAINT_RUN", "BEFORE_NAME", "TRIED"))
"""Limits of the time that very many texts take, or long ones: beyond them lies no copy, no likely root and no turn of words."""


def moved(value, factor):
    """A number moved by a factor: a whole one by one at least; of a row of numbers all."""
    if isinstance(value, tuple):
        return tuple(moved(v, factor) for v in value)
    if isinstance(value, float):
        return value * factor
    return max(round(value * factor), value + 1) if factor > 1 else min(round(value * factor), value - 1)


def shipped(name):
    for story in load(name)["stories"]:
        yield [
            printed(
                key, *r["body"].split("\n"),
                published=r.get("published"), outlet=r.get("outlet"), agency=r.get("agency"),
                byline=tuple(r.get("byline") or ()), language=r.get("language") or "en",
            )
            for key, r in story["reports"].items()
        ]  # fmt: skip


def tradition(seed):
    """Reports of made-up words that copy one another with cuts, changed words and additions; two of the sources are lost."""
    chance = random.Random(seed)
    lexicon = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(900)]

    def sentence():
        return [chance.choice(lexicon) for _ in range(chance.randint(6, 22))]

    def edited(told, cut, change):
        kept = [list(s) for s in told if chance.random() > cut / 2]
        return [
            [w if chance.random() > change else chance.choice(lexicon) for w in s if chance.random() > change / 2] for s in kept
        ]

    texts = [[sentence() for _ in range(16)], [sentence() for _ in range(16)]]
    for n in range(14):
        source = chance.choice(texts[: n + 2])
        told = edited(source, chance.choice((0, 0.2, 0.6)), chance.choice((0, 0, 0.03, 0.1, 0.3)))
        if n % 4 == 1:
            told += [list(s) for s in chance.choice(texts)[:5]]
        if n % 5 == 2:
            told[3:3] = [sentence() for _ in range(chance.randint(2, 8))]
        texts.append(told)
    return [
        printed(
            f"{n:02}", *(" ".join(s).capitalize() + "." for s in told if s),
            published=chance.choice((None, f"2031-05-04T{n:02}:00", f"2031-05-{4 + n // 4:02}")),
            agency="Norrland Press" if n in (3, 5, 9) and seed % 2 else None,
            credit="Source link" if n == 7 else None,
        )
        for n, told in enumerate(texts) if n not in (1, 4)
    ]  # fmt: skip


def mixture(seed):
    """Reports of made-up words that take stretches of three lost texts and of one another; some cite, quote or credit a house."""
    chance = random.Random(seed)
    lexicon = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(600)]

    def sentence():
        return " ".join(chance.choice(lexicon) for _ in range(chance.randint(7, 24))).capitalize() + "."

    def edited(told, change):
        kept = (w if chance.random() > change else chance.choice(lexicon) for w in told.split() if chance.random() > change / 2)
        return " ".join(kept)

    def with_house(told):
        if chance.random() < 0.35:
            n = chance.randrange(len(told))
            told[n] = told[n].rstrip(".") + chance.choice((", Reuters reported.", ", according to Reuters.", ", NPR reported."))
        if chance.random() < 0.35:
            n = chance.randrange(len(told))
            told[n] = f"“{told[n].rstrip('.')},” said Ada Brook."
        named = {"agency": chance.choice(("Norrland Press", "Reuters", "NPR"))} if chance.random() < 0.4 else {}
        named |= {"credit": "Source link"} if chance.random() < 0.15 else {}
        return named | (
            {"byline": (chance.choice(("Mira Solheim", "Ada Brook and Norrland Press")),)} if chance.random() < 0.3 else {}
        )

    texts, reports = [[sentence() for _ in range(chance.randint(4, 22))] for _ in range(3)], []
    for n in range(chance.randint(3, 6)):
        told = []
        for source in chance.sample(texts, min(len(texts), chance.choice((1, 1, 2, 3)))):
            count = chance.randint(1, len(source))
            begin = chance.randint(0, len(source) - count)
            told += [edited(s, chance.choice((0, 0, 0.05, 0.2, 0.35))) for s in source[begin : begin + count]]
        if chance.random() < 0.5:
            told[chance.randint(0, len(told)) : 0] = [sentence() for _ in range(chance.randint(1, 9))]
        named = with_house(told)
        texts.append(told)
        day = chance.choice((None, f"2031-05-04T{n:02}:00", f"2031-05-{4 + n:02}", f"2031-05-{9 - n:02}"))
        reports.append(printed("abcdef"[n], *told, published=day, **named))
    return reports


MADE_UP = ["".join(random.Random(n).choices(SYLLABLES, k=3)) for n in range(300)]


def made_up(first, past, *beginning):
    """A sentence of made-up words behind others."""
    return f"{' '.join((*beginning, *MADE_UP[first:past])).capitalize()}."


AT_STRETCH = [made_up(25 * k, 25 * k + 25) for k in range(10)]
OTHERWISE = WIRE[0].replace("ran onto", "came onto").replace("outside", "off")
BESIDE = [
    *(made_up(250 + n, 275 + n, "x") for n in (0, 5, 10, 15, 20, 23)),
    *OWN, *ELSE, *INDEPENDENT, *MARKET, *CHOIR, *REWORDED, AT_LENGTH[0],
]  # fmt: skip
STORIES = [
    [
        printed("a", *WIRE, published="2031-05-04T10:00", agency="Norrland Press"),
        printed("b", *WIRE[:3], published="2031-05-04T12:00"),
        printed("c", *REWORDED, published="2031-05-05"),
        printed("d", *INDEPENDENT, byline=("Mira Solheim",)),
        printed("e", *INDEPENDENT[1:3], *WIRE[3:], credit="Source link"),
        printed("f", *TRANSLATED["fr"], language="fr"),
    ],
    [printed("a", *TRANSLATED["es"], language="es"), printed("b", *ENGLISH), printed("c", *OTHER), printed("d", *CALQUED)],
    [
        printed("a", *WIRE, QUOTED),
        printed("b", *WIRE[:3], *INDEPENDENT, published="2031-05-05"),
        printed("c", QUOTED, *REWORDED[:2]),
    ],
    [
        printed("a", *OWN, f'"{PUMPS}," Reuters reported.'),
        printed("b", *ELSE, "The pumps failed twice in April and were mended with string."),
    ],
    [
        printed("a", *OWN, f"{PUMPS}, Reuters reported."),
        printed("b", *ELSE, "In April the pumps failed two times, and were mended with parts of a scrapped trawler."),
    ],
    [
        printed("c", *INDEPENDENT, "Some of it was mended with parts from a scrapped trawler, they say."),
        printed("d", "The pumps failed twice in April, Reuters reported.", "Nobody had looked at them since."),
        printed("e", f"{OWN[0]} {OWN[1]}", f"{OWN[2]} {ELSE[0]} {ELSE[1]} {' '.join(WIRE[:2])} The fog was thick, NPR said."),
        printed("f", *WIRE[1:], f"{ELSE[0]} {ELSE[1]} {OWN[2]} {OWN[0]}, according to Reuters.", agency="Norrland Press"),
    ],
    [
        *(printed(k, *WIRE, *INDEPENDENT, agency="Norrland Press") for k in "ab"),
        printed("m", *WIRE[:2], *OWN, *ELSE, agency="Norrland Press"),
        printed("n", *WIRE, *INDEPENDENT[:2], *OWN, *ELSE, *OWN[::-1], agency="Norrland Press"),
    ],
    [
        printed("a", *OWN, *AT_LENGTH),
        printed("b", *INDEPENDENT, *OWN, *WIRE, *QUOTED.split("\n"), "The tug had left at nine, NPR reported."),
        printed("w", *ELSE, outlet="The Brenna Courier"),
        printed(
            "c",
            *REWORDED,
            "The Brenna Courier reported that the promised bridge was never built and its toll booths rusted.",
        ),
    ],
    [
        printed("a", *OWN, *AT_LENGTH, *ELSE[:2], "The tug had left at nine with nobody aboard, the news agency said."),
        printed("b", *MARKET, f"{PUMPS}, according to Reuters."),
    ],
    [
        printed("a", *OWN, BARGE, *INDEPENDENT, PIANO, *MARKET, outlet="Quay Post"),
        printed("b", *ELSE, BARGE_TOO, *CHOIR, PIANO_TOO, *REWORDED, outlet="Vale Observer"),
    ],
    [printed("a", *OWN, "It was fog, a mate told Reuters.", *ELSE, "It was sand, a steward told Reuters.")],
    [
        printed("a", *WIRE, "OSTERMARK (Tarn) - The harbour was shut.", outlet="Tarn Finance Wire", published="2031-05-04T10:00"),
        printed("b", *WIRE[:4], *ELSE, "(Tarn)", outlet="Harbour Post", published="2031-05-04T12:00"),
        printed("c", *WIRE[1:], *OWN, "All of this was written by Norrland Press last night", outlet="Quay Post"),
        printed("d", *WIRE[:3], agency="Norrland Press"),
    ],
    [printed("a", *WIRE * 20, byline=("By Mira Solheim and Norrland Press",), outlet="Harbour Post"), printed("b", *ELSE)],
    [
        *(printed(k, *told, agency="Norrland Press") for k, told in (("a", WIRE), ("d", WIRE[1:]))),
        *(printed(k, *WIRE[:n], " ".join(MADE_UP[:10]).capitalize(), agency="Norrland Press") for k, n in (("b", 5), ("c", 3))),
    ],
    [
        printed("a", *WIRE, published="2031-05-06"),
        printed("b", " ".join([*WIRE[0].split()[:3], *WIRE[0].split()[4:]]), *WIRE[1:], published="2031-05-04"),
        printed("c", *WIRE[:2], published="2031-05-05"),
        printed("d", WIRE[0], *REWORDED[1:]),
    ],
    [
        printed("a", *WIRE, published="2031-05-04"),
        printed("b", OTHERWISE, *WIRE[1:], published="2031-05-06"),
        printed("c", OTHERWISE, WIRE[1].replace("on her way", "on the way"), *WIRE[2:], published="2031-05-05"),
    ],
    [printed("a", *OWN, BARGE, *INDEPENDENT, PIANO, *MARKET), printed("b", *ELSE, BARGE_TOO, *CHOIR, PIANO_TOO, *REWORDED)],
    [
        printed("a", *AT_STRETCH, agency="Norrland Press"),
        printed("b", *AT_STRETCH[:9], WIRE[0], agency="Norrland Press"),
        printed("c", *AT_STRETCH[:6], *BESIDE, *BESIDE[11::-1], agency="Norrland Press"),
    ],
    tradition(0),
    *(story for name in names() for story in shipped(name)),
    *(tradition(seed) for seed in range(1, 8)),
    *map(mixture, (1, 3, 7, 8, 9, 13)),
]
"""The short ones first, which take no time."""
TEXTS = [
    {"id": n, "text": " ".join(words)}
    for n, words in enumerate((WIRE[:1], REWORDED[:1], WIRE, REWORDED, (*WIRE[:2], *INDEPENDENT)))
]


MIXED = (2, 4, 10, 30)
"""Of many pairs those on which a number hangs."""


def mixed():
    """Pairs of texts of sentences of one event, some copied, some reworded, some with other words in them."""
    chance = random.Random(4)

    def text():
        told = []
        for _ in range(chance.choice((1, 1, 2, 3, 4, 5))):
            source = chance.choice((WIRE, WIRE, REWORDED, INDEPENDENT))
            words = source[chance.randrange(len(source))].split()
            if chance.random() < 0.5:
                at = chance.randrange(len(words))
                put = chance.choice(("the old green", "red", "a of b of c of d of e of f of g of h", ""))
                words[at : at + chance.choice((0, 1, 3, 8))] = put.split()
            told.append(" ".join(words))
        return " ".join(told)

    return [[{"id": name, "text": text()} for name in "ab"] for _ in range(max(MIXED) + 1)]


PAIRS = [pair for n, pair in enumerate(mixed()) if n in MIXED]


def large():
    """Texts of made-up words, more than are all compared, some of which share a few words or a few in a row."""
    chance = random.Random(5)
    lexicon = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(3000)]
    common, phrases = lexicon[:12], [chance.sample(lexicon, 7) for _ in range(9)]
    for _ in range(thresholds.ALL_PAIRS + 5):
        own = chance.sample(lexicon, 80)
        text = " ".join([*own, *chance.sample(common, 6), *chance.choice(phrases)[: chance.randint(0, 7)]])
        yield read_words(text, [(0, len(text))])


LARGE = list(large())
PRINTS = read_story([printed(f"{n:02}", WIRE[0]) for n in range(thresholds.TWINS + 1)])


def told(reports):
    """What the room says of a story."""
    found = story_descent("s", reports)
    rows = (found.alignments, found.derivations, found.signs, found.descendants)
    return [astuple(row) for table in rows for row in table], astuple(found.count)


SENTENCED = spacy.blank("en")
SENTENCED.add_pipe("sentencizer")


def body(*paragraphs):
    """The words of some paragraphs."""
    past = list(accumulate(len(p) + 1 for p in paragraphs))
    return read_words("\n".join(paragraphs), [(end - 1 - len(p), end - 1) for p, end in zip(paragraphs, past, strict=True)])


def grammar(articles, words):
    """The grammar of a text with so many articles among so many words."""
    return grammar_signs([SENTENCED(made_up(0, words - articles, *["the"] * articles))])


def in_language(begins):
    """Paragraphs with a name and a figure each, but for two in the middle, in a language whose words begin so."""
    for n in range(14):
        named = () if n in (5, 6) else (f"Mar{MADE_UP[n]}", str(1000 + 37 * n))
        yield " ".join([*(begins + word for word in MADE_UP[20 * n : 20 * n + 14]), *named])


STANDING, OFFICE = "sign up for our newsletter", "we hold that our port"
GLUED = ["He met the mayor of LantryThe talks in BrennaWho knows The harbour and A boat and In the fog."] * 6
MARKED = "The pumps “failed twice in April” and were mended with string after the long winter, Reuters reported."
SAID = [
    lambda: chain([Run(0, 5, 0, 5, 5), Run(11, 16, 11, 16, 5)]),
    lambda: labels(body(made_up(0, 45, STANDING), made_up(60, 200))),
    lambda: labels(body(made_up(0, 30, OFFICE), made_up(60, 200))),
    lambda: is_sentence(body(made_up(0, 50))),
    lambda: probability(translation_signs(GLUED)),
    lambda: [grammar(20, 120), grammar(2, 130), grammar(1, 130), grammar(0, 110)],
    lambda: compare_languages(body(*in_language("x")), body(*in_language("y"))),
    lambda: citations(body(MARKED)),
    lambda: [compare(body(one), body(other)) for one, other in combinations((*WIRE, *INDEPENDENT), 2)],
    lambda: list(compare_records(TEXTS)),
    lambda: [list(compare_records(pair)) for pair in PAIRS],
    lambda: _candidates(LARGE),
    lambda: firsts_of_many(PRINTS),
    lambda: story_descent("s", STORIES[0], accepted={("b", "a"): "she said so"}).signs,
    *(partial(told, reports) for reports in STORIES),
]
"""What the room says, story by story: a number is moved until one is told otherwise."""

SEEN_IN = {
    16: "COUNT_TAIL ORIGIN_SURE OWN_SHARE OWN_SPREAD",
    17: "BRIDGED_LEAST CITED_BIAS CITED_MARKED CITED_RUN EDGE_UNCITED ORIGIN_CITED_ONCE SENTENCE_ENDS",
    18: "CITED_ALIKE",
    19: "CITED_LEAST CITED_TWICE CITED_WHOLE SENTENCE_WORDS VERBATIM_SHARE",
    20: "RELATIVES",
    21: "CITED_PARENT CITED_TOLD ORIGIN_CITED_ALONE",
    22: "AGAIN_NEAR ORIGIN_CITED",
    23: "EDGE_SIBLING SENTENCE_BESIDE SENTENCE_TOLD",
    24: "AGAINST OUTLET_LETTERS OWN_WORDS ROOT_LOST SIGNATURE_WORDS SIGNS_MOST",
    25: "EDGE_JOINT JOINT_WORDS",
    26: "SHORT_RUN SIBLING_WORDS SIGN_SHOWN",
    27: "NEAREST_READING ROOT_EARLIER SIGN_DAYS_LATER TWIN_WORDS",
    28: "NEAREST_TURN",
    30: "PART_HELD PART_WORDS",
    31: (
        "ALIKE ALONE_WORDS CHANGED_IN_A_ROW CUT_APART CUT_MOST EDGE_LOST MISSING_SHARE ROOT_THROUGH SECOND_WORDS "
        "SHOWN_RUN UNEXPLAINED_SHARE"
    ),
    32: "SPLIT_SHARED",
    33: "MOSTLY_SHARE OWN_STRETCH PARAGRAPHS_IN_ORDER SIGN_TRANSLATED",
    41: "MISSING",
    42: "EDGE_LINKED UNPROVED",
    43: "SECOND_SHARE",
    46: "LINEAGE_SHARE",
    47: "PART_SHARE",
    49: "ORIGIN_UNNAMED",
    52: "ORIGIN_HEIR",
}
"""Numbers that are first seen in a later story, by its place in SAID: it is looked at before the others."""


@cache
def as_it_stands(n):
    """What is said with the numbers of the table."""
    return SAID[n]()


def test_only_numbers_of_the_table_are_left_out():
    assert NUMBERS.keys() >= BY_OTHERS | BOUNDS


@pytest.mark.parametrize("name", sorted(NUMBERS.keys() - BY_OTHERS - BOUNDS))
def test_a_number_moved_by_a_third_changes_what_is_said(name, monkeypatch):
    first = next((n for n, names in SEEN_IN.items() if name in names.split()), 0)
    for n, say in sorted(enumerate(SAID), key=lambda one: one[0] != first):
        known = as_it_stands(n)
        for factor in (4 / 3, 2 / 3):
            with monkeypatch.context() as patch:
                patch.setattr(thresholds, name, moved(NUMBERS[name], factor))
                if say() != known:
                    return
    pytest.fail("no report is told otherwise")
