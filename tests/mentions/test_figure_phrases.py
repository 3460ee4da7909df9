"""A table of invented phrases: what each figure's interval, unit and counted noun must be."""

import json

import pytest

from stemma import arrow
from stemma.mentions import figure_fields, find_mentions, mention_rows
from stemma.mentions.figures import find_figures
from stemma.mentions.parse import parse, plain_paragraphs
from stemma.tables import Figure, Mention

TABLE = [
    ("The crew freed more than 400 sailors.", 400, None, None, "sailor"),
    ("Over 1.3m people were moved.", 1.3e6, None, None, "person"),
    ("Upwards of 60 barns burned.", 60, None, None, "barn"),
    ("No fewer than 50 ferries sank.", 50, None, None, "ferry"),
    ("Not fewer than 50 ferries sank.", 50, None, None, "ferry"),
    ("At least three pilots died.", 3, None, None, "pilot"),
    ("Ten or more tents were lost.", 10, None, None, "tent"),
    ("Fewer than 90 mules survived.", None, 90, None, "mule"),
    ("No more than 50 guests came.", None, 50, None, "guest"),
    ("As many as 1,500 rangers may march.", None, 1500, None, "ranger"),
    ("Up to a dozen huts fell.", None, 12, None, "hut"),
    ("Some 800 riders fled.", 750, 850, None, "rider"),
    ("Nearly 2,000 homes flooded.", 1700, 2000, None, "home"),
    ("An estimated 30,000 pilgrims came.", 25500, 34500, None, "pilgrim"),
    ("Twenty-odd goats strayed.", 17, 23, None, "goat"),
    ("Between 200 and 300 dockers struck.", 200, 300, None, "docker"),
    ("200-300 dockers struck.", 200, 300, None, "docker"),
    ("Some 40,000 to 50,000 farmers marched.", 40000, 50000, None, "farmer"),
    ("10 or 12 boats capsized.", 10, 12, None, "boat"),
    ("The storm left 41⁄2 feet of snow.", 4.5, 4.5, "ft", "snow"),
    ("Dozens of villagers fled.", 24, None, None, "villager"),
    ("Hundreds of thousands of birds died.", 200_000, None, None, "bird"),
    ("Several hundred nurses met.", 300, None, None, "nurse"),
    ("Two dozen barns burned.", 24, 24, None, "barn"),
    ("Half a million refugees crossed.", 500_000, 500_000, None, "refugee"),
    ("A million and a half refugees crossed.", 1.5e6, 1.5e6, None, "refugee"),
    ("Two-and-a-half million refugees crossed.", 2.5e6, 2.5e6, None, "refugee"),
    ("A quarter of a million refugees crossed.", 250_000, 250_000, None, "refugee"),
    ("The town got 1.2 million doses.", 1.2e6, 1.2e6, None, "dose"),
    ("The reef holds 400 species.", 400, 400, None, "species"),
    ("They built 14 bases.", 14, 14, None, "base"),
    ("A total of 13 monks died.", 13, 13, None, "monk"),
    ("The valley has a population of 5,000.", 5000, 5000, None, "population"),
    ("A crowd of 300 gathered.", 300, 300, None, "crowd"),
    ("The number of cases rose to 1,234.", 1234, 1234, None, "case"),
    ("The death toll stands at 57.", 57, 57, None, "death"),
    ("The death toll rose to six Friday, with the bridge still shut.", 6, 6, None, "death"),
    ("The deal is worth $1.5bn.", 1.5e9, 1.5e9, "USD", None),
    ("Lenders pledged €50m.", 5e7, 5e7, "EUR", None),
    ("The firm owes 3.5 billion pounds.", 3.5e9, 3.5e9, "GBP", None),
    ("It paid 500,000 Ukrainian hryvnias.", 500_000, 500_000, "UAH", None),
    ("It paid 2.3 billion Swiss francs.", 2.3e9, 2.3e9, "CHF", None),
    ("It paid C$3.5 million.", 3.5e6, 3.5e6, "CAD", None),
    ("It paid 3 lakh rupees.", 300_000, 300_000, "INR", None),
    ("It cost $10-20 million.", 1e7, 2e7, "USD", None),
    ("It cost between $10 million and $20 million.", 1e7, 2e7, "USD", None),
    ("It costs at least $20 million.", 2e7, None, "USD", None),
    ("They sent $5 billion in aid.", 5e9, 5e9, "USD", "aid"),
    ("Prices rose 3.2 percent.", 3.2, 3.2, "percent", None),
    ("Prices rose 5pc.", 5, 5, "percent", None),
    ("Turnout was 67.3 per cent.", 67.3, 67.3, "percent", None),
    ("She won 52% of the vote.", 52, 52, "percent", "vote"),
    ("It gained 0.5 percentage points.", 0.5, 0.5, "percentage point", None),
    ("Rates rose by 25 basis points.", 25, 25, "basis point", None),
    ("Less than 1% of the island burned.", None, 1, "percent", "island"),
    ("One in five children is hungry.", 18, 22, "percent", "child"),
    ("Nine out of 10 voters agreed.", 88, 92, "percent", "voter"),
    ("One in 10,000 people has it.", 0.008, 0.012, "percent", "person"),
    ("Two-thirds of the deputies left.", 64.667, 68.667, "percent", "deputy"),
    ("About three-quarters of residents left.", 71.25, 78.75, "percent", "resident"),
    ("Almost half of the voters stayed home.", 45, 50, "percent", "voter"),
    ("More than half of the herd died.", 50, None, "percent", "herd"),
    ("The park spans 259 square kilometres.", 259, 259, "km2", None),
    ("They hold 1,100 sq km (425 sq miles) of marsh.", 1100, 1100, "km2", "marsh"),
    ("A 500-square-mile fire burned.", 500, 500, "mi2", "fire"),
    ("Some 1,000 sq. km were lost.", 850, 1150, "km2", None),
    ("The bridge is 2.5 km long.", 2.5, 2.5, "km", None),
    ("The mast is 300 metres (984 feet) high.", 300, 300, "m", None),
    ("A drone fell 300m from the dam.", 300, 300, "m", None),
    ("Winds of 120 kph (75 mph) blew.", 120, 120, "km/h", None),
    ("Winds of 60 miles an hour blew.", 60, 60, "mph", None),
    ("A 60-mile-an-hour wind blew.", 60, 60, "mph", "wind"),
    ("It reached 45 degrees Celsius (113 Fahrenheit).", 45, 45, "degC", None),
    ("It fell to minus 20 degrees Celsius.", -20, -20, "degC", None),
    ("The ship held 58,000 tonnes of wheat.", 58000, 58000, "t", "wheat"),
    ("It pumps 50,000 barrels of oil.", 50000, 50000, "bbl", "oil"),
    ("A 1,200-megawatt reactor stopped.", 1200, 1200, "MW", "reactor"),
    ("A quake of magnitude 6.1 struck.", 6.1, 6.1, "magnitude", None),
    ("The blast left 17 dead.", 17, 17, None, "dead"),
    ("The guard took 31 armoured vehicles.", 31, 31, None, "vehicle"),
    ("It has 12 aircraft.", 12, 12, None, "aircraft"),
    ("They counted ٤٠٠ people there.", 400, 400, None, "person"),
    ("Six women were hurt.", 6, 6, None, "woman"),
    ("The mill cut 5,000 jobs.", 5000, 5000, None, "job"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "counted"), TABLE)
