"""The mentions of a report: one record for the rooms after it, one row each in the store, which SQL can read."""

from stemma import arrow
from stemma.engines import open_store
from stemma.mentions import find_mentions, mention_rows
from stemma.mentions.parse import plain_paragraphs
from stemma.tables import Report

TEXT = (
    "Officials in Kharkiv said on Tuesday that more than 400 miners had been freed.\n"
    '"We counted 1,100 sq km (425 square miles) of marsh," Vera Holm said.\nThe figure could not be independently verified.'
)


def rows():
    report = Report("r", "r", "r.txt", None, None, "0", None, None, "2025-05-07", None, (), None, (), None, "en", TEXT, ())
    return mention_rows(report, find_mentions(plain_paragraphs(TEXT), report.published))


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
