"""A check as SARIF 2.1.0 (OASIS), the format that code hosts and editors read from linters."""

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from stemma import __version__
from stemma.check.beside import Checked, Remark
from stemma.check.places import Place
from stemma.findings.kinds import KINDS
from stemma.show.wording import clean, link, one_line

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {"high": "error", "medium": "warning", "low": "note"}


def as_sarif(checked: Checked) -> str:
    """Return a check as a SARIF log of one run; columns are counted in code points, and the log says so."""
    kinds = sorted(KINDS)
    rules = [{"id": KINDS[k].rule, "name": k, "shortDescription": {"text": KINDS[k].meaning}} for k in kinds]
    run = {
        "tool": {"driver": {"name": "stemma", "version": __version__, "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(r, checked.path, kinds.index(r.kind)) for r in checked.remarks],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(remark: Remark, path: str, rule: int) -> dict[str, Any]:
    related = [_related(n, w) for n, w in enumerate(remark.others, 1)]
    return {
        "ruleId": KINDS[remark.kind].rule, "ruleIndex": rule, "level": _LEVEL[remark.severity],
        "message": {"text": one_line(remark.message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(remark.place)}}],
        "relatedLocations": related,
        "partialFingerprints": {"stemmaFinding/v1": remark.id},
    }  # fmt: skip


def _related(number: int, words: Any) -> dict[str, Any]:  # noqa: ANN401 - beside.Words
    return {
        "id": number,
        "message": {"text": f"{one_line(words.report)}: “{one_line(words.words)}”"},
        "physicalLocation": {
            "artifactLocation": {"uri": link(words.where) or _uri(words.where)},
            "region": {"charOffset": words.start, "charLength": words.end - words.start},
        },
    }


def _region(place: Place) -> dict[str, int]:
    start = {"startLine": place.line, "startColumn": place.column}
    return {**start, "endLine": place.end_line, "endColumn": max(place.end_column, place.column)}


def _uri(path: str) -> str:
    """A path as a relative or file reference: no blank, no colon before the first slash."""
    pure = PurePath(clean(path))
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), safe="/!")
