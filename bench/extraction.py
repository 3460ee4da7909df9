"""Article, title, authors and date out of web pages: our scores beside each of six other programs alone, in one run.

    pip install --target PEERS "newspaper4k[all]" goose3
    .venv/bin/python bench/extraction.py [FOLDER] [--peers PEERS] [--out pages.json]

FOLDER holds gold.json and html/<id>.html.gz (default ../shared/data/extraction/dev). Without `--peers` the two that stemma does
not use are left out. Pages a second are those of one core: other work on the machine does not count.
"""

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stemma.reports.decode import decode
from stemma.reports.html import article_from_html
from stemma.tables import BODY

SHARED = Path(__file__).parents[1].parent / "shared"
READ = (*BODY, "heading")
"""The roles whose words the gold texts hold: the body, and the headings between."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=SHARED / "data/extraction/dev")
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--alone", action="store_true", help="do not run the peers")
    arguments.add_argument("--peers", type=Path, help="a folder that pip installed newspaper4k and goose3 into")
    given = arguments.parse_args()
    gold = json.loads((given.folder / "gold.json").read_text())
    pages = {i: decode(gzip.decompress((given.folder / f"html/{i}.html.gz").read_bytes())) for i in sorted(gold)}
    peers: dict[str, Callable[[str, str | None], dict[str, object]]] = {"stemma": ours}
    if not given.alone:
        peers |= {
            "trafilatura alone": by_trafilatura, "readability alone": by_readability,
            "resiliparse alone": by_resiliparse, "jusText alone": by_justext,
        }  # fmt: skip
    if given.peers:
        # Behind what stemma itself runs with.
        sys.path.append(str(given.peers))
        peers |= {"newspaper4k": by_newspaper, "goose3": by_goose}
    for name, read in peers.items():
        began = time.process_time()
        found = {i: read(page, gold[i].get("url")) for i, page in pages.items()}
        took = time.process_time() - began
        print(f"\n{name}: {len(pages) / took:.1f} pages a second", flush=True)
        score(given.folder / "gold.json", found, given.out if name == "stemma" else None)


def ours(page: str, _url: str | None) -> dict[str, object]:
    printed = article_from_html(page)
    text = "\n".join(t for role, t in printed.blocks if role in READ)
    return {
        "text": text,
        "title": printed.title,
        "author": list(printed.byline),
        "date": printed.published,
        "blocks": printed.blocks,
    }


def by_trafilatura(page: str, _url: str | None) -> dict[str, object]:
    import trafilatura

    document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    if document is None or isinstance(document, dict):
        return {"text": ""}
    return {"text": document.text, "title": document.title, "author": document.author, "date": document.date}


def by_readability(page: str, _url: str | None) -> dict[str, object]:
    from lxml import html
    from readability import Document

    from stemma.reports.dom import runs

    document = Document(page)
    text = "\n".join(r.text for r in runs(html.document_fromstring(document.summary(html_partial=True))))
    return {"text": text, "title": document.short_title()}


def by_resiliparse(page: str, _url: str | None) -> dict[str, object]:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(page, main_content=True, alt_texts=False, list_bullets=False)}


def by_justext(page: str, _url: str | None) -> dict[str, object]:
    import justext

    language = {"de": "German", "ja": None, "es": "Spanish", "fr": "French"}.get((_language(page) or "en")[:2], "English")
    stops = justext.get_stoplist(language) if language else frozenset[str]()
    return {"text": "\n".join(p.text for p in justext.justext(page.encode(), stops) if not p.is_boilerplate)}


def by_newspaper(page: str, url: str | None) -> dict[str, object]:
    import newspaper

    article = newspaper.Article(url or "https://page.example/", fetch_images=False)
    article.download(input_html=page)
    article.parse()
    date = article.publish_date and article.publish_date.isoformat()
    return {"text": article.text, "title": article.title, "author": article.authors, "date": date}


def by_goose(page: str, _url: str | None) -> dict[str, object]:
    from goose3 import Goose

    article = Goose({"enable_image_fetching": False}).extract(raw_html=page)
    return {"text": article.cleaned_text, "title": article.title, "author": article.authors, "date": article.publish_date}


def _language(page: str) -> str | None:
    found = re.search(r"<html[^>]*\blang=[\"']?(\w+)", page[:5000], re.IGNORECASE)
    return found[1].lower() if found else None


def score(gold: Path, found: dict[str, dict[str, object]], out: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = out or Path(folder) / "pages.json"
        path.write_text(json.dumps(found, ensure_ascii=False))
        subprocess.run([sys.executable, SHARED / "score/extraction.py", gold, path], check=True)


if __name__ == "__main__":
    main()
