"""Kinds of HTML that extractors and readers of dates are known to get wrong."""

import unicodedata

import pytest

from stemma.reports.html import draft_from_html

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
    return [text for role, text in draft_from_html(html).blocks if role == "paragraph"]


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
    composed, decomposed = (draft_from_html(unicodedata.normalize(form, html)).blocks for form in ("NFC", "NFD"))
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
    draft = draft_from_html(page(f'<p class="date">{line}</p>', *(f"<p>{s}</p>" for s in SENTENCES)))
    assert (draft.published, draft.modified) == (published, modified)


@pytest.mark.parametrize(
    ("lang", "published"), [("en-US", "2019-05-07"), ("en-GB", "2019-07-05"), ("de", "2019-07-05"), ("en", None)]
)
def test_a_date_in_figures_is_read_as_the_pages_country_writes_it_or_is_unsure(lang: str, published: str | None) -> None:
    html = page('<p class="date">05/07/2019</p>', *(f"<p>{s}</p>" for s in SENTENCES), lang=lang)
    assert draft_from_html(html).published == published


def test_an_author_in_two_fields_is_one_name() -> None:
    people = '[{"@type": "Person", "givenName": "Ana", "familyName": "Brell"}, {"@type": "Person", "name": "Tomas Reyling"}]'
    head = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge closed", "author": {people}}}</script>'
    )
    assert draft_from_html(page(*(f"<p>{s}</p>" for s in SENTENCES), head=head)).byline == ("Ana Brell", "Tomas Reyling")
