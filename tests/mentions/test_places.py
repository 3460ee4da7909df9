"""Places of a report: which names are places, which of the places of that name is meant, and the places of a story."""

import hashlib
import importlib.util
import json
import os
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.account import pool_places
from stemma.mentions.parse import plain_paragraphs
from stemma.mentions.places import find_places, senses_beside, story_toponyms
from stemma.mentions.places.toponyms import toponyms
from stemma.tables import Place

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data/places/dev.jsonl"
SHA256 = "010d72f79e598a1d797857793b80e38c20ae9791fb361ee077da7c45a8a10701"
FLOORS = {"trnews": (87.4, 75.5), "geovirus": (94.7, 90.0)}
"""Tag F1 and the share of gold places put within 161 km, about a point below what is measured."""


def places(text: str) -> list[Place]:
    return find_places(plain_paragraphs(text))


def names(text: str) -> list[str]:
    return [text[p.start : p.end] for p in places(text)]


def where(text: str, name: str) -> tuple[int, int]:
    place = next(p for p in places(text) if text[p.start : p.end] == name)
    assert place.lat is not None
    assert place.lon is not None
    return round(place.lat), round(place.lon)


def test_a_city_a_province_a_country_a_sea_and_a_continent_are_found_with_their_kinds() -> None:
    text = "The ferry left Odesa for Georgia across the Black Sea.\nThe wheat came from Kherson Oblast and went to Africa."
    kinds = {text[p.start : p.end]: p.kind for p in places(text)}
    assert kinds["Odesa"] == "city"
    assert kinds["Georgia"] == "country"
    assert kinds["Black Sea"] == "sea"
    assert kinds["Africa"] == "continent"


def test_a_small_town_that_the_tagger_takes_for_something_else_is_a_place_by_the_gazetteer() -> None:
    assert "Sudzha" in names("The ferryman was born in Sudzha, and his brother lives in the village of Sudzha today.")


def test_another_spelling_of_a_city_is_the_same_place() -> None:
    old, new = (places(f"The orchestra played in {name} on Friday.")[0] for name in ("Kiev", "Kyiv"))
    assert (old.lat, old.lon, old.kind) == (new.lat, new.lon, new.kind)


def test_a_place_is_called_as_printed_but_in_full() -> None:
    text = "ZURICH - The U.S. envoy left Zurich for Kiev."
    assert [p.name for p in places(text)] == ["Zürich", "United States", "Zurich", "Kiev"]


def test_what_stands_after_the_comma_decides_between_namesakes() -> None:
    assert where("A bakery in Paris, Texas, burned down on Monday.", "Paris") == (34, -96)
    assert where("A bakery in Paris, France, burned down on Monday.", "Paris") == (49, 2)


def test_one_proof_decides_for_every_mention_of_the_name() -> None:
    text = "PARIS, Texas - A bakery burned down on Monday.\nThe owner has lived in Paris for nine years."
    assert {round(p.lon or 0) for p in places(text) if p.name == "Paris"} == {-96}


def test_the_other_places_of_the_report_decide_between_namesakes() -> None:
    near_donetsk = "Shells fell on Pokrovsk on Friday.\nTrains from Kramatorsk and Donetsk were stopped in Ukraine."
    assert where(near_donetsk, "Pokrovsk") == (48, 37)
    assert where("The mayor of Cairns flew from Queensland to Edmonton.\nShe likes Cairns and Mareeba.", "Edmonton")[0] == -17


def test_a_small_namesake_in_a_country_of_which_nothing_else_is_named_is_no_place_on_the_map() -> None:
    found = {
        p.name: p.lat
        for p in places("Families from Church Hill came to Letterkenny. Buses from Sligo went to Dublin in Ireland.")
    }
    assert found["Church Hill"] is None
    assert found["Letterkenny"] is not None


def test_a_word_for_a_province_beside_the_name_means_the_province() -> None:
    assert [p.kind for p in places("Fields burned in the Kursk region.")] == ["region"]
    assert [p.kind for p in places("Houses burned in the city of Kursk.")] == ["city"]


def test_a_states_short_form_counts_after_a_comma() -> None:
    text = "GLASGOW, Ky. - A barn burned down."
    assert names(text) == ["GLASGOW", "Ky."]
    assert where(text, "GLASGOW") == (37, -86)


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Jordan closed the shop at noon.",
        "Officials from the ministry met Anna Lincoln. The decision was wrong, Lincoln said.",
        "Doctors found two cases of Marburg virus in the ward.",
        "The Washington Post printed the letter.",
        "The French and Ukrainian crews rowed hard.",
    ],
)
def test_a_person_a_disease_a_newspaper_and_a_people_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_town_is_known_by_the_country_behind_it_and_not_its_province_by_the_seats_name() -> None:
    assert names("They met at the festival, Cannes, southern France.") == ["Cannes", "France"]
    bare, told = places("He lives in Mazar-i-Sharif, the capital of Balkh province in Afghanistan.")[:2]
    assert (bare.kind, bare.lat != told.lat) == ("city", True)


