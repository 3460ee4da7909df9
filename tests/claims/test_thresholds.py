"""Each number of thresholds.py, moved by a third, changes what claims say of a shipped story or of invented sentences."""

from dataclasses import replace
from functools import cache, partial
from itertools import combinations

import numpy as np
import pytest

from claims.invented import clause_of, figure_of, propositions_of, report
from claims.test_disputes import story as dispute
from claims.test_masked import differences
from claims.test_same_thing import joined
from stemma.claims import build_claims, thresholds
from stemma.claims.disputes import join_disputes
from stemma.claims.grouping import are_two_things, group_propositions
from stemma.claims.likeness import Likeness, keys_of, marks, setting_of
from stemma.claims.overlap import Side
from stemma.claims.ranking import _same as is_mostly
from stemma.claims.relations import likeness, relate
from stemma.claims.sentences import _phrase as phrase_of
from stemma.claims.versions import _days as days_of_states
from stemma.corpus import read
from stemma.descent import story_descent
from stemma.mentions import find_mentions
from stemma.mentions.parse import forget, paragraphs, parse
from stemma.pipeline import reports_of
from stemma.statements import story_statements
from stories.loading import load

BOUNDS = ("RARE_WORD", "RARE_SHARE", "PROBABLE", "WORDINGS", "NEIGHBOURS")
"""Limits of the time that a large story takes: what lies beyond them is hardly ever one claim."""
NAMES = [name for name in vars(thresholds) if name.isupper() and name not in BOUNDS]
SHIPPED = ("ferry_sinking", "river_flood", "harbour_fire", "oil_slick", "border_talks", "airfield_raid")
SENTENCES = (
    # Another number in one clause, in more and less of the same words.
    ("The fire in the paper mill of Varnholm destroyed 24 looms.", "2031-05-03"),
    ("The fire in the old paper mill of Varnholm destroyed 28 looms.", "2031-05-03"),
    ("The fire in the old paper mill by the quay of Varnholm destroyed 31 looms on the upper floor.", "2031-05-03"),
    ("The fire destroyed 35 looms.", "2031-05-03"),
    ("On Saturday the fire destroyed 36 looms in the upper hall of the mill.", "2031-05-03"),
    ("On Saturday the fire destroyed 41 looms, said a baker from the other bank of the river.", "2031-05-03"),
    # Tolls, soon and late.
    ("24 people were killed in the fire at the paper mill in Varnholm.", "2031-05-03"),
    ("28 people were killed in the fire at the old mill in Varnholm.", "2031-06-09"),
    ("By 3 May 2031 the council counted 11 boats in the flooded harbour of Varnholm.", "2031-05-03"),
    ("By 8 May 2031 the council counted 19 boats in the flooded harbour of Varnholm.", "2031-05-08"),
    ("24 children were killed in the fire at the paper mill in Varnholm.", "2031-05-03"),
    ("28 children died under the old red roof of some wool weavers.", "2031-05-04"),
    # Amounts that are one when converted or rounded.
    ("The army holds 1,100 square kilometres of land on the northern bank.", "2031-05-03"),
    ("The army holds 431 square miles of land on the northern bank.", "2031-05-03"),
    ("Shares of Holm Paper in Varnholm rose 2.1 percent.", "2031-05-03"),
    ("Shares of Holm Paper in Varnholm rose 2 percent.", "2031-05-03"),
    # A clause and its denial.
    ("The owner of the paper mill in Varnholm warned the workers of the fire on the roof.", "2031-05-03"),
    ("The owner of the paper mill did not warn the workers of the flood.", "2031-05-03"),
    # One verb, one noun, two days, and much else.
    ("On 3 May 2031 the fire destroyed 36 looms with the silk and the flax in the upper hall of the red mill.", "2031-05-06"),
    ("On 5 May 2031 the fire destroyed 43 looms with the wool of a weaver, the cart of a miller and a horse.", "2031-05-06"),
    # Short clauses, and a short clause of one sentence.
    ("The fire destroyed 42 looms.", "2031-05-03"),
    ("The mayor of Varnholm opened the eastern gate before dawn because the fire destroyed 51 looms.", "2031-05-03"),
    ("The mayor of Varnholm opened the eastern gate before dawn because the fire destroyed 57 looms.", "2031-05-03"),
    # Scraps and lists.
    ("The ferry sank.", "2031-05-03"),
    ("The army took 3 tanks, 4 guns, 5 lorries and 6 boats in May.", "2031-05-03"),
)
GATE = "The harbour master shut the eastern gate before dawn."
PORT = "The harbour master closed a gate of the old port."
CHAIN = "The harbour master closed the gate of the port with a heavy chain and a new lock."
MARKET = "The harbour master closed the eastern gate of the old fish market before dawn."
TOGETHER = (
    ("The gauge in the royal park read 8.", "The needle at the mill pointed to 8."),
    ("The gauge in the royal park read 8.", "At the mill the gauge stood at 8."),
    ("Our gauge on the quay read 120.", "The owner let out 120 litres, as the gauge on the quay shows."),
    (
        "On 3 May 2031 the council counted 11 boats in the harbour of Varnholm.",
        "On 9 June 2031 the council counted 19 boats in the harbour of Lund.",
    ),
    ("Two witnesses rang the bell of the old mill in Varnholm.", "Two weavers rang the bell of the old mill in Varnholm."),
    (GATE, "A choir of bakers sang for the master in the new hall of the harbour."),
    (f"{GATE} Snow fell on the hills. {PORT}", GATE, PORT),
    (f"{GATE} Snow fell on the hills. {PORT}", GATE, PORT, "The master of the harbour shut the old eastern gate."),
    (GATE, f"{CHAIN} The harbour master closed the eastern gate of the old fish market with a heavy chain and a new lock."),
    (GATE, f"{MARKET} The harbour master closed the old eastern gate in the storm."),
)


