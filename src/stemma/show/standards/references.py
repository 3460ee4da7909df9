"""The reports of a story as other programs list them: RIS and BibTeX for references, IPTC ninjs 2.1 for newsrooms."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from stemma.show.wording import Row, clean, headline, link, one_line, sigla
from stemma.text.json_text import json_text

NINJS = {"name": "ninjs", "version": "2.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"}
_MEANT = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
"""Characters by which TeX would do something, and how they are printed."""


def as_ris(account: Mapping[str, Any]) -> str:
    """Return a record of the type NEWS for each report; a value is one line, so that no page adds a field of its own."""
    lines: list[str] = []
    for siglum, row in _reports(account):
        day = _day(row.get("published"))
        fields = [
            ("TY", "NEWS"), ("ID", siglum), ("TI", row.get("title")), ("T2", row.get("outlet")),
            *(("AU", who) for who in row.get("byline") or []), ("PY", day and day[:4]), ("DA", day and day.replace("-", "/")),
            ("UR", link(row.get("url"))), ("LA", row.get("language")), ("N1", f"sha256 {row['sha256']}"),
        ]  # fmt: skip
        lines += [f"{tag}  - {_line(value)}" for tag, value in fields if value]
        lines += ["ER  - ", ""]
    return "\n".join(lines)


def as_bibtex(account: Mapping[str, Any]) -> str:
    """Return an entry @article for each report; what TeX would take for a command is printed instead."""
    entries = []
    for siglum, row in _reports(account):
        day = _day(row.get("published"))
        fields = {
            "title": f"{{{_tex(row.get('title'))}}}", "journal": _tex(row.get("outlet")),
            "author": " and ".join(f"{{{_tex(who)}}}" for who in row.get("byline") or []), "year": day and day[:4], "date": day,
            "url": _address(link(row.get("url"))), "language": _tex(row.get("language")), "note": f"sha256 {row['sha256']}",
        }  # fmt: skip
        told = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
        entries.append(f"@article{{stemma-{re.sub(r'[^A-Za-z0-9]', '-', siglum)}-{row['sha256'][:8]}{told}\n}}\n")
    return "\n".join(entries)


def as_ninjs(account: Mapping[str, Any]) -> str:
    """Return the story as a composite item of ninjs 2.1, its reports as the associated texts, with their bodies."""
    (story,) = account["stories"]
    whole = {
        "uri": f"urn:stemma:story:{story['id']}", "standard": NINJS, "type": "composite", "representationtype": "partial",
        "title": _line(story.get("title") or "story without a title"), "ednote": headline(story),
        "associations": [_item(siglum, row) for siglum, row in _reports(account)],
    }  # fmt: skip
    return json_text(whole, 1) + "\n"


def _item(siglum: str, row: Row) -> Row:
    text = clean(row["text"])
    agency, outlet = row.get("agency"), row.get("outlet")
    made = _moment(row.get("published"))
    ids = {"sha256": row["sha256"], "url": link(row.get("url"))}
    told = {
        "name": siglum, "uri": f"urn:stemma:report:{row['id']}", "type": "text", "representationtype": "full",
        "contentcreated": made, "versioncreated": _moment(row.get("modified")) or made, "language": row.get("language"),
        "by": _line("; ".join(row.get("byline") or [])),
        "headlines": [{"value": _line(row["title"])}] if row.get("title") else None,
        "bodies": [{"contenttype": "text/plain", "charcount": len(text), "wordcount": len(text.split()), "value": text}],
        "infosources": [{"name": _line(name)} for name in (outlet, agency) if name],
        "altids": [{"role": role, "value": value} for role, value in ids.items() if value],
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _reports(account: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    yield from ((siglum, reports[key]) for key, siglum in sigla(story, reports).items())


def _day(published: str | None) -> str | None:
    found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", published or "")
    return found[0] if found else None


def _moment(published: str | None) -> str | None:
    """A time as ninjs wants it: with its minute and its zone, or not at all."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else None


def _line(value: object) -> str:
    return clean(one_line(str(value)))


def _tex(value: str | None) -> str:
    return _line(value or "").translate(_MEANT)


def _address(url: str | None) -> str | None:
    """An address as it may stand between braces."""
    return url and re.sub(r"[{}\\%#]", lambda m: f"\\{m[0]}" if m[0] in "%#" else f"\\%{ord(m[0]):02X}", _line(url))
