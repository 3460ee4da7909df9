"""A report's text as it is read on the page: cut where marks begin and end, each piece with its marks and link targets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Generic, TypeVar

from stemma.show.wording import MARKED, Row, link, report_name, witness_name

Mark = TypeVar("Mark")
_STRENGTH = {kind: i for i, kind in enumerate(MARKED)}
_TINTS = 6
_NAMED = 8
_FACTS = ("published", "modified", "url", "sha256", "location", "agency")
_TAGS = {"title": "h4", "deck": "p", "heading": "h5", "quote": "blockquote"}


@dataclass(frozen=True, slots=True)
class Segment(Generic[Mark]):
    """A run of text [start, end) and the marks that cover all of it."""

    start: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of one report that stands in another too: kind, other report, the origin's witness if known."""

    kind: str
    other: str
    origin: str | None


@dataclass(slots=True)
class Anchors:
    """The places in reports that something on the page links to; filled first, drawn when the texts are."""

    reports: Mapping[str, Row]
    keys: dict[str, str] = field(init=False)
    ends: dict[str, dict[int, int]] = field(init=False)
    flags: dict[str, set[tuple[int, int, str, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = {r: f"r{i}" for i, r in enumerate(self.reports, 1)}
        self.ends = {r: {} for r in self.reports}
        self.flags = {r: set() for r in self.reports}

    def report(self, report: str) -> str:
        """Return the id of a report's article."""
        return self.keys[report]

    def words(self, report: str, start: int, end: int, finding: tuple[str, int] | None = None) -> str:
        """Return the id of the place [start, end); two that begin together share it, the longer counts."""
        start = self._first_word(report, start, end)
        self.ends[report][start] = max(end, self.ends[report].get(start, 0))
        if finding:
            self.flags[report].add((start, end, *finding))
        return f"{self.keys[report]}-{start}"

    def _first_word(self, report: str, start: int, end: int) -> int:
        """No segment begins on the newline between two blocks, so no anchor may."""
        text = self.reports[report]["text"]
        return next((i for i in range(max(0, start), min(end, len(text))) if not text[i].isspace()), start)


@dataclass(frozen=True, slots=True)
class _Anchor:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Flag:
    start: int
    end: int
    key: str
    number: int


_Mark = Passage | _Anchor | _Flag
Shared = Mapping[str, list[tuple[int, int, Passage]]]


def read_reports(story: Row, sigla: Mapping[str, str], reports: Mapping[str, Row], anchors: Anchors) -> list[dict[str, Any]]:
    """Return what the template shows of each report of a story, in the order of the sigla."""
    shared, origins = passages(story), named_origins(story, reports)
    return [_read(reports[r], sigla, shared, origins, anchors) for r in sigla]


def _read(report: Row, sigla: Mapping[str, str], shared: Shared, origins: Mapping[str, Any], anchors: Anchors) -> dict[str, Any]:
    """Return what the template shows of a report: its metadata and its blocks, each a list of segments.

    The segments' texts put together are the block's text exactly; marks are attributes, never characters.
    """
    marks = list(_marks(report["id"], shared, anchors))
    parts: list[dict[str, Any]] = []
    for start, end, role in blocks(report):
        pieces = [_piece(s, report, sigla, origins, anchors) for s in cut(start, end, marks)]
        letter_first(pieces)
        parts.append({"role": role, "tag": _TAGS.get(role, "p"), "pieces": pieces})
    tints = {p.get("tint") for b in parts for p in b["pieces"]}
    return {
        **{name: report.get(name) for name in _FACTS},
        "key": anchors.report(report["id"]),
        "siglum": sigla[report["id"]],
        "name": report_name(report),
        "blocks": parts,
        "link": link(report.get("url")),
        "byline": report.get("byline") or [],
        "contributors": report.get("contributors") or [],
        "language": _language(report),
        "origins": [o for o in origins.values() if o["tint"] in tints],
    }


def _marks(report: str, shared: Shared, anchors: Anchors) -> Iterator[tuple[int, int, _Mark]]:
    yield from shared.get(report, [])
    for start, end in sorted(anchors.ends[report].items()):
        yield start, end, _Anchor(start, end)
    for start, end, key, number in sorted(anchors.flags[report]):
        yield start, end, _Flag(start, end, key, number)


def named_origins(story: Row, reports: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """Letter, name and tint of each origin, by witness id; tints come round again, letters do not."""
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    found = {}
    known = [o for o in story.get("origins", []) if o["witness"] in witnesses]
    # Those whose words others hold come first: their tints tell most, and no two of the first six are alike.
    for i, origin in enumerate(sorted(known, key=lambda o: -len(o.get("descendants", [])))):
        witness = witnesses[origin["witness"]]
        name = origin.get("name") or witness_name(witness, reports)
        found[witness["id"]] = {"siglum": str(witness.get("siglum") or "?"), "name": name, "tint": i % _TINTS,
                                "report": witness.get("report")}  # fmt: skip
    return found


def _piece(
    segment: Segment[_Mark],
    report: Row,
    sigla: Mapping[str, str],
    origins: Mapping[str, Any],
    anchors: Anchors,
) -> dict[str, Any]:
    piece: dict[str, Any] = {"words": report["text"][segment.start : segment.end], "id": None, "flags": []}
    for mark in segment.marks:
        if isinstance(mark, _Anchor) and mark.start == segment.start:
            piece["id"] = f"{anchors.report(report['id'])}-{mark.start}"
            piece["length"] = len(report["text"][mark.start : mark.end].replace("\n", ""))
        elif isinstance(mark, _Flag) and mark.end == segment.end:
            piece["flags"].append({"to": mark.key, "number": mark.number})
    shared = [m for m in segment.marks if isinstance(m, Passage)]
    return piece | told_of(shared, report["id"], sigla, origins) if shared else piece


def told_of(shared: list[Passage], report: str, sigla: Mapping[str, str], origins: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a segment that others share is marked: by its closest counterpart, known origins first."""
    closest = min(shared, key=lambda p: (p.origin not in origins, _STRENGTH.get(p.kind, 9), p.other))
    origin = origins.get(closest.origin or "")
    where = sorted({sigla.get(p.other, "?") for p in shared})
    more = f" and {len(where) - _NAMED} more" if len(where) > _NAMED else ""
    if origin is None:
        told, letter = "wording of unknown origin", "?"
    else:
        own = origin["report"] == report
        told = "own wording" if own else f"from {origin['siglum']} {origin['name']}"
        letter = origin["siglum"]
    return {"kind": closest.kind, "tint": origin["tint"] if origin else None, "letter": letter, "origin": origin,
            "told": f"{told}, {closest.kind}; also in {', '.join(where[:_NAMED])}{more}"}  # fmt: skip


def letter_first(pieces: list[dict[str, Any]]) -> None:
    """Let a run of segments of one `letter` show it once, where it begins (`shows`); what has no words ends no run."""
    before = None
    for piece in pieces:
        letter = piece.get("letter")
        worded = any(map(str.isalnum, piece["words"]))
        piece["shows"] = worded and letter is not None and letter != before
        before = letter if worded else before


def _language(report: Row) -> str | None:
    code = report.get("language")
    return code if isinstance(code, str) and code.replace("-", "").isalnum() and code.isascii() else None


def cut(start: int, end: int, spans: Iterable[tuple[int, int, Mark]]) -> list[Segment[Mark]]:
    """Return [start, end) as touching segments; every span is the union of the segments that carry its mark.

    Spans are clipped to [start, end); empty ones are left out.
    """
    inside = [(max(start, s), min(end, e), m) for s, e, m in spans if max(start, s) < min(end, e)]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for i, (s, e, _) in enumerate(inside):
        opening.setdefault(s, []).append(i)
        closing.setdefault(e, []).append(i)
    points = sorted({start, end} | opening.keys() | closing.keys())
    active: dict[int, Mark] = {}
    segments = []
    for here, there in pairwise(points):
        for i in closing.get(here, []):
            del active[i]
        active.update((i, inside[i][2]) for i in opening.get(here, []))
        segments.append(Segment(here, there, tuple(active.values())))
    return segments


def blocks(report: Row) -> list[tuple[int, int, str]]:
    """Return a report's blocks as (start, end, role), in order and apart; other text is a paragraph."""
    text: str = report["text"]
    found: list[tuple[int, int, str]] = []
    at = 0
    for block in sorted(report.get("blocks", []), key=lambda b: (b["start"], b["end"])):
        start, end = max(at, block["start"]), min(len(text), block["end"])
        if start < end:
            found += [*_lines(text, at, start), (start, end, block["role"])]
            at = end
    return found + _lines(text, at, len(text))


def passages(story: Row) -> dict[str, list[tuple[int, int, Passage]]]:
    """Return what each report of a story shares with others: report id to (start, end, passage)."""
    holds = _holders(story)
    found: dict[str, list[tuple[int, int, Passage]]] = {r: [] for r in story["reports"]}
    for alignment in story.get("alignments", []):
        a, b = alignment["a"], alignment["b"]
        origin = _common_origin(holds, a["report"], b["report"])
        for here, other in ((a, b), (b, a)):
            mark = Passage(alignment["kind"], other["report"], origin)
            found.setdefault(here["report"], []).append((here["start"], here["end"], mark))
    return found


def _lines(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    lines = []
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append((start, start + len(line), "paragraph"))
        start += len(line) + 1
    return lines


def _holders(story: Row) -> dict[str, dict[str, float]]:
    """Return for each origin the reports that hold its words, with their shares; its own report has all."""
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    holds = {}
    for origin in story.get("origins", []):
        shares = {d["report"]: float(d.get("share") or 0) for d in origin.get("descendants", [])}
        own = witnesses.get(origin["witness"], {}).get("report")
        holds[origin["witness"]] = shares | ({own: 1.0} if own else {})
    return holds


def _common_origin(holds: Mapping[str, Mapping[str, float]], a: str, b: str) -> str | None:
    """Return the origin that both reports draw on, the one that gave most when they draw on several."""
    shared: Sequence[str] = [o for o, shares in holds.items() if a in shares and b in shares]
    return max(shared, key=lambda o: min(holds[o][a], holds[o][b]), default=None)
