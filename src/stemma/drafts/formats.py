"""What a check found, as a linter prints it: text, JSON, SARIF 2.1.0 (OASIS), GitHub workflow commands."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from stemma import __version__
from stemma.drafts import thresholds
from stemma.drafts.beside import Checked, Remark, Words
from stemma.drafts.ignoring import BREAK
from stemma.drafts.read_draft import TOP, Place
from stemma.errors import UsageError
from stemma.findings.kinds import KINDS
from stemma.show.wording import clean, counted, excerpt, link, no_command, one_line
from stemma.tables import SEVERITIES
from stemma.text.json_text import json_text

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
NOT_CHECKED = "not-checked"
"""What stands in the place of a rule where a draft fits no story."""
_LEVEL = {"high": "error", "medium": "warning", "low": "note"}
_GITHUB = {"high": "error", "medium": "warning", "low": "notice"}


def chosen(checked: Checked, select: Iterable[str], ignore: Iterable[str]) -> Checked:
    """Return a check with the selected kinds only (all when none is named) and without the ignored; raises UsageError."""
    wanted, unwanted = kinds_named(select), kinds_named(ignore)
    kept = (r for r in checked.remarks if (not wanted or r.kind in wanted) and r.kind not in unwanted)
    return replace(checked, remarks=tuple(kept))


def as_text(checks: Sequence[Checked]) -> str:
    """Return a text for each remark, `file:line:column: rule (severity): sentence` at its head, and a closing count."""
    shown = no_command("".join(_shown(c, r) for c in checks for r in c.remarks))
    severities = Counter(r.severity for c in checks for r in c.remarks)
    read = [c for c in checks if not c.not_checked]
    drafts = counted(len(read), "draft")
    found = sum(1 for c in read if c.remarks)
    where = drafts if found == len(read) else f"{found} of {drafts}"
    grave = ", ".join(f"{severities[s]} {s}" for s in SEVERITIES if severities[s])
    said = [f"Found {counted(severities.total(), 'finding')} in {where}: {grave}."] if found else []
    said += [f"Nothing found in {drafts}."] if read and not found else []
    left = counted(len(checks) - len(read), "draft")
    said += [f"Not checked: {left}, fitting none of the stories."] if len(read) < len(checks) else []
    return f"{shown}{' '.join(said)}\n"


def as_json(checks: Sequence[Checked]) -> str:
    """Return a JSON list with an object for each draft."""
    whole = [
        {
            "draft": c.path, "checked": not c.not_checked, "beside": c.beside, "title": c.title, "page": c.page,
            "findings": [_plain(r) for r in c.remarks],
        }
        for c in checks
    ]  # fmt: skip
    return json_text(whole, 1) + "\n"


def as_github(checks: Sequence[Checked]) -> str:
    """Return GitHub workflow commands, which mark the lines of a pull request; data and properties are escaped as it asks."""
    unread = ((clean(c.path), c.not_checked) for c in checks)
    lines = [f"::warning file={_property(path)},line=1,title={NOT_CHECKED}::{_data(why)}\n" for path, why in unread if why]
    for path, r in ((c.path, r) for c in checks for r in c.remarks):
        place = {"line": r.place.line, "endLine": r.place.end_line, "col": r.place.column, "endColumn": r.place.end_column}
        facts = {"file": path, **place, "title": KINDS[r.kind].rule}
        told = ",".join(f"{name}={_property(clean(str(value)))}" for name, value in facts.items())
        lines.append(f"::{_GITHUB[r.severity]} {told}::{_data(one_line(r.message))}\n")
    return "".join(lines)


def as_sarif(checks: Sequence[Checked]) -> str:
    """Return checks as a SARIF log of one run; columns are counted in code points, and the log says so."""
    kinds = sorted(KINDS)
    rules = [{"id": KINDS[k].rule, "name": k, "shortDescription": {"text": KINDS[k].meaning}} for k in kinds]
    run = {
        "tool": {"driver": {"name": "stemma", "version": __version__, "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [_left(c) for c in checks if c.not_checked]}],
        "results": [_result(r, c.path, kinds.index(r.kind)) for c in checks for r in c.remarks],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, 1) + "\n"


Written = Callable[[Sequence[Checked]], str]
FORMATS: dict[str, Written] = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}


def _shown(checked: Checked, remark: Remark) -> str:
    """A remark as a text: its sentence, its line with carets under the words, and what the others print."""
    head = f"{one_line(checked.path)}:{remark.place.line}:{remark.place.column}: {KINDS[remark.kind].rule} ({remark.severity})"
    lines = _wrapped(f"{head}:", one_line(remark.message), "  ")
    number = str(remark.place.line)
    edge = " " * len(number)
    if remark.place != TOP:
        line, marks = _marked_line(checked.source, remark.place, thresholds.WIDTH - len(f"{edge} | ……"))
        lines += [f"{edge} |", f"{number} | {line}", f"{edge} | {marks}"]
    for words in remark.others[: thresholds.MOST_OTHERS]:
        lines += _wrapped(f"{edge} =", others_words(words), f"{edge}   ")
    if more := len(remark.others) - thresholds.MOST_OTHERS:
        lines += [f"{edge} = and {more} more"] if more > 0 else []
    return "\n".join(line.rstrip() for line in lines) + "\n\n"


def _wrapped(head: str, words: str, indent: str) -> list[str]:
    """Words behind a head, in lines as wide as a page; a head that is a long path stays whole."""
    from rich.console import Console
    from rich.text import Text

    room = thresholds.WIDTH - len(indent)
    if len(head) > room:
        return [head, *(indent + line.plain.rstrip() for line in Text(words).wrap(Console(), room))]
    first, *rest = (line.plain.rstrip() for line in Text(f"{head} {words}").wrap(Console(), room))
    return [first, *(indent + line for line in rest)]


def _marked_line(source: str, place: Place, room: int) -> tuple[str, str]:
    """The line of a place, or a piece of it where it is long, and the carets to stand under its words."""
    line = clean(BREAK.split(source)[place.line - 1]).replace("\t", " ")
    end = place.end_column if place.end_line == place.line else len(line) + 1
    at = max(0, min(place.column - 1 - thresholds.BEFORE, len(line) - room))
    piece = line[at : at + room]
    head, tail = "…" * (at > 0), "…" * (at + room < len(line))
    column = place.column - 1 - at + len(head)
    marks = max(1, min(end - 1 - at + len(head), len(head) + len(piece)) - column)
    return f"{head}{piece}{tail}", " " * column + "^" * marks


def others_words(words: Words) -> str:
    """Return what another report prints: its name, and its words in marks."""
    return f"{one_line(words.report)}: “{excerpt(words.words, 0, len(words.words), thresholds.EXCERPT)}”"


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
        "message": {"text": _message(remark.message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": _region(remark.place)}}],
        "relatedLocations": related,
        "partialFingerprints": {"stemmaFinding/v1": remark.id},
    }  # fmt: skip


def _left(checked: Checked) -> dict[str, Any]:
    """What SARIF calls a notification: the tool could say nothing of a draft."""
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(checked.path)}}}
    told = {"text": checked.not_checked}
    return {"descriptor": {"id": NOT_CHECKED}, "level": "warning", "message": told, "locations": [location]}


def _related(number: int, words: Words) -> dict[str, Any]:
    return {
        "id": number,
        "message": {"text": f"{_message(words.report)}: “{_message(words.words)}”"},
        "physicalLocation": {
            "artifactLocation": {"uri": link(words.where) or _uri(words.where)},
            "region": {"charOffset": words.start, "charLength": words.end - words.start},
        },
    }


def _message(text: str) -> str:
    """A plain message of SARIF, in which brackets would be a link."""
    return re.sub(r"([\\\[\]])", r"\\\1", one_line(text))


def _region(place: Place) -> dict[str, int]:
    start = {"startLine": place.line, "startColumn": place.column}
    return {**start, "endLine": place.end_line, "endColumn": max(place.end_column, place.column)}


def _uri(path: str) -> str:
    """A path as a relative or file reference: no blank, no colon before the first slash."""
    pure = PurePath(clean(path))
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), safe="/!")
