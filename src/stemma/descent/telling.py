"""What descent knows of each report before it compares: its words, its time, whom it credits, and which words were given to all.

Given to all are posts, public statements, and what stands in quotation marks anywhere in the story: two reports that embed one
post, or print one company's statement, took nothing from each other, even where one of them leaves out the marks.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cmp_to_key, lru_cache, partial
from itertools import pairwise

import numpy as np

from stemma.descent import thresholds
from stemma.descent.citations import EDITION, Citation, abbreviated, citations, house, is_listed, taken_up, unlisted
from stemma.descent.machine_translation import TranslationSign, translation_signs
from stemma.descent.runs import Keys, seed_keys
from stemma.descent.words import Words, read_words, sentence_cuts
from stemma.reports.agencies import agency_of
from stemma.reports.credits import CreditLine, credited_sources
from stemma.stories.fingerprints import key_of
from stemma.tables import BODY, Block, Report, Span
from stemma.text.countries import country
from stemma.text.moments import order
from stemma.text.normal import fold
from stemma.text.once import Once
from stemma.text.stems import stem

_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"(?<!\w)[A-Z]{3,6}(?!\w)")
_MARKS = re.compile(r"[^\w\s'’&-]+")
_POST = re.compile(
    r"(?:—|–|--|-)\s?[^\n]{1,60}\(@\w{2,20}\)|\bpic\.twitter\.com/\w|\bt\.co/\w|\binstagram\.com/p/|^\s*(?:RT )?@\w{2,20}\b"
)
_HOLDER = r"(?:Reuters|REUTERS|AP|AFP|EPA|PA|Xinhua|Getty(?: Images)?|Alamy|Shutterstock|Associated Press)"
_GALLERY = re.compile(
    r"\bCaption \d+ of \d+\b|(?:\b\d{1,2}/\d{2}\b[^/]*){4}|^.{0,40}\b\d{1,3} of \d{1,3} (?:Full Screen|[Pp]hotos?\b|[Ii]mages?)|"
    rf"(?:[/(] ?{_HOLDER}\b[^/(]*){{3}}|"
    rf"^(?:Getty Images|AP Photo|Image copyright|Enlarge this image)\b|[\w.’'-] ?/ ?{_HOLDER}$|"
    r"\((?:(?:Photo|Image|Picture|Credit)s?: ?[^()]{0,60}|(?:AP Photo|(?:[A-Z][\w.’'-]+ ?){1,4})/ ?[A-Z][^()]{1,40})\)$"
)
OUTLET_NOISE = ("www.", ".com", ".org", ".net", "the ", " news agency", " agency")
_BEFORE_NAME = re.compile(
    r"^(?:(?:[Ff]rom|on|[Vv]ia|[Bb]y)\s+)?(?:(?:the|an?)\s+)?(?:(?:[\w-]+\s+)?(?:site|website|newspaper|paper|magazine|blog)\s+)?"
    r"(?=[A-ZÀ-ÞА-Я0-9])"
)
_FIRST_OF_MANY = re.compile(r"\s*[,;|]\s+|:\s")
_DOMAIN = re.compile(r"\.(?:com|org|net|co)(?:\.[a-z]{2})?\b")
_HELPED = re.compile(r"\b(?:additional|further|extra) report|\bcontribut", re.IGNORECASE)
"""How a line says that another newsroom helped with a report that somebody signs."""
_OTHER_ARTICLE = re.compile(r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne|[Ss]imilar|[Ee]arlier)\s(?:[\w-]+\s){0,2}$")
"""What begins the name of an article that is not this one: "A bogus article was published on"."""
_NO_HOUSE = re.compile(
    r"(?:news |wire )*(?:services?|reports?|agenc(?:y|ies)|wires?|sources?|staff)(?: (?:services|reports))?|"
    r"Reddit|Twitter|Facebook|Instagram|YouTube|Tumblr|Wikipedia|Google(?: News)?|Flickr|Weibo|Telegram|TikTok",
    re.IGNORECASE,
)
_AGENCY = re.compile(r" (?:[\w-]+ ){0,2}agency\b")
"""How a paper says what a house is that its readers may not know."""
UNSTATED = "unstated"
_MEDIA = r"(?:Twitter|Facebook|Instagram|Snapchat|Weibo|Telegram|YouTube|Reddit|LinkedIn|Tumblr|TikTok|VK|social media)"
_STATEMENT = re.compile(
    r"\b(?:in|issued|released|from|read|according to) (?:an?|the|his|her|their|its|this|that)\s(?:[\w-]+\s){0,3}"
    r"(?:statement|(?:press|news) release|tweets?|post|(?:news|press) conference|briefing|letter|memo|e-?mail|blog post|"
    r"filing)\b|\b(?:statement|release|spokes\w+) (?:read|reads|said|says|added|continued)\b|"
    r"\btold (?:reporters|journalists|the media|the press|a (?:news|press) (?:conference|briefing))\b|"
    rf"\b(?:re)?tweet(?:ed|ing|s)?\b|\b(?:wrote|said|posted|announced|shared|took|writing|saying|revealed|post|message)"
    rf"\b[^.\n]{{0,40}}\b(?:on|to|via) (?:\w+ )?{_MEDIA}\b"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """A report names `name` as author of words, `whole` when of all of them (a dateline, "first appeared in").

    `name` is None for a bare "Source link": copied from somebody who is not named. Of the `kind` UNSTATED the report says it
    in no credit: its author's name says so, or what its text takes for granted.
    """

    name: str | None
    whole: bool
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of the story, ready to be compared; its `words` are those of its body without the `posts` (spans of text)."""

    report: Report
    blocks: tuple[Block, ...]
    words: Words
    credits: tuple[Credit, ...]
    translated: tuple[TranslationSign, ...]
    citations: tuple[Citation, ...] = ()
    posts: tuple[Span, ...] = ()
    states: Words | None = None
    """The words of all its versions, those of the newest first; None where no earlier one has a paragraph that it lacks."""
    versions: tuple["Telling", ...] = ()
    """Its earlier versions, the latest first."""

    @property
    def collated(self) -> Words:
        """The words that others may have from it."""
        return self.states or self.words

    @property
    def dated(self) -> str | None:
        """When it was first published, as its versions say, or saved: it was out by then."""
        known = [self.report.published, *(v.report.published or v.report.retrieved for v in self.versions)]
        return min(filter(None, known), key=cmp_to_key(order), default=None)

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id

    @property
    def name(self) -> str:
        """What a reader calls the report: its outlet, else its title, else where it was found."""
        return self.report.outlet or self.report.title or self.report.location

    @property
    def named(self) -> list[tuple[str | None, int, int]]:
        """Whom the report names as author of words, in credits and in running text, with where it does."""
        return [(c.name, c.start, c.end) for c in self.credits] + [(c.name, c.start, c.end) for c in self.citations]

    def authors(self, share: float) -> list[str | None]:
        """Return whom the report credits with a share of its words, 0–1; its outlet is that of its own earlier page.

        In a page that is mostly another's, what somebody told or showed that house was copied too, and is no credit; nor is
        its author's name alone.
        """
        cited = [c.name for c in self.citations if share < thresholds.MOSTLY_SHARE or not c.spoken]
        return [self.report.outlet, *(c.name for c in self.credits if c.kind != UNSTATED), *cited]


