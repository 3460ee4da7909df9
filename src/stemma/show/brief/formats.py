"""A brief as Markdown, HTML and JSON; what was written is read back, and each quotation in it compared with its report."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any

from stemma.errors import QuotationMismatch
from stemma.show.brief.sections import Brief, left_out, not_found
from stemma.show.quotes import Line, Quote, Section
from stemma.show.wording import Row, clean, link, no_command, one_line
from stemma.text.json_text import json_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!&~]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|!&~:.])|(?<=@)\u2060")
"""What Markdown would take for its own marks or for a link; a mention ("@everyone") is kept from being one by a word joiner."""
Texts = Mapping[str, str]
Printed = tuple[str, int, int, str]
"""A quotation as it was read back: report, offsets, words."""


def as_text(brief: Brief, texts: Texts) -> str:
    """Return the brief as it is read in a terminal: the Markdown without its escapes; `texts` as for as_markdown."""
    return _ESCAPED.sub(lambda m: m[1] or "", as_markdown(brief, texts))


def as_markdown(brief: Brief, texts: Texts) -> str:
    """Return the brief as Markdown; `texts` are the reports' texts by id. Raises QuotationMismatch."""
    out: list[str] = []
    places: list[tuple[int, int, Quote]] = []
    size = 0

    def put(words: str, quoted: Quote | None = None) -> None:
        nonlocal size
        if quoted:
            places.append((size, size + len(words), quoted))
        out.append(words)
        size += len(words)

    put(f"# {_plain(brief.title)}\n\n{brief.headline}.\n")
    for section in (s for s in brief.sections if s.groups):
        put(f"\n## {section.title}\n\n*{section.means}*\n")
        for group in section.groups:
            put(f"\n**{_plain(group.heading)}**\n\n" if group.heading else "\n")
            for line in group.lines:
                put("- ")
                for part in line.parts:
                    if isinstance(part, Quote):
                        put("“")
                        put(_escaped(part.words), part)
                        put(f"{'” […]' if part.cut else '”'} ({part.siglum} {part.start}–{part.end})")
                    else:
                        put(_escaped(no_command(re.sub(r"\s+", " ", clean(part)))))
                put("\n")
        put(f"\n{left_out(section)}\n" if section.more else "")
    put(f"\n{absent}\n" if (absent := not_found(brief)) else "")
    put(_reports(brief))
    written = "".join(out)
    check_quotations([(q.report, q.start, q.end, _ESCAPED.sub(lambda m: m[1] or "", written[a:b])) for a, b, q in places], texts)
    return written


def as_html(brief: Brief, texts: Texts) -> str:
    """Return the brief as one self-contained HTML page; `texts` as for as_markdown. Raises QuotationMismatch."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from lxml import html
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("stemma.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = "".join(files("stemma.show").joinpath("templates", name).read_text("utf-8") for name in ("style.css", "brief.css"))
    written = environment.get_template("brief.html").render(
        brief=brief,
        style=Markup(style),
        style_hash=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
        clean=clean,
        link=link,
        left_out=left_out,
        not_found=not_found(brief),
        dated=_dated,
        quoted=lambda part: isinstance(part, Quote),
    )
    check_quotations(
        (
            (str(q.get("data-report")), int(str(q.get("data-start"))), int(str(q.get("data-end"))), q.text_content())
            for q in html.document_fromstring(written).iter("q")
        ),
        texts,
    )
    return written + "\n"


def as_json(brief: Brief, texts: Texts) -> str:
    """Return the brief as JSON; `texts` as for as_markdown. Raises QuotationMismatch."""
    whole = {
        "story": brief.story, "title": brief.title, "headline": brief.headline,
        "sections": [_section(s) for s in brief.sections], "reports": list(brief.reports),
    }  # fmt: skip
    written = json_text(whole, 1) + "\n"
    back = [p for s in json.loads(written)["sections"] for g in s["groups"] for line in g["lines"] for p in line["parts"]]
    check_quotations(((p["report"], p["start"], p["end"], p["quotation"]) for p in back if "quotation" in p), texts)
    return written


def check_quotations(printed: Iterable[Printed], texts: Texts) -> None:
    """Raise QuotationMismatch unless every quotation is, byte for byte, what stands at its place."""
    for report, start, end, words in printed:
        if words.encode("utf-8", "surrogatepass") != texts[report][start:end].encode("utf-8", "surrogatepass"):
            raise QuotationMismatch(
                f"The brief would print “{words[:80]}” as a quotation, and report {report} does not say so at {start}–{end}: "
                "nothing was written. This is a fault of stemma; please report it."
            )


def _section(section: Section) -> dict[str, Any]:
    groups = [{"claimant": g.heading, "lines": [_line(line) for line in g.lines]} for g in section.groups]
    named = {"key": section.key, "title": section.title, "means": section.means, "none": section.none}
    return {**named, "groups": groups, "left_out": section.more}


def _line(line: Line) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for p in line.parts:
        if isinstance(p, Quote):
            place = {"report": p.report, "siglum": p.siglum, "start": p.start, "end": p.end}
            parts.append({"quotation": p.words, **place, "cut": p.cut})
        elif p:
            parts.append({"text": p})
    return {"parts": parts, "claims": list(line.claims)}


def _plain(words: str | None) -> str:
    return _escaped(one_line(words or ""))


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words).replace("@", "@\u2060")


def _dated(report: Row) -> str:
    return report["published"] or (f"updated {report['modified']}" if report["modified"] else "no date")


def _reports(brief: Brief) -> str:
    rows = []
    for r in brief.reports:
        address = link(r["url"])
        where = f"<{address}>" if address and "<" not in address and ">" not in address else _plain(str(r["location"]))
        rows.append(f"- **{_plain(r['siglum'])}** {_plain(r['name'])}, {_plain(_dated(r))}, {where}, SHA-256 {r['sha256']}")
    note = "Behind a quotation stand a report's letter and the code points of its text, as `stemma show --json` gives it."
    return f"\n## Reports\n\n{chr(10).join(rows)}\n\n{note}\n"
