"""Floors: what is measured on the development data may rise, and not fall."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from statements.written import statements_of
from stemma.statements import annotate_statements

SHARED = Path(__file__).parents[3] / "shared"
DEV = SHARED / "data/quotes/dev.jsonl"
DEV_SHA256 = "210adee0a283093994bbff33188846e3b279295e62f704b038b086b6761c2bd8"
STORY = SHARED / "story/gold.json"
STORY_SHA256 = "41dc979770d302493afdafb4c3c011f7b77dcfc0f7ec67f3f047467dbaa55c4c"

needs_shared = pytest.mark.skipif(not SHARED.is_dir() and "CI" not in os.environ, reason="no ../shared")


@needs_shared
def test_attribution_on_polnear(tmp_path):
    assert hashlib.sha256(DEV.read_bytes()).hexdigest() == DEV_SHA256
    rows = [json.loads(line) for line in DEV.read_text("utf-8").splitlines()]
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps({"id": row["id"], "attributions": annotate_statements(row["text"])}) + "\n")
    scorer = [sys.executable, str(SHARED / "score/quotes.py"), str(DEV), str(predicted)]
    printed = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    scores = {line.split()[0]: json.loads(re.sub(r"^\w+ ", "", line)) for line in printed.splitlines()}
    assert scores["ALL"]["iou.3"]["F1"] >= 72.0
    assert scores["ALL"]["content+source"]["F1"] >= 66.0
    assert scores["QUOTED"]["iou.3"]["F1"] >= 90.5
    assert scores["QUOTED"]["content+source"]["F1"] >= 83.3


@needs_shared
def test_quotations_and_speakers_of_the_real_story():
    assert hashlib.sha256(STORY.read_bytes()).hexdigest() == STORY_SHA256
    gold = json.loads(STORY.read_text("utf-8"))
    text_of = {}
    for key, row in gold["reports"].items():
        lines = (STORY.parent / "pages" / row["file"]).read_text("utf-8").split("\n")
        text_of[key] = "\n".join(lines[n - 1] for n in row["body_lines"])
    statements, sources = statements_of(**text_of)
    names = {s.id: {n.casefold().replace("’", "'") for n in (s.name, *s.names)} for s in sources}
    found = {}
    for s in statements:
        for start, end in s.quotations:
            found[s.report, text_of[s.report][start:end].strip(" .,")] = names.get(s.source or "", set())
    wanted = {(q["report"], q["text"].strip(" .,")): q["speaker"] for q in gold["quotes"]}
    right = [
        key for key, who in wanted.items()
        if found.get(key, set()) & {n.casefold().replace("’", "'") for n in (who, *gold["speakers"][who])}
    ]  # fmt: skip
    assert len(set(found) - set(wanted)) <= 1
    assert len(right) >= 0.95 * len(wanted)
