"""Credits: agency, byline, contributors and dateline, and where a page names another source as an author."""

import pytest

from stemma.reports.agencies import dateline_end
from stemma.reports.credits import credited_sources, find_credits
from stemma.reports.html import article_from_html
from stemma.reports.plain import article_from_text

BODY = ("paragraph", "The council of Ostermark closed the old bridge after a lorry broke through its railing.")
MORE = ("paragraph", "Engineers expect the repair to last until the spring, the mayor told a meeting of residents.")
LAST = ("paragraph", "A ferry will carry cars across the river every half hour.")


def page(*blocks: tuple[str, str], lead: tuple[str, str] = BODY) -> list[tuple[str, str]]:
    return [("title", "Bridge closed in Ostermark"), lead, MORE, *blocks, LAST]


def lead(text: str) -> list[tuple[str, str]]:
    return page(lead=("paragraph", text))


@pytest.mark.parametrize(
    ("text", "agency", "place"),
    [
        ("OSTERMARK, March 3 (Reuters) - The council closed the old bridge on Monday.", "Reuters", "OSTERMARK"),
        ("(Reuters) -The council closed the old bridge on Monday.", "Reuters", None),
        ("OSTERMARK (AP) — The council closed the old bridge on Monday.", "Associated Press", "OSTERMARK"),
        ("OSTERMARK, Velland (AP) — The council closed the old bridge.", "Associated Press", "OSTERMARK, Velland"),
        ("Ostermark (dpa) - Der Rat hat die alte Brücke gesperrt.", "dpa", "Ostermark"),
        ("OSTERMARK (TARIN) — The council closed the old bridge.", "TARIN", "OSTERMARK"),
        (
            "OSTERMARK, 3 March (Tarin News Agency) – The council closed the old bridge.",
            "Tarin News Agency",
            "OSTERMARK",
        ),
        ("OSTERMARK, Velland, Oct 17 (Tarinwire) - The council closed the bridge.", "Tarinwire", "OSTERMARK, Velland"),
        ("OSTERMARK, Velland (Meridian) - The council closed the bridge.", "Meridian", "OSTERMARK, Velland"),
        ("Ostermark, 17 October (Meridian) – The council closed the bridge.", "Meridian", "Ostermark"),
        ("(Tarinwire) - The council closed the old bridge on Monday.", "Tarinwire", None),
        ("OSTERMARK (Haut-Velland) — Le conseil a fermé le vieux pont.", None, "OSTERMARK"),
        ("NEW OSTERMARK/LIND, June 12 (AFP) – The council closed the old bridge.", "AFP", "NEW OSTERMARK/LIND"),
    ],
)
def test_the_agency_of_a_dateline_is_read_listed_or_not(text: str, agency: str, place: str | None) -> None:
    credits = find_credits(lead(text))
    assert (credits.agency, credits.dateline) == (agency, place)


def test_a_dateline_without_an_agency_gives_the_place_alone() -> None:
    credits = find_credits(lead("OSTERMARK — The council closed the old bridge on Monday."))
    assert (credits.agency, credits.dateline) == (None, "OSTERMARK")


@pytest.mark.parametrize(
    "text",
    [
        "Reuters could not independently verify his account of the accident.",
        "The driver was unhurt, his family told AFP by telephone.",
        "A photograph taken by the Associated Press showed the broken railing.",
        "LIND (Germany) — The council closed the old bridge.",
        "The bridge (AP/3 in the city's list) was built long ago.",
        "US - led forces had used the bridge for years.",
    ],
)
def test_an_agency_that_only_verified_asked_or_photographed_wrote_nothing(text: str) -> None:
    assert find_credits(lead(text)).agency is None
    assert find_credits(page(("paragraph", text))).agency is None


def test_the_credit_of_a_photograph_names_no_agency_of_the_words() -> None:
    blocks = page(("caption", "The broken railing. Photo: Ana Brell/Reuters"))
    assert find_credits(blocks).agency is None
    assert [(c.name, c.kind) for c in credited_sources(blocks)] == [("Reuters", "photo")]


