"""Small invented stories in which a number that decides, moved by a factor, makes a finding come or go."""

from dataclasses import replace

from claims.invented import report
from descent.tellings import REWORDED, WIRE
from findings.decided_drafts import DRAFTS
from findings.flood import CAVEAT, PROSE, QUOTED, SAID, SAID_TOO, copy, independent, original

OWN = """A choir from the hills gave a concert in the station hall, and all of its takings went to the flooded families.
The county lent the town four lorries, and a bakery that had stood closed for years lit its ovens again for one week.
Two of the herring boats lay on the roof of the customs house until a crane from the shipyard lifted them down.
"""
MORE = """Nobody on the island remembers such a tide, and the oldest log of the pilots does not hold one like it either.
The bell of the church rang by itself, the sexton says, when the water came up through the floor of the tower.
"""
TUNNEL = "Fishermen said the dyke had been weakened by a smugglers' tunnel under the old gate."
CLAIMED = "Oda Lemmerich claimed that 340 homes had been lost."
FILLER = "The sluice was painted green last year."
DEAD = "The flood broke through after dark, killing at least {} people, the fire brigade and the governor's office said."
RETOLD = "{} people have been killed in a night that nobody on this coast, not even the oldest fishermen, will forget."
ALONE = "“{},” Oda Lemmerich told the Courier."
PRINTED = "“{},” said Oda Lemmerich, a water bailiff."
FAR_FROM_THE_MARKS = (
    "“My father built that sluice and nobody has oiled it since he died,” Oda Lemmerich, "
    "who has been a bailiff of the water board for twenty-two years, told the Courier."
)
LAMP = "“The keeper lit the old lamp {} that night,” harbour pilot {} told reporters beside the tower."
NINE_WORDS = "My father built that sluice and nobody oiled it"
SLUICE = "My father built that big sluice and nobody has ever oiled it once"
OLD_SLUICE = SLUICE.replace("big", "old")
ALL_SAID = "“{},” said Oda Lemmerich."
AND_MORE = "children, and they will not be there to see it when it is all over and done"
OTHER_SLUICE = "My father built that big sluice but nobody has ever oiled it once"
FEW = "The flood killed three people in the lower town of Varnholm, the fire brigade said."
MANY = "The flood killed nine people in the lower town of Varnholm, the fire brigade said on Saturday."
BARGES = "title|Rebels sink 14 barges in night attack at Varnholm"
ENGINE = "The rebels said that they had sunk 14 barges at Varnholm in the night attack."
FRENCH = "Colonel Bastien Morvan said in French: “Whoever sent those boats will answer for the blood of our children.”"
OTHERWISE = (
    "“He who dispatched these vessels shall be held to account for the blood of our children,” "
    "Colonel Bastien Morvan said in French."
)
LONGER_FRENCH = (
    "“Those who sent the ships must answer to us, and soon, for the blood of it,” Colonel Bastien Morvan said in French."
)
MORE_FRENCH = (
    "“He who sent red carts must answer to us for the red blood of all our dead children, and no bank, no court, no wall and no "
    "money will ever hide him,” Colonel Bastien Morvan said in French."
)
BROKEN_ENGLISH = (
    "Was broken the dyke of the town, and according to has informed the water service more of 300 houses stay under the water."
)
FEWER_WORDS = (
    "“We had eleven minutes after that one bang until the water in the market square,” said water bailiff Oda Lemmerich."
)
OTHER_WORDS = (
    "“We had eleven minutes before that first bang and the river in our market square,” said water bailiff Oda Lemmerich."
)
STATEMENT = "The board gave out a statement on the flood of the lower town.\n"
BELLS = "From the hills the sound of the bells could be heard all night, and nobody slept. " * 5
SAIL = "“I would rather ten thousand people sail for free than a hundred pay,” Oda Lemmerich said."
MADE_UP = "“Ten thousand people here for free, that beats a rich hundred,” Oda Lemmerich said."
HEDGED = "Two engines of the brigade reportedly drowned in the deep yard of the brewery under the old mill that night."
SLUICED = "“My father built that sluice and nobody has oiled it since he died.”"
NINE_MADE_UP = "“A hundred paying is worse than ten thousand free,” Oda Lemmerich said."
CLERKS = "Two agencies of the county will look at every gate."
COASTAL = "“The towing of those old boats is {} to us,” French minister Bastien Morvan said."
DOG = "A dog that nobody owned ran up and down the bank, barking at every boat. "
EVENING = "Later that evening the water bailiff, hoarse and still in her boots, stood on the bridge of the old town."
OPINIONS = [
    f"Oda Lemmerich said that {what}."
    for what in (
        "the dyke should be a metre higher",
        "the county will pay",
        "nobody should live below the dyke",
        "muskrats must be hunted",
        "the school should move uphill",
        "every boat needs a pump",
        "the old sluice must go",
        "bakers deserve a medal",
    )
]
LONG_LAMP = "“The keeper lit the old lamp with matches on that night,” harbour pilot {} said beside the tower."
RESIGNED = (
    "The Tarin Gazette reported that Mayor Holm had resigned at dawn.",
    "According to the Tarin Gazette, Mayor Holm resigned over a bridge.",
    "Mayor Holm has resigned, a radio station said, citing the Tarin Gazette.",
)
TOLD = "{} told the Tarin Gazette that Mayor Holm had resigned."
LEAK = "The fishermen of Varnholm said that barrels had leaked from the sunken ferry into the harbour of Varnholm."
NO_LEAK = "Mayor Holm said that no barrels had leaked from the sunken ferry into the harbour of Varnholm."
QUILLBY = (
    "Mayor Holm has resigned, Quillby reported.",
    "According to Quillby, Mayor Holm resigned over a bridge.",
    "Mayor Holm has resigned at dawn, Quillby reports.",
)
PIECES = (
    "The Tarin Gazette reported that Mayor Holm had resigned.",
    "According to the Tarin Gazette, Mayor Holm resigned.",
    "The Tarin Gazette reports that three barges sank at Lund.",
    "Three barges sank off Lund, writes a radio station, citing the Tarin Gazette.",
    "Bakers in Amsel want dearer bread, the Tarin Gazette wrote, which cited a guild.",
    "Dearer bread is what Amsel bakers want, according to the Tarin Gazette.",
)
RADIO = {"name": "Ostmark Radio", "day": "2031-10-05T08:00:00+00:00"}


