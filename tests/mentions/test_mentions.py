"""The mentions of a report: one record for the rooms after it, one row each in the store, which SQL can read."""

from dataclasses import replace

from stemma import arrow
from stemma.engines import open_store
from stemma.mentions import AROUND, find_mentions, mention_rows, story_mentions, with_captions
from stemma.mentions.parse import paragraphs, plain_paragraphs
from stemma.reports.article import laid_out
from stemma.tables import Report

TEXT = (
    "Officials in Kharkiv said on Tuesday that more than 400 miners had been freed.\n"
    '"We counted 1,100 sq km (425 square miles) of marsh," Vera Holm said.\nThe figure could not be independently verified.'
)


REPORT = Report("r", "r", "r.txt", None, None, "0", None, None, "2025-05-07", None, (), None, (), None, "en", TEXT, ())


def rows():
    return mention_rows(REPORT, find_mentions(plain_paragraphs(TEXT), REPORT.published))


def test_every_mention_comes_back_from_arrow_as_it_was():
    found = rows()
    assert {m.kind for m in found} == {"quotation", "name", "figure", "time", "place", "caveat"}
    assert arrow.from_arrow("mention", arrow.to_arrow("mention", found)) == found


def test_only_the_column_that_the_kind_names_is_filled():
    for row in rows():
        filled = [k for k in ("quotation", "name", "figure", "time", "place", "caveat") if getattr(row, k) is not None]
        assert filled == [row.kind]


def test_sql_reads_what_a_figure_counts():
    store = open_store()
    store.write({"mention": rows()})
    counted = store.sql("select figure.counted, figure.low, figure.bound from mention where figure.low > 300").to_pylist()
    also = store.sql("select figure.also.unit from mention where figure.also is not null").to_pylist()
    store.close()
    assert {"counted": "miner", "low": 400.0, "bound": "more"} in counted
    assert also == [{"unit": "mi2"}]


def test_times_and_places_of_captions_are_found_and_change_nothing_of_the_bodys():
    caption = "Miners wait in Lviv, western Ukraine, on Sunday."
    text, blocks = laid_out("r", [("paragraph", TEXT.split("\n")[0]), ("caption", caption)])
    report = replace(REPORT, text=text)
    body, around = (paragraphs(text, blocks, "en", roles) for roles in (("paragraph",), AROUND))
    mentions = find_mentions(body, report.published)
    told = with_captions([(report, body, around)], {"r": mentions})["r"]
    assert [p.name for p in told.places] == ["Kharkiv", "Lviv", "Ukraine"]
    assert [t.value for t in told.times] == ["2025-05-06", "2025-05-04"]
    assert replace(told, places=mentions.places, times=mentions.times) == mentions


def test_the_words_of_a_page_that_tells_the_day_of_its_last_change_alone_are_of_that_day():
    report = replace(REPORT, published=None, modified="2025-05-07")
    assert next(t.value for t in story_mentions([(report, plain_paragraphs(TEXT))])["r"].times) == "2025-05-06"