@cache
def said(text, name, published=None):
    return propositions_of(text, name, published)


def relations():
    """How every two sentences stand to each other, and what is said in each."""
    found = [propositions_of(t, f"r{n}", day) for n, (t, day) in enumerate(SENTENCES)]
    spans = [[(p.start, p.end) for p in one] for one in found]
    firsts = [(one[-1], day) for one, (_, day) in zip(found, SENTENCES, strict=True) if one]
    return spans, [relate(a, b, x, y).relation for (a, x), (b, y) in combinations(firsts, 2)]


def groups():
    """The groups of some reports of a sentence or three."""
    found = []
    for texts in TOGETHER:
        both = [p for name, text in zip("abc", texts, strict=False) for p in said(text, name)]
        found.append(group_propositions(both))
    return found


def passages():
    """Whether a passage covers enough of a clause that lies in it by a third, half, or all."""
    return [Side([("a", 0, end)]).over("a", 0, 100) for end in (33, 50, 100)]


def shown_together():
    """Whether two claims show the same words that have less or more than half of them in common."""
    return [is_mostly((0, 100), (100 - common, 200)) for common in (40, 60)]


def disputes():
    """Disputes of two and three reports, side by side and a little apart, with a greater and a smaller bare number."""
    told = [
        dispute(), dispute(reports=1), dispute(reports=3),
        dispute(first="The owner of the dam let out 9 litres.", second="But the true number was 12."),
    ]  # fmt: skip
    first, second = dispute()[0][:2], dispute()[0][2:]
    for pair in (first, second):
        pair[1] = replace(pair[1], start=pair[1].start + 150, end=pair[1].end + 150)
    apart = [*first, *second], *dispute()[1:]
    return [join_disputes(*one) for one in (*told, apart)]


def rivals():
    """How pairs stand beside their rivals: in a report that says nothing else and in one that does, alike or not."""
    some = [p for name, text in zip("abc", RIVALS, strict=True) for p in propositions_of(text, name)]
    a, b = np.array([0, 0, 0]), np.array([1, 2, 3])
    return marks(some, a, b, np.array([0.5, 0.9999, 0.0])).tolist()


def counts():
    """Which numbers in other words are one count: a toll far down, a small crowd, two names, nearly three times as many."""
    calm = "Nobody knows why the sea was so calm that night. " * 10
    return [
        len(joined(f"{calm}24 people died off Varnholm.", "The sinking killed 31 people.")),
        len(joined("Some 1,200 people had gathered in Varnholm.", "The 1,700 fans in the crowd ran.")),
        len(joined("After a 40-minute call with Ida Holm, Piet left.", "Ida Holm and Piet agreed in a call lasting 50 minutes.")),
        len(joined("24 people died off Varnholm.", "The sinking killed 70 people.")),
    ]


def speakers():
    """Whether two who say much the same of themselves say two things."""
    return are_two_things(clause_of("I saw the ferry burn.", "a", "one"), clause_of("I saw the old mill burn.", "b", "other"))


def likenesses():
    """How like two numbers of a thing are that lie a seventh apart, or an eighth."""
    told = ("The storm sank 120 barges off Varnholm.", "The storm sank 140 old barges in the harbour of Varnholm.")
    some = [figure_of(text, name) for name, text in zip("ab", told, strict=True)]
    likeness = Likeness(some, setting_of(some))
    return likeness.probabilities(np.array([0]), np.array([1])).tolist()


def around():
    """How like two clauses are that have little but the rest of their sentences in common."""
    forget()
    told = ("As the storm broke the chain of the harbour, {} sank.", ("two barges", "the old ferry"))
    one, other = (propositions_of(told[0].format(what))[-1] for what in told[1])
    return round(likeness(one.words, other.words), 2)


