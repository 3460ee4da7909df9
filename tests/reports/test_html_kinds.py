"""Kinds of HTML that extractors and readers of dates are known to get wrong."""

import unicodedata

import pytest

from stemma.reports.html import article_from_html

SENTENCES = (
    "The council of Ostermark closed the old bridge on Monday after a lorry broke its railing, and a ferry took over.",
    "Engineers expect the repair to last until the spring, the mayor told a meeting of residents in the hall on Tuesday.",
    "A second ferry will carry cars across the river every half hour until the first frost, the harbour office said.",
    "The company that owns the lorry will pay for the railing, and its driver was unhurt, a spokeswoman said by telephone.",
)


def page(*body: str, head: str = "", lang: str = "en") -> str:
    inner = "".join(body)
    return (
        f'<html lang="{lang}"><head><title>Bridge closed in Ostermark</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Bridge closed in Ostermark</h1>{inner}</article></body></html>"
    )


def paragraphs(html: str) -> list[str]:
    return [text for role, text in article_from_html(html).blocks if role == "paragraph"]


def test_a_short_line_in_an_element_of_its_own_between_paragraphs_is_a_paragraph() -> None:
    one, two, three, four = (f"<p>{s}</p>" for s in SENTENCES)
    lines = ("Nobody was hurt, a nurse said.", "The bridge is a hundred years old.")
    html = page(one, f"<div>{lines[0]}</div>", two, f"<section><span>{lines[1]}</span></section>", three, four)
    assert paragraphs(html) == [SENTENCES[0], lines[0], SENTENCES[1], lines[1], SENTENCES[2], SENTENCES[3]]


def test_paragraphs_that_are_links_from_end_to_end_are_kept_and_linked_headlines_are_not() -> None:
    linked = "On Friday the owner of the lorry and its driver, both of Lind, denied that the brakes had been broken."
    headline = '<p><a href="/b">Ferry season opens early on the river this year</a></p>'
    one, two, three, four = (f"<p>{s}</p>" for s in SENTENCES)
    html = page(one, f'<p><a href="/a"><strong>{linked}</strong></a></p>', two, headline, three, four)
    assert paragraphs(html) == [SENTENCES[0], linked, *SENTENCES[1:]]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("th", "สภาเมืองออสเตอร์มาร์กปิดสะพานเก่าเมื่อวันจันทร์หลังจากรถบรรทุกชนราวสะพานและเรือข้ามฟากให้บริการแทน"),
        ("lo", "ສະພາເມືອງປິດຂົວເກົ່າໃນວັນຈັນຫຼັງຈາກລົດບັນທຸກຕໍາຮາວຂົວແລະເຮືອຂ້າມຟາກໃຫ້ບໍລິການແທນ"),
        ("km", "ក្រុមប្រឹក្សាក្រុងបានបិទស្ពានចាស់នៅថ្ងៃចន្ទបន្ទាប់ពីរថយន្តដឹកទំនិញបុកបង្កាន់ដៃស្ពាន"),
        ("my", "မြို့တော်ကောင်စီသည်တနင်္လာနေ့တွင်တံတားဟောင်းကိုပိတ်ခဲ့သည်ကုန်တင်ကားတစ်စီးတံတားလက်ရန်းကိုတိုက်မိပြီးနောက်"),
        ("fa", "شورای شهر روز دوشنبه پل کهنه را بست و قایق‌ها مسافران را می‌برند و کسی آسیب ندید، سخنگوی بندر گفت."),
    ],
)
def test_scripts_without_blanks_and_words_with_joiners_lose_no_paragraph(lang: str, sentence: str) -> None:
    body = [f"{n} {sentence}" for n in range(1, 6)]
    assert paragraphs(page(*(f"<p>{s}</p>" for s in body), lang=lang)) == body


def test_any_normal_form_gives_the_same_blocks() -> None:
    body = [
        f"<p>Le pont d’Orléans-sur-Évre a été fermé {n} fois à cause d’un camion égaré, a déclaré la préfète Renée Gélinas.</p>"
        for n in "abcd"
    ]
    html = page(*body, lang="fr")
    composed, decomposed = (article_from_html(unicodedata.normalize(form, html)).blocks for form in ("NFC", "NFD"))
    assert len(composed) == 5
    assert composed == decomposed


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Updated: 3 June 2019 | First published: 7 May 2019", "2019-05-07", "2019-06-03"),
        ("Published 7 May 2019, updated 3 June 2019", "2019-05-07", "2019-06-03"),
        ("Updated 3 June 2019", None, "2019-06-03"),
        ("7 May 2019", "2019-05-07", None),
    ],
)
def test_the_day_of_an_update_is_none_of_publication(line: str, published: str | None, modified: str | None) -> None:
    article = article_from_html(page(f'<p class="date">{line}</p>', *(f"<p>{s}</p>" for s in SENTENCES)))
    assert (article.published, article.modified) == (published, modified)


@pytest.mark.parametrize(
    ("lang", "published"), [("en-US", "2019-05-07"), ("en-GB", "2019-07-05"), ("de", "2019-07-05"), ("en", None)]
)
def test_a_date_in_figures_is_read_as_the_pages_country_writes_it_or_is_unsure(lang: str, published: str | None) -> None:
    html = page('<p class="date">05/07/2019</p>', *(f"<p>{s}</p>" for s in SENTENCES), lang=lang)
    assert article_from_html(html).published == published


def test_an_author_in_two_fields_is_one_name() -> None:
    people = '[{"@type": "Person", "givenName": "Ana", "familyName": "Brell"}, {"@type": "Person", "name": "Tomas Reyling"}]'
    head = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge closed", "author": {people}}}</script>'
    )
    assert article_from_html(page(*(f"<p>{s}</p>" for s in SENTENCES), head=head)).byline == ("Ana Brell", "Tomas Reyling")