def test_a_village_that_the_gazetteer_lacks_is_a_place_without_coordinates() -> None:
    found = places("The bridge in the village of Ostrelka collapsed.")
    assert [(p.name, p.lat, p.lon) for p in found] == [("Ostrelka", None, None)]


def test_a_name_of_more_words_than_the_gazetteers_is_no_far_namesake_of_its_last() -> None:
    assert names("Rangers near Santa Kessel found the boat; a plane flew from Nairobi to Mombasa.") == ["Nairobi", "Mombasa"]
    assert names("The ferry went on to North London and downtown Leeds.") == ["London", "Leeds"]


def test_whose_relative_somebody_is_is_no_city() -> None:
    assert names("His sister Paris and his brother Denzel were rescued off Lisbon.") == ["Lisbon"]
    assert names("His daughters, Malia and Ada, and his wife, Tonya, were rescued off Lisbon.") == ["Lisbon"]


def test_a_list_of_places_goes_on_to_its_last_name() -> None:
    assert names("Roads to Kharkiv, Lozova and Izium were closed.") == ["Kharkiv", "Lozova", "Izium"]


def test_the_places_of_a_story_have_one_row_each_in_any_order_of_reports() -> None:
    reports = {
        "a": places("Trains from Kyiv to Lviv were late in Ukraine."),
        "b": places("Trains from Kiev were late."),
        "c": places("The village of Ostrelka lies near Lviv, and far from Kyiv."),
    }
    rows = pool_places(reports)
    assert [(r.name, len(r.mentions)) for r in rows[:2]] == [("Kyiv", 3), ("Lviv", 2)]
    assert len({r.name for r in rows}) == len(rows)
    for order in permutations(reports):
        assert pool_places({k: reports[k] for k in order}) == rows


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["Rain fell on Lviv.", "She left Paris, Texas, early.", "", "Nobody spoke."]), max_size=6))
def test_offsets_are_those_of_the_report_wherever_the_paragraph_stands(lines: list[str]) -> None:
    text = "\n".join(lines)
    for place in places(text):
        assert text[place.start : place.end] in ("Lviv", "Paris", "Texas")


def test_a_gazette_of_thousands_of_names_is_read() -> None:
    text = "\n".join(
        f"He lived in Springfield, Paris, Lima and Cairo, and in the town of Lind{chr(97 + i % 26)}o." for i in range(400)
    )
    assert len(places(text)) > 1000


@pytest.mark.skipif(not DATA.exists() and not os.environ.get("CI"), reason="the shared data is not here")
@pytest.mark.parametrize("corpus", sorted(FLOORS))
def test_quality_does_not_fall_below_what_was_measured(corpus: str) -> None:
    assert hashlib.sha256(DATA.read_bytes()).hexdigest() == SHA256
    documents = [d for d in map(json.loads, DATA.read_text("utf-8").splitlines()) if d["id"].startswith(corpus)]
    f1, within = score(documents)
    assert f1 >= FLOORS[corpus][0]
    assert within >= FLOORS[corpus][1]


def score(documents: list[dict[str, Any]]) -> tuple[float, float]:
    scorer = shared_scorer()
    gold = marked = tags = located = right = 0
    for document in documents:
        found = [{"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon} for p in places(document["text"])]
        pairs = scorer.pairs(document["places"], found)
        gold, marked, tags = gold + len(document["places"]), marked + len(found), tags + len(pairs)
        located += sum(g["lat"] is not None for g in document["places"])
        both = [(g, p) for g, p in pairs if g["lat"] is not None and p["lat"] is not None]
        right += sum(scorer.km((g["lat"], g["lon"]), (p["lat"], p["lon"])) <= 161 for g, p in both)
    return 200 * tags / (gold + marked), 100 * right / located


def shared_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_places", SHARED / "score/places.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_airport_is_one_place_with_its_own_coordinates():
    found = find_places(
        plain_paragraphs("She landed at Los Angeles International Airport before dawn, and left O'Hare Airport at noon.")
    )
    assert [(p.name, p.kind) for p in found] == [("Los Angeles International Airport", "other"), ("O'Hare Airport", "other")]
    assert (found[0].lat, found[0].lon) == pytest.approx((33.94, -118.41), abs=0.02)
    assert (found[1].lat, found[1].lon) == pytest.approx((41.98, -87.91), abs=0.02)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Forty boats were counted in Nice on Monday. Nice weather is no help.", ["Nice"]),
        ("Ana Brell moved to Mobile, Alabama, last May. Mobile phones were dear.", ["Mobile", "Alabama"]),
        ("Brell was received at the White House on Friday. The White House said nothing of it.", ["White House"]),
        ("A letter from the White House came late, and a White House aide read it.", []),
        ("A tug sank in the East River on Friday.", ["East River"]),
    ],
)
def test_a_name_that_is_a_word_too_or_that_of_those_in_a_house_is_a_place_where_the_words_around_say_so(text, found):
    assert names(text) == found


