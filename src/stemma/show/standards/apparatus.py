"""A critical apparatus in TEI: the copies of one text collated word by word, what differs as readings (parallel segmentation).

A group is what hangs together by verbatim and edited copying. Its base is the earliest report; every other one is collated with
it alone, and what differs at one place stands together in one `app`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rapidfuzz.distance import Levenshtein

from stemma.show.wording import Row, clean, link, one_line, report_name, sigla
from stemma.tables import OWN_BODY

_PARAGRAPH = "\n"
Place = tuple[int, int]


def as_tei(account: Mapping[str, Any]) -> str:
    """Return a TEI document with a division for each group of copies; one without any where nothing was copied so."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    signs = sigla(story, reports)
    groups = _groups(story, list(signs))
    witnesses = "".join(_witness(signs[r], reports[r]) for group in groups for r in group)
    texts = [[(signs[r], _tokens(reports[r])) for r in group] for group in groups]
    divisions = "\n".join(_division(n, group) for n, group in enumerate(texts, 1))
    title = escape(clean(one_line(story.get("title") or "story without a title")))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<teiHeader><fileDesc>'
        f"<titleStmt><title>{title}</title></titleStmt><publicationStmt><p>Made by stemma.</p></publicationStmt>"
        f"<sourceDesc>{f'<listWit>{witnesses}</listWit>' if witnesses else '<p>No report is a copy of another.</p>'}</sourceDesc>"
        '</fileDesc><encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>'
        "</teiHeader>\n"
        f"<text><body>\n{divisions or '<p/>'}\n</body></text>\n</TEI>\n"
    )


def _groups(story: Row, order: Sequence[str]) -> list[list[str]]:
    """The reports that hang together by copying words as they are, in the order of their sigla; groups of two or more."""
    top = {w["id"]: w["id"] for w in story.get("witnesses", [])}

    def root(witness: str) -> str:
        while top[witness] != witness:
            witness = top[witness]
        return witness

    for d in story.get("derivations", []):
        if d["kind"] in ("verbatim", "edited"):
            top[root(d["child"])] = root(d["parent"])
    together: dict[str, list[str]] = defaultdict(list)
    for w in sorted((w for w in story.get("witnesses", []) if w.get("report")), key=lambda w: order.index(w["report"])):
        together[root(w["id"])].append(w["report"])
    return [group for group in together.values() if len(group) > 1]


def _witness(siglum: str, report: Row) -> str:
    address = link(report.get("url"))
    where = f" <ref target={quoteattr(clean(address))}/>" if address else ""
    title = escape(clean(one_line(report.get("title") or "")))
    return f'<witness xml:id="{_key(siglum)}">{escape(clean(report_name(report)))}: {title}{where}</witness>'


def _key(siglum: str) -> str:
    """A siglum as an XML name."""
    return "W" + "".join(c if c.isalnum() and c.isascii() else f"_{ord(c):x}" for c in siglum)


def _tokens(report: Row) -> list[str]:
    """The words of a report's own body, with a mark where a paragraph ends."""
    tokens: list[str] = []
    for block in report["blocks"]:
        if block["role"] in OWN_BODY:
            tokens += [*clean(report["text"][block["start"] : block["end"]]).split(), _PARAGRAPH]
    return tokens[:-1]


def _division(number: int, group: Sequence[tuple[str, list[str]]]) -> str:
    (base_siglum, base), *others = group
    collated = [(siglum, tokens, Levenshtein.opcodes(base, tokens)) for siglum, tokens in others]
    parts: list[str] = []
    at = 0
    for start, end in _differing([codes for _, _, codes in collated]):
        parts.append(_said(base[at:start], "</p>\n<p>"))
        readings: dict[tuple[str, ...], list[str]] = {tuple(base[start:end]): [base_siglum]}
        for siglum, tokens, codes in collated:
            first, past = _facing(codes, start, end, (len(base), len(tokens)))
            readings.setdefault(tuple(tokens[first:past]), []).append(siglum)
        parts.append(_app(readings))
        at = end
    parts.append(_said(base[at:], "</p>\n<p>"))
    return f'<div type="group" n="{number}"><p>{" ".join(p for p in parts if p)}</p></div>'


def _differing(collated: Sequence[Any]) -> Iterator[Place]:
    """The stretches of the base, in order, on which a witness differs; those that meet are one."""
    places = sorted((c.src_start, c.src_end) for codes in collated for c in codes if c.tag != "equal")
    held: Place | None = None
    for start, end in places:
        if held and start <= held[1]:
            held = held[0], max(held[1], end)
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held


def _facing(codes: Any, start: int, end: int, tokens: Place) -> Place:  # noqa: ANN401 - opcodes of rapidfuzz
    """What of a witness faces a stretch of the base, around which its words are the base's; `tokens` are how many both have."""
    first = _opposite(codes, start - 1) + 1 if start else 0
    return first, _opposite(codes, end) if end < tokens[0] else tokens[1]


def _opposite(codes: Any, word: int) -> int:  # noqa: ANN401
    """The place in a witness of a word of the base that it has."""
    found = next(c for c in codes if c.tag == "equal" and c.src_start <= word < c.src_end)
    return int(found.dest_start + word - found.src_start)


def _app(readings: Mapping[tuple[str, ...], Sequence[str]]) -> str:
    told = (
        f'<rdg wit="{" ".join(f"#{_key(s)}" for s in held)}">{_said(tokens, "<lb/>")}</rdg>' for tokens, held in readings.items()
    )
    return f"<app>{''.join(told)}</app>"


def _said(tokens: Sequence[str], paragraph: str) -> str:
    return " ".join(paragraph if token == _PARAGRAPH else escape(token) for token in tokens)
