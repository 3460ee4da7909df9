"""The article inside a plain-text scrape: body, title, slots and metadata, and none of the page's furniture."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.ostermark import PARAGRAPHS, TITLE, article, body, role
from stemma.errors import NoArticle
from stemma.reports.plain import article_from_text
from stemma.tables import Role
from stemma.text.normal import tidy

MENU = "\n".join(["Home", "News", "Sport", "Weather", "Sign in", "Subscribe", "Contact us"])
RELATED = (
    "Related Articles\nHarvest fair opens in Lind with record crowds\n"
    "The fair drew visitors from three counties on its first day...\n"
    "Choir from Velland wins the northern contest\n"
    "The singers took the cup for the second time in a row, the judges...\n"
)
FORM = "LEAVE A REPLY\nPlease enter your comment!\nYour email address will not be published."
FOOTER = "We use cookies to make this site better for you.\n© 2024 All rights reserved."


def test_the_body_is_found_between_menu_related_stories_form_and_footer() -> None:
    printed = article(before=MENU, after="\n".join(["Share This Article", RELATED, FORM, FOOTER]))
    assert body(printed) == PARAGRAPHS
    assert printed.title == TITLE
    assert not [text for _, text in printed.blocks if text in RELATED or text in FORM or text in FOOTER]


@pytest.mark.parametrize(
    "link",
    [
        "আরও পড়ুনঃ  Choir from Velland wins the northern contest | Music News",
        "Lue myös: Kuoro voitti pohjoisen kilpailun",
        "Читайте также: Хор из Велланда победил на конкурсе",
        "READ MORE: Choir from Velland wins the northern contest",
        "اقرأ أيضا: الجوقة تفوز بالمسابقة",
        "あわせて読みたい：合唱団がコンクールで優勝",
    ],
)
def test_a_link_to_another_story_inside_the_article_is_left_out_in_any_language(link: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], link, *PARAGRAPHS[2:]))
    assert [text for _, text in printed.blocks if text == link] == []
    assert body(printed) == PARAGRAPHS


def test_headline_and_caption_that_a_gallery_repeats_between_paragraphs_are_no_body() -> None:
    gallery = f"{TITLE}\nThe broken railing seen from the southern bank"
    text = "\n".join([TITLE, gallery, PARAGRAPHS[0], gallery, PARAGRAPHS[1], PARAGRAPHS[2], gallery, PARAGRAPHS[3]])
    assert body(article_from_text(text)) == PARAGRAPHS


def test_a_short_line_alone_between_paragraphs_is_a_heading_and_no_body() -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], "Rust in the girders", *PARAGRAPHS[2:]))
    assert role(printed, "heading") == ["Rust in the girders"]
    assert body(printed) == PARAGRAPHS


def test_a_heading_is_one_where_the_site_puts_its_own_label_between_all_paragraphs() -> None:
    label = "Article content"
    last = (f"What comes next\n{label}", PARAGRAPHS[0].replace("old", "new"))
    printed = article(paragraphs=(*[f"{p}\n{label}" for p in PARAGRAPHS], *last))
    assert role(printed, "heading") == ["What comes next"]
    assert label not in [text for _, text in printed.blocks]


SENTENCE_CAPTION = "Ana Brell looks at the rusty girders of the old bridge from a boat"


@pytest.mark.parametrize(
    "caption",
    [SENTENCE_CAPTION, "Reuters The Old Bridge of Ostermark", "AP:Associated Press 9", "REUTERS", "LindTV YouTube",
     "(Courtesy of Ana Brell)", "CLOSE The old bridge of Ostermark was closed after a lorry broke its railing. LindTV"],
)  # fmt: skip
def test_a_picture_whose_caption_or_credit_stands_alone_between_paragraphs_is_no_heading(caption: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]))
    assert (role(printed, "caption"), role(printed, "heading")) == ([caption], [])


def test_three_lines_that_read_as_sentences_are_the_headings_of_a_page() -> None:
    lines = [SENTENCE_CAPTION.replace("boat", end) for end in ("barge", "hill", "train")]
    told = [text for pair in zip(PARAGRAPHS, [*lines, ""], strict=True) for text in pair if text]
    assert role(article(paragraphs=tuple(told)), "heading") == lines


@pytest.mark.parametrize(
    "line",
    [
        "Scroll down for video", "Slideshow (2 Images)", "Lind: the new harbour of the north Read more",
        "[Ana Brell: How Lind got its new harbour]", "Also read Lind gets its new harbour", "Email the author.",
    ],
)  # fmt: skip
def test_a_link_or_a_label_alone_between_paragraphs_is_no_heading(line: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]))
    assert line not in [text for _, text in printed.blocks]


def test_short_lines_after_a_colon_are_a_list_of_the_article() -> None:
    items = ("The ferry in the north", "The railway bridge", "The ford at low water")
    lead = "Residents of the southern bank now have three ways to the other side, none of them quick:"
    printed = article(paragraphs=(*PARAGRAPHS[:2], lead, *items, *PARAGRAPHS[2:]))
    assert tuple(role(printed, "list")) == items
    assert set(items) <= set(body(printed))


def test_an_advertisement_that_says_today_cuts_nothing_off() -> None:
    paragraphs = (PARAGRAPHS[0], "Webinar: Rivers and rust. Register today", *PARAGRAPHS[1:])
    assert body(article(paragraphs=paragraphs)) == PARAGRAPHS


def test_a_newsletter_box_inside_the_article_is_left_out() -> None:
    box = (
        "The Morning Ferry",
        "Get the river's news every morning.",
        "Sign up for our newsletter",
        "Enter a valid email.",
    )
    assert body(article(paragraphs=(*PARAGRAPHS[:2], *box, *PARAGRAPHS[2:]))) == PARAGRAPHS


def test_a_site_headers_today_is_no_date_of_publication() -> None:
    header = "Menu\n7.1 C\nLind\nMonday, May 5, 2025\n"
    assert article(before=header).published is None
    assert article(before="The Ostermark Post\nToday: May 6, 2025\n").published is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("March 12, 2025", "2025-03-12"),
        ("12 March 2025 at 14:05", "2025-03-12T14:05"),
        ("Published: 2025-03-12T14:05:00Z", "2025-03-12T14:05:00Z"),
        ("12.03.2025, 09:15 Uhr", "2025-03-12T09:15"),
        ("12 марта 2025", "2025-03-12"),
        ("March 12, 2025 at 11:48 p.m.", "2025-03-12T23:48"),
        ("2025年3月12日", "2025-03-12"),
        ("Updated: March 13, 2025", None),
        ("03/04/2025", None),
        ("3 hours ago", None),
    ],
)
def test_the_date_under_the_title_is_that_of_publication_only_where_it_is_exact(line: str, published: str | None) -> None:
    assert article(title=f"{TITLE}\nBy Ana Stamm\n{line}").published == published


def test_byline_date_and_credit_are_kept_as_blocks_but_are_no_body() -> None:
    credit = "(Additional reporting by Mira Oske in Lind; Editing by Per Holt)"
    printed = article(title=f"{TITLE}\nBy Ana Stamm and Jon Farrow\nMarch 12, 2025", paragraphs=(*PARAGRAPHS, credit))
    assert role(printed, "byline") == ["By Ana Stamm and Jon Farrow"]
    assert role(printed, "date") == ["March 12, 2025"]
    assert role(printed, "credit") == [credit]
    assert (printed.byline, printed.contributors) == (("Ana Stamm", "Jon Farrow"), ("Mira Oske",))
    assert body(printed) == PARAGRAPHS


@pytest.mark.parametrize("slot", ["Editor", "Admin", "Newsroom", "Rust in the girders"])
def test_an_office_above_the_reading_time_is_no_byline(slot: str) -> None:
    assert article(title=f"{TITLE}\n{slot}\n3 Min Read").byline == ()


def test_a_bare_name_beside_the_reading_time_is_a_byline_and_an_account_in_capitals_is_the_outlet() -> None:
    assert article(title=f"{TITLE}\nAna Stamm\n3 Min Read").byline == ("Ana Stamm",)
    account = article(title=f"{TITLE}\nOM FERRYMAN\n3 Min Read")
    assert (account.byline, account.outlet) == ((), "OM FERRYMAN")


def test_the_title_loses_the_suffix_of_a_site() -> None:
    assert article(title=f"{TITLE} | River News").title == TITLE


def test_the_outlet_is_the_header_that_reads_like_one_or_the_leads_own_name() -> None:
    assert article(before="The Ostermark Post\nU.S. World Business\nToday: May 6, 2025").outlet == "The Ostermark Post"
    assert (
        article(paragraphs=(f"Velland Daily News – Ostermark, {PARAGRAPHS[0]}", *PARAGRAPHS[1:])).outlet == "Velland Daily News"
    )
    assert article(before="Menu\n7.1 C\nLind\nMonday, May 5, 2025\nRiver Lookout\nShare").outlet == "River Lookout"
    assert article(before=MENU).outlet is None
    assert article(before="Share\nRiver Life\nCopy link").outlet is None


def test_a_deck_that_calls_somebody_by_the_bare_last_name_is_no_body() -> None:
    deck = "Brell praises the builders and hopes that cars can cross the river again in the spring."
    lead = "The council of Ostermark closed the old bridge on Monday after a lorry broke its iron railing."
    printed = article(paragraphs=(deck, lead, *PARAGRAPHS[1:]))
    assert role(printed, "deck") == [deck]
    assert body(printed) == (lead, *PARAGRAPHS[1:])


def test_a_source_link_under_the_article_is_kept_as_a_credit() -> None:
    assert role(article(after="Source link\n\nFacebook Comments Box"), "credit") == ["Source link"]


@pytest.mark.parametrize("text", ["", "\n\n  \n", MENU, "Sign in\nor\nRegister", "\x00\x01\x02", "12345\n67890"])
def test_a_page_without_sentences_prints_no_article(text: str) -> None:
    with pytest.raises(NoArticle, match="No article"):
        article_from_text(text)


@pytest.mark.parametrize("language", ["ru", "zh", "el"])
def test_the_body_is_found_whatever_its_script(language: str) -> None:
    sentence = {
        "ru": "Совет города закрыл старый мост в понедельник, после того как грузовик проломил перила.",
        "zh": "市议会星期一关闭了旧桥，此前一辆卡车撞断栏杆。工程师在四十根大梁中的十一根上发现了锈迹。",
        "el": "Το συμβούλιο έκλεισε την παλιά γέφυρα τη Δευτέρα, αφού ένα φορτηγό έσπασε το κιγκλίδωμα.",
    }[language]
    paragraphs = tuple(sentence[:-1] + f" {n}" + sentence[-1] for n in range(4))
    assert body(article(before=MENU, paragraphs=paragraphs, after=FORM)) == paragraphs


def test_ten_megabytes_and_a_line_of_a_million_characters_are_read() -> None:
    long_line = "The ferry crossed the river again. " * 30_000
    assert body(article(paragraphs=(*PARAGRAPHS, long_line.strip())))[-1] == long_line.strip()
    many = "\n".join(f"Day {n}: {PARAGRAPHS[n % 4]}" for n in range(20_000))
    assert len(body(article_from_text(f"{TITLE}\n{many}"))) > 19_000
    with pytest.raises(NoArticle):
        article_from_text("a" * 1_000_000)


_KNOWN = [*PARAGRAPHS, TITLE, *MENU.split("\n"), *FORM.split("\n"), "March 12, 2025", "By Ana Stamm"]
_LINES = st.lists(st.one_of(st.sampled_from(_KNOWN), st.text(max_size=60)), max_size=30)


@given(_LINES)
@settings(max_examples=150)
def test_every_block_is_a_line_of_the_page_in_page_order_with_a_known_role(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        printed = article_from_text(text)
    except NoArticle:
        return
    assert printed == article_from_text(text)
    at = 0
    squeezed = tidy(text)
    for block_role, block in printed.blocks:
        assert block_role in get_args(Role)
        assert "\n" not in block
        found = squeezed.find(block, at)
        assert found >= at
        at = found + len(block)


def test_short_lines_that_stand_close_together_among_parted_paragraphs_are_a_box() -> None:
    long = [f"{p} {q}" for p, q in zip(PARAGRAPHS, PARAGRAPHS[1:] + PARAGRAPHS[:1], strict=True)]
    box = "Stand by the Lind Lantern\nOne reader in nine pays for all of this.\n"
    printed = article_from_text("\n".join([TITLE, "", *[f"{p}\n" for p in long[:2]], box, *[f"{p}\n" for p in long[2:]]]))
    assert body(printed) == tuple(long)
    assert role(printed, "heading") == []


@pytest.mark.parametrize("first", [f"Lind Halyard : {TITLE}", f"{TITLE} - Lind Halyard"])
def test_the_owner_in_the_copyright_line_is_the_outlet_and_goes_off_the_title(first: str) -> None:
    after = "Comments are closed\n\n(c) 2031 Lind Halyard, a society of readers\n"
    printed = article(before="", title=f"{first}\nBy Ana Brell, Lind Halyard\n12 March 2031", after=after)
    assert (printed.outlet, printed.title, printed.byline) == ("Lind Halyard", TITLE, ("Ana Brell",))


def test_a_line_that_says_where_the_article_was_first_published_is_a_credit_and_no_body() -> None:
    line = "This article was first published by the Lind Courier and appears here with permission."
    printed = article(paragraphs=(*PARAGRAPHS, line))
    assert body(printed) == PARAGRAPHS
    assert role(printed, "credit") == [line]


@pytest.mark.parametrize("name", ["Lower Quill Courier", "Wavefront", "Harbour & Hold"])
def test_a_bare_name_between_title_and_date_is_the_outlet_and_no_byline(name: str) -> None:
    printed = article(title=f"{TITLE}\n{name}\n12 March 2025")
    assert (printed.title, printed.outlet, printed.byline, printed.published) == (TITLE, name, (), "2025-03-12")
    assert name not in [text for _, text in printed.blocks]


@pytest.mark.parametrize(
    ("name", "byline"), [("Ana Brell", ("Ana Brell",)), ("Ostermark", ()), ("Politics", ()), ("Meridian, Ostermark", ())]
)
def test_a_person_a_town_of_the_story_and_a_section_there_are_no_outlet(name: str, byline: tuple[str, ...]) -> None:
    printed = article(title=f"{TITLE}\n{name}\n12 March 2025")
    assert (printed.outlet, printed.byline) == (None, byline)


def test_an_agency_between_title_and_date_is_the_byline() -> None:
    printed = article(title=f"The Lind Courier\n{TITLE}\nThe Ostermark Wire Exchange\n12 March 2025")
    assert printed.agency == "Ostermark Wire Exchange"
    assert ("byline", "The Ostermark Wire Exchange") in printed.blocks


def test_one_word_under_the_date_is_the_byline_and_a_section_there_is_none() -> None:
    printed = article(title=f"The Lind Courier\n{TITLE}\n12 March 2025\nNorder")
    assert ("byline", "Norder") in printed.blocks
    assert "World" not in [text for _, text in article(title=f"The Lind Courier\n{TITLE}\n12 March 2025\nWorld").blocks]


@pytest.mark.parametrize(
    "box",
    [
        "MOST READ IN NEWS FERRY FEAR Ferry runs aground off Brannoch. FAIR GAME Lind opens its harvest fair to record crowds",
        "Related Stories Choir from Velland wins the northern contest. Harvest fair opens in Lind with record crowds.",
        "Newsletter Sign Up Continue reading the main article Please type it again. You must choose a letter to subscribe to.",
        "Do you have a story for the Lind desk? We pay for them. Write to it, or call it at any hour of the day.",
        "Story highlights The council of Ostermark closes a bridge. A ferry will carry the cars of the town.",
    ],
)
def test_a_box_of_the_site_that_stands_in_one_line_is_no_body(box: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], box, *PARAGRAPHS[2:]))
    assert body(printed) == PARAGRAPHS


@pytest.mark.parametrize(
    "caption",
    [
        "Ana Brell, who has built bridges in Ostermark for twenty years, looks at the rust under the southern bank",
        "FILE - In this March 3, 2031 file photo, a lorry crosses the old bridge. The council had it weighed before. It was old.",
        "Enlarge this image toggle caption The old bridge of Ostermark as it stood in the spring. It had forty girders.",
    ],
)
def test_a_caption_is_known_by_its_opening_or_by_its_missing_full_stop(caption: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]))
    assert body(printed) == PARAGRAPHS


def test_a_sentence_whose_words_stand_above_it_without_a_stop_is_the_articles() -> None:
    summary = PARAGRAPHS[1].rstrip(".")
    printed = article_from_text("\n\n".join([TITLE, summary, "Share", PARAGRAPHS[0], *PARAGRAPHS[1:]]))
    assert body(printed) == PARAGRAPHS


def test_three_questions_above_prose_are_headings_and_two_or_those_in_marks_are_told() -> None:
    asked = ("Why is the bridge closed?", "Who is to pay?", "When will it open?", "“Will it ever open?”")
    paragraphs = [text for pair in zip(asked, PARAGRAPHS, strict=True) for text in pair]
    printed = article(paragraphs=(PARAGRAPHS[0].replace("Monday", "Friday"), *paragraphs))
    assert role(printed, "heading") == list(asked[:3])
    assert asked[3] in body(printed)
    assert not role(article(paragraphs=(PARAGRAPHS[0].replace("Monday", "Friday"), *paragraphs[4:])), "heading")


def test_a_caption_with_its_credit_that_stands_twice_is_no_headline() -> None:
    caption = "Drivers of Ostermark took to the ferries when their old bridge was closed on March 3 by the council. (Tarin)"
    printed = article(title=f"{TITLE}\n\n{caption}\n\n{caption}")
    assert printed.title == TITLE
    assert set(role(printed, "caption")) == {caption}


def test_a_box_of_other_headlines_that_has_no_full_stop_is_none_of_the_article_however_long() -> None:
    box = "Related stories " + " ".join(f"FAIR {n} Harvest fair of Lind counts {n} hundred visitors by noon" for n in range(20))
    printed = article(paragraphs=(*PARAGRAPHS[:2], f"{box} Who won the pony race? Choir sings twice", *PARAGRAPHS[2:]))
    assert body(printed) == PARAGRAPHS


def test_a_post_between_paragraphs_ends_without_a_full_stop_and_is_no_caption() -> None:
    post = "We stood on that bridge for an hour this morning, and nobody told us — Otto Lar (@ottolar) March 3, 2031"
    printed = article(paragraphs=(*PARAGRAPHS[:2], post, *PARAGRAPHS[2:]))
    assert post in {text for role, text in printed.blocks if role != "caption"}


@pytest.mark.parametrize("lead", [PARAGRAPHS[0], "The old bridge of Ostermark is closed."])
@pytest.mark.parametrize("slot", ["By Mara Venn", "3 March 2031"])
def test_what_stands_below_the_byline_or_the_date_is_the_lead_and_no_deck(lead: str, slot: str) -> None:
    printed = article_from_text("\n\n".join([TITLE, slot, lead, *PARAGRAPHS[1:]]))
    assert body(printed) == (lead, *PARAGRAPHS[1:])


def test_captions_between_byline_and_lead_are_not_the_headline() -> None:
    caption = "Brell told residents in the council that the old bridge of Ostermark had rust in eleven girders"
    printed = article_from_text("\n\n".join([TITLE, "By Mara Venn", caption, *PARAGRAPHS]))
    assert printed.title == TITLE
    assert body(printed) == PARAGRAPHS


def test_a_long_item_of_a_list_under_a_colon_is_no_caption() -> None:
    items = (
        "The forty girders",
        "The share of the rust, which is what the town's builder and her two engineers measured in the winter of the year",
    )
    opening = "The council of Ostermark asked its builder to look at three parts of the bridge, which are:"
    printed = article(paragraphs=(*PARAGRAPHS[:2], opening, *items, *PARAGRAPHS[2:]))
    assert not role(printed, "caption")
    assert set(items) <= set(body(printed))


@pytest.mark.parametrize(
    "caption",
    [
        "Cars wait below the bridge in Ostermark on Tuesday. Reuters",
        "Cars wait below the bridge in Ostermark on Tuesday. [Photo/Xinhua]",
        "Cars wait at the bridge in Ostermark, Tarin, Feb. 3. (AP Photo/Per Quist)",
    ],
)
def test_a_line_that_ends_with_whose_picture_it_is_is_a_caption(caption: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]))
    assert role(printed, "caption") == [caption]
    assert body(printed) == PARAGRAPHS


@pytest.mark.parametrize(
    "notice",
    [
        "[Read more about the ferry that will carry the cars]",
        "Disclaimer: This article should not be taken as investment advice; ask your own bank.",
        "This is a rush transcript. The station may mend its words later.",
        "Copyright 2017 Tarin Radio. All rights reserved. This page may not be published or broadcast.",
    ],
)
def test_a_bracketed_link_and_a_notice_on_copyright_or_transcript_are_no_body(notice: str) -> None:
    assert body(article(paragraphs=(*PARAGRAPHS[:2], notice, *PARAGRAPHS[2:]))) == PARAGRAPHS
    assert body(article(after=notice)) == PARAGRAPHS


def test_a_byline_of_agencies_without_a_name_is_a_credit_that_names_nobody() -> None:
    printed = article_from_text("\n".join([TITLE, "By Agencies (Lind Daily)", *PARAGRAPHS]))
    assert role(printed, "credit") == ["By Agencies (Lind Daily)"]
    assert (printed.agency, printed.byline) == (None, ())


FOOT = (
    "UP NEXT",
    "Lind: Host Oster on Sunday.",
    "___",
    "Copyright 2031 The Associated Press. All rights reserved. Not to be rewritten.",
)


def test_an_agencys_copyright_line_below_what_comes_next_is_the_articles_credit() -> None:
    printed = article_from_text("\n\n".join([TITLE, *PARAGRAPHS, *FOOT]))
    assert printed.agency == "Associated Press"
    assert role(printed, "credit") == [FOOT[-1]]


def test_a_copyright_line_below_another_text_is_that_texts() -> None:
    other = "The ferry to Oster will carry cars from next spring, and the harbour board has asked two yards for a price."
    printed = article_from_text("\n\n".join([TITLE, *PARAGRAPHS, "READ NEXT", other, FOOT[-1]]))
    assert FOOT[-1] not in role(printed, "credit")


def test_a_question_that_an_interview_asks_everybody_is_a_paragraph_each_time() -> None:
    asked = "What would you build in the place of the old bridge?"
    answers = [f"{n}: {p}" for n, p in enumerate(PARAGRAPHS * 2)]
    told = body(article_from_text("\n".join([TITLE, *(line for answer in answers for line in (answer, asked))])))
    assert told.count(asked) == len(answers) - 1
    label = [line for answer in answers for line in (answer, "Advertisement")]
    assert "Advertisement" not in body(article_from_text("\n".join([TITLE, *label])))


def test_an_item_that_stands_in_two_lists_under_colons_stands_in_both() -> None:
    items = ("A lamp at either end of it", "Carts of up to nine tonnes", "Nothing at night and nothing in the storm")
    lists = [
        "The ferry carries in summer:",
        *items,
        PARAGRAPHS[0],
        "And it carries in the winter:",
        items[1],
        "Mail for the islands",
    ]
    assert role(article(paragraphs=(*PARAGRAPHS[1:], *lists, PARAGRAPHS[0] + " Twice.")), "list").count(items[1]) == 2


@pytest.mark.parametrize("line", ["By the Associated Press", "By the Press Association", "By the Halyard News Agency"])
def test_a_small_the_before_an_agency_leaves_the_line_a_byline(line: str) -> None:
    lines = [
        "Ferry runs onto bank",
        line,
        *(f"The ferry {n} ran onto the Oster bank at dawn and boats brought all ashore." for n in "abcd"),
    ]
    assert [text for role, text in article_from_text("\n\n".join(lines)).blocks if role == "byline"] == [line]
