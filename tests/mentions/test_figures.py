"""Figures are found as intervals, with their unit and what they count."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.mentions.figures import find_figures
from stemma.mentions.parse import parse
from stemma.tables import Figure

UNPARSED = spacy.blank("en")


def found(text: str) -> list[tuple[str, Figure]]:
    return [(text[f.start : f.end], f) for f in find_figures(parse(text))]


def words(text: str) -> list[str]:
    return [span for span, _ in found(text)]


def only(text: str) -> Figure:
    figures = find_figures(parse(text))
    assert len(figures) == 1, [text[f.start : f.end] for f in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("text", "bound", "low", "high"),
    [
        ("The army took more than 400 prisoners.", "more", 400, None),
        ("Rebels control over 86% of the valley.", "more", 86, None),
        ("At least 30 miners were trapped.", "least", 30, None),
        ("Up to 12 boats sank.", "most", None, 12),
        ("Fewer than 50 farms remain.", "less", None, 50),
        ("Some 800 riders crossed the ford.", "about", 750, 850),
        ("The fire displaced nearly 2,000 villagers.", "about", 1700, 2000),
        ("Officials counted 430 tents.", "exact", 430, 430),
        ("Between 5 and 7 percent of ballots were void.", "range", 5, 7),
        ("The flood spoiled 10-15% of the harvest.", "range", 10, 15),
        ("Police seized 400+ rifles.", "least", 400, None),
        ("Dozens of villagers fled.", "about", 24, None),
    ],
)
def test_the_words_around_a_number_bound_it(text, bound, low, high):
    figure = only(text)
    assert (figure.bound, figure.low, figure.high) == (bound, low, high)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The bridge cost $1.5bn.", 1.5e9, "USD"),
        ("Lenders pledged US$40 billion.", 4e10, "USD"),
        ("The fund holds 300 million euros.", 3e8, "EUR"),
        ("Prices rose 3.2 percent.", 3.2, "percent"),
        ("Half a million homes lost power.", 500_000, None),
        ("Two dozen barns burned.", 24, None),
        ("Tens of thousands of pilgrims came.", 20_000, None),
        ("One in five nurses resigned.", 20, "percent"),
        ("A drone fell 300m from the dam.", 300, "m"),
        ("The rally drew 5m people.", 5e6, None),
        ("A 6.4-magnitude earthquake struck.", 6.4, "magnitude"),
        ("A 500-pound bomb was found.", 500, "lb"),
        ("The ferry's payload is 12,000 pounds, the pilot said.", 12000, "lb"),
        ("The crane can move 62,000 pounds (28,000 kilograms) of stone.", 62000, "lb"),
        ("The engine makes 1.2 million pounds of thrust.", 1.2e6, "lb"),
        ("The council spent 12,000 pounds on the crane.", 12000, "GBP"),
        ("The quarry spans 259 square kilometres.", 259, "km2"),
        ("The wage rose by half a percent.", 0.5, "percent"),
    ],
)
def test_numerals_scales_and_units_are_read(text, value, unit):
    figure = only(text)
    assert figure.value == pytest.approx(value)
    assert figure.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "A Boeing 747 landed safely.",
        "He retired on lap seven.",
        "Article 5 was invoked.",
        "The train left at 18:40 on March 3, 2024.",
        "The Hawks won 3-1 and the motion fell 54-46.",
        "Call 555-0134 or +44 20 7946 0958.",
        "The 101st Brigade left on the 1st day.",
        "The F-16 and the T-72 were shown.",
        "Growth slowed in 2019 and by 2022 stopped.",
        "The two leaders shook hands.",
        "One of the ministers resigned.",
        "The S&P 500 was flat.",
        "7. The council met.",
        "Plaque was seen in earlier work (34).",
    ],
)
def test_labels_scores_dates_and_codes_are_no_figures(text):
    assert words(text) == []


def test_three_figures_in_one_sentence_keep_their_own_nouns():
    text = "Troops took 24 hamlets and 259 square kilometres of forest along with over 400 prisoners in five days."
    assert [(span, f.counted) for span, f in found(text)] == [
        ("24", "hamlet"),
        ("259 square kilometres", "forest"),
        ("over 400", "prisoner"),
        ("five days", None),
    ]


def test_a_conversion_in_brackets_belongs_to_the_figure_before_it():
    [(span, figure)] = found("They hold around 1,100 sq km (425 sq miles) of marsh.")
    assert span == "around 1,100 sq km (425 sq miles)"
    assert (figure.unit, figure.also) == ("km2", (425.0, "mi2"))


def test_a_bracket_that_says_another_amount_stays_a_figure_of_its_own():
    assert words("They hold 1,100 sq km (30 sq miles) of marsh.") == ["1,100 sq km", "30 sq miles"]


def test_the_bare_letters_of_a_temperature_are_read_beside_its_conversion():
    [(span, figure)] = found("The boiler had reached 40C (104F) by dawn.")
    assert span == "40C (104F)"
    assert (figure.value, figure.unit, figure.also) == (40.0, "degC", (104.0, "degF"))


@pytest.mark.parametrize("text", ["She had sat in seat 14C.", "They waited at gates 24C (24D) and 12F."])
def test_a_letter_behind_a_number_alone_is_no_temperature(text):
    assert not [f for _, f in found(text) if f.unit in ("degC", "degF")]


def test_handed_over_is_no_bound():
    figure = only("The envoys handed over 21 captives.")
    assert (figure.bound, figure.value) == ("exact", 21)


def test_a_change_from_one_value_to_another_is_two_figures():
    assert [f.bound for _, f in found("The rate went from 5% to 7% in spring.")] == ["exact", "exact"]


def test_the_dead_and_wounded_are_counted_without_a_noun():
    assert [f.counted for _, f in found("The blast left 17 dead and 120 injured.")] == ["dead", "injured"]


def test_a_share_says_what_it_is_a_share_of():
    assert only("The militia lost 86% of the territory.").counted == "territory"


def test_a_document_without_a_parse_still_gives_figures_with_units():
    text = "Die Feuerwehr pumpte 2,5 Millionen Euro und 1.100 km² aus, etwa 12 Prozent."
    figures = find_figures(spacy.blank("de")(text))
    assert [(f.value, f.unit, f.counted) for f in figures] == [
        (2.5e6, "EUR", None),
        (1100.0, "km2", None),
        (12.0, "percent", None),
    ]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "La digue a coûté 3,5 millions d'euros.", 3.5e6),
        ("fr", "La digue a coûté 1,2 milliard d’euros.", 1.2e9),
        ("es", "El dique costó 1.200 millones de euros.", 1.2e9),
    ],
)
def test_millions_of_a_currency_are_money_where_a_language_says_of(language, text, value):
    [figure] = find_figures(spacy.blank(language)(text))
    assert (figure.value, figure.unit) == (value, "EUR")


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("0123456789.,-–$%€ ()abtoneman\u00a0"), max_size=60))
def test_any_text_gives_spans_in_order_that_hold_a_number(text):
    figures = find_figures(UNPARSED(text))
    assert all(0 <= f.start < f.end <= len(text) for f in figures)
    assert all(a.end <= b.start for a, b in pairwise(figures))
    assert all(f.low is None or f.high is None or f.low <= f.high for f in figures)


@pytest.mark.parametrize(
    ("text", "value", "unit", "holder"),
    [
        ("A 17-year-old male gorilla named Bodo was shot.", 17, "year-old", "Bodo"),
        ("Keepers said 17-year-old Bodo was calm.", 17, "year-old", "Bodo"),
        ("Bodo, 17, was shot on Saturday.", 17, "year-old", "Bodo"),
        ("Mira Tolvan, 43, denied it.", 43, "year-old", "Mira Tolvan"),
        ("His wife, 52, was unhurt.", 52, "year-old", "wife"),
        ("The keeper, aged 44, fell.", 44, "year-old", "keeper"),
        ("A three-year-old boy fell.", 3, "year-old", "boy"),
        ("Bodo, who turned 17 on Friday, was calm.", 17, "year-old", "Bodo"),
        ("Bodo weighed over 400 pounds.", 400, "lb", "Bodo"),
        ("A 400-pound gorilla ran.", 400, "lb", "gorilla"),
        ("The boy fell 15ft into the moat.", 15, "ft", "boy"),
    ],
)
def test_an_age_a_weight_and_a_height_belong_to_somebody(text, value, unit, holder):
    [figure] = find_figures(parse(text))
    assert (figure.value, figure.unit) == (value, unit)
    assert text[slice(*figure.holder)] == holder


def test_a_place_before_a_comma_has_no_age():
    assert not [f for f in find_figures(parse("In Paris, 12, and in London, 14, were hurt.")) if f.unit == "year-old"]


def test_a_length_of_time_is_a_figure_and_a_date_is_none():
    assert words("They dated for nearly four years.") == ["nearly four years"]
    assert words("It took two to three hours.") == ["two to three hours"]
    assert words("The past two years were hard, he said two weeks ago.") == []


@pytest.mark.parametrize(
    ("text", "modifiers", "partial"),
    [
        ("Some 30 people were seriously injured.", ("seriously",), True),
        ("They freed 21 schoolgirls abducted by rebels.", ("abduct",), False),
        ("Another four died.", (), True),
        ("They freed 276 pupils.", (), False),
    ],
)
def test_what_narrows_the_count_is_kept_with_it(text, modifiers, partial):
    [figure] = find_figures(parse(text))
    assert (figure.modifiers, figure.partial) == (modifiers, partial)


def test_a_measure_that_is_the_whole_sentence_belongs_to_nobody():
    [figure] = find_figures(parse("Nearly 5½ miles."))
    assert (figure.value, figure.unit, figure.holder) == (5.5, "mi", None)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The bridge cost USD34.6 million.", 34.6e6, "USD"),
        ("The bridge cost EUR27m.", 27e6, "EUR"),
        ("The ticket cost R250.", 250, "ZAR"),
        ("The mill cost N5 billion.", 5e9, "NGN"),
        ("The mill cost RM250 million.", 250e6, "MYR"),
        ("The loan was AED 4m.", 4e6, "AED"),
        ("The ticket cost Ksh 300.", 300, "KES"),
        ("The dike cost 45 000 euros.", 45_000, "EUR"),
        ("The mill earned $13 009 million.", 13.009e9, "USD"),
        ("The road cost Rs 3 lakh crore.", 3e12, "INR"),
        ("The fine was ₹1,23,45,678.", 12_345_678, "INR"),
        ("The mill made 589,2 tonnes.", 589.2, "t"),
        ("The mill lost 1,5 million euros.", 1.5e6, "EUR"),
        ("The dike cost 1.500.000 euros.", 1.5e6, "EUR"),
        ("Then 12.500 people fled.", 12_500, None),
        ("They sold three point five million shares.", 3.5e6, None),
        ("Thieves took the papers of 44million guests.", 44e6, None),
        ("¾ of the fish died.", 75, "percent"),
        ("It fell to –7 degrees Celsius.", -7, "degC"),
        ("It was –18 C at the weir.", -18, "degC"),
        ("The lake froze at -4F.", -4, "degF"),
    ],
)
def test_a_number_is_read_as_its_writers_write_it(text, value, unit):
    [figure] = find_figures(parse(text))
    assert (figure.value, figure.unit) == (pytest.approx(value), unit)


def test_a_letter_before_a_small_number_is_no_currency():
    assert not [f for f in find_figures(parse("She wore an N95 mask on the R18 road.")) if f.unit]
