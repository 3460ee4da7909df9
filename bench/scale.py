"""How grouping grows: generated corpora of 1,000 reports and more, beside datasketch LSH, rensa, text-dedup and plain DuckDB.

Run: pip install --target peers datasketch rensa text-dedup
     .venv/bin/python bench/scale.py [1000 10000 …] [--only corpus] [--one-story] [--peers peers] [--svg docs/scale.svg]

A corpus is made by chance, the same every time: news-like lengths, common words by the shipped table and rare ones invented
(Zipf, Heaps), events with one to several reports, 30 % copies (printed as they came, cut, or laid anew, by the operators of
bench/tradition that need no parse), 5 % texts of fifty moulds.
Every method runs in a process of its own on the same file and on one core; seconds are the processor's, of the process and its
children, memory is the most that they had together, disk what is left in the folder that it works in. Recall: planted copies that
stand with their original. Precision: of two reports that stand together, how many tell one event.

With `--one-story` a corpus is a wire of invented sentences and near-identical copies of it: as they came, cut, laid anew, each
with a line of its own. `accounts` is `corpus` with the accounts of all stories.
"""

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from deep_growth import PEOPLE, sentence
from stemma.text.data import rows
from tradition.operators import as_text, drop_sentences, merge_split, reorder, shorten, verbatim
from tradition.sentences import Paragraphs, split_paragraphs

COPIES, MOULDS, FOLLOWERS = 0.30, 0.05, 0.15
"""Parts of a corpus: copies, texts of one mould, and other reports of an event that is there."""
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
SHINGLE, PERMUTATIONS, ALIKE = 5, 128, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--only", action="append", choices=METHODS, help="Run these methods.")
    parser.add_argument("--one-story", action="store_true", help="Copies of one report.")
    parser.add_argument("--folder", type=Path, default=Path("scale"), help="Where the corpora are kept.")
    parser.add_argument("--peers", type=Path, help="Where peers were installed that the environment has not.")
    parser.add_argument("--svg", type=Path, help="Draw the growth into this file.")
    parser.add_argument("--method", choices=METHODS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peers:
        sys.path.append(str(arguments.peers.resolve()))
    if arguments.method:
        METHODS[arguments.method](arguments.folder)
        return
    print("| who | reports | processor s | reports/s | exponent | MB of memory | MB on disk | recall of copies | precision |")
    print("|---|---|---|---|---|---|---|---|---|")
    seen: dict[str, list[Taken]] = defaultdict(list)
    for size in arguments.sizes:
        file = corpus_file(arguments.folder, size, one_story if arguments.one_story else corpus)
        for method in arguments.only or [name for name in METHODS if name != "accounts"]:
            found, taken = measured(method, file, size, arguments.peers)
            before = seen[method][-1] if seen[method] else None
            seen[method].append(taken)
            recall, precision = scored(file, found)
            print(f"| {method} | {row(taken, before)} | {recall:.3f} | {precision:.3f} |", flush=True)
            if arguments.svg:
                arguments.svg.write_text(drawing(seen), "utf-8")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a method took for so many reports: the processor's seconds, and megabytes of memory and of disk."""

    reports: int
    seconds: float
    memory: float
    disk: float


def row(taken: Taken, before: Taken | None) -> str:
    """The cells of a row that say what was taken; the exponent is that of the seconds since the size before."""
    exponent = ""
    if before:
        exponent = f"{math.log(taken.seconds / before.seconds) / math.log(taken.reports / before.reports):.2f}"
    rate, disk = taken.reports / taken.seconds, f"{taken.disk:.1f}" if taken.disk >= 0.05 else "–"
    return f"{taken.reports:,} | {taken.seconds:.1f} | {rate:,.0f} | {exponent} | {taken.memory:,.0f} | {disk}"


def corpus_file(folder: Path, size: int, made: Callable[[int], Iterator[dict[str, Any]]] | None = None) -> Path:
    """Return the file of a corpus, made when there is none."""
    made = made or corpus
    file = folder / f"{size}{'' if made is corpus else '-copies'}.jsonl"
    if not file.exists():
        folder.mkdir(exist_ok=True)
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(report) + "\n" for report in made(size))
    return file