def test_a_phrase_gives_one_figure_with_its_interval_unit_and_noun(text, low, high, unit, counted):
    [figure] = find_figures(parse(text))
    assert (figure.unit, figure.counted) == (unit, counted)
    assert figure.low == (None if low is None else pytest.approx(low, abs=0.001))
    assert figure.high == (None if high is None else pytest.approx(high, abs=0.001))


@pytest.mark.parametrize("length", ["4 1/2", "4 1 / 2", "4 ½", "4½"])
def test_a_whole_number_and_a_fraction_are_one_number(length):
    text = f"The boat is {length} metres long."
    (figure,) = read(text)
    assert (text[figure.start : figure.end], figure.low, figure.high, figure.unit) == (f"{length} metres", 4.5, 4.5, "m")


@pytest.mark.parametrize(
    ("length", "value", "unit"),
    [("½ a tonne", 0.5, "t"), ("¾-inch", 0.75, "in"), ("1/2 mile", 0.5, "mi"), ("3/4 of a mile", 0.75, "mi"),
     ("a quarter of a mile", 0.25, "mi"), ("half an acre", 0.5, "acre"), ("one third of a litre", 1 / 3, "l")],
)  # fmt: skip
def test_a_fraction_of_a_measure_is_a_number_of_it_and_no_share(length, value, unit):
    text = f"They lost {length}."
    (figure,) = read(text)
    assert (text[figure.start : figure.end], figure.low, figure.unit) == (length, pytest.approx(value), unit)


def test_a_fraction_of_a_whole_is_a_share():
    assert [(f.value, f.unit) for f in read("About 3/4 of the crew and ½ of the fish were lost.")] == [
        (75, "percent"),
        (50, "percent"),
    ]


