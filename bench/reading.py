"""What reading costs by kind of input: pages a second and peak memory, each in a process of its own; and what a kill -9 costs.

    python bench/reading.py [--rows 100000] [--pages 2000]
    python bench/reading.py --read
    python bench/reading.py --kills 20

Pages are invented and differ in a number, articles of tables in all their words. The first table is of the room pages alone (what
a file holds, no article looked for). `stemma read`, which --read runs over the JSON lines, adds the extractors, whose speed
bench/extraction.py measures. Kills: `stemma read` over a table is killed at random moments and begun again until it ends; the
store must then hold each row once.
"""

import argparse
import csv
import gzip
import io
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from stemma.engines import open_store
from stemma.pages import Saved, read_pages

SENTENCE = "The swing bridge number {} was closed on Monday after an inspector found a crack in a pier, said the county. "


def rows(count: int) -> Iterator[dict[str, str]]:
    chance, words = (
        random.Random(4),
        [f"{a}{b}" for a in ("brid", "har", "lan", "mor", "ves", "tor") for b in ("ge", "bour", "ter", "ning", "sel")],
    )
    for n in range(count):
        sentences = (" ".join(chance.choices(words, k=16)).capitalize() + "." for _ in range(12))
        yield {"id": f"b{n}", "title": f"Bridge {n} closed", "outlet": "Ostrel Log", "text": "\n\n".join(sentences)}


def html(n: int) -> bytes:
    return f"<html><body><article><h1>Bridge {n}</h1><p>{SENTENCE.format(n) * 12}</p></article></body></html>".encode()


def write_lines(folder: Path, count: int) -> None:
    with (folder / "table.jsonl").open("w") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows(count))


def write_others(folder: Path, count: int, pages: int) -> None:
    with (folder / "table.csv").open("w", newline="") as table:
        writer = csv.DictWriter(table, ["id", "title", "outlet", "text"])
        writer.writeheader()
        writer.writerows(rows(count))
    parquet.write_table(pa.Table.from_pylist(list(rows(count))), folder / "table.parquet", row_group_size=10_000)
    (folder / "saved").mkdir()
    for n in range(pages):
        (folder / "saved" / f"{n}.html").write_bytes(html(n))
    with (folder / "pages.warc.gz").open("wb") as archive:
        archive.writelines(gzip.compress(warc_record(n)) for n in range(pages))


def warc_record(n: int) -> bytes:
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Target-URI"] = f"https://ostrel.example/{n}"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html(n))
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def measure(path: str) -> tuple[int, float, int]:
    begun = time.perf_counter()
    count = sum(isinstance(found, Saved) for found in read_pages([path]))
    return count, count / (time.perf_counter() - begun), peak_megabytes()


def peak_megabytes() -> int:
    """Linux's own account of this process; what getrusage says begins with the parent's."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) >> 10


def whole(folder: Path) -> str:
    """Read the JSON lines into a store; the peak is that of the process which writes, not of those that look for articles."""
    command = [sys.executable, "-m", "stemma", "read", str(folder / "table.jsonl"), "--db", str(folder / "whole.duckdb"), "-q"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read().strip() if process.stdout else ""
    _, _, used = os.wait4(process.pid, 0)
    took, spent = time.perf_counter() - begun, used.ru_utime + used.ru_stime
    return f"{said.rpartition('/')[2]} {took:.0f} s, {spent:.0f} s of processor, {used.ru_maxrss >> 10} MB at most"


def killed(folder: Path, kills: int) -> str:
    chance, db, done = random.Random(4), folder / "killed.duckdb", 0
    command = [sys.executable, "-m", "stemma", "read", str(folder / "table.jsonl"), "--db", str(db), "-q"]
    while done < kills:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(1.0, 6.0))
        except subprocess.TimeoutExpired:
            process.kill()
            done += 1
        if process.wait() == 0:
            break
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    store = open_store(db)
    found = [r.location for r in store.read("report")]
    store.close()
    return f"{done} kills: {len(found)} reports, {len(set(found))} of them different"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--read", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # What is measured begins with the memory of this process: no table is held here before.
        write_lines(folder, told.rows)
        if told.read:
            print(whole(folder))
            return
        if told.kills:
            print(killed(folder, told.kills))
            return
        write_others(folder, told.rows, told.pages)
        for name in ("saved", "pages.warc.gz", "table.jsonl", "table.csv", "table.parquet"):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                count, speed, peak = pool.apply(measure, [str(folder / name)])
            print(f"{name:14} {count:7,} pages {speed:9,.0f}/s {peak:5} MB at most")


if __name__ == "__main__":
    main()
