"""What hangs together by wording is a family, also where more texts print one wording than every two of them are compared."""

import io

import pytest
from pyarrow import parquet

from stemma.descent import thresholds
from stemma.descent.comparisons import FAMILIES, PAIRS, as_parquet, compare_records, families
from stemma.descent.runs import runs_of_many
from stemma.descent.words import line_spans, read_words


def made_up(number: int) -> str:
    return "".join("bdfgklmnpr"[int(digit)] + "a" for digit in str(number)) + "tel"


def wire(number: int, size: int = 60) -> str:
    return " ".join(made_up(n) for n in range(1000 * number, 1000 * number + size))


RECORDS = [
    {"id": "part", "text": " ".join(wire(1).split()[:30])},
    {"id": "whole", "text": wire(1)},
    {"id": "beside", "text": wire(2)},
    {"id": 4, "text": f"{wire(1)} {wire(3)}"},
    {"id": 5, "text": wire(2)},
]


def test_a_family_is_what_hangs_together_and_its_fullest_member_has_most_of_the_others_words():
    first, second = families(compare_records(RECORDS))
    assert (first["members"], first["fullest"]) == (["part", "whole", 4], 4)
    assert second["members"] == ["beside", 5]


def test_pairs_and_families_come_back_from_parquet():
    rows = list(compare_records(RECORDS))
    read = parquet.read_table(io.BytesIO(as_parquet(rows, PAIRS))).to_pylist()
    assert [(r["a"], r["b"], r["a_share"]) for r in read] == [(str(r["a"]), str(r["b"]), r["a_share"]) for r in rows]
    assert [r["alignments"] for r in read] == [r["alignments"] for r in rows]
    (first, _) = parquet.read_table(io.BytesIO(as_parquet(families(rows), FAMILIES))).to_pylist()
    assert first["members"] == ["part", "whole", "4"]


@pytest.mark.parametrize("count", [44, 45, 46, 120])
def test_a_wording_in_more_texts_than_the_cap_still_makes_one_family(monkeypatch, count):
    monkeypatch.setattr(thresholds, "MOST_PLACES", 45)
    records = [{"id": n, "text": f"{made_up(n + 7000)} {made_up(n + 8000)} {wire(1)}"} for n in range(count)]
    rows = list(compare_records(records))
    (family,) = families(rows)
    assert sorted(family["members"]) == list(range(count))
    # Up to the cap every two are compared, beyond it no more pairs than at the cap.
    assert len(rows) == count * (count - 1) // 2 if count <= 45 else len(rows) <= 45 * 45


def test_a_note_under_all_articles_of_a_site_pairs_no_more_than_its_cap():
    note = wire(9, 12)
    words = [(text, line_spans(text)) for text in (f"{wire(10 + n, 30)}\n{note}" for n in range(400))]
    assert len(runs_of_many([read_words(*one) for one in words])) <= thresholds.MOST_PLACES**2
