"""A story as linked data (JSON-LD): its reports, claims and quotations in schema.org, its derivations in W3C PROV-O.

Contexts stand inside the file, so that nothing is fetched to read it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from stemma import __version__
from stemma.show.wording import Row, carriers, clean, link, names, one_line, sigla, witness_name
from stemma.text.json_text import json_text

_SCHEMA = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "id": "@id", "type": "@type"}
_PROV = {
    "prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#", "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "stemma": "urn:stemma:term:", "id": "@id", "type": "@type",
}  # fmt: skip


def as_schema_org(account: Mapping[str, Any]) -> str:
    """Return NewsArticle, Claim (ready for a ClaimReview to point at) and Quotation of schema.org as JSON-LD text."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    items = [*_articles(story, reports), *_claims(story, reports), *_quotations(story, reports)]
    return _written(_SCHEMA, items)


def as_prov(account: Mapping[str, Any]) -> str:
    """Return each witness as an entity of PROV-O and each edge of the stemma as a qualified derivation, as JSON-LD text."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    maker = {"id": "urn:stemma:agent:stemma", "type": "prov:SoftwareAgent", "label": f"stemma {__version__}"}
    return _written(_PROV, [maker, *_entities(story, reports)])


def _articles(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    taken = defaultdict(list)
    for d in story.get("derivations", []):
        taken[d["child"]].append(_work(d["parent"], story, reports))
    witness = {w["report"]: w["id"] for w in story.get("witnesses", []) if w.get("report")}
    for key, siglum in sigla(story, reports).items():
        row = reports[key]
        yield _known(
            id=_urn("report", key), type="NewsArticle", identifier=siglum, headline=_words(row.get("title")),
            url=link(row.get("url")), datePublished=row.get("published"), dateModified=row.get("modified"),
            inLanguage=row.get("language"), publisher=_named("Organization", row.get("outlet")),
            author=[_named("Person", who) for who in row.get("byline") or []],
            sourceOrganization=_named("Organization", row.get("agency")), isBasedOn=taken[witness.get(key, "")],
        )  # fmt: skip


def _work(witness: str, story: Row, reports: Mapping[str, Row]) -> Row:
    """What a report is based on: another report, or a lost source by its name."""
    row = next(w for w in story["witnesses"] if w["id"] == witness)
    if row.get("report"):
        return {"id": _urn("report", row["report"])}
    return _known(id=_urn("witness", witness), type="CreativeWork", name=witness_name(row, reports))


def _claims(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    named, signs = names(story, reports), sigla(story, reports)
    for claim in story.get("claims", []):
        held = carriers(claim, signs)
        first = min(held, key=lambda r: (reports[r].get("published") or "9", r), default=None)
        yield _known(
            id=_urn("claim", claim["id"]), type="Claim", text=_words(claim["summary"]),
            appearance=[{"id": _urn("report", r)} for r in held], firstAppearance=first and {"id": _urn("report", first)},
            author=[_known(id=_urn("source", s), type="Thing", name=_words(named.get(s))) for s in claim.get("sources", [])],
            additionalType=f"urn:stemma:relation:{claim['relation']}",
        )  # fmt: skip


def _quotations(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    named = names(story, reports)
    kinds = {s["id"]: "Person" if s.get("role") == "person" else "Organization" for s in story.get("sources", [])}
    for s in story.get("statements", []):
        who = s.get("source")
        speaker = _known(id=_urn("source", who), type=kinds.get(who, "Thing"), name=_words(named.get(who))) if who else None
        for n, (start, end) in enumerate(s["quotations"]):
            yield _known(
                id=_urn("quotation", f"{s['id']}-{n}"), type="Quotation", text=_words(reports[s["report"]]["text"][start:end]),
                spokenByCharacter=speaker, isPartOf={"id": _urn("report", s["report"])},
            )  # fmt: skip


def _entities(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    edges = defaultdict(list)
    for d in story.get("derivations", []):
        edges[d["child"]].append(d)
    for w in story.get("witnesses", []):
        row = reports.get(w.get("report") or "", {})
        outlet = _words(row.get("outlet"))
        yield _known(
            id=_urn("witness", w["id"]),
            type="prov:Entity",
            label=_words(f"{w.get('siglum')} {witness_name(w, reports)}"),
            **{
                "prov:atLocation": link(row.get("url")) and {"id": link(row["url"])},
                "prov:wasAttributedTo": outlet and {"id": _urn("outlet", _slug(outlet)), "type": "prov:Agent", "label": outlet},
                "prov:wasDerivedFrom": [{"id": _urn("witness", d["parent"])} for d in edges[w["id"]]],
                "prov:qualifiedDerivation": [_derivation(d) for d in edges[w["id"]]],
                "stemma:lost": not w.get("report"),
            },
        )


def _derivation(d: Row) -> Row:
    return {
        "type": "prov:Derivation", "prov:entity": {"id": _urn("witness", d["parent"])},
        "stemma:kind": d["kind"], "stemma:share": d["share"], "stemma:credited": d["credited"],
        "stemma:probability": d["probability"],
    }  # fmt: skip


def _known(**fields: object) -> Row:
    """An object without what is not known."""
    return {name: value for name, value in fields.items() if value is not None and value != [] and value != ""}


def _named(kind: str, name: str | None) -> Row | None:
    return {"type": kind, "name": _words(name)} if name else None


def _words(text: object) -> str:
    return clean(one_line(str(text or "")))


def _urn(kind: str, key: object) -> str:
    return f"urn:stemma:{kind}:{_slug(str(key))}"


def _slug(text: str) -> str:
    """A name as it may stand in an address: letters, digits and hyphens; other characters by their number."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_{ord(c):x}_" for c in text)


def _written(context: Row, items: list[Row]) -> str:
    return json_text({"@context": context, "@graph": items}, 1) + "\n"