@pytest.mark.parametrize(
    ("line", "names", "agency"),
    [
        ("By Ana Brell and Tomas Reyling", ("Ana Brell", "Tomas Reyling"), None),
        ("By Ana Brell, Tomas van der Lind and Mira Oske", ("Ana Brell", "Tomas van der Lind", "Mira Oske"), None),
        ("By Reuters", (), "Reuters"),
        ("By The Associated Press", (), "Associated Press"),
        ("By the Associated Press", (), "Associated Press"),
        ("By Ana Brell, Associated Press", ("Ana Brell",), "Associated Press"),
        ("Von Ana Brell", ("Ana Brell",), None),
        ("By Petra Linden", ("Petra Linden",), None),
        ("By Newsroom Staff", (), None),
        ("By Ana Brell for the Ostermark Post", ("Ana Brell",), None),
        ("BY ANA BRELL", ("ANA BRELL",), None),
    ],
)
def test_a_byline_names_persons_and_an_agency_is_none(line: str, names: tuple[str, ...], agency: str | None) -> None:
    credits = find_credits([("title", "Bridge closed"), ("byline", line), BODY, MORE, LAST])
    assert (credits.byline, credits.agency) == (names, agency)


def test_additional_reporting_makes_contributors_and_writers_and_editors_are_none() -> None:
    line = (
        "(Additional reporting by Ana Brell in Lind, Tomas Reyling and Mira Oske in Ostermark, "
        "writing by Jon Farrow; Editing by Lea Stamm and Per Holt)"
    )
    assert find_credits(page(("credit", line))).contributors == ("Ana Brell", "Tomas Reyling", "Mira Oske")


def test_a_contributor_who_is_named_with_a_possessive_is_still_a_person() -> None:
    credits = find_credits([*page(), ("paragraph", "Ana Brell Velland’s contributed reports from Lind.")])
    assert credits.contributors == ("Ana Brell",)


def test_an_author_of_the_byline_is_no_contributor_again() -> None:
    blocks = [("byline", "By Ana Brell"), BODY, MORE, LAST, ("credit", "Reporting by Ana Brell; Editing by Per Holt")]
    credits = find_credits(blocks)
    assert (credits.byline, credits.contributors) == (("Ana Brell",), ())


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("Source link", "source link", ""),
        ("Source: Ostermark Post", "source link", "Ostermark Post"),
        ("Source: Reuters", "agency", "Reuters"),
        ("Via Ostermark Post", "source link", "Ostermark Post"),
        ("This article first appeared in The Ostermark Post.", "first appeared", "The Ostermark Post"),
        ("This story was originally published by Lind Today.", "first appeared", "Lind Today"),
        ("Originally published on Lind Today", "first appeared", "Lind Today"),
        ("Read the original article on Lind Insider. Copyright 2031.", "first appeared", "Lind Insider"),
        ("Den Originalartikel gibt es auf Lind Insider. Copyright 2031.", "first appeared", "Lind Insider"),
        ("Dieser Artikel erschien zuerst bei Lind Heute.", "first appeared", "Lind Heute"),
        ("Cet article a été initialement publié sur Lind Matin.", "first appeared", "Lind Matin"),
        ("Publicado originalmente en Lind Hoy.", "first appeared", "Lind Hoy"),
        ("The Associated Press contributed to this report.", "contributed", "Associated Press"),
        ("With reporting by AFP", "contributed", "AFP"),
        ("Ana Brell contributed reporting from Lind.", "contributed", "Ana Brell"),
    ],
)
def test_a_line_that_names_where_the_words_come_from_is_found_with_its_offsets(line: str, kind: str, name: str) -> None:
    blocks = [*page(), ("credit", line)]
    found = [c for c in credited_sources(blocks) if c.kind == kind]
    assert [c.name for c in found] == [name]
    assert found[0].block == len(blocks) - 1
    assert 0 <= found[0].start < found[0].end <= len(line)
    if name and kind != "agency":
        assert name.removeprefix("Associated ") in line[found[0].start : found[0].end]


def test_an_agency_that_contributed_to_a_report_did_not_write_it() -> None:
    assert find_credits([*page(), ("credit", "The Associated Press contributed to this report.")]).agency is None


