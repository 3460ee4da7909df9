"""Reports of one event meet, reports of others stay apart, in small folders and in any order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.ids import digest
from stemma.stories import Document, group, group_records

FERRY = [
    "The ferry Marigold ran aground off Kardova on Tuesday night with 212 people on board, the coast "
    "guard said. Lifeboats from Kardova and Ulmen took off all passengers before dawn. Captain Ivo "
    "Brandt told rescuers that the steering failed.",
    "Two hundred and twelve passengers were brought ashore near Kardova after the ferry Marigold struck"
    " rocks. The coast guard said that nobody was badly hurt, and that the vessel's captain, Ivo "
    "Brandt, reported a steering fault.",
    "KARDOVA: Passengers described hours of fear on the grounded ferry Marigold. \"We heard a bang and "
    "the lights went out,\" said Lena Ostry, 31. Lifeboats from Ulmen reached the ship at about 3 a.m.;"
    " the coast guard is asking why it left its route.",
    "The operator of the Marigold, Norrline, has taken its other ferries out of service until their "
    "steering is checked. The grounding near Kardova on Tuesday, with 212 on board, was the second this"
    " year, the coast guard said.",
]  # fmt: skip
VOTE = [
    "Parliament in Sarnia voted on Wednesday to raise the retirement age to 67 by 2040. Finance "
    "Minister Dora Velt said the pension fund would otherwise be empty. Unions called a strike for "
    "Friday.",
    "Sarnia's lawmakers have passed the pension reform of Dora Velt: from 2040 people will retire at "
    "67. The unions answered with a call to strike this Friday, and the opposition left the chamber "
    "before the vote.",
    "Unions in Sarnia will stop trains and schools on Friday over the pension reform, which lifts the "
    "retirement age to 67. Minister Dora Velt defended the vote in parliament and said that the fund "
    "was running dry.",
]
STRAY = (
    "Astronomers at the Pellworth observatory have found a comet that will be seen with the naked eye "
    "in March. It comes back every 480 years, said Hanna Rix, who first saw it on a photograph."
)
FOLDER = [
    *(Document(f"ferry{n}", None, text, None, "en") for n, text in enumerate(FERRY)),
    *(Document(f"vote{n}", None, text, None, "en") for n, text in enumerate(VOTE)),
    Document("stray", "A comet for March", STRAY, None, "en"),
]


def groups(stories):
    return sorted(sorted(d for d in stories if stories[d] == story) for story in set(stories.values()))


def test_two_stories_and_a_stray_page_in_one_folder_are_told_apart():
    assert groups(group(FOLDER)) == [
        ["ferry0", "ferry1", "ferry2", "ferry3"],
        ["stray"],
        ["vote0", "vote1", "vote2"],
    ]


def test_the_pages_of_one_event_are_one_story():
    assert len(set(group(FOLDER[:4]).values())) == 1


def test_a_single_report_is_a_story_and_no_reports_are_none():
    assert group(FOLDER[:1]) == {"ferry0": digest("story", "ferry0")}
    assert group([]) == {}


def test_reports_without_words_are_stories_of_their_own():
    empty = [Document("a", None, ""), Document("b", None, "…")]
    assert len(set(group(empty + FOLDER[:2]).values())) == 3


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(chance: random.Random):
    shuffled = list(FOLDER)
    chance.shuffle(shuffled)
    assert group(shuffled) == group(FOLDER)


@pytest.mark.parametrize(
    ("published", "earliest"),
    [
        ((None, "2031-05-02", None, None), "ferry1"),
        ((None, None, None, None), "ferry0"),
        (("2031-05-02T09:00:00+03:00", "2031-05-02T07:30:00Z", "2031-05-02T08:00:00", None), "ferry0"),
        (("2031-05-02T09:00:00", "2031-05-02", "2031-06", "no date"), "ferry1"),
    ],
)
def test_a_story_is_named_after_its_earliest_report_and_a_known_date_goes_first(published, earliest):
    dated = [Document(f"ferry{n}", None, text, day, "en") for n, (text, day) in enumerate(zip(FERRY, published, strict=True))]
    assert set(group(dated).values()) == {digest("story", earliest)}


def test_a_like_event_of_another_year_is_another_story_and_a_late_reprint_is_not():
    then = [Document("a", None, FERRY[0], "2031-05-02"), Document("b", None, FERRY[1], "2031-05-02")]
    like = (
        "The ferry Anemone ran aground off Tosk on Friday with 90 people on board, the coast guard "
        "said. Lifeboats from Kardova took off the passengers. Captain Per Holm told rescuers that fog "
        "had hidden the lights of the pier."
    )
    assert groups(group([*then, Document("c", None, like, "2032-08-01")])) == [["a", "b"], ["c"]]
    assert groups(group([*then, Document("c", None, FERRY[0], "2031-06-20")])) == [["a", "b", "c"]]


def test_reports_in_other_languages_meet_through_names_and_figures():
    abroad = [
        Document("de", None,
            "Die Fähre Marigold ist vor Kardova auf Grund gelaufen. Alle 212 Menschen an Bord wurden "
            "gerettet, teilte die Küstenwache mit. Kapitän Ivo Brandt sprach von einem Ausfall der "
            "Ruderanlage; Boote aus Ulmen halfen."),
        Document("uk", None,
            "Пором «Мариголд» сів на мілину біля міста Кардова. Усіх 212 людей врятували човни з порту "
            "Ульмен. Капітан Іво Брандт сказав, що відмовило кермо, повідомила берегова охорона."),
    ]  # fmt: skip
    found = groups(group([*FOLDER, *abroad]))
    assert ["de", "ferry0", "ferry1", "ferry2", "ferry3", "uk"] in found


def test_records_come_back_in_their_order_with_their_ids_as_given():
    records = [{"id": n, "text": text} for n, text in enumerate([VOTE[0], FERRY[0], VOTE[1], FERRY[1]])]
    found = group_records(records)
    assert [r["id"] for r in found] == [0, 1, 2, 3]
    assert found[0]["story"] == found[2]["story"] != found[1]["story"] == found[3]["story"]


MOULDS = {
    "tide table": """High water at {name} pier is at {number} on Monday, the harbour office said. Small boats should keep
        clear of the bar until the ebb. Bathers are warned of strong currents near the groynes, and dogs are not allowed on
        the sand before evening.""",
    "farewell": """{name}, {number}, fell asleep at home on Monday in the presence of the children. {name} kept bees, sang in
        the choir and never missed a market day. Friends may take their leave in the chapel on Friday; please send no wreaths.""",
    "cup tie": """{name} went through to the next round of the cup on Saturday after extra time. The winning goal came in
        minute {number} from a free kick that the wall deflected. The visitors had hit the bar twice.""",
}
FILLED = [("Ardmore Tarn", 417), ("Brill Oakes", 935), ("Kilcross Rix", 1120), ("Pella Drost", 268), ("Quenby Holm", 652)]


@pytest.mark.parametrize("mould", MOULDS.values(), ids=MOULDS)
def test_texts_of_one_mould_about_other_things_are_no_story(mould):
    texts = [Document(name, name, mould.format(name=name, number=number), "2031-05-05", "en") for name, number in FILLED]
    assert len(set(group(texts).values())) == len(FILLED)


def test_notices_of_one_mould_about_one_place_are_no_story_because_of_the_place():
    said = """A tremor of {size} shook the coast near {place} at {hour} on {day}, said the Kardova Office of Tremors. It came
        from {far} miles off {place} pier and {deep} miles down. No other tremor of 3 or more was felt near the coast in ten
        days.

        A program wrote these lines from the notices of the office and from nothing else."""
    names = ("size", "place", "far", "deep", "hour", "day")
    told = [
        (3.1, "Ostrel", 5, 6, "4:12 a.m.", "Monday"), (3.4, "Ostrel", 8, 4, "9:20 a.m.", "Thursday"),
        (4.2, "Varnby", 7, 9, "2 p.m.", "Friday"),
    ]  # fmt: skip
    texts = [Document(f"{n}", None, said.format(**dict(zip(names, row, strict=True))), None, "en") for n, row in enumerate(told)]
    assert len(set(group(texts).values())) == len(told)


def test_copies_of_one_such_text_are_one_story():
    text = MOULDS["farewell"].format(name="Ardmore Tarn", number=417)
    assert len(set(group([Document(f"{n}", None, text, None, "en") for n in range(3)]).values())) == 1


LEAK = [
    ("2031-05-02",
        "Payroll firm Corvane lost the salary records of two million clerks when intruders entered its archive through "
        "an old web server, its director Dana Holt said. The firm set up a help line and offered a free watch on "
        "accounts."),
    ("2031-05-10",
        "Corvane knew of the flaw in its web server for months, clerks say who lost their salary records to intruders. "
        "Lawyers in Tarrow want damages; the help line gave wrong answers on accounts, and director Dana Holt faces "
        "questions."),
    ("2031-05-21",
        "Salary records of another 80,000 clerks were in the archive that intruders copied from Corvane, an inquiry "
        "into the web server found. The payroll firm will pay for a watch on all accounts, said Ivo Brandt, who follows "
        "Dana Holt as director."),
]  # fmt: skip


def test_follow_ups_over_weeks_that_share_names_and_words_are_one_story():
    pages = [Document(f"leak{n}", None, text, day, "en") for n, (day, text) in enumerate(LEAK)]
    assert groups(group([*pages, *FOLDER]))[1] == ["leak0", "leak1", "leak2"]


def test_the_same_people_with_another_affair_in_another_week_are_another_story():
    wedding = [
        "Dana Holt of Corvane marries cellist Per Ostry in Tarrow. Guests danced on the pier until dawn; a choir sang.",
        "A choir sang as Corvane's Dana Holt and cellist Per Ostry were wed; in Tarrow guests danced on the pier till dawn.",
    ]
    pages = [Document("leak0", None, LEAK[0][1], "2031-05-02", "en"), Document("leak1", None, LEAK[1][1], "2031-05-02", "en")]
    pages += [Document(f"wed{n}", None, text, "2031-05-21", "en") for n, text in enumerate(wedding)]
    assert groups(group(pages)) == [["leak0", "leak1"], ["wed0", "wed1"]]


def test_one_date_against_those_of_all_its_fellows_does_not_part_a_page_from_them():
    pages = [Document(f"ferry{n}", None, text, "2031-05-02", "en") for n, text in enumerate(FERRY)]
    pages[0] = Document("ferry0", None, FERRY[0], "2031-02-05", "en")
    assert len(groups(group(pages))) == 1


def test_briefs_whose_only_name_is_one_place_are_no_story():
    briefs = [
        "A tram left its rails in Tarrow. Nobody was hurt, and the line opens again tomorrow morning after repairs.",
        "The choir prize goes to Tarrow. Singers from nine schools rehearsed all winter under a patient young teacher.",
        "Bakers in Tarrow raise the price of rye bread. Flour became dearer because the harvest was poor.",
    ]
    assert len(set(group([Document(b, None, b, None, "en") for b in briefs]).values())) == 3