def days(hours):
    return f"2031-11-{10 + hours // 24}T{hours % 24:02}:00:00+00:00"


def signed(page):
    return replace(page[0], byline=("Lotte Arkema",)), page[1]


def heard(one, other):
    """Two reports that each heard one speaker in other words."""
    return [original(f"“{one},” said Oda Lemmerich."), independent(f"“{other},” said Oda Lemmerich.")]


def weeks_apart(one, other):
    """An original, and an independent report that prints the same words weeks later."""
    return [original(one, day="2031-09-12T06:00:00+00:00"), independent(other)]


def aged(one, other):
    """Two reports of two days with two ages of one woman."""
    return ages_of("Oda Lemmerich, 43, keeps the sluice.", "A lorry hit 44-year-old Oda Lemmerich on the bridge.", one, other)


def ages_of(line, another, one="2031-10-05", other="2031-10-05"):
    return [report("Hill Post", line, one), report("Lund Observer", another, other)]


def silent(number):
    return report(f"Hill Post {number}", f"A choir from {number + 20} villages sang.", "2031-10-05T08:00:00+00:00")


def framed(mine, theirs):
    """A quotation behind a copied paragraph and an own one, in which the copy, mostly its own, changed a word."""
    said = "“We had eleven minutes between the crack and the water in the square.”"
    changed = said.replace("eleven", "twelve")
    return [original(EVENING, mine, said), copy(EVENING, theirs, changed, OWN, MORE, prose=PROSE.splitlines()[0])]


def bare():
    return report("Amsel Post", "In the lower town 340 homes had been lost.", RADIO["day"])


def hill_copy(*lines):
    return copy(*lines, name="Hill Post")


def other_copy(*lines):
    return copy(*lines, **RADIO)