def read_telling(report: Report, blocks: Sequence[Block], once: Once | None = None) -> Telling:
    """Return what descent needs of one report; what hangs on its text alone is worked out `once` for all prints of it."""
    body = [b for b in blocks if b.role in BODY]
    key = report.text, report.language, tuple((b.start, b.end, b.role) for b in body)
    read = (once or Once()).of(key, partial(_read, report.text, report.language, body))
    credits_ = tuple(_credits(report, blocks))
    cited = [c for c in read.citations if not any(_is_own(c.name, own) for own in (report.outlet, report.agency))]
    return Telling(report, tuple(blocks), read.words, credits_, read.translated, tuple(cited), read.posts)


@dataclass(frozen=True, slots=True)
class _Read:
    """What descent knows of a text, whoever prints it."""

    words: Words
    posts: tuple[Span, ...]
    translated: tuple[TranslationSign, ...]
    citations: tuple[Citation, ...]


def _read(text: str, language: str | None, body: Sequence[Block]) -> _Read:
    posts = [span for b in body for span in _posts(text, b)]
    whole = set(posts)
    posts += _galleries(text, [b for b in body if (b.start, b.end) not in whole])
    ordered = sorted(posts)
    words = read_words(text, [span for b in body for span in _beside((b.start, b.end), ordered)], language)
    return _Read(words, tuple(posts), tuple(translation_signs([text[b.start : b.end] for b in body])), tuple(citations(words)))