@pytest.mark.parametrize(
    "text",
    [
        "A source linked the closure to the budget, and the council did not deny it.",
        "The plan first appeared doomed in the winter, when nobody wanted to pay.",
        "The mayor contributed to this by signing the order, residents said.",
    ],
)
def test_prose_that_only_sounds_like_a_credit_is_none(text: str) -> None:
    assert credited_sources([*page(), ("paragraph", text)]) == []


def test_an_agency_in_brackets_after_the_last_words_is_credited() -> None:
    blocks = [BODY, MORE, ("paragraph", "A ferry will carry cars across the river. (dpa)")]
    assert [(c.block, c.name, c.kind) for c in credited_sources(blocks)] == [(2, "dpa", "agency")]
    start, end = credited_sources(blocks)[0].start, credited_sources(blocks)[0].end
    assert blocks[2][1][start:end] == "dpa"


def test_a_block_of_a_million_characters_is_searched_at_its_ends_only() -> None:
    blocks = [("paragraph", "word " * 200_000), ("paragraph", "Ana Brell, " * 90_000)]
    assert credited_sources(blocks) == []


@pytest.mark.parametrize("line", ["Al-" * 230, "Ab, " * 170, "A" * 690, "de la " * 110, "A.B." * 170])
def test_a_line_made_to_confuse_the_patterns_gives_nothing_and_ends(line: str) -> None:
    assert credited_sources([("credit", line), ("paragraph", line)]) == []


def test_a_name_after_a_bare_town_is_an_agency_where_it_verifies_on_the_page() -> None:
    voice = ("paragraph", "Meridian could not confirm the account of the driver, who is in hospital.")
    blocks = lead("OSTERMARK (Meridian) — The council closed the old bridge on Monday.")
    assert find_credits(blocks).agency is None
    assert find_credits([*blocks, voice]).agency == "Meridian"


def test_an_agency_that_signs_with_its_letters_is_named_as_the_page_spells_it_out() -> None:
    voice = ("paragraph", "Tarin Press was not able to confirm the account of the driver.")
    blocks = [*lead("OSTERMARK, Velland (TP) — The council closed the old bridge on Monday."), voice]
    assert find_credits(blocks).agency == "Tarin Press"
    assert credited_sources(blocks)[0].name == "Tarin Press"


@pytest.mark.parametrize(
    ("role", "line", "named"),
    [
        ("byline", "Presse tarine · 21 avril 2031", "Presse tarine"),
        ("byline", "Tarinwire", "Tarinwire"),
        ("byline", "Ana Brell avec Tarin Press", "Tarin Press"),
        ("byline", "D’après AFP", "AFP"),
        ("credit", "Traduit de Tarin Press", "Tarin Press"),
        ("credit", "Source: Tarinwire", "Tarinwire"),
        ("credit", "(Tarin News Agency)", "Tarin News Agency"),
    ],
)
def test_an_unlisted_agency_in_a_byline_or_credit_is_found_at_its_words(role: str, line: str, named: str) -> None:
    blocks = [*page(), (role, line)]
    found = [c for c in credited_sources(blocks) if c.kind == "agency"]
    assert [c.name for c in found] == [named]
    assert named in line[found[0].start : found[0].end]
    assert find_credits(blocks).agency == named
    assert find_credits(blocks, outlet=named).agency is None


@pytest.mark.parametrize("line", ["By Ana Brell, Press Office", "Ostermark Free Press", "Fire Service", "Ana Brell"])
def test_an_office_a_newspaper_and_a_person_are_no_agency(line: str) -> None:
    assert find_credits([*page(), ("byline", line)]).agency is None


def test_a_translation_from_another_paper_is_a_source_and_from_a_language_is_none() -> None:
    found = credited_sources([*page(), ("credit", "Translated from the Lind Courier.")])
    assert [(c.name, c.kind) for c in found] == [("Lind Courier", "source link")]
    assert credited_sources([*page(), ("credit", "Translated from English")]) == []


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Source: Pellan", "Pellan"),
        ("Source: Blue Pellan", "Blue Pellan"),
        ("Source: Ostermark Post", None),
        ("Source: pellan.example", None),
    ],
)
def test_a_bare_name_as_the_source_at_the_foot_is_the_agency_unless_it_is_a_newspapers(line, agency):
    blocks = [("title", "Bridge closed"), ("paragraph", "The bridge was closed on Monday."), ("paragraph", line)]
    assert find_credits(blocks, "Levant Herald").agency == agency
    assert find_credits(blocks, "Pellan").agency != "Pellan"


