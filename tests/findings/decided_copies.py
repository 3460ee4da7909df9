"""More stories as those of decided.py: of what was copied, by whom, how exactly, and what was one utterance."""

from dataclasses import replace

from claims.invented import report
from findings.decided import ALONE, BELLS, DOG, FRENCH, PRINTED, SLUICE, framed, signed
from findings.flood import PROSE, QUOTED, SAID, copy, independent, original

OFTEN_CHANGED = "My father built that big sluice but nobody ever greased it once"
TOLD_TO = "Oda Lemmerich, the water bailiff, {} that her father had built the old sluice."
IN_TEARS = " All of that the old water bailiff, in tears, later told the Courier."
HARDLY_THAT = (
    "“We had eleven minutes after that one bang until some water in the market square,” said water bailiff Oda Lemmerich."
)
UNVERIFIED = "It was not possible to independently verify her account."
RAIN = "Families were led out of their kitchens in fishing boats while it was raining."
CHOIR = "A choir from the hills sang for the children until it grew dark that day."
SENT = "“He who dispatched the sheds shall pay before God for the blood of our children,” Colonel Bastien Morvan said in French."
BROKEN_ENGLISH = "Was broken the dyke of the town, and according to has informed the water service more of 300 houses stay."
CHAPEL = "title|Rebels burn old harbour lighthouse and chapel"
CHAPEL_TOLD = "In the harbour, rebels claimed that they had burned the old lighthouse and the chapel. The navy denied the claim."
SHORT = "It broke Thursday."


def wired(page):
    return replace(page[0], agency="Norrland Press"), page[1]


def late(*lines, **prose):
    return copy(*lines, day="2031-10-20T09:00:00+00:00", **prose)


COPIES = {
    "UTTERANCE_SHARE": (4 / 3, [original(QUOTED), copy(HARDLY_THAT)]),
    "TAKEN_ALIKE": (4 / 3, [original(ALONE.format(SLUICE)), independent(PRINTED.format(OFTEN_CHANGED))]),
    "CREDIT_NEAR": (2 / 3, [original(QUOTED + IN_TEARS), copy(QUOTED)]),
    "LOST_SOURCE_PRINTS": (
        2 / 3,
        [
            *(wired(make(QUOTED, SAID, BELLS)) for make in (original, copy)),
            wired(copy(QUOTED, SAID, BELLS, name="Hill Post")),
            wired(copy(QUOTED, SAID, UNVERIFIED, name="Lund Post")),
        ],
    ),
    "POSSIBLE": (
        4 / 3,
        [
            original(TOLD_TO.format("told the Courier")),
            signed(copy(TOLD_TO.format("said"), day="2031-10-03T09:00:00+00:00")),
        ],
    ),
    "TAKEN_SENTENCE": (
        4 / 3,
        [wired(original(RAIN)), wired(copy(RAIN)), report("Lund Post", f"{RAIN} {CHOIR}", "2031-10-05")],
    ),
    "CARRIED_SHARE": (4 / 3, [original(CHAPEL, CHAPEL_TOLD)]),
    "ANSWERED_SHARE": (4 / 3, [original(FRENCH), independent(SENT)]),
    "TRANSLATED_PROBABILITY": (4 / 3, [original(), independent(BROKEN_ENGLISH)]),
    "STALE_BESIDE": (2 / 3, [original(), late(prose=PROSE.replace("in water by seven", "in mud by seven"))]),
    "STALE_BESIDE_LEAST": (2 / 3, [original(SHORT), late(SHORT, prose=PROSE.replace("on Thursday", "one Thursday"))]),
    "COPIED_BESIDE_LEAST": (4 / 3, framed(BELLS[:170], DOG * 2)),
}
WORDS = {
    "WORD_FOR_WORD": (4 / 3, [original(), late(prose=PROSE.replace("shortly before dawn", "before dawn"))]),
}
"""Those in which a number only changes what is said of a finding."""