def test_two_figures_joined_by_and_with_a_verb_each_are_two():
    found = read("The toll rose to 14 and 19 people were missing.")
    assert [(f.low, f.counted) for f in found] == [(14, "person"), (19, "person")]


@pytest.mark.parametrize(
    "text",
    [
        "T-72 tanks and 155mm shells arrived.",
        "It rained from 3 to 5 May.",
        "It cost 10^400 of them.",
        "9" * 5000 + " people came.",
        "NaN people and inf dollars.",
        "4\u200b00 people came.",
    ],
)
def test_ages_calibres_dates_and_rubbish_are_no_figures(text):
    assert find_figures(parse(text)) == []


def test_a_price_that_moves_to_another_is_no_range():
    assert [f.high for f in find_figures(parse("Oil fell $2.30 to $71.45 a barrel."))] == [2.3, 71.45]


def read(text: str) -> list[Figure]:
    return find_figures(parse(text))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("He said 21 of the more than 200 prisoners were hurt.", "21", "more than 200"),
        ("Gunners hit 34 of 81 kites.", "34", "81"),
        ("About 70 percent of the 1,200 houses burned.", "About 70 percent", "1,200"),
        ("They held 200 prisoners, 21 of them wounded.", "21", "200"),
        ("At least 15 people, including three children, drowned.", "three", "At least 15"),
        ("Of the 200 prisoners, 21 were hurt.", "21", "200"),
    ],
)
def test_a_figure_knows_the_figure_that_it_is_a_part_of(text, part, whole):
    parts = {text[f.start : f.end]: f.part_of for f in read(text)}
    assert {p: text[slice(*w)] for p, w in parts.items() if w} == {part: whole}


def test_a_number_out_of_another_is_no_part_of_what_is_smaller():
    assert [f.part_of for f in read("They took 24 hamlets and 400 prisoners.")] == [None, None]


def test_a_figure_that_adds_to_another_counts_the_same():
    assert [f.counted for f in read("Five people died and another 12 were hurt.")] == ["person", "person"]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The guard took 400 prisoners.", "take"),
        ("Some 400 barns were burned down.", "burn down"),
        ("The toll stands at 57.", "stand"),
    ],
)
def test_a_figure_has_the_verb_that_it_stands_with(text, predicate):
    assert [f.predicate for f in read(text)] == [predicate]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The death toll stands at 57 as of Tuesday.", "Tuesday"),
        ("By Friday, 430 bodies had been found.", "Friday"),
        ("Guards took 12 mules in March, and the king left on Sunday.", "March"),
    ],
)
def test_a_figure_holds_at_the_time_of_its_own_clause(text, time):
    assert [text[slice(*f.as_of)] for f in read(text) if f.as_of] == [time]


def test_what_a_figure_leans_on_moves_with_it_into_the_report_and_through_the_table():
    text = "A quiet line.\nBy Friday, 21 of the 200 prisoners had been freed."
    mentions = find_mentions(plain_paragraphs(text), "2025-03-12")
    part = mentions.figures[0]
    assert text[slice(*part.as_of)] == "Friday"
    assert text[slice(*part.part_of)] == "200"
    report = type("Report", (), {"id": "r"})()
    rows: list[Mention] = arrow.from_arrow("mention", arrow.to_arrow("mention", mention_rows(report, mentions)))
    assert [m.figure for m in rows if m.kind == "figure"] == list(mentions.figures)
    assert [m.time for m in rows if m.kind == "time"] == list(mentions.times)
    assert {m.kind for m in rows if m.figure} == {"figure"}
    fields = figure_fields(part, mentions.times)
    assert json.loads(json.dumps(fields))["as_of"] == {"start": 17, "end": 23, "value": "2025-03-07"}


@pytest.mark.parametrize(
    "text",
    [
        "9" * 30_000,
        "21 of the " * 400,
        "1,100 sq km (" * 400,
        "12 people, including " * 300,
        "between 1 and " * 300,
        "On 3 March 2024, it rained.\n" * 300,
        "٥٠٪ и 1000 человек, ½ of １２ men, 1e999 and " + "9" * 400 + " people",
    ],
)
def test_rubbish_gives_figures_that_are_numbers(text):
    mentions = find_mentions(plain_paragraphs(text, "en"), "2025-03-12")
    json.dumps([figure_fields(f, mentions.times) for f in mentions.figures], allow_nan=False)
    assert all(text[f.start : f.end].strip() for f in mentions.figures)
