"""An invented account: a breached dyke, a wire that is not in the collection, five reports, one stray."""

import copy
from typing import Any

import pytest

TEXTS = {
    "a": (
        "title|Sea dyke at Varnholm gives way, 1,200 leave their homes",
        "byline|By Ilse Torvund",
        "credit|VARNHOLM, Oct 3 (Nordwire) -",
        "paragraph|The sea dyke at Varnholm gave way shortly before dawn on Thursday and more than"
        " 1,200 people were led out of the lower town in fishing boats, the district water board said.",
        "paragraph|“We had eleven minutes between the first crack and the water in the market square,” said"
        " water bailiff Oda Lemmerich. “Nobody could have been faster.”",
        "paragraph|Nordwire could not independently verify the number of people who were led out.",
        "caption|The market square of Varnholm under water. Picture: R. Quist",
    ),
    "b": (
        "title|Varnholm under water",
        "paragraph|The sea dyke at Varnholm gave way shortly before dawn on Thursday and more than"
        " 1,200 people were led out of the lower town in fishing boats, the district water board said.",
        "paragraph|“We had eleven minutes between the first crack and the water in the market square,” said"
        " water bailiff Oda Lemmerich.",
    ),
    "c": (
        "title|1,200 flee as barrier collapses <b>before dawn</b> & tide rises",
        "paragraph|Some 1,200 residents fled Varnholm by boat after its sea barrier collapsed at first light on Thursday.",
        "paragraph|“We had ten minutes between the first crack and the water in the square,” bailiff Oda Lemmerich said.",
    ),
    "d": (
        "title|What we saw from the lighthouse",
        "paragraph|Our reporter watched from the lighthouse as the lower town filled within minutes.",
        "paragraph|The sea dyke at Varnholm gave way shortly before dawn on Thursday and more than"
        " 1,200 people were led out, the water board said.",
        "quote|Nobody told us that the dyke was that thin, said the innkeeper Tjark Benn.",
    ),
    "e": (
        "title|水位の上昇：ヴァルンホルムの堤防が決壊 — a long headline in two scripts for a phone",
        "paragraph|The district counted 870 people in the school gymnasium on Thursday, its office said.",
    ),
    "x": (
        "title|</script><script>alert('x')</script> Recipes for <i>leftover</i> bread",
        "paragraph|Cut the bread into cubes & toast them [bold]slowly[/bold].",
    ),
}
OUTLETS = {
    "a": "The Harbour Gazette",
    "b": "Ostrand Daily",
    "c": "lowlandcourier-and-advertiser-of-the-northern-parishes.example",
    "d": "Radio Kalvik",
    "e": "北海新聞 Meridian Monitor",
    "x": None,
}
WIRE = "The sea dyke at Varnholm gave way shortly before dawn on Thursday and more than 1,200 people were led out"
MINUTES = "minutes between the first crack and the water in the"


def build() -> dict[str, Any]:
    reports = [report(key, siglum) for key, siglum in zip("abcdex", "ABCDEF", strict=True)]
    return {
        "stemma": "0.1.0",
        "skipped": [{"location": "pages/empty.html", "reason": "the file is empty"}],
        "reports": reports,
        "stories": [stray(), dyke()],
    }


def report(key: str, siglum: str) -> dict[str, Any]:
    blocks, at, lines = [], 0, []
    for line in TEXTS[key]:
        role, words = line.split("|", 1)
        blocks.append({"start": at, "end": at + len(words), "role": role})
        lines.append(words)
        at += len(words) + 1
    return {
        "id": f"r-{key}",
        "siglum": siglum,
        "location": f"pages/{key}.html",
        "outlet": OUTLETS[key],
        "url": "javascript:alert(1)" if key == "x" else f"https://{key}.example/news?a=1&b=2",
        "retrieved": None,
        "sha256": key * 64,
        "title": lines[0],
        "published": "2031-10-03T09:20:00+02:00" if key == "a" else None,
        "byline": ["Ilse Torvund"] if key == "a" else [],
        "agency": "Nordwire" if key == "a" else None,
        "contributors": [],
        "language": "en",
        "text": "\n".join(lines),
        "blocks": blocks,
    }


