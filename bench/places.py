"""How well and how fast places are found and put on the map, beside spaCy's names with the most populous namesake.

Run: .venv/bin/python bench/places.py [--shared ../shared]
Tag F1 (any overlap) and the share of the gold places found and put within 161 km, for each corpus; words a second
beyond the parse, and the parse's own. The peer has the same parse and the same gazetteer.
"""

import argparse
import importlib.util
import json
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from stemma.mentions.names import find_names
from stemma.mentions.parse import Paragraph, plain_paragraphs
from stemma.mentions.places import find_places, gazetteer
from stemma.tables import Place

Method = Callable[[Sequence[Paragraph]], list[Place]]
CORPORA = ("trnews", "geovirus")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments = parser.parse_args()
    print(f"gazetteer loaded in {load():.2f} s, {memory():.0f} MB")
    documents = [json.loads(r) for r in (arguments.shared / "data/places/dev.jsonl").read_text("utf-8").splitlines()]
    words = sum(len(d["text"].split()) for d in documents)
    parsed, seconds = timed(lambda: {d["id"]: plain_paragraphs(d["text"]) for d in documents})
    print(f"{'':28}{'tag F1':>18}{'within 161 km':>18}{'words/s':>10}")
    print(f"{'':28}{'trnews  geovirus':>18}{'trnews  geovirus':>18}")
    print(f"{'spaCy parse':28}{'':36}{words / seconds:10,.0f}")
    for name, method in (("spaCy + most populous", most_populous), ("stemma", find_places)):
        found, seconds = timed(partial(_found, method, parsed))
        scores = [score(documents, found, corpus, arguments.shared) for corpus in CORPORA]
        tags, accuracies = (f"{scores[0][i]:.1f}      {scores[1][i]:.1f}" for i in (0, 1))
        print(f"{name:28}{tags:>18}{accuracies:>18}{words / seconds:10,.0f}")
    _, seconds = timed(lambda: [find_names(p) for p in parsed.values()])
    print(f"{'stemma, names':28}{'':36}{words / seconds:10,.0f}")


def _found(method: Method, parsed: Mapping[str, Sequence[Paragraph]]) -> dict[str, list[Place]]:
    return {i: method(p) for i, p in parsed.items()}


def load() -> float:
    return timed(lambda: gazetteer.look_up("London"))[1]


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def most_populous(paragraphs: Sequence[Paragraph]) -> list[Place]:
    """The peer: what spaCy calls a place, where most people bear the name."""
    places = []
    for paragraph in paragraphs:
        for ent in (e for e in paragraph.doc.ents if e.label_ in ("GPE", "LOC")):
            best = max(gazetteer.look_up(ent.text), key=lambda e: e.people, default=None)
            start, end = paragraph.start + ent.start_char, paragraph.start + ent.end_char
            lat, lon = (best.lat, best.lon) if best else (None, None)
            places.append(Place(start, end, ent.text, lat, lon, "other"))
    return places


def score(documents: Sequence[dict[str, Any]], found: dict[str, list[Place]], corpus: str, shared: Path) -> tuple[float, float]:
    """Relaxed tag F1 and accuracy within 161 km in percent, with the matching and distance of the shared scorer."""
    module = scorer(shared / "score/places.py")
    gold = marked = tags = located = right = 0
    for document in (d for d in documents if d["id"].startswith(corpus)):
        predicted = [{"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon} for p in found[document["id"]]]
        pairs = module.pairs(document["places"], predicted)
        gold += len(document["places"])
        marked += len(predicted)
        tags += len(pairs)
        located += sum(g["lat"] is not None for g in document["places"])
        right += sum(near(g, p, module) for g, p in pairs)
    return 200 * tags / (gold + marked), 100 * right / located


def scorer(file: Path) -> Any:  # noqa: ANN401
    """The shared script as a module; its name is this one's too, so that a plain import would find this one."""
    spec = importlib.util.spec_from_file_location("score_places", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def near(gold: dict[str, Any], predicted: dict[str, Any], module: Any) -> bool:  # noqa: ANN401
    if gold["lat"] is None or predicted["lat"] is None:
        return False
    return bool(module.km((gold["lat"], gold["lon"]), (predicted["lat"], predicted["lon"])) <= 161)


if __name__ == "__main__":
    main()