def test_new_york_is_the_city_and_behind_a_town_in_it_the_state():
    found = places("Brell left Buffalo, New York, in spring. She flew from New York to Oslo.")
    assert [p.kind for p in found if p.name == "New York"] == ["region", "city"]


def test_what_lies_near_a_site_lies_where_the_site_lies():
    text = "Brell drank tea in Tarnelville, near the old Wrigley Field, and slept."
    assert where(text, "Tarnelville") == where(text, "Wrigley Field") == (42, -88)


def test_a_prison_that_no_gazetteer_has_lies_where_the_town_lies_that_it_is_said_to_be_near():
    found = find_places(plain_paragraphs("He was held in Veldring prison, near the northern city of Leeds, for a month."))
    assert [p.name for p in found] == ["Veldring prison", "Leeds"]
    assert (found[0].lat, found[0].kind) == (found[1].lat, "other")


def test_a_site_that_is_near_nothing_known_has_no_coordinates():
    (found,) = find_places(plain_paragraphs("They were last seen in the Morrowby forest by a shepherd."))
    assert (found.name, found.lat, found.kind) == ("Morrowby forest", None, "other")


def test_a_club_called_after_a_forest_is_no_site():
    assert "Nottingham Forest" not in {
        p.name for p in find_places(plain_paragraphs("The striker joined Nottingham Forest in May."))
    }


def test_the_other_reports_of_a_story_decide_namesakes():
    near = plain_paragraphs(
        "The mill stood in Springfield, Illinois. Rain fell in Peoria and in Chicago, and roads near Springfield closed."
    )
    bare = plain_paragraphs("It rained in Springfield on Sunday.")
    beside = senses_beside({"a": toponyms(near), "b": toponyms(near), "c": toponyms(bare)})
    (alone,), (told,) = find_places(bare), find_places(bare, beside=beside["c"])
    assert told.lat == pytest.approx(39.80, abs=0.05)
    assert alone.lat != told.lat


def test_a_town_printed_mostly_inside_the_name_of_a_thing_is_the_thing_where_it_stands_alone_too():
    """Four to one is a thing, three to one a town that something is called after."""
    line = "The engineers of the Hawick Heavy rocket slept.\n"
    alone = "They drove from London to Hawick in the evening."
    assert "Hawick" in names(line * 3 + alone)
    assert "Hawick" not in names(line * 4 + alone)
    assert "Hawick" in names(line * 4 + alone.replace("Hawick", "Hawick, Scotland,"))


def test_who_has_a_place_for_a_first_name_is_nobodys_place_where_words_are_said_to_her():
    told = "Georgia Stevens mends nets in Lisbon. A net came from Georgia, and her father talked to Georgia about it."
    assert names(told) == ["Lisbon"]
    assert names(f"{told} She had learnt to mend in Georgia.") == ["Lisbon", "Georgia", "Georgia", "Georgia"]


def test_a_name_far_from_all_others_stays_where_the_words_around_say_that_it_is_a_place():
    near = "Brell drove from Dallas to Houston and slept in Austin.\n"
    assert "Luxor" not in names(near + "It was either the Orfeo or Luxor, she said, and a Batman film was shown.")
    assert "Luxor" in names(near + "Her sister had flown to Luxor in May.")


def test_a_thing_in_one_report_of_a_story_is_none_of_the_places_of_another():
    report = plain_paragraphs("Brell slept at the Luxor Hotel. She drove from Dallas to Houston, and from there to Austin.")
    other = plain_paragraphs("She left Luxor before dawn. The road from Dallas was wet.")
    assert [t.text for t in story_toponyms({"a": report, "b": other})["b"]] == ["Dallas"]


@pytest.mark.parametrize(("text", "country"), [("Mexico", (23, -102)), ("Ireland", (53, -8)), ("Scotland", (56, -4))])
def test_a_country_is_itself_however_many_places_of_a_land_with_a_town_of_that_name_stand_beside_it(text, country):
    states = "He was in Ohio, in Utah, in Texas, in Iowa, in Maine, in Alabama, in Nevada, in Kansas, in Oregon and in Idaho."
    assert where(f"{states}\nThen he flew to {text} again.", text) == pytest.approx(country, abs=1)


def test_two_towns_of_one_name_in_a_story_carry_their_states():
    rows = pool_places({"a": places("A mill in Paris, Texas, burned."), "b": places("A mill in Paris, Kentucky, burned.")})
    assert {r.name for r in rows if r.kind == "city"} == {"Paris, Texas", "Paris, Kentucky"}