def span(key: str, words: str) -> dict[str, Any]:
    text = "\n".join(line.split("|", 1)[1] for line in TEXTS[key])
    start = text.index(words)
    return {"report": f"r-{key}", "start": start, "end": start + len(words)}


def align(first: str, second: str, words: str, kind: str) -> dict[str, Any]:
    return {"a": span(first, words), "b": span(second, words), "kind": kind, "score": 0.9}


def derive(child: str, parent: str, kind: str, share: float, credited: bool, probability: float) -> dict[str, Any]:
    signs = []
    if child == "w-a":
        credit = span("a", "(Nordwire)")
        signs = [
            {
                "sign": "credit line",
                "weight": 3.2,
                "reason": "The dateline names Nordwire as the author.",
                **credit,
            }
        ]
    return {
        "child": child,
        "parent": parent,
        "kind": kind,
        "share": share,
        "credited": credited,
        "probability": probability,
        "signs": signs,
    }


def stated(number: int, key: str, words: str, source: str | None, caveat: str | None = None) -> dict[str, Any]:
    where = span(key, words)
    at = [where["start"], where["end"]]
    return {
        "id": f"t{number}",
        "report": f"r-{key}",
        "content": [at],
        "quotations": [at] if source == "s1" else [],
        "attributed": source is not None,
        "source": source,
        "source_span": None,
        "cue_span": None,
        "caveat": caveat,
        "negated": False,
    }


def member(statement: str, key: str, words: str, value: float, bound: str) -> dict[str, Any]:
    high = value + 50 if bound == "about" else None
    figure = {"value": value, "low": value, "high": high, "unit": None, "counted": "person", "bound": bound}
    return {"statement": statement, "figure": figure, **span(key, words)}