def test_letters_are_the_agency_that_the_page_has_in_full():
    first = "paragraph", "OSTERMARK (CNS) - The council closed the old bridge."
    assert find_credits(page(("byline", "Continental News Service"), lead=first)).agency == "Continental News Service"


def test_an_agency_before_a_date_in_a_byline_is_credited():
    assert find_credits(page(("byline", "Gaelic Press Service 10 May 2025 19:15"))).agency == "Gaelic Press Service"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("OSTERMARK, Velland (AP) — The council met.", "The council met."),
        ("The council met - twice.", "The council met - twice."),
    ],
)
def test_the_story_begins_behind_its_dateline(text, story):
    assert text[dateline_end(text) :].strip() == story


def test_letters_before_a_name_are_a_persons():
    assert find_credits(page(("byline", "PA Lennox, Health Correspondent"))).agency is None
    assert find_credits(page(("byline", "By AP Sports Writer"))).agency == "Associated Press"


def credited(*lines: str, outlet: str | None = None) -> tuple[str | None, list[tuple[str, str]]]:
    blocks = article_from_text("\n\n".join(["Bridge closed in Ostermark", *lines])).blocks
    return find_credits(blocks, outlet).agency, [(c.name, c.kind) for c in credited_sources(blocks)]


PROSE = (
    "The council of Ostermark closed the old bridge on Monday after a lorry broke its railing, and a ferry took over.",
    "Engineers expect the repair to last until the spring, the mayor told a meeting of residents in the hall on Tuesday.",
    "A second ferry will carry cars across the river every half hour until the first frost, the harbour office said.",
)


@pytest.mark.parametrize(
    ("foot", "agency", "lines"),
    [
        ("--Reuters", "Reuters", [("Reuters", "agency")]),
        ("Afp - Xinhua - DPA", "AFP", [("AFP", "agency"), ("Xinhua", "agency"), ("dpa", "agency")]),
        ("reuters/afp", "Reuters", [("Reuters", "agency"), ("AFP", "agency")]),
        ("Copyright 2019 The Associated Press. All rights reserved.", "Associated Press", [("Associated Press", "agency")]),
        ("© 2019 AFP", "AFP", [("AFP", "agency")]),
        ("Culled from Lind Post", None, [("Lind Post", "source link")]),
        ("Do jornal Correio de Lind", None, [("Correio de Lind", "source link")]),
        ("More from The Lind Post:", None, [("The Lind Post", "source link")]),
        ("AP Photo/Ana Brell", None, []),
        ("Getty Images", None, []),
        (
            "AFP or licensors Nobody in the town had been told that the old bridge would stay closed for so long this year",
            None,
            [],
        ),
        ("Reuters, the agency, had asked the mayor before.", None, []),
    ],
)
def test_a_credit_at_the_foot_is_read_in_the_forms_that_pages_print(foot: str, agency: str | None, lines: list) -> None:
    assert credited(*PROSE, foot) == (agency, lines)


def test_an_agency_behind_the_place_is_the_datelines() -> None:
    lead, *rest = PROSE
    for first in (["OSTERMARK, Velland - Agence France-Presse", lead], [f"OSTERMARK, Velland - Agence France-Presse {lead}"]):
        assert credited(*first, *rest) == ("AFP", [("AFP", "agency")])
    assert credited("Ostermark - Reuters reported on Monday that the council closed the bridge to all lorries.", *rest)[0] is None


@pytest.mark.parametrize("byline", ["By Ana Brell and The Associated Press", "By The Associated Press in Lind and Ana Brell"])
def test_an_agency_beside_the_pages_own_author_is_joint(byline: str) -> None:
    assert credited(byline, "May 3, 2019", *PROSE) == ("Associated Press", [("Associated Press", "joint")])


