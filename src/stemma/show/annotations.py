"""A story as W3C Web Annotations (JSON-LD): one for each statement, each member of a claim, each piece of evidence.

Web Annotation Data Model, W3C Recommendation of 23 February 2017: an AnnotationCollection with its one page inside it. Positions
are code points into the report's text as stemma reads it; the quote selector finds the same words on the live page.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stemma import ids
from stemma.show.wording import Row, clean, figure_words, link, names, one_line

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after the words, so that a reader finds the right one of two equal places."""


def as_annotations(account: Mapping[str, Any]) -> str:
    """Return the annotations of an account of one story as JSON-LD text."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    items = [*_statements(story, reports), *_members(story, reports), *_evidence(story, reports)]
    collection = f"urn:stemma:story:{story['id']}"
    page = {"id": f"{collection}:annotations", "type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {
        "@context": CONTEXT, "id": collection, "type": "AnnotationCollection",
        "label": clean(story.get("title") or "story without a title"), "total": len(items), "first": page,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _statements(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    named = names(story, reports)
    for s in story.get("statements", []):
        who = named[s["source"]] if s.get("source") else "somebody who is not named" if s["attributed"] else "the report itself"
        caveat = f"; {s['caveat']}" if s.get("caveat") else ""
        spans = [{"report": s["report"], "start": start, "end": end} for start, end in s["content"]]
        yield _annotation("statement", s["id"], "describing", f"Said by {who}{caveat}.", [], spans, reports)


def _members(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    for claim in story.get("claims", []):
        link_to = {"type": "SpecificResource", "source": f"urn:stemma:claim:{claim['id']}", "purpose": "linking"}
        for m in claim["members"]:
            figure = figure_words(m.get("figure"))
            words = f"Claim ({claim['relation']}): {claim['summary']}{f' [{figure}]' if figure else ''}"
            yield _annotation("member", claim["id"], "classifying", words, [link_to], [m], reports)


def _evidence(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    for finding in story.get("findings", []):
        key = finding.get("id") or ids.digest(finding["kind"], finding["message"])
        link_to = {"type": "SpecificResource", "source": f"urn:stemma:finding:{key}", "purpose": "linking"}
        tag = {"type": "TextualBody", "value": finding["kind"], "purpose": "tagging"}
        for e in finding.get("evidence", []):
            yield _annotation("evidence", key, "assessing", finding["message"], [tag, link_to], [e], reports)


def _annotation(
    kind: str, key: str, motivation: str, words: str, more: Sequence[Row], spans: Sequence[Row], reports: Mapping[str, Row]
) -> Row:
    targets = [_target(reports[s["report"]], s["start"], s["end"]) for s in spans]
    about = {"type": "TextualBody", "value": one_line(words), "format": "text/plain", "language": "en", "purpose": motivation}
    where = [(s["report"], s["start"], s["end"]) for s in spans]
    return {
        "id": f"urn:stemma:{kind}:{ids.digest(kind, key, where)}", "type": "Annotation", "motivation": motivation,
        "body": [about, {"type": "TextualBody", "value": kind, "purpose": "tagging"}, *more],
        "target": targets[0] if len(targets) == 1 else targets,
    }  # fmt: skip


def _target(report: Row, start: int, end: int) -> dict[str, Any]:
    text = report["text"]
    return {
        "type": "SpecificResource",
        "source": link(report.get("url")) or f"urn:stemma:report:{report['id']}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector", "exact": clean(text[start:end]),
                "prefix": clean(text[max(0, start - AROUND) : start]), "suffix": clean(text[end : end + AROUND]),
            },
        ],
    }  # fmt: skip
