"""Each shipped story: its known stemma, findings and relations come out of the real pages."""

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from stories.loading import load, names, pack
from stories.scoring import score_apart, score_story

import stemma
from stemma.account import to_json

# Floors, part by part, where a part is not yet whole; all other parts must be 1. A floor may only rise.
WHOLE = 0.999


@lru_cache(maxsize=8)
def account(name: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder, stemma.read(pack(name, Path(folder))) as corpus:
        return json.loads(to_json(corpus.account()))