def dyke() -> dict[str, Any]:
    number = "more than 1,200 people were led out"
    return {
        "id": "story-dyke",
        "title": "Sea dyke at Varnholm gives way",
        "reports": [f"r-{k}" for k in "abcde"],
        "witnesses": [
            {"id": f"w-{k}", "siglum": s, "report": f"r-{k}", "name": None} for k, s in zip("abcde", "ABCDE", strict=True)
        ]
        + [
            {"id": "w-1", "siglum": "α", "report": None, "name": "Nordwire"},
            {"id": "w-2", "siglum": "β", "report": None, "name": None},
        ],
        "derivations": [
            derive("w-a", "w-1", "verbatim", 0.97, True, 0.98),
            derive("w-b", "w-1", "edited", 0.999, False, 0.91),
            derive("w-c", "w-b", "rewrite", 0.62, False, 0.74),
            derive("w-d", "w-1", "edited", 0.41, False, 0.8),
            derive("w-d", "w-2", "translation", 0.2, False, 0.55),
            derive("w-c", "w-2", "translation", 0.1, True, 0.5),
        ],
        "origins": [
            {
                "witness": "w-1",
                "name": "Nordwire",
                "descendants": [
                    {
                        "report": "r-a",
                        "kind": "verbatim",
                        "share": 0.97,
                        "credited": True,
                        "probability": 0.98,
                    },
                    {
                        "report": "r-b",
                        "kind": "edited",
                        "share": 0.99,
                        "credited": False,
                        "probability": 0.91,
                    },
                    {
                        "report": "r-c",
                        "kind": "rewrite",
                        "share": 0.62,
                        "credited": False,
                        "probability": 0.74,
                    },
                    {"report": "r-d", "kind": "edited", "share": 0.41, "credited": False, "probability": 0.8},
                ],
            },
            {"witness": "w-d", "name": "Radio Kalvik", "descendants": []},
            {"witness": "w-e", "name": "Meridian Monitor", "descendants": []},
        ],
        "independent_origins": {"low": 3, "best": 3, "high": 4},
        "alignments": [
            align("a", "b", WIRE, "verbatim"),
            align("a", "d", WIRE, "edited"),
            align("b", "d", WIRE, "edited"),
            align("a", "b", MINUTES, "verbatim"),
            align("a", "c", MINUTES, "rewrite"),
            align("a", "b", "the first crack", "verbatim"),
        ],
        "sources": [
            {
                "id": "s1",
                "name": "Oda Lemmerich",
                "names": ["Oda Lemmerich", "the bailiff"],
                "role": "water bailiff",
            },
            {"id": "s2", "name": "the district water board", "names": ["the water board"], "role": None},
        ],
        "statements": [
            stated(1, "a", number, "s2", "Nordwire could not verify it"),
            stated(2, "b", number, "s2"),
            stated(3, "a", f"We had eleven {MINUTES} market square,", "s1"),
            stated(4, "c", f"We had ten {MINUTES} square,", "s1"),
            stated(5, "e", "The district counted 870 people in the school gymnasium", None),
        ],
        "claims": [
            {
                "id": "c1",
                "summary": "People were led out of the lower town of Varnholm",
                "relation": "differ",
                "members": [
                    member("t1", "a", number, 1200, "more"),
                    member("t2", "b", number, 1200, "more"),
                    member("t6", "c", "Some 1,200 residents fled Varnholm", 1200, "about"),
                ],
                "stances": [
                    {
                        "report": "r-a",
                        "stance": "attributes",
                        "reason": "the water board said",
                        "evidence": [],
                    },
                    {"report": "r-c", "stance": "asserts", "reason": "no source is named", "evidence": []},
                ],
                "outlets": ["The Harbour Gazette", "Ostrand Daily"],
                "origins": ["w-1"],
                "sources": ["s2"],
                "verified_by": [],
            },
            {
                "id": "c2",
                "summary": "People slept in the school gymnasium",
                "relation": "single",
                "members": [member("t5", "e", "counted 870 people", 870, "exact")],
                "stances": [],
                "outlets": [],
                "origins": ["w-e"],
                "sources": [],
                "verified_by": ["Meridian Monitor"],
            },
        ],
        "findings": [
            {
                "kind": "altered quotation",
                "severity": "high",
                "reports": ["r-c"],
                "claim": None,
                "message": "C prints “ten minutes” inside the marks where A and B have “eleven minutes”.",
                "evidence": [
                    span("c", "We had ten minutes between"),
                    span("a", "We had eleven minutes between"),
                ],
            },
            {
                "kind": "dropped caveat",
                "severity": "medium",
                "reports": ["r-b"],
                "claim": "c1",
                "message": "B leaves out that the number could not be verified.",
                "evidence": [
                    span("a", "Nordwire could not independently verify the number of people who were led out."),
                    span("b", number),
                ],
            },
        ],
        "times": [],
        "places": [],
    }


def stray() -> dict[str, Any]:
    return {
        "id": "story-x",
        "title": TEXTS["x"][0].split("|", 1)[1],
        "reports": ["r-x"],
        "witnesses": [{"id": "w-x", "siglum": "F", "report": "r-x", "name": None}],
        "derivations": [],
        "origins": [{"witness": "w-x", "name": None, "descendants": []}],
        "independent_origins": {"low": 1, "best": 1, "high": 1},
        "alignments": [],
        "sources": [],
        "statements": [],
        "claims": [],
        "findings": [],
        "times": [],
        "places": [],
    }


def judged(account: dict[str, Any]) -> dict[str, Any]:
    """Return the account after one derivation and one finding were judged right, and a third finding wrong."""
    told = copy.deepcopy(account)
    story = told["stories"][1]
    story["derivations"][0]["judged"] = {"verdict": "right", "who": "Ann Lee", "when": "2031-10-04T08:00:00+00:00", "note": ""}
    story["findings"][0]["judged"] = {
        "verdict": "right", "who": "Ann Lee", "when": "2031-10-04T08:00:00+00:00", "note": "seen the fax",
    }  # fmt: skip
    story["withdrawn"] = [story["findings"][1] | {"id": "f3"}]
    story["judgements"] = [
        {"verdict": "wrong", "about": "dropped credit: C leaves Nordwire out", "who": "Bo", "when": "2031-10-05", "note": ""}
    ]
    return told


@pytest.fixture(scope="session")
def account() -> dict[str, Any]:
    return build()
