"""Every table of the store: one frozen dataclass a table, its fields the columns, its docstring the meaning.

A row is made by one room and read by the rooms after it. Offsets are Unicode code points into `report.text`, [start, end).
The Arrow schema (arrow.py) and the store's DDL follow from the annotations: this file is the only schema (with values.py).
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from stemma.values import Caveat as Caveat
from stemma.values import Figure as Figure
from stemma.values import Name as Name
from stemma.values import Place as Place
from stemma.values import Post as Post
from stemma.values import Provenance as Provenance
from stemma.values import Quotation as Quotation
from stemma.values import Span as Span
from stemma.values import Time as Time

VERSION = 13
"""Goes up whenever a table below changes; a store of another version is refused."""

Role = Literal[
    "title", "deck", "byline", "date", "credit", "paragraph", "heading", "quote", "list", "table", "caption", "link",
    "post", "correction",
]  # fmt: skip
BODY = ("paragraph", "quote", "post", "list", "table")
"""The roles of a report's body, where statements come from."""
OWN_BODY = ("paragraph", "quote", "list", "table")
"""The body without the posts of others that it embeds: the page's own telling, which shares are counted over."""

KINDS = ("verbatim", "edited", "rewrite", "translation")
SEVERITIES = ("high", "medium", "low")

Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they were saved, with where and when; what is said of them from outside overrules what they print.

    `url`, `outlet`, `published`, `retrieved`, `title`, `byline` and `language` come from the meta file, the archive, the row of a
    table, or the comment of the program that saved it, as they are written there. `charset` is the encoding that a server or an
    archive declared beside the bytes. `format` is html, text (a page's text with its furniture), article (text alone) or pdf.
    """

    key: ClassVar = ("id",)
    id: str
    location: str
    url: str | None
    outlet: str | None
    published: str | None
    retrieved: str | None
    sha256: str
    size: int
    format: str
    charset: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageBytes:
    """The bytes of a page as they were saved, compressed with zstd; `page.size` is how many they are."""

    key: ClassVar = ("id",)
    id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered when a page was fetched, beside the body: its status, and its headers as (name, value) in order.

    `url` is the address that answered, after redirects; `peer` the network address that was connected to, where it is known.
    """

    key: ClassVar = ("page",)
    page: str
    url: str
    retrieved: str
    status: int
    headers: tuple[Header, ...]
    peer: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """An article that a page prints; fields as in schema.org NewsArticle.

    The id of a page's own article is its page's; that of a further one is made of its page and its place there.
    """

    key: ClassVar = ("id",)
    id: str
    page: str
    location: str
    url: str | None
    retrieved: str | None
    sha256: str
    outlet: str | None
    title: str | None
    published: str | None
    modified: str | None
    byline: tuple[str, ...]
    agency: str | None
    contributors: tuple[str, ...]
    dateline: str | None
    language: str | None
    text: str
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A report that is an earlier version of another, which is the newest and stands in the story; `place` is 1 for the first."""

    key: ClassVar = ("earlier",)
    earlier: str
    report: str
    place: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a report's text with a role; blocks stand in page order and one newline separates two."""

    key: ClassVar = ("report", "start")
    report: str
    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Mention:
    """What is recognised in one report by itself: `kind` names the column that says what it is, and the others are null."""

    key: ClassVar = ("report", "kind", "start", "end")
    report: str
    kind: str
    start: int
    end: int
    quotation: Quotation | None = None
    name: Name | None = None
    figure: Figure | None = None
    time: Time | None = None
    place: Place | None = None
    caveat: Caveat | None = None
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One report's membership in a story; a story's id is that of its earliest report."""

    key: ClassVar = ("report",)
    story: str
    report: str


@dataclass(frozen=True, slots=True)
class Alias:
    """An id that a story once had, and the id that it has now."""

    key: ClassVar = ("old",)
    old: str
    story: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a report's story is found by, made of its text and date alone, so that no report is looked through twice.

    `terms` are numbers of stems, the first `names` of them of names and figures, and `keys` of what names share over languages,
    each with its weight; `shingles` are hashes of runs of five words. Reports that `proposals` (hashes, too) have in common are
    compared. `day` and `instant` (in seconds) count from 1970.
    """

    key: ClassVar = ("report",)
    report: str
    language: str
    day: int | None
    instant: float | None
    names: int
    terms: tuple[int, ...]
    weights: tuple[int, ...]
    keys: tuple[int, ...]
    key_weights: tuple[int, ...]
    shingles: tuple[int, ...]
    proposals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """What a report hangs together with by likenesses, known by the lowest id in it, and the version of stemma that found it."""

    key: ClassVar = ("report",)
    report: str
    component: str
    version: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two runs in two reports that are the same words; each side inside one paragraph."""

    key: ClassVar = ("story", "a_report", "a_start", "b_report", "b_start")
    story: str
    a_report: str
    a_start: int
    a_end: int
    b_report: str
    b_start: int
    b_end: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Witness:
    """A node of the stemma: a report, or a lost source (`report` null)."""

    key: ClassVar = ("story", "id")
    story: str
    id: str
    siglum: str
    report: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Derivation:
    """One edge of the stemma: `child` took a `share` (0–1) of its body words from `parent`."""

    key: ClassVar = ("story", "child", "parent")
    story: str
    child: str
    parent: str
    kind: str
    share: float
    credited: bool
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence for a derivation, with its weight in nats and a sentence that says why."""

    key: ClassVar = ("story", "child", "parent", "sign", "report", "start")
    story: str
    child: str
    parent: str
    sign: str
    weight: float
    reason: str
    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """A witness with wording of its own that it took from no other."""

    key: ClassVar = ("story", "witness")
    story: str
    witness: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Descendant:
    """A report that holds words of an origin, through however many copies."""

    key: ClassVar = ("story", "origin", "report")
    story: str
    origin: str
    report: str
    kind: str
    share: float
    credited: bool
    probability: float


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many independent origins a story has: the least, the likeliest and the most."""

    key: ClassVar = ("story",)
    story: str
    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True)
class Source:
    """The person, office, organisation or document that statements are attributed to, one per story."""

    key: ClassVar = ("story", "id")
    story: str
    id: str
    name: str
    names: tuple[str, ...]
    role: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Source, cue and content of something said, quoted or not; unattributed body sentences have no source.

    `quotations` are without their marks. `caveat` is a sentence in plain words or null, `caveat_span` the words it rests on.
    """

    key: ClassVar = ("story", "id")
    story: str
    id: str
    report: str
    content: tuple[Span, ...]
    quotations: tuple[Span, ...]
    attributed: bool
    source: str | None
    source_span: Span | None
    cue_span: Span | None
    caveat: str | None
    caveat_span: Span | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition and how the reports that carry it stand to each other.

    `part_of` is the claim in whose sentences it stands, or null; `rank` its place, 1 first, among what a reader needs to know;
    `doubtful` whether its members, by their words, may say two things, or its summary cannot be read alone.
    """

    key: ClassVar = ("story", "id")
    story: str
    id: str
    summary: str
    relation: str
    part_of: str | None
    rank: int
    doubtful: bool
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    sources: tuple[str, ...]
    verified_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A span of a report that asserts, attributes or denies a claim; `figure` is its figure or null."""

    key: ClassVar = ("story", "claim", "report", "start", "end")
    story: str
    claim: str
    statement: str
    report: str
    start: int
    end: int
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Stance:
    """How one report stands to one claim, with the words that show it."""

    key: ClassVar = ("story", "claim", "report")
    story: str
    claim: str
    report: str
    stance: str
    reason: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a report that prove something (not a table: part of a finding)."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a careful reader should know, with the words that prove it."""

    key: ClassVar = ("story", "id")
    story: str
    id: str
    kind: str
    severity: str
    message: str
    reports: tuple[str, ...]
    claim: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of two pieces of evidence, or of one (`that` empty); laid over the rest, never merged into it.

    `kind` is statement, name, derivation, finding or report (two that tell one story). `this` and `that` are ids of statements,
    of reports, of the witnesses of a derivation (child, parent) or of a finding, or for a name the place "report:start-end" where
    it stands. `verdict` is same, not, right or wrong. Of kind note is what a reader wrote (`note`) of the claim that statement
    `this` is in, of kind rating whether another found the note `this` helpful or unhelpful; `that` stands for who. `about` is
    what was judged in a sentence, `evidence` the words of it, so that it is known again when ids change.
    """

    key: ClassVar = ("this", "that")
    this: str
    that: str
    kind: str
    verdict: str
    who: str
    when: str
    note: str
    about: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that could not be read, and why."""

    key: ClassVar = ("location",)
    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or a sitemap that is followed: what its server said the last time (`etag`, `modified`), when it may be asked again.

    `due` is ISO 8601 in UTC; `failures` counts the times in a row that it could not be read.
    """

    key: ClassVar = ("url",)
    url: str
    etag: str | None
    modified: str | None
    due: str
    failures: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed names: not asked for before `due`, and not again once it was read or skipped (`done`)."""

    key: ClassVar = ("url",)
    url: str
    feed: str
    found: str
    due: str
    tries: int
    done: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One deep pass over a story: by which version, over which reports, and when.

    `reports` is a hash of their ids, `attribution` one of the model that said who said what, `judged` one of what people judged
    of the story; null where there was none.
    """

    key: ClassVar = ("story",)
    story: str
    version: str
    reports: str
    attribution: str | None
    judged: str | None
    finished: str


Row = (
    Page | PageBytes | Response | Report | Block | Mention | Story | Alias | Alignment | Witness | Derivation | Sign
    | Origin | Descendant | OriginCount | Source | Statement | Claim | Member | Stance | Finding | Judgement | Skipped
    | Feed | Entry | Run | Version | Fingerprint | Component
)  # fmt: skip

TABLES: dict[str, type[Any]] = {
    "page": Page, "page_bytes": PageBytes, "response": Response, "report": Report, "block": Block, "mention": Mention,
    "story": Story, "alias": Alias, "alignment": Alignment, "witness": Witness, "derivation": Derivation, "sign": Sign,
    "origin": Origin, "descendant": Descendant, "origin_count": OriginCount, "source": Source, "statement": Statement,
    "claim": Claim, "member": Member, "stance": Stance, "finding": Finding, "judgement": Judgement, "skipped": Skipped,
    "feed": Feed, "entry": Entry, "run": Run, "version": Version, "fingerprint": Fingerprint, "component": Component,
}  # fmt: skip

STORY_TABLES = tuple(name for name, row in TABLES.items() if "story" in row.key and name not in ("story", "alias"))
"""Tables that the deep pass writes, one story at a time."""