def one_story(size: int) -> Iterator[dict[str, Any]]:
    """Yield a wire and its near-identical copies over ten days, as `corpus` does."""
    rng = random.Random(size)
    told = [sentence(rng) for _ in range(22)]
    wire = [" ".join(told[n : n + 2]) for n in range(0, len(told), 2)]
    for n in range(size):
        printed = rng.choice(OPERATORS)(split_paragraphs(wire, "w"), rng) if n else split_paragraphs(wire, "w")
        own = [f"{rng.choice(PEOPLE)} tells it in issue {n}."] if n else []
        day = str(date(2031, 1, 1) + timedelta(days=n * 10 // size))
        text = "\n".join([as_text(printed), *own])
        yield {"id": f"{n:08}", "published": day, "event": 0, "original": "00000000" if n else None, "text": text}


def corpus(size: int) -> Iterator[dict[str, Any]]:
    """Yield reports: `id`, `text`, `published`, their `event`, and of a copy the id of its original."""
    rng = random.Random(size)
    language = Language(np.random.default_rng(size))
    moulds = [language.mould() for _ in range(50)]
    recent: list[dict[str, Any]] = []
    events: dict[int, Event] = {}
    for n in range(size):
        day = str(date(2031, 1, 1) + timedelta(days=n * 365 // max(size, 365)))
        report = {"id": f"{n:08}", "published": day, "event": n, "original": None}
        chance = rng.random()
        if chance < COPIES and recent:
            original = rng.choice(recent)
            paragraphs = rng.choice(OPERATORS)(split_paragraphs(original["text"].split("\n"), "w"), rng)
            report |= {"event": original["event"], "original": original["id"], "text": as_text(paragraphs)}
        elif chance < COPIES + MOULDS:
            report["text"] = language.filled(rng.choice(moulds))
        else:
            told = rng.choice(recent)["event"] if chance > 1 - FOLLOWERS and recent else n
            events.setdefault(told, language.event())
            report |= {"event": told, "text": language.report(events[told])}
            recent = [*recent[-99:], report]
        yield report


def laid_anew(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Move, join and split paragraphs and drop sentences, as `rearrange` does, but reword nothing: that takes a parse."""
    return drop_sentences(merge_split(reorder(paragraphs, rng), rng, 0.4), rng, 0.1)


OPERATORS = (verbatim, shorten, laid_anew)
Event = tuple[list[str], list[str]]
"""The names and the words that only an event has."""


class Language:
    """Words by Zipf's law: those of English by the shipped table, then invented ones without end; texts made of them."""

    def __init__(self, chance: np.random.Generator) -> None:
        self._chance = chance
        self._known = [stem for _, stems in rows("stories", "common.en.tsv") for stem in stems.split(" ")]

    def event(self) -> Event:
        """The names and words of an event that no other has."""
        return [self._invented().capitalize() for _ in range(6)], [self._word(r) for r in self._chance.integers(2000, 60_000, 25)]

    def report(self, event: Event) -> str:
        """A report of an event: of some 350 words every eighth is a name or word of the event."""
        size = int(np.clip(self._chance.lognormal(5.8, 0.5), 60, 3000))
        return self._text(size, lambda: event[int(self._chance.random() < 0.6)])

    def mould(self) -> str:
        """A text with places for names and numbers."""
        return self._text(90, lambda: ["NAME", "NUMBER"])

    def filled(self, mould: str) -> str:
        """A text of a mould, with names and numbers of its own."""
        names = [self._invented().capitalize() for _ in range(4)]
        filled = re.sub("name|NAME|Name", lambda _: names[int(self._chance.integers(4))], mould)
        return re.sub("(?i)number", lambda _: str(self._chance.integers(100, 9999)), filled)

    def _text(self, size: int, own: Callable[[], list[str]]) -> str:
        words = [self._word(r) for r in np.minimum(self._chance.zipf(1.25, size), 10_000_000)]
        for place in np.flatnonzero(self._chance.random(size) < 0.12):
            choice = own()
            words[place] = choice[int(self._chance.integers(len(choice)))]
        paragraphs, at = [], 0
        while at < size:
            sentences = []
            for length in self._chance.integers(8, 26, 3):
                if at < size:
                    part = words[at : at + length]
                    sentences.append(part[0][:1].upper() + " ".join(part)[1:] + ".")
                    at += length
            paragraphs.append(" ".join(sentences))
        return "\n".join(paragraphs)

    def _word(self, rank: int) -> str:
        if rank <= len(self._known):
            return self._known[rank - 1]
        return "".join(SYLLABLES[(int(rank) // 70**n) % 70] for n in range(4))

    def _invented(self) -> str:
        return "".join(SYLLABLES[int(n)] for n in self._chance.integers(0, 70, 3))


def measured(method: str, file: Path, size: int, peers: Path | None) -> tuple[dict[str, Any], Taken]:
    """Return the group of each report and what the method took."""
    call = [sys.executable, str(Path(__file__).resolve()), "--method", method, "--folder", str(file.resolve())]
    call += ["--peers", str(peers.resolve())] if peers else []
    script = (
        f"import json,os,resource,subprocess,sys; os.sched_setaffinity(0, {{{max(os.sched_getaffinity(0))}}});"
        "out = subprocess.run(json.loads(sys.argv[1]), stdout=subprocess.PIPE, check=True).stdout;"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); sys.stdout.buffer.write(out); print(used.ru_utime + used.ru_stime)"
    )
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        memory = 0.0
        with subprocess.Popen([sys.executable, "-c", script, json.dumps(call)], stdout=out, cwd=folder) as process:
            while process.poll() is None:
                memory = max(memory, sum(map(resident, below(process.pid))))
                time.sleep(0.3)
        assert process.returncode == 0, method
        out.seek(0)
        *lines, seconds = out.read().splitlines()
        disk = sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
    found = {made["id"]: made["story"] for made in map(json.loads, lines)}
    return found, Taken(size, float(seconds), memory / 1000, disk / 1e6)


def below(process: int) -> Iterator[int]:
    """Yield the processes that a process started, and those that they did."""
    try:
        told = " ".join((task / "children").read_text() for task in Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return
    for child in map(int, told.split()):
        yield child
        yield from below(child)


def resident(process: int) -> int:
    """The kilobytes that a process has, of those that it shares its part; 0 when it is gone."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(size) for size in re.findall(r"(?m)^Pss: +(\d+)", told))


def scored(file: Path, found: dict[str, Any]) -> tuple[float, float]:
    """Return how many copies stand with their original, and of the pairs that stand together how many tell one event."""
    reports = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    copies = [r for r in reports if r["original"]]
    recall = sum(found[r["id"]] == found[r["original"]] for r in copies) / max(1, len(copies))
    whole, right = Counter(found[r["id"]] for r in reports), Counter((found[r["id"]], r["event"]) for r in reports)
    together = sum(math.comb(n, 2) for n in whole.values())
    return recall, sum(math.comb(n, 2) for n in right.values()) / max(1, together)


def by_group(file: Path) -> None:
    """`stemma group`: fingerprints in memory, nothing kept."""
    subprocess.run([sys.executable, "-m", "stemma", "group", str(file)], check=True)


def by_corpus(file: Path) -> None:
    """`stemma corpus`: every text read as a report, all tables of the wide pass written, no accounts."""
    _by_corpus(file, "--no-accounts")


def by_accounts(file: Path) -> None:
    """`stemma corpus` with the account of each story."""
    _by_corpus(file)


def _by_corpus(file: Path, *more: str) -> None:
    import duckdb

    call = ["corpus", str(file), "--out", "corpus", "--articles", "--quiet", *more]
    subprocess.run([sys.executable, "-m", "stemma", *call], stdout=subprocess.DEVNULL, check=True)
    rows = duckdb.sql(
        "SELECT page.location, story FROM 'corpus/story/*.parquet' story JOIN 'corpus/page/*.parquet' page ON page.id = report"
    )
    assert rows is not None
    for location, story in rows.fetchall():
        print(json.dumps({"id": location.rpartition("/")[2], "story": story}))


def by_datasketch(file: Path) -> None:
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS), []
    for id, text in texts(file):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([s.encode() for s in shingles(text)])
        pairs += [(id, other) for other in index.query(signature)]
        index.insert(id, signature)
    put_groups([id for id, _ in texts(file)], pairs)


def by_rensa(file: Path) -> None:
    from rensa import RMinHash, RMinHashLSH

    index, ids, signatures = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=32), [], []
    for n, (id, text) in enumerate(texts(file)):
        signature = RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update(shingles(text))
        ids.append(id)
        signatures.append(signature)
        index.insert(n, signature)
    pairs = [
        (ids[n], ids[m])
        for n, signature in enumerate(signatures)
        for m in index.query(signature)
        if m < n and signature.jaccard(signatures[m]) >= ALIKE
    ]
    put_groups(ids, pairs)


def by_text_dedup(file: Path) -> None:
    from text_dedup import minhash

    said = {"path": "json", "data_files": file, "split": "train", "output": "kept", "column": "text", "num_proc": 1}
    said |= {"ngram": SHINGLE, "num_perm": PERMUTATIONS, "threshold": ALIKE, "min_length": 1}
    with redirect_stdout(sys.stderr):
        minhash.main([f"--{name}={value}" for name, value in said.items()], standalone_mode=False)
    for n, (id, _) in enumerate(texts(file)):
        print(json.dumps({"id": id, "story": minhash.uf.find(n)}))


def by_duckdb(file: Path) -> None:
    """Five-word shingles in SQL, one in sixteen, held by fifty texts at most: half of the shorter text's make a pair."""
    import duckdb

    found = duckdb.sql(
        f"""
        WITH word AS (SELECT id, string_split_regex(lower(text), '\\W+') AS words FROM read_json('{file}')),
        shingle AS (
          SELECT DISTINCT id, hash(array_to_string(words[n : n + {SHINGLE - 1}], ' ')) AS shingle
          FROM word, unnest(range(1, len(words) - {SHINGLE - 2})) AS place(n)
        ),
        kept AS (SELECT * FROM shingle WHERE shingle % 16 = 0),
        held AS (SELECT *, count(*) OVER (PARTITION BY shingle) AS holders, count(*) OVER (PARTITION BY id) AS size FROM kept)
        SELECT a.id, b.id FROM held a JOIN held b ON a.shingle = b.shingle AND a.id < b.id
        WHERE a.holders <= 50 GROUP BY a.id, b.id HAVING count(*) >= {ALIKE} * least(min(a.size), min(b.size))
        """
    )
    assert found is not None
    put_groups([id for id, _ in texts(file)], found.fetchall())


METHODS: dict[str, Callable[[Path], None]] = {
    "group": by_group, "corpus": by_corpus, "accounts": by_accounts, "datasketch": by_datasketch, "rensa": by_rensa,
    "text-dedup": by_text_dedup, "duckdb": by_duckdb,
}  # fmt: skip


def texts(file: Path) -> Iterator[tuple[str, str]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            yield report["id"], report["text"]


def shingles(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))]


def put_groups(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
    """Print the connected components of the pairs."""
    above = {id: id for id in ids}

    def top(id: str) -> str:
        while above[id] != id:
            above[id] = id = above[above[id]]
        return id

    for a, b in pairs:
        above[top(a)] = top(b)
    for id in above:
        print(json.dumps({"id": id, "story": top(id)}))


def drawing(seen: dict[str, list[Taken]]) -> str:
    """The growth as SVG, one panel for seconds and one for memory: reports to the right, both in powers of ten."""
    panels = {"s of processor": attrgetter("seconds"), "MB of memory": attrgetter("memory")}
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT * 2}" font-family="sans-serif">']
    parts.append("<title>Processor seconds and memory by reports</title>")
    for place, (unit, of) in enumerate(panels.items()):
        lines = {who: [(taken.reports, of(taken)) for taken in points] for who, points in seen.items()}
        parts += [f'<g font-size="12" transform="translate(0 {place * HEIGHT})">', *panel(lines, unit), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


WIDTH, HEIGHT, LEFT, LOW, RIGHT = 680, 360, 70, 40, 110
COLOURS = ("#8a2b06", "#d98a3d", "#1b6ca8", "#3d7a3d", "#7a3d78", "#777")


def panel(lines: dict[str, list[tuple[int, float]]], unit: str) -> Iterator[str]:
    """One drawing with its axes; each line has its name at its end, names that would meet moved apart."""
    sizes, amounts = ([point[n] for points in lines.values() for point in points] for n in (0, 1))
    x0, x1 = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    y0, y1 = math.floor(math.log10(min(amounts))), math.ceil(math.log10(max(amounts)))

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - x0) / max(1, x1 - x0) * (WIDTH - LEFT - RIGHT)

    def y(amount: float) -> float:
        return HEIGHT - LOW - (math.log10(amount) - y0) / max(1, y1 - y0) * (HEIGHT - LOW - 20)

    for power in range(x0, x1 + 1):
        yield f'<text x="{x(10**power):.0f}" y="{HEIGHT - 20}" text-anchor="middle">{10**power:,} reports</text>'
    for power in range(y0, y1 + 1):
        at = y(10**power)
        yield f'<path d="M{LEFT} {at:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 4:.0f}" text-anchor="end">{10**power:,} {unit.split()[0]}</text>'
    yield f'<text x="{LEFT}" y="12">{unit}</text>'
    colours = dict(zip(lines, COLOURS, strict=False))
    taken = -math.inf
    for who, points in sorted(lines.items(), key=lambda line: y(line[1][-1][1])):
        line = " ".join(f"{x(size):.1f},{y(amount):.1f}" for size, amount in points)
        yield f'<polyline points="{line}" fill="none" stroke="{colours[who]}" stroke-width="2"/>'
        yield from (f'<circle cx="{x(s):.1f}" cy="{y(a):.1f}" r="3" fill="{colours[who]}"/>' for s, a in points)
        taken = max(y(points[-1][1]) + 4, taken + 13)
        yield f'<text x="{x(points[-1][0]) + 8:.0f}" y="{taken:.0f}" fill="{colours[who]}">{who}</text>'


if __name__ == "__main__":
    main()