def proposed():
    """What 120 litres and a bare 120 have in common, for which they are compared."""
    told = ("Our gauge on the quay read 120.", "The owner let out 120 litres.")
    return set.intersection(*(set(keys_of(figure_of(text))) for text in told))


def reprints():
    """The day of a late report that has all lines of an early one, and two short ones of its own."""
    lines = [
        f"{n} barges lay on the mud below the old brewery for as long as the tide stayed out." for n in ("Ten", "Two", "Six")
    ]
    short = ["The tide comes back to Varnholm, and nobody sleeps", "A choir sings on the roof of the old customs house"]
    early, late = report("a", "\n".join(lines), "2031-05-03"), report("b", "\n".join([*lines, *short]), "2031-05-09")
    return days_of_states([early[0], late[0]])


def phrases():
    """What a pronoun is said to mean."""
    doc = parse("The long and often mended red fishing boat of the harbour master sank.", "en")
    return phrase_of(next(t for t in doc if t.text == "boat"))


RIVALS = ("The baker sold the old mill.", "The baker sold his mill.", "The baker sold a mill. Nobody heard of it for a year.")
DAM = (
    "The owner of the dam above Varnholm let out into the lower meadow 900 litres of brown water from the northern basin over the"
    " road to the quay of the old fishing port on the other bank of the river by the mill."
)
BRIDGE = "closed the old northern bridge of Varnholm on Monday."
"""Six reports do not say who closed it, the seventh does."""
INVENTED = {
    "dam": [report("a", DAM), report("b", DAM)],
    "bridge": [*(report(sign, f"She {BRIDGE}") for sign in "abcdef"), report("g", f"Ada Holm {BRIDGE}")],
}


@cache
def prepared(name):
    """What the rooms before claims know of a shipped story, or of an invented one."""
    ordered = sorted(INVENTED[name] if name in INVENTED else shipped(name), key=lambda pair: pair[0].id)
    parsed = [(r, paragraphs(r.text, blocks, r.language)) for r, blocks in ordered]
    mentions = {r.id: find_mentions(p, r.published) for r, p in parsed}
    statements, sources = story_statements("s", parsed, mentions)
    return parsed, mentions, statements, sources, story_descent("s", ordered)


def shipped(name):
    """The reports of a shipped story with their blocks."""
    corpus = read(load(name)["pages"], deep=False)
    return reports_of(corpus.store, [r.id for r in corpus.store.read("report")])


def claims_of(name):
    """All that a reader sees of a story's claims."""
    known = prepared(name)
    for _, own in known[0]:
        for paragraph in own:
            # What was worked out with the numbers as they were before.
            paragraph.doc.user_data.clear()
    built = build_claims("s", *known)
    return [g.claim for g in built.claims], built.members, built.stances


DECISIONS = (
    relations,
    groups,
    passages,
    shown_together,
    disputes,
    counts,
    speakers,
    rivals,
    differences,
    likenesses,
    proposed,
    around,
    reprints,
    phrases,
    *(partial(claims_of, name) for name in (*INVENTED, *SHIPPED)),
)


STORY = {
    "ferry_sinking": "CLAUSE_OWN_WORDS FRAME_SHARE PROPOSED_OWN LEAST_OF_A_PAIR SURE SURE_OF_TWO SURE_TIMES SAME_STATE_WORDS "
    "MOSTLY_INSIDE TELLING_WORDS CROWDED",
    "river_flood": "LINKED_TIMES PUT_OFF_WORDS SMALL_NUMBER",
    "harbour_fire": "SURE_OF_ALL COMMON_NAME",
    "oil_slick": "CUT_LEAST_PIECES",
    "border_talks": "PROPOSED_WITHIN ONE_DAY_WORDS BORNE_THERE",
}
"""The shipped story in which a number is first seen: it is looked at before all else."""


@cache
def usual(decide):
    """What is decided with the numbers as they are."""
    return decide()


@pytest.mark.parametrize("name", NAMES)
def test_a_third_more_or_less_changes_what_claims_say(name, monkeypatch):
    value = getattr(thresholds, name)
    moved = [round(value * f) if isinstance(value, int) else value * f for f in (2 / 3, 4 / 3)]
    assert value not in moved
    first = [decide for decide in DECISIONS for story in getattr(decide, "args", ()) if name in STORY.get(story, "").split()]
    for decide in (*first, *DECISIONS):
        before = usual(decide)
        for other in moved:
            monkeypatch.setattr(thresholds, name, other)
            after = decide()
            monkeypatch.setattr(thresholds, name, value)
            if after != before:
                return
    pytest.fail(f"{name} decides nothing")