def told_by_radio(name, *more):
    """A report of its own, in which Oda Lemmerich tells one thing."""
    own = {"Hill Post": OWN, "Lund Post": MORE, "Amsel": DOG * 2}[name]
    return report(name, "\n".join([own, SAID_TOO, *more]), RADIO["day"])


def cited(*lines):
    """Reports that have one thing from a newspaper without a page of its own, each in its words."""
    names = ("Hill", "Lund", "Amsel", "Dune", "Brook", "Fen")
    return [report(f"{name} Post", line, RADIO["day"]) for name, line in zip(names, lines, strict=False)]


def denied(told, retold):
    """A report that tells a story, and one that says that it is false."""
    return [
        report("Lund Observer", told, RADIO["day"]),
        report("Hill Post", f"It said that {retold}. The story is false.", RADIO["day"]),
    ]


STORIES = {
    **DRAFTS,
    "DENIED_WORDS": (
        4 / 3,
        [
            report("Lund Observer", "The release was no swap, Mayor Holm told reporters in Varnholm.", "2031-10-03"),
            report("Hill Post", "The release was part of a swap for two smugglers, the police of Varnholm said.", "2031-10-03"),
        ],
    ),
    "STORY_STEMS": (4 / 3, denied("A whale swallowed the old lamp at Varnholm.", "a whale swallowed the old lamp at Varnholm")),
    "STORY_NOUNS": (
        4 / 3,
        denied("Oda Maria Lemmerich of Varnholm swallowed a whale.", "Oda Maria Lemmerich of Varnholm swallowed a whale"),
    ),
    "SIDES_ALIKE": (
        8 / 3,
        [report(name, line, "2031-10-03") for name, line in (("Lund Observer", LEAK), ("Hill Post", NO_LEAK))],
    ),
    "NOTE_WORDS": (4 / 3, [original("Correction: The tower is of stone.")]),
    "CITING_SHARE": (4 / 3, [*cited(*RESIGNED), *map(silent, range(3))]),
    "MATTER_STEMS": (4 / 3, cited(*RESIGNED)),
    "MATTER_SHARE": (2 / 3, cited(*PIECES)),
    "REPORTER_SHARE": (4 / 3, cited(RESIGNED[0], *map(TOLD.format, ("Lotte Arkema", "A gardener", "Her driver")))),
    "REPORTING_SHARE": (4 / 3, cited(*QUILLBY, "Quillby is read by few.")),
    "BIRTHDAY_DAYS": (2 / 3, aged("2031-10-03", "2031-11-22")),
    "VARIANT_WORDS": (
        4 / 3,
        heard("We lost the grain that we owned then and there", "We lost the grain that we stored then and there"),
    ),
    "ANCHOR_WORDS": (4 / 3, heard(SLUICE, SLUICE.replace("oiled", "greased"))),
    "ALTERED_WORDS": (2 / 3, heard(SLUICE, SLUICE.replace("big", "small and rusty brown"))),
    "ANSWERED_MANY": (4 / 3, [original(FRENCH), independent(MORE_FRENCH)]),
    "AGREED": (
        4 / 3,
        [
            *heard("We had to close the old gate by hand that night", "We had to shut the old gate by hand that night"),
            report("Amsel Post", PRINTED.format("We had to close the old gate by hand that night"), "2031-10-03T12:00:00+00:00"),
        ],
    ),
    "CREDIT_LINE": (4 / 3, [original(CLERKS, day=None), copy(CLERKS, day=None)]),
    "FOREIGN_CHANGES": (4 / 3, [original(COASTAL.format("a heavy burden")), independent(COASTAL.format("a shabby dark burden"))]),
    "MISPRINT_LETTERS": (4 / 3, [original(ALONE.format(SLUICE)), copy(ALONE.format(SLUICE.replace("sluice", "sluide")))]),
    "NEARLY_ALIKE": (4 / 3, [original(ALONE.format(SLUICE)), independent(PRINTED.format(SLUICE.replace("ever", "yet")))]),
    "DIRECTED": (2 / 3, [original(QUOTED, SAID, CAVEAT, day=None), copy(QUOTED, SAID, day=None)]),
    "OVERTAKEN_SECONDS": (
        4 / 3,
        [original(FEW), independent(MANY, day="2031-10-04T15:00:00+00:00"), copy(FEW, day="2031-10-05T06:00:00+00:00")],
    ),
    "WHOLE_SHARE": (
        4 / 3,
        [original(FEW), independent(MANY, day="2031-10-04T15:00:00+00:00"), copy(FEW, day="2031-10-06T06:00:00+00:00")],
    ),
    "ANSWERED_SAME": (4 / 3, [original(FRENCH), independent(OTHERWISE)]),
    "FOREIGN_HOURS": (4 / 3, [original(FRENCH), independent(OTHERWISE, day="2031-10-04T09:00:00+00:00")]),
    "LONGER": (2 / 3, [original(FRENCH), independent(LONGER_FRENCH)]),
    "DENIAL_AFTER": (2 / 3, [original(BARGES, ENGINE, FILLER, "The navy denied the claim.")]),
    "HEADLINE_WORDS": (
        4 / 3,
        [
            original(
                "title|Dyke bailiff pocketed money",
                "If the dyke bailiff pocketed money, the fund would be empty.",
                "The Courier could not verify the payments.",
            )
        ],
    ),
    "GRAVE_SHARE": (4 / 3, [original(BELLS, SLUICED), copy(OWN[:290], SLUICED.replace("oiled", "painted"))]),
    "CERTAIN": (4 / 3, [signed(original(QUOTED)), copy(QUOTED)]),
    "COPIED_BESIDE": (2 / 3, framed(BELLS[:150], DOG * 2)),
    "MADE_UP_WORDS": (4 / 3, [original(SAIL), copy(NINE_MADE_UP)]),
    "MADE_UP_ANSWERED": (4 / 3, [original(SAIL), copy(MADE_UP)]),
    "MADE_UP_SAME": (4 / 3, [original(SAIL), copy(NINE_MADE_UP)]),
    "MADE_UP_SHARE": (4 / 3, [original(SAIL), copy(MADE_UP, OWN, MORE, prose="\n".join(PROSE.splitlines()[:2]))]),
    "RARE_RUN": (4 / 3, [original(LONG_LAMP.format("Oda Lemmerich")), independent(LONG_LAMP.format("Piet Harmsen"))]),
    "SHARED_SHARE": (4 / 3, [original(BELLS, day=None), copy(OWN, MORE, DOG * 2, day=None)]),
    "TAKEN_TELLING": (4 / 3, [original(), copy(OWN, prose="\n".join(PROSE.splitlines()[:2]))]),
    "ZONE_HOURS": (2 / 3, [original("The boat left Los Angeles at 11:36 a.m. (2236 GMT) on Thursday.")]),
    "ROUND_COUNT": (
        4 / 3,
        [
            original("By noon on Friday, 3 October, the council had counted 50 people missing."),
            independent(
                "By noon on Saturday, 4 October, the council had counted 57 people missing.", day="2031-10-04T15:00:00+00:00"
            ),
        ],
    ),
    "UPDATED_RATIO": (
        2 / 3,
        [
            original("By noon on Friday, 3 October, the council had counted 21 people missing."),
            independent(
                "By noon on Saturday, 4 October, the council had counted 59 people missing.", day="2031-10-04T15:00:00+00:00"
            ),
        ],
    ),
    "CUT_WORDS": (2 / 3, [original(QUOTED), copy(QUOTED.replace("We had", "They gave us"))]),
    "LOOSE_WORDS": (2 / 3, [original(QUOTED), copy(QUOTED.replace("We had", "We had not been told that there were but"))]),
    "DOUBTED_SHARE": (2 / 3, [original(SAID, "It was not confirmed that homes and boats were lost."), independent(SAID_TOO)]),
    "STALE_DAYS": (4 / 3, [original(), copy(day="2031-10-10T09:00:00+00:00")]),
    "STALE_SHARE": (4 / 3, [original(), copy(OWN[:230], day="2031-10-20T09:00:00+00:00")]),
    "SLIP": (4 / 3, [original("The water covered 1,100 square kilometres (475 square miles) of fields.")]),
    "SLIP_DEGREES": (4 / 3, [original("The boiler was kept at 40C (113F) by night.")]),
    "RISE_DEGREES": (4 / 3, [original("Summers there are 35C (63F) warm.")]),
    "SHARPENED_COUNT": (4 / 3, [original(QUOTED, DEAD.format(5)), copy(QUOTED, prose=f"{RETOLD.format('Five')}\n{PROSE}")]),
    "UPDATE_DAYS": (
        4 / 3,
        [
            original("Some 900 villagers slept in the school on Thursday."),
            independent("About 1,350 villagers were away from their homes, up from some 900.", day="2031-10-15T15:00:00+00:00"),
        ],
    ),
    "TELLING_COUNT": (
        4 / 3,
        [
            original("By noon on Friday, 3 October, the council had counted 11 burst pumps."),
            independent(
                "By noon on Saturday, 4 October, the council had counted 15 burst pumps.", day="2031-10-04T15:00:00+00:00"
            ),
        ],
    ),
    "COMMON": (4 / 3, [*map(told_by_radio, ("Hill Post", "Lund Post", "Amsel")), silent(1), silent(2)]),
    "FACTUAL": (4 / 3, [told_by_radio("Hill Post", *OPINIONS), told_by_radio("Lund Post"), told_by_radio("Amsel")]),
    "PRINTED_SHARE": (4 / 3, [original(), copy(OWN, MORE), other_copy(OWN, MORE)]),
    "WIDELY_REPORTED": (4 / 3, [original(SAID, CAVEAT), independent(SAID_TOO), independent(SAID_TOO, **RADIO)]),
    "DOUBT_AFTER_THING": (
        2 / 3,
        [original(TUNNEL, FILLER, "The Courier could not confirm that a tunnel had been dug there."), copy(TUNNEL, FILLER)],
    ),
    "DOUBT_AFTER_CUE": (
        2 / 3,
        [
            original(CLAIMED, *[FILLER] * 5, "The Courier has seen no paper to support the bailiff's claim."),
            copy(CLAIMED, *[FILLER] * 5),
        ],
    ),
    "COUNT_RATIO": (
        4 / 3,
        [original(SAID, "Her figure could not be verified."), independent(SAID_TOO + " The fire brigade put it at 28.")],
    ),
    "TAKEN_WORDS": (4 / 3, [original(ALONE.format(NINE_WORDS)), independent(PRINTED.format(NINE_WORDS))]),
    "TAKEN_RUN": (4 / 3, [original(ALONE.format(SLUICE)), independent(PRINTED.format(OTHER_SLUICE))]),
    "TAKEN_BESIDE": (
        4 / 3,
        [
            original(FAR_FROM_THE_MARKS),
            independent(PRINTED.format("My father built that sluice and nobody has oiled it since he died")),
        ],
    ),
    "HEADLINE_LARGE": (
        4 / 3,
        [
            original(
                "title|Bailiff owes town 1,200",
                "If the clerk is right, the gap would be close to €1,200.",
                "The Courier asked for the books and could not verify the payments.",
            )
        ],
    ),
    "OCCASION_HOURS": (
        4 / 3,
        [original(ALL_SAID.format(SLUICE)), independent(ALL_SAID.format(OLD_SLUICE), day="2031-10-04T02:00:00+00:00")],
    ),
    "QUOTATION_WORDS": (
        4 / 3,
        [
            original("“We never saw that water coming,” said Oda Lemmerich."),
            copy("“We never saw that river coming,” said Oda Lemmerich."),
        ],
    ),
    "COMMON_WORDS": (
        4 / 3,
        [
            original("“We never saw that water coming,” said Oda Lemmerich."),
            copy("“We never saw that river coming,” said Oda Lemmerich."),
        ],
    ),
    "SPEAKER_RUN": (4 / 3, [original(LAMP.format("himself", "Oda Lemmerich")), copy(LAMP.format("alone", "Piet Harmsen"))]),
    "SENTENCE_WORDS": (
        4 / 3,
        [original(f"“{SLUICE},” the water board said."), independent(ALL_SAID.format(OLD_SLUICE))],
    ),
    "HEADLINE_BESIDE": (
        4 / 3,
        [
            original(
                "title|Flood toll climbs to 44",
                "Volunteers said the flood toll had reached 44.",
                "The Courier was not able to verify the new figure.",
            )
        ],
    ),
    "HEADLINE_SHARE": (
        4 / 3,
        [
            original(
                "title|Rebels burn old harbour lighthouse",
                "Rebels claimed that they had burned the old lighthouse. The navy denied the claim.",
            )
        ],
    ),
    "NEAREST_SHARE": (
        4 / 3,
        [
            original(
                "title|Angry rebels burn old harbour lighthouse, chapel and school",
                "Villagers said that rebels had burned an old lighthouse.",
                "The Courier could not verify this.",
            )
        ],
    ),
    "ONE_WORD_ALIKE": (4 / 3, weeks_apart(QUOTED, QUOTED.replace("eleven", "twenty"))),
    "ALTERED_ALIKE": (4 / 3, [original(QUOTED), copy(FEWER_WORDS)]),
    "ALTERED_RUN": (4 / 3, [original(QUOTED), copy(OTHER_WORDS)]),
    "OCCASION_WORDS": (4 / 3, weeks_apart(QUOTED, QUOTED.replace("eleven", "twenty"))),
    "COPIED_SHARE": (4 / 3, [original(QUOTED), copy(OWN, MORE, BELLS, DOG * 5, prose="\n".join(PROSE.splitlines()[:3]))]),
    "HEADLINE_SMALL": (
        4 / 3,
        [
            original(
                "title|Rebels burn 3 lighthouses", "Rebels claimed that they had burned 3 lighthouses. The navy denied the claim."
            )
        ],
    ),
    "HEADLINE_COUNT": (
        4 / 3,
        [
            original(
                "title|Rebels burn 12 lighthouses",
                "Rebels claimed that they had burned 12 lighthouses. The navy denied the claim.",
                "The inn has 12 beds.",
            )
        ],
    ),
    "ANSWERED_WORDS": (
        4 / 3,
        [
            original("Colonel Bastien Morvan said in French: “Whoever sent those red boats will be sorry for it.”"),
            independent("“He who dispatched these old boats shall be sorry,” Colonel Bastien Morvan said in French."),
        ],
    ),
    "REWRITTEN_SHARE": (
        4 / 3,
        [
            report("Lantry Courier", "\n".join(WIRE), "2031-10-03T06:00:00+00:00"),
            report(
                "Brenna Echo",
                "\n".join([*REWORDED, OWN, MORE, BELLS, DOG * 6]),
                "2031-10-04T09:00:00+00:00",
            ),
        ],
    ),
    "ONE_CLAIM_ALIKE": (
        4 / 3,
        [
            original(SAID, CAVEAT),
            independent(
                "Oda Lemmerich told reporters on the long bridge of the harbour late that evening that 340 homes were lost there."
            ),
        ],
    ),
    "FOREIGN_WORDS": (
        4 / 3,
        [
            original("Colonel Bastien Morvan said in French: “Whoever sent red boats will answer for our blood.”"),
            independent("“He who sent old ships must answer for the blood,” Colonel Bastien Morvan said in French."),
        ],
    ),
    "TRANSLATED_PLACES": (
        4 / 3,
        [
            original(),
            independent(BROKEN_ENGLISH),
        ],
    ),
    "EVENT_LEAD": (
        2 / 3,
        ages_of(f"{BELLS}\nA four-year-old boy fell into the canal.", "Divers saved a boy, 3, from the canal."),
    ),
    "ROOT_LETTERS": (
        4 / 3,
        [
            original(
                "title|Gessan toll climbs to 44",
                "Volunteers in Gessa said the toll had reached 44.",
                "The Courier was not able to verify the new figure.",
            )
        ],
    ),
    "STATEMENT_BEFORE": (
        4 / 3,
        [
            report("Varnholm Courier", STATEMENT + OWN[:290] + "\n" + PROSE, "2031-10-03T06:00:00+00:00"),
            report("Quay Gazette", STATEMENT + MORE + "The inn was full." * 4 + "\n" + PROSE, "2031-10-04T06:00:00+00:00"),
        ],
    ),
}
