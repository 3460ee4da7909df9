"""What a check found, as a linter prints it: text, JSON, SARIF 2.1.0 (OASIS), GitHub workflow commands."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from stemma import __version__
from stemma.drafts.beside import Checked, Remark, Words
from stemma.drafts.read_draft import Place
from stemma.errors import UsageError
from stemma.findings.kinds import KINDS
from stemma.show.wording import clean, link, one_line

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {"high": "error", "medium": "warning", "low": "note"}
_GITHUB = {"high": "error", "medium": "warning", "low": "notice"}


def chosen(checked: Checked, select: Iterable[str], ignore: Iterable[str]) -> Checked:
    """Return a check with the selected kinds only (all when none is named) and without the ignored; raises UsageError."""
    wanted, unwanted = kinds_named(select), kinds_named(ignore)
    kept = (r for r in checked.remarks if (not wanted or r.kind in wanted) and r.kind not in unwanted)
    return replace(checked, remarks=tuple(kept))


def as_text(checked: Checked) -> str:
    """Return a line for each remark: file:line:column: kind: sentence."""
    lines = (f"{checked.path}:{r.place.line}:{r.place.column}: {r.kind}: {one_line(r.message)}\n" for r in checked.remarks)
    return "".join(lines)


def as_json(checked: Checked) -> str:
    """Return the check as one JSON object."""
    remarks = [_plain(r) for r in checked.remarks]
    whole = {"draft": checked.path, "beside": checked.beside, "title": checked.title, "findings": remarks}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_github(checked: Checked) -> str:
    """Return GitHub workflow commands, which mark the lines of a pull request; data and properties are escaped as it asks."""
    lines = []
    for r in checked.remarks:
        place = {"line": r.place.line, "endLine": r.place.end_line, "col": r.place.column, "endColumn": r.place.end_column}
        facts = {"file": checked.path, **place, "title": r.kind}
        told = ",".join(f"{name}={_property(str(value))}" for name, value in facts.items())
        lines.append(f"::{_GITHUB[r.severity]} {told}::{_data(one_line(r.message))}\n")
    return "".join(lines)


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


FORMATS: dict[str, Callable[[Checked], str]] = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}


def _plain(remark: Remark) -> dict[str, object]:
    row = asdict(remark)
    return {**{k: row[k] for k in ("id", "kind", "severity", "message")}, **row["place"], "others": row["others"]}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def kinds_named(named: Iterable[str]) -> set[str]:
    """Return the kinds of findings in lists with commas between, with blanks or hyphens; raises UsageError."""
    kinds = {k.strip().replace("-", " ").lower() for names in named for k in names.split(",") if k.strip()}
    unknown = sorted(kinds - set(KINDS))
    if unknown:
        raise UsageError(
            f"There is no kind of finding {unknown[0]!r}. Kinds: {', '.join(sorted(k.rule for k in KINDS.values()))}."
        )
    return kinds


def _result(remark: Remark, path: str, rule: int) -> dict[str, Any]:
    related = [_related(n, w) for n, w in enumerate(remark.others, 1)]
    return {
        "ruleId": KINDS[remark.kind].rule, "ruleIndex": rule, "level": _LEVEL[remark.severity],
        "message": {"text": one_line(remark.message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(remark.place)}}],
        "relatedLocations": related,
        "partialFingerprints": {"stemmaFinding/v1": remark.id},
    }  # fmt: skip


def _related(number: int, words: Words) -> dict[str, Any]:
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