def _is_own(name: str, outlet: str | None) -> bool:
    """Whether a name is an outlet's own, or what it calls itself: The Times in The Lantry Times."""
    return same_outlet(name, outlet) or (outlet or "").endswith(" " + name.removeprefix("The "))


def _posts(text: str, block: Block) -> list[Span]:
    """The posts in a paragraph: it is one, or its sentences are that sign one, where a page is printed in one line."""
    span = block.start, block.end
    if block.role == "post" or not is_post(text[block.start : block.end]):
        return [span] if block.role == "post" else []
    if len(text[block.start : block.end].split()) <= thresholds.POST_WORDS:
        return [span]
    cuts = [block.start, *(block.start + cut for cut in sentence_cuts(text[block.start : block.end])), block.end]
    return [(first, past) for first, past in pairwise(cuts) if is_post(text[first:past])]


def _beside(span: Span, posts: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span without the posts in it, of all in their order."""
    first, past = span
    for start, end in (p for p in posts[bisect_left(posts, span[:1]) : bisect_left(posts, (past + 1,))] if p[1] <= past):
        if start > first:
            yield first, start
        first = max(first, end)
    if past > first:
        yield first, past


def is_post(paragraph: str) -> bool:
    """Return whether a paragraph is an embedded post, by its own signs: "words — Name (@handle) date", a short link."""
    return _POST.search(paragraph) is not None


def _galleries(text: str, body: Sequence[Block]) -> list[Span]:
    """The paragraphs that are captions of pictures, which one agency gives to many pages; a page in one paragraph is none."""
    found = [(b.start, b.end) for b in body if _GALLERY.search(text[b.start : b.end])]
    return found if 2 * sum(end - start for start, end in found) < sum(b.end - b.start for b in body) else []


def with_known_names(tellings: Sequence[Telling]) -> list[Telling]:
    """Return the tellings, with the credits that a byline gives once the others are known: their outlets, and whom they credit.

    "Tarin" alone in a byline is anybody's; beside a report by Tarin News Agency it is the agency.
    """
    short = {plain_name(n): t.report.outlet or "" for t in tellings for n in _own_short_name(t)}
    printed = {_printed(t.report, c) for t in tellings for c in t.credits} | {t.report.outlet or "" for t in tellings}
    full = {letters: n for n in sorted(printed) if (letters := _initials(n))}
    named = [_in_full(t, full, short) for t in tellings]
    known = {plain_name(n): n for t in named for n in (t.report.outlet, *(c.name for c in t.credits if c.whole)) if n} | short
    signed = [replace(t, credits=(*t.credits, *_signed(t, known))) for t in named]
    signed = [replace(t, credits=(*t.credits, *_by_its_author(t, signed))) for t in signed]
    by_letters = {short: name for t in signed for short, name in abbreviated(t.report.text).items()}
    fresh = unlisted((n for t in signed for n in (t.report.outlet, *(c.name for c in t.credits if c.whole)) if n), by_letters)
    once = Once()
    citing = signed if fresh is None else [_citing(t, fresh, by_letters, once) for t in signed]
    heard = [replace(t, credits=_teller(t)) if not t.credits else t for t in citing]
    return [replace(t, citations=tuple(taken_up(t.words, t.citations))) if t.citations else t for t in heard]


def _citing(telling: Telling, names: re.Pattern[str], letters: Mapping[str, str], once: Once) -> Telling:
    """A telling with the citations of houses that only the story makes known as houses."""
    mine = (telling.report.outlet, telling.report.agency)
    cited = once.of(id(telling.words), partial(citations, telling.words, names))
    in_full = (replace(c, name=letters.get(c.name, c.name)) for c in cited)
    found = [c for c in in_full if not any(_is_own(c.name, own) for own in mine)]
    fresh = [c for c in found if not any(c.start < o.end and o.start < c.end for o in telling.citations)]
    return replace(telling, citations=tuple(sorted((*telling.citations, *fresh), key=lambda c: c.start))) if fresh else telling


def _by_its_author(telling: Telling, others: Sequence[Telling]) -> list[Credit]:
    """The house that another print of the same author's report credits, where this one names the author alone."""
    who = {fold(name) for name in telling.report.byline}
    if telling.credits or not who:
        return []
    theirs = [c for t in others if who == {fold(name) for name in t.report.byline} for c in t.credits if c.name]
    at = telling.report.text.find(telling.report.byline[0])
    fresh = [c for c in theirs if not same_outlet(c.name, telling.report.outlet)]
    return [Credit(c.name, c.whole, UNSTATED, max(at, 0), max(at, 0) + len(telling.report.byline[0])) for c in fresh[:1]]


def _teller(telling: Telling) -> tuple[Credit, ...]:
    """The agency whose text a page prints that nobody signs: it was told, by its bare name, in one paragraph and in another.

    A paper that tells so itself says who that is: "the AFP news agency".
    """
    text, told = telling.report.text, [c for c in telling.citations if c.spoken and agency_of(c.name)]
    signed = telling.report.byline or any(b.role == "byline" for b in telling.blocks)
    described = any(_AGENCY.match(text, c.end) or _AGENCY.match(text, max(0, c.start - len(" agency "))) for c in told)
    often = len({telling.words.paragraph[c.first] for c in told})
    if signed or described or often < thresholds.TOLD_AGAIN or len({c.name for c in told}) > 1:
        return ()
    return (Credit(told[0].name, True, UNSTATED, told[0].start, told[0].end),)


def _own_short_name(telling: Telling) -> list[str]:
    """The first word of an outlet's name where its own report signs with it: "OSTERMARK (Tarin) –" in the Tarin Finance Wire."""
    words = (telling.report.outlet or "").split()
    if len(words) < 2 or len(words[0]) < thresholds.OUTLET_LETTERS:
        return []
    signed = re.compile(rf"\({re.escape(words[0])}\)|^{re.escape(words[0])}(?:[,/]|$)", re.IGNORECASE | re.MULTILINE)
    return words[:1] if signed.search(telling.report.text) else []


def _in_full(telling: Telling, full: Mapping[str, str], short: Mapping[str, str]) -> Telling:
    """A telling whose credits have the names that other reports have in full: CNS is not everywhere the China News Service."""
    names = [full.get(_printed(telling.report, c), short.get(plain_name(c.name or ""), c.name)) for c in telling.credits]
    credits_ = [replace(c, name=n) for c, n in zip(telling.credits, names, strict=True)]
    return replace(telling, credits=tuple(c for c in credits_ if not same_outlet(c.name, telling.report.outlet)))


def _printed(report: Report, credit: Credit) -> str:
    return report.text[credit.start : credit.end]


def _signed(telling: Telling, known: Mapping[str, str]) -> list[Credit]:
    """The credits of a byline that is a known name, or holds one ("With files from Tarin Post")."""
    found = []
    mine = [telling.report.outlet, *(c.name for c in telling.credits)]
    for b in _credit_lines(telling):
        line = telling.report.text[b.start : b.end]
        whole, words = plain_name(line), f" {fold(_MARKS.sub(' ', line))} "
        letters = set(_LETTERS.findall(line))
        named = [n for plain, n in known.items() if plain in (whole, *words.split()) or f" {fold(n)} " in words]
        named += [n for n in known.values() if _initials(n) in letters]
        fresh = [n for n in dict.fromkeys(named) if not any(same_outlet(n, other) for other in mine)]
        found += [Credit(n, known.get(whole) == n, "agency", b.start, b.end) for n in fresh]
    return found


def _credit_lines(telling: Telling) -> list[Block]:
    """The blocks that say who wrote: bylines, credits, dates, and a few words that begin or end the body."""
    body = [b for b in telling.blocks if b.role in BODY]
    edges = [
        b for b in (*body[:1], *body[-2:]) if len(telling.report.text[b.start : b.end].split()) <= thresholds.SIGNATURE_WORDS
    ]
    return [b for b in telling.blocks if b.role in ("byline", "credit", "date") or b in edges]


@lru_cache(maxsize=100_000)
def same_outlet(a: str | None, b: str | None) -> bool:
    """Return whether two printed names are one outlet: "The Harbour Post" is "harbourpost.com" and "HP"."""
    if not a or not b:
        return False
    # Agencies of one root are two: the Press Association is not the Associated Press.
    apart = None not in (one := agency_of(a), other := agency_of(b)) and one != other
    alike = plain_name(a) == plain_name(b) or (not apart and _roots(a) == _roots(b) != set())
    return alike or any(_stands_for(x, y) or _is_edition(x, y) for x, y in ((a, b), (b, a)))


def _is_edition(name: str, of: str) -> bool:
    """Whether a name is that of a listed house with a land, or a part of the house, behind it: "CNN Money" is CNN's."""
    base, _, last = house(name).rpartition(" ")
    return is_listed(base) and house(base) == house(of) and (last in EDITION or country(last) is not None)


def _stands_for(letters: str, name: str) -> bool:
    """Whether capitals are what a name of two words or more is called by: its initials, or more of its letters.

    The Continental Dispatch may sign as CD and as CND.
    """
    initials = _initials(name)
    if not initials or letters == initials:
        return letters == initials != ""
    return bool(_LETTERS.fullmatch(letters)) and _in_order(initials, letters) and _in_order(letters.lower(), fold(name))


def _in_order(some: str, all_of: str) -> bool:
    rest = iter(all_of)
    return all(c in rest for c in some)


def _roots(name: str) -> set[str]:
    """The roots of a name of two words or more: "Presse laurentienne" is the "Laurentian Press" in another language."""
    roots = {key_of(stem(w)) for w in name.split() if len(w) > thresholds.GRAMMAR}
    # Channel 4 and Channel 5 differ in nothing else.
    return roots.union(_NUMBER.findall(name)) if len(roots) > 1 else set()


def _initials(name: str) -> str:
    """The capitals that a name of two words or more is called by."""
    words = [w for w in name.split() if w[:1].isupper() and w.lower() != "the"]
    return "".join(w[0] for w in words) if len(words) > 1 else ""


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """Return an outlet's or agency's name without case, spaces, "the" and domain endings."""
    plain = fold(name)
    for noise in OUTLET_NOISE:
        plain = plain.replace(noise, " ") if noise.startswith(".") or noise.startswith(" ") else plain.removeprefix(noise)
    return "".join(c for c in plain if c.isalnum())


def _credits(report: Report, blocks: Sequence[Block]) -> list[Credit]:
    lines = credited_sources([(b.role, report.text[b.start : b.end]) for b in blocks])
    found = [_credit(line, blocks[line.block].start, report) for line in lines]
    credits_ = [c for c in found if c and not same_outlet(c.name, report.outlet)]
    agency = _house_name(report.agency or "")
    if (
        report.agency
        and agency
        and not any(same_outlet(c.name, name) for c in credits_ for name in (agency, report.agency))
        and not same_outlet(report.agency, report.outlet)
    ):
        at = report.text.find(report.agency)
        credits_.append(Credit(agency, True, "agency", max(at, 0), max(at, 0) + (len(report.agency) if at >= 0 else 0)))
    return credits_


def _credit(line: CreditLine, at: int, report: Report) -> Credit | None:
    """Contributors and photographers are no authors of the words; an agency is, when the page says it by itself."""
    start, end = at + line.start, at + line.end
    ending = _DOMAIN.match(report.text, end)
    name = _house_name(line.name + ending.group()) if ending and line.name[-1:].isalnum() else _house_name(line.name)
    if line.kind == "agency" and name:
        whole = same_outlet(line.name, report.agency) and not (report.byline and _helped(report.text, start, end))
        return Credit(name, whole, "agency", start, end)
    if line.kind == "joint" and name:
        return Credit(name, False, "agency", start, end)
    if (
        line.kind == "first appeared"
        and name
        and not _OTHER_ARTICLE.search(report.text, max(0, start - thresholds.BEFORE_NAME), start)
    ):
        return Credit(name, True, "first appeared", start, end)
    if line.kind == "source link" and (name or not line.name):
        return Credit(name, True, "source link", start, end)
    return None


def _helped(text: str, start: int, end: int) -> bool:
    """Whether the line of a credit says that somebody contributed to another's report: "Additional reporting by Reuters"."""
    past = text.find("\n", end)
    return _HELPED.search(text, text.rfind("\n", 0, start) + 1, past if past >= 0 else len(text)) is not None


def _house_name(printed: str) -> str | None:
    """The house that a credit names, without what else its line says; None where it is none: a forum, "wire services"."""
    name = _FIRST_OF_MANY.split(_BEFORE_NAME.sub("", printed.strip(" -–—:;,.\"“”'’()[]")))[0].strip(" -–—:;,")
    return None if not name or _NO_HOUSE.fullmatch(name) else house(name)


def with_public_words(tellings: Sequence[Telling]) -> list[Telling]:
    """Return the tellings with their `given` words: those of posts and statements of the story, and those cited from a house."""
    # Prints of one text that cite the same are looked at once.
    unlike = {(id(t.words), t.citations): t for t in tellings}
    public = np.unique(np.concatenate([np.zeros(0, np.uint64), *(keys for t in unlike.values() for keys in _public(t))]))
    given = {key: _with_given(t, t.words, public) for key, t in unlike.items()}
    return [
        replace(t, words=given[id(t.words), t.citations], states=t.states and _with_given(t, t.states, public)) for t in tellings
    ]


def _public(telling: Telling) -> Iterator[Keys]:
    words = telling.words
    # What a house is quoted with in marks is its own and no public word, unless somebody told it.
    own = [(c.first, c.past) for c in telling.citations if not c.spoken]
    for first, past in words.quotations():
        if not any(a < past and first < b for a, b in own):
            yield seed_keys(words.folded[first:past])
    for first, past in _stated(words):
        yield seed_keys(words.folded[first:past])
    for start, end in telling.posts:
        yield seed_keys(read_words(telling.report.text, [(start, end)]).folded)


def _stated(words: Words) -> Iterator[Span]:
    """The sentences that say that they stand in a public statement."""
    for first, past in words.sentences:
        if _STATEMENT.search(words.text[words.starts[first] : words.ends[past - 1]]):
            yield first, past


def _with_given(telling: Telling, words: Words, public: Keys) -> Words:
    keys = seed_keys(words.folded)
    found = np.flatnonzero(np.isin(keys, public))
    spans = [
        *((int(k), int(k) + thresholds.SEED) for k in found),
        *_stated(words),
        *((c.first, c.past) for c in telling.citations),
    ]
    given = tuple(_merged_spans(sorted(spans)))
    return replace(words, given=given) if given else words


def _merged_spans(spans: Iterable[Span]) -> Iterator[Span]:
    first, past = 0, 0
    for start, end in spans:
        if start > past:
            if past > first:
                yield first, past
            first = start
        past = max(past, end)
    if past > first:
        yield first, past
