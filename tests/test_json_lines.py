"""Each room alone on JSON lines: what the lines look like to the byte makes no difference."""

import json
import unicodedata
from pathlib import Path

from stemma.descent.comparisons import compare_pair, compare_records
from stemma.json_lines import read_records
from stemma.pages import PageOptions
from stemma.statements.story import annotate_record

TEXT = (
    "« Le traversier est échoué », a déclaré la préfète Renée Gélinas à l’île. "
    "Les passagers ont été ramenés à la côte après une très longue journée, et l’école près du quai a été fermée."
)
APART = unicodedata.normalize("NFD", TEXT)


def test_a_byte_order_mark_loses_no_line(tmp_path: Path) -> None:
    lines = ["\ufeff" + json.dumps({"id": 0, "text": "One."}), json.dumps({"id": 1, "text": "Two."})]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), "utf-8")
    records = [record for _, record in read_records([str(tmp_path / "two.jsonl")], PageOptions())]
    assert [record["id"] for record in records if isinstance(record, dict)] == [0, 1]


def test_the_statements_of_a_text_are_the_same_in_any_normal_form() -> None:
    one, other = (annotate_record({"id": 1, "text": text, "language": "fr"})["statements"] for text in (TEXT, APART))
    words = [
        [unicodedata.normalize("NFC", text[start:end]) for start, end in found[0]["content"]]
        for text, found in ((TEXT, one), (APART, other))
    ]
    assert len(one) == len(other) == 1
    assert words[0] == words[1]


def test_two_normal_forms_of_one_text_are_verbatim_to_the_last_word() -> None:
    row = compare_pair({"id": 1, "a_text": TEXT, "b_text": APART})
    (both,) = compare_records([{"id": "a", "text": TEXT}, {"id": "b", "text": APART}])
    for found in (row, both):
        assert (found["kind"], found["a_share"], found["b_share"]) == ("verbatim", 1.0, 1.0)
        side = found["alignments"][-1]["b"]
        assert side["end"] > len(TEXT)