@pytest.mark.parametrize(
    ("byline", "agency", "kind"),
    [("By Afp", "AFP", "agency"), ("By Ap Reporter", "Associated Press", "agency"), ("By Afp and Ana Brell", "AFP", "joint")],
)
def test_an_agencys_letters_are_known_in_a_byline_that_is_printed_as_names_are(byline: str, agency: str, kind: str) -> None:
    assert credited(byline, "May 3, 2019", *PROSE) == (agency, [(agency, kind)])


def test_a_persons_first_name_is_no_agencys_letters() -> None:
    assert credited("By Ani Brell", "May 3, 2019", *PROSE) == (None, [])


def test_what_a_contributor_is_is_no_part_of_the_name() -> None:
    line = "Tarin Post writer Ana Brell contributed to this report."
    assert find_credits(page(("credit", line))).contributors == ("Ana Brell",)


def test_a_newspapers_own_mark_in_its_dateline_is_no_agency() -> None:
    blocks = lead("OSTERMARK (LPN) — The council closed the old bridge.")
    assert find_credits(blocks, "LPN").agency is None
    assert find_credits(blocks, "Lind Post").agency == "LPN"


def test_a_caption_of_the_archive_has_no_dateline() -> None:
    assert find_credits(lead("FILE — In this photograph of May, a lorry stands on the old bridge.")).dateline is None


@pytest.mark.parametrize(
    "blocks",
    [
        lead("The council of Ostermark closed the old bridge on Monday (Xinhua)"),
        lead("The council of Ostermark closed the old bridge on Monday (Xinhua)."),
        page(("date", "Updated: 2016-07-15 06:50 (Xinhua)")),
    ],
)
def test_an_agency_in_brackets_behind_the_lead_or_the_date_is_the_reports(blocks: list[tuple[str, str]]) -> None:
    assert find_credits(blocks).agency == "Xinhua"


def test_an_agency_that_a_lead_speaks_of_with_its_letters_in_brackets_is_no_credit() -> None:
    assert find_credits(lead("The mayor of Ostermark told Agence France-Presse (AFP).")).agency is None


@pytest.mark.parametrize("byline", ["By Ana Brell and Per Quist, The Washington Post", "By Ana Brell and The Washington Post"])
def test_a_byline_that_names_another_outlet_behind_its_persons_credits_it(byline: str) -> None:
    blocks = page(("byline", byline))
    assert [(c.name, c.kind) for c in credited_sources(blocks)] == [("The Washington Post", "first appeared")]
    assert find_credits(blocks).agency is None


@pytest.mark.parametrize(
    "line",
    [
        "Contributing: Ana Brell, Per Quist, and Mira Oske",
        "-- With assistance by Ana Brell, Per Quist, and Mira Oske",
        "Ana Brell and Per Quist in Lind, and Mira Oske in Ostermark, contributed reporting.",
        "(Additional reporting by Ana Brell in LIND, Per Quist in TARIN, and Mira Oske in WEST OST. Editing by Lea Stamm)",
    ],
)
def test_all_of_whom_a_line_calls_contributing_are_contributors(line: str) -> None:
    assert find_credits(page(("credit", line))).contributors == ("Ana Brell", "Per Quist", "Mira Oske")


@pytest.mark.parametrize("line", ["-- Norvik News Agency", "— Tarinwire", "(Norvik News Agency)"])
def test_a_last_line_that_signs_with_an_agency_of_no_list_is_a_credit_in_html_as_in_a_scrape(line: str) -> None:
    body = [BODY[1], MORE[1], LAST[1], "The old bridge was built in 1911 and carried two lanes of cars and a tramway.", line]
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    html = f"<html><body><article><h1>Bridge closed in Ostermark</h1>{paragraphs}</article></body></html>"
    scrape = "\n\n".join(["Bridge closed in Ostermark", *body])
    for article in (article_from_html(html), article_from_text(scrape)):
        assert article.agency == line.strip("-—() ")
        assert article.blocks[-1] == ("credit", line)


def test_a_byline_that_points_from_the_outlet_to_an_agency_credits_the_agency() -> None:
    blocks = [("title", "The bridge of Lind"), ("byline", "By Lind Gazette < Tarinwire"), *(("paragraph", p) for p in PROSE)]
    assert [(c.name, c.kind) for c in credited_sources(blocks)] == [("Tarinwire", "agency")]
