"""Figures and times keep the quality that was measured on the shared development sets."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stemma.mentions.figures import find_figures
from stemma.mentions.parse import plain_paragraphs
from stemma.mentions.times import find_report_times

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.exists() and "CI" not in os.environ, reason="needs ../shared")


def read(name: str, sha256: str) -> list[dict]:
    content = (SHARED / "data" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == sha256
    return [json.loads(line) for line in content.decode().splitlines()]


def scores(script: str, name: str, rows: list[dict], path: Path) -> dict[str, float]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [sys.executable, SHARED / "score" / script, SHARED / "data" / name, path]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {key: float(f1) for key, f1 in re.findall(r'^(\w+) .*"F1": ([\d.]+)', printed, re.M)}


def test_figures_on_the_numbers_set(tmp_path):
    documents = read("numbers/dev.jsonl", "c1118aedb20fb630075a3236304ddf79b2e8b1ffc1eef7237a68ca41a28484a6")
    rows = [
        {
            "id": d["id"],
            "values": [
                {"start": p.start + f.start, "end": p.start + f.end}
                for p in plain_paragraphs(d["text"])
                for f in find_figures(p.doc)
            ],
        }
        for d in documents
    ]
    measured = scores("figures.py", "numbers/dev.jsonl", rows, tmp_path / "figures.jsonl")
    assert measured["relaxed"] >= 94
    assert measured["strict"] >= 88


def test_times_on_the_times_set(tmp_path):
    documents = read("times/dev.jsonl", "c59dca6ca1fe8175ac5d3627998a755d1f595dc8262b7422f11d878491afc2ca")
    rows = []
    for d in documents:
        found = find_report_times(plain_paragraphs(d["text"]), d["published"])
        times = [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]
        rows.append({"id": d["id"], "times": times})
    measured = scores("times.py", "times/dev.jsonl", rows, tmp_path / "times.jsonl")
    assert measured["relaxed"] >= 93
    assert measured["strict"] >= 89
    assert measured["value"] >= 84