def test_what_an_author_repeats_beside_its_first_place_stands_again_and_a_second_print_of_the_page_does_not() -> None:
    question = "What would you do differently if the council asked you to build it again?"
    one, two, three, four = (f"<p>{s}</p>" for s in SENTENCES)
    refrain = f"<p>{question}</p>"
    asked = paragraphs(page(refrain, one, two, refrain, three, four))
    assert asked == [question, *SENTENCES[:2], question, *SENTENCES[2:]]
    assert paragraphs(page(one, two, three, four, one, two, three, four)) == list(SENTENCES)


def test_the_cells_of_a_table_in_a_figure_are_no_captions() -> None:
    rows = "".join(
        f"<tr><td>The town of {town}</td><td>{n},000 crossings</td></tr>" for n, town in enumerate(("Lind", "Tarin"), 3)
    )
    html = page(*(f"<p>{s}</p>" for s in SENTENCES), f"<figure><table>{rows}</table><figcaption>By ferry</figcaption></figure>")
    roles = {text: role for role, text in article_from_html(html).blocks}
    assert "caption" not in {role for text, role in roles.items() if "town" in text or "crossings" in text}


def test_a_box_of_other_stories_between_paragraphs_does_not_end_the_article() -> None:
    one, two, three, four = (f"<p>{s}</p>" for s in SENTENCES)
    box = "<section><h2>Most read</h2><ul><li><a href='/x'>Fair opens in Lind</a></li></ul></section>"
    long = "".join(f"<p>{n} {s}</p>" for n in range(4) for s in SENTENCES)
    assert paragraphs(page(long, one, box, two, three, four))[-3:] == list(SENTENCES[1:])


def test_a_paragraph_that_the_page_marks_as_behind_its_paywall_is_the_articles() -> None:
    html = page(*(f"<p>{n} {s}</p>" for n in range(4) for s in SENTENCES), f'<p class="paywall">{SENTENCES[0]}</p>')
    assert paragraphs(html)[-1] == SENTENCES[0]


def test_a_byline_between_the_headlines_and_the_first_paragraph_is_read() -> None:
    line = "<div>By Morag Lindqvist, Ostermark 05.08.2031, 20:59</div>"
    html = page("<h2>Lorry breaks a railing</h2>", line, *(f"<p>{s}</p>" for s in SENTENCES))
    assert article_from_html(html).byline == ("Morag Lindqvist",)


def test_the_one_heading_is_the_title_where_titles_for_sharing_say_much_the_same() -> None:
    shared = '<meta property="og:title" content="Bridge closed in Ostermark: what we know so far | Brannoch Post">'
    assert article_from_html(page(*(f"<p>{s}</p>" for s in SENTENCES), head=shared)).title == "Bridge closed in Ostermark"


def test_a_page_that_is_stamped_when_it_is_made_has_the_date_that_it_prints() -> None:
    both = '"datePublished": "2031-11-29T12:28:31Z", "dateModified": "2031-11-29T12:28:31Z"'
    head = f'<script type="application/ld+json">{{"@type": "Article", "headline": "Bridge closed in Ostermark", {both}}}</script>'
    html = page('<time pubdate datetime="2031-08-13">August 13</time>', *(f"<p>{s}</p>" for s in SENTENCES), head=head)
    assert (article_from_html(html).published or "")[:10] == "2031-08-13"


def test_a_printed_day_is_older_than_the_stamp_of_a_page_only_where_no_zone_can_part_them() -> None:
    def published(stamp: str, hour: str = "") -> str | None:
        both = f'"datePublished": "{stamp}", "dateModified": "{stamp}"'
        story = f'{{"@type": "Article", "headline": "Bridge closed in Ostermark", {both}}}'
        head = f'<script type="application/ld+json">{story}</script>'
        line = f'<div class="post-date">August 13, 2031{hour}</div>'
        return article_from_html(page(line, *(f"<p>{s}</p>" for s in SENTENCES), head=head)).published

    assert published("2031-11-29T12:28:31Z") == "2031-08-13"
    assert published("2031-08-14T01:50:00Z") == "2031-08-14T01:50:00Z"
    assert published("2031-08-14T08:00:00Z", ", 18:30") == "2031-08-14T08:00:00Z"
    assert published("2031-08-14T19:50:00Z", ", 18:30") == "2031-08-13T18:30"


def test_the_day_on_which_another_page_was_changed_is_no_date_of_this_one() -> None:
    card = "<div><p>Bridges of the river: all that you need</p><p>Updated October 17, 2030</p></div>"
    html = page(*(f"<p>{s}</p>" for s in SENTENCES), f"<p>Updated on <!-- -->December 11, 2031</p><section>{card}</section>")
    assert article_from_html(html).published is None


def test_a_russian_label_before_a_name_and_a_date_makes_a_byline() -> None:
    html = page('<div class="author">Текст: Лида Ветрова·11 октября 2031</div>', *(f"<p>{s}</p>" for s in SENTENCES), lang="ru")
    assert article_from_html(html).byline == ("Лида Ветрова",)


def test_an_agency_in_the_office_of_an_author_has_written_the_words_however_the_page_prints_its_letters() -> None:
    person = '{"@type": "person", "name": "By ANA BRELL, AP Auto Writer"}'
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge", "author": [{person}]}}</script>'
    html = page('<p class="byline">Ana Brell, Ap Auto Writer</p>', *(f"<p>{s}</p>" for s in SENTENCES), head=head)
    assert article_from_html(html).agency == "Associated Press"
