"""Words of another report, or of a lost source, whose author the copy does not name."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from stemma.descent.telling import plain_name, same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.findings.dropped_credits import credits_another, full_name_pattern, said_to_pattern
from stemma.findings.kinds import SHARED_TEXT, UNCREDITED_COPY
from stemma.findings.one_newsroom import Places, whose_page
from stemma.reports.agencies import agency_of
from stemma.tables import Derivation, Evidence, Finding, Span, Witness
from stemma.text.data import rows
from stemma.text.normal import fold

STATEMENT = re.compile(
    r"\b(?:statement|press release|communiqu[ée]|press office|announcement|transcript)\b",
    re.IGNORECASE,
)
"""The words that follow are a statement."""
RELEASE = re.compile(r"\b(?:(?:press|media|news) release\w*|communiqu[ée])\b", re.IGNORECASE)
"""A report prints what somebody gave out."""
NAMED_OTHERWISE = re.compile(
    r"\b(?:verif\w*|confirm\w*|told|tells|ask\w*|spoke\w*|speak\w*|interview\w*|call\w*|contact\w*|comment|reached"
    r"|pictures?|photo\w*|images?|video|footage|seen|visit\w*|saw|allowed|email\w*|wrote to|reviewed|obtained"
    r"|bought|translat\w*)\b",
    re.IGNORECASE,
)
"""A report speaks of another newsroom, but for other reasons than to name it as the author of words."""
AGENCIES = re.compile(r"\b(?:agenc(?:y|ies)|wires?|wire services?)\b", re.IGNORECASE)
"""A byline names agencies without a name."""
_IN_MARKS = re.compile(r"“[^”]*”|\"[^\"\n]*\"")
_OURSELVES = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
"""A newsroom speaks of itself: "our source", "told us"."""
_TOLD = re.compile(r"\b(?:told|tells|said to|spoke to|speaking to|interview with|asked by) (?:(?:an?|the|news \w+) )*[A-Z]")
"""Words were said to somebody with a name: a newsroom's own report says so of itself."""
_REPORTED = r"(?:report(?:ed|s)|reveal(?:ed|s)|disclose[ds]|wrote|writes|broke the story)"
_WORD = re.compile(r"[\w’'-]*\w")
_SHOWN = 4
"""Passages shown as proof."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Which share of a copy's telling was taken, which word for word, the longest passages of both sides.

    `total` words were taken; `words` are as many, of a lost source those of the longest passage alone.
    """

    share: float
    verbatim: float
    words: int
    total: int
    proof: tuple[Evidence, ...]
    of_lost: bool

    @property
    def is_enough(self) -> bool:
        """Whether two newsrooms do not write so much alike: a share of the whole, of a lost source a sentence."""
        if self.of_lost:
            return self.words >= thresholds.TAKEN_SENTENCE
        return self.share >= thresholds.COPIED_SHARE and self.words >= thresholds.TAKEN_TELLING


def uncredited_copies(context: Context, newsrooms: Mapping[str, Places]) -> Iterator[Finding]:
    """Yield the reports that took words from a report, or from a lost source that credits name, and do not name their author.

    `newsrooms` are those that reports give words to, each with where these reports do.

    Where nobody knows which of two reports has the words from the other, or who published them, both print one text: that is
    told of all that print it.
    """
    witnesses = {w.id: w for w in context.traced.witnesses}
    prints: list[_Prints] = []
    for edge in context.traced.derivations:
        if edge.child not in context.reports:
            continue
        if _is_of_nobody(context, edge):
            prints += _prints_of_nobody(context, edge)
            continue
        parent = _author(context, edge, witnesses)
        if not parent.name or not _may_be_taken(context, edge, parent) or _gives_its_source(context, edge, parent.name):
            continue
        taken = read_taking(context, edge)
        if not taken.is_enough or _is_introduced(context, taken.proof):
            continue
        if taken.share < thresholds.WHOLE_SHARE and _is_given_out(context, taken.proof):
            continue
        if edge.probability < thresholds.DIRECTED and parent.id == edge.parent:
            prints += _prints(context, edge, taken)
        elif not _is_printed_by(context, edge, parent):
            yield _uncredited(context, edge, parent, taken)
    prints += _prints_of_heirs(context, witnesses)
    yield from (
        _shared_text(context, joined) for joined in _prints_by_text(prints) if not _is_named_by_one(context, joined, newsrooms)
    )


def _author(context: Context, edge: Derivation, witnesses: Mapping[str, Witness]) -> Witness:
    """Whose words a copy prints: its parent's, or those of whoever the parent names as author of nearly all of its own."""
    known, at = {edge.child}, edge.parent
    while at not in known:
        known.add(at)
        above = (d for d in context.traced.derivations if d.child == at and d.credited and d.share >= thresholds.WHOLE_SHARE)
        at = next((d.parent for d in above), at)
    return witnesses[at]


def _uncredited(context: Context, edge: Derivation, parent: Witness, taken: Taking) -> Finding:
    copy = context.name(edge.child)
    where = f"{parent.name}, a report of the collection" if parent.report else whose_page(context, str(parent.name))
    how = "word for word" if taken.verbatim >= thresholds.WORD_FOR_WORD * taken.share else f"{taken.verbatim:.0%} word for word"
    writer = _writer(context, edge)
    silent = _unnamed(context, edge, parent, writer)
    message = f"{copy} takes {taken.share:.0%} of its own telling ({how}) from {where}, and {silent}"
    severity = "high" if taken.share >= thresholds.GRAVE_SHARE and _are_surely_its(context, edge) else "medium"
    known = parent.report is None or context.reports[parent.report].byline or agency_of(parent.name or "")
    if not known and not writer and parent.id == edge.parent:
        message = f"{message}; unless both have it from somebody whom neither names"
        severity = "medium"
    if taken.share < thresholds.COPIED_SHARE or taken.total < thresholds.TAKEN_TELLING:
        message = f"{copy} has a passage of {taken.words} words from {where}, and {silent}"
        severity = "low"
    if not context.reports[edge.child].outlet:
        message, severity = f"Possible: {message}. Who published the copy is not known", "low"
    return context.finding(UNCREDITED_COPY, f"{message}.", [edge.child], taken.proof, severity=severity)


def _unnamed(context: Context, edge: Derivation, parent: Witness, writer: str | None) -> str:
    """What a copy does not say of the author of its words."""
    if writer is None:
        return "does not name it as the author"
    told = said_to_pattern(str(parent.name)).search(context.reports[edge.child].text)
    return f"names its writer, {writer}, and {'the newsroom only as who was told something' if told else 'not the newsroom'}"


def _are_surely_its(context: Context, edge: Derivation) -> bool:
    """Whether a copy's words are surely its parent's, by whatever way it has them: a print that credits them to it says so."""
    credits = (d.credited and d.probability >= thresholds.CERTAIN for d in context.traced.derivations if d.parent == edge.parent)
    return edge.probability >= thresholds.CERTAIN or (edge.parent not in context.reports and any(credits))


@dataclass(frozen=True, slots=True)
class _Prints:
    """Two reports that print one text, and what the one has of the other."""

    reports: frozenset[str]
    taken: Taking


def _is_of_nobody(context: Context, edge: Derivation) -> bool:
    """Whether nobody knows who published one of two reports: then the two may be one newsroom's."""
    return edge.parent in context.reports and not all(context.reports[r].outlet for r in (edge.child, edge.parent))


def _prints_of_nobody(context: Context, edge: Derivation) -> list[_Prints]:
    """The two reports of a derivation, if they print one text and neither names an author of it."""
    named = any(credits_another(context, r) or _names_agencies(context, r) for r in (edge.child, edge.parent))
    if edge.credited or named or _credits_its_author(context, edge):
        return []
    taken = read_taking(context, edge)
    return _prints(context, edge, taken) if taken.is_enough else []


def _prints_of_heirs(context: Context, witnesses: Mapping[str, Witness]) -> list[_Prints]:
    """Each two heirs of a lost source without a name that print one text, where neither names an author of it."""
    heirs = [d for d in context.traced.derivations if d.child in context.reports]
    nameless = [d for d in heirs if witnesses[d.parent].report is None and not witnesses[d.parent].name]
    pairs = [(d, e.child) for d in nameless for e in nameless if e.parent == d.parent and e.child != d.child]
    apart = [p for p in pairs if not same_outlet(*(context.reports[r].outlet for r in (p[0].child, p[1])))]
    return [found for edge, other in apart for found in _prints_of_nobody(context, replace(edge, parent=other))]


def _prints(context: Context, edge: Derivation, taken: Taking) -> list[_Prints]:
    """The two reports of a derivation, if so much stands word for word in both that they print one text.

    A text of which half is retold, sentence by sentence, is one too; one that a label stands above is what somebody gave out.
    """
    retold = edge.kind == "rewrite" and taken.share >= thresholds.GRAVE_SHARE
    if edge.parent not in context.reports or not (retold or taken.verbatim >= thresholds.SHARED_SHARE):
        return []
    given = _is_introduced(context, taken.proof) or _is_given_out(context, taken.proof)
    if given or _names_a_release(context, edge):
        return []
    return [_Prints(frozenset((edge.child, edge.parent)), replace(taken, share=max(taken.share, edge.share)))]


def _prints_by_text(prints: Sequence[_Prints]) -> list[list[_Prints]]:
    """The pairs of reports that print one text, those with a report in common together."""
    groups: list[list[_Prints]] = []
    for pair in prints:
        near = [g for g in groups if any(p.reports & pair.reports for p in g)]
        groups = [g for g in groups if g not in near] + [[*(p for g in near for p in g), pair]]
    return groups


def _is_named_by_one(context: Context, prints: Sequence[_Prints], newsrooms: Mapping[str, Places]) -> bool:
    """Whether some of these reports, and not all, give words to a newsroom that may be the author of more than these words."""
    reports = frozenset().union(*(p.reports for p in prints))
    for held in newsrooms.values():
        named = reports & set(held)
        if len(named) < len(reports) and any(_may_be_author(context, r, p.span, reports - {r}) for r in named for p in held[r]):
            return True
    return False


def _may_be_author(context: Context, report: str, cited: Span, others: Collection[str]) -> bool:
    """Whether a newsroom may own more than the sentence that cites it: it begins the report, is in what is shared, was told."""
    shared = (mine for other in others for mine, _ in context.shared(report, other))
    in_text = any(mine.start < cited[1] and cited[0] < mine.end for mine in shared)
    return cited[0] < thresholds.EVENT_LEAD or in_text or bool(_TOLD.search(context.words(report, cited)))


def _shared_text(context: Context, prints: Sequence[_Prints]) -> Finding:
    """Reports that print one text, and nothing says which had it first."""
    reports = sorted(frozenset().union(*(p.reports for p in prints)))
    names = sorted(context.name(r) for r in reports)
    shares: dict[frozenset[str], float] = defaultdict(float)
    for p in prints:
        shares[p.reports] = max(shares[p.reports], p.taken.share)
    least = f"{min(shares.values()):.0%}"
    all_of = "both" if len(reports) == 2 else "all"
    both = f"{', '.join(names[:-1])} and {names[-1]} {all_of}"
    part = "all" if least == "100%" else f"at least {least}"
    # "He told the Courier" may be the author's word for itself: the reader is told of it.
    cited = [{c.name for c in t.citations} for t in context.traced.tellings if t.id in reports]
    given = f"; {all_of} give words of it to {' and '.join(houses)}" if (houses := sorted(set.intersection(*cited))) else ""
    message = f"{both} print one text ({part} of the shorter page, quotations apart) whose author none names{given}."
    return context.finding(SHARED_TEXT, message, reports, [e for p in prints for e in p.taken.proof[:_SHOWN]])


def _may_be_taken(context: Context, edge: Derivation, parent: Witness) -> bool:
    """Whether a copy may have words from a parent: it is of another outlet, and the dates do not speak against it."""
    outlet = context.reports[edge.child].outlet
    if same_outlet(parent.name, outlet):
        return False
    if not outlet:
        return parent.report is None and edge.kind != "rewrite" and not _may_be_its_own(context, edge, parent.name or "")
    if parent.report is None:
        return edge.probability >= thresholds.DIRECTED
    if edge.kind == "rewrite" and (edge.share < thresholds.REWRITTEN_SHARE or edge.probability < thresholds.DIRECTED):
        return False
    # An agency's page is dated anew as its story grows.
    return agency_of(parent.name or "") is not None or not context.is_earlier(edge.child, parent.report)


def _may_be_its_own(context: Context, edge: Derivation, author: str) -> bool:
    """Whether a page of nobody in particular may be the author's own: an agency's own print bears its name."""
    text = context.reports[edge.child].text
    whole = edge.share >= thresholds.WHOLE_SHARE
    named = full_name_pattern(author).search(text) or agency_of(author) is None
    ours = _OURSELVES.search(_IN_MARKS.sub("", text))
    return bool(ours or (whole and named) or not _are_surely_its(context, edge))


def _is_printed_by(context: Context, edge: Derivation, parent: Witness) -> bool:
    """Whether the parent itself speaks of the copy's newsroom, from which it may have the words."""
    outlet = context.reports[edge.child].outlet
    return bool(parent.report and outlet and full_name_pattern(outlet).search(context.reports[parent.report].text))


def _gives_its_source(context: Context, edge: Derivation, name: str) -> bool:
    """Whether a copy says in any way whose words it prints, or the author has no name that it could give."""
    if edge.credited or _is_nameless(name) or _credits_its_author(context, edge):
        return True
    if edge.kind == "rewrite" and said_to_pattern(name).search(context.reports[edge.child].text):
        # A newsroom's own words over another's interview, which it names as such.
        return True
    if edge.parent not in context.reports and credits_another(context, edge.child):
        return True
    given = _names_a_release(context, edge) or _names_agencies(context, edge.child)
    return given or _is_named_as_source(context, edge.child, name)


def _is_named_as_source(context: Context, report: str, name: str) -> bool:
    """Whether a report speaks of the author, but to say that it could not verify, was told, or took a picture."""
    name = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    # Its first word is enough where it reports: "the daily Ostmark reported" is the Ostmark Courier.
    first = rf"(?<!\w){re.escape(name.split()[0])}(?!\w)"
    reports = re.compile(rf"{first}(?:\s\w+)?\s(?:first )?{_REPORTED}\b|\b(?:according to|reported by) (?:the )?{first}")
    sentences = [context.words(report, s) for s in context.sentences(report)]
    return any((named.search(s) and not NAMED_OTHERWISE.search(s)) or reports.search(s) for s in sentences)


def _credits_its_author(context: Context, edge: Derivation) -> bool:
    """Whether a copy names the agency whose words its original is made of: the author, if not the page it came from."""
    named = {t.id: [c.name for c in t.credits if c.whole and c.name] for t in context.traced.tellings}
    return any(same_outlet(one, other) for one in named[edge.child] for other in named.get(edge.parent, ()))


def _writer(context: Context, edge: Derivation) -> str | None:
    """Who signs a copy and another print of its text too: the copy names its writer, if not the newsroom."""
    prints = {edge.parent, *(d.child for d in context.traced.derivations if d.parent == edge.parent)} - {edge.child}
    signed = {fold(name) for r in prints & set(context.reports) for name in context.reports[r].byline}
    return next((name for name in context.reports[edge.child].byline if fold(name) in signed), None)


def _names_agencies(context: Context, report: str) -> bool:
    """Whether a report says above or below its text that agencies wrote it, if not which ("From wire services")."""
    text = context.reports[report].text
    head = [text[: t.words.span(0, 1)[0]] for t in context.traced.tellings if t.id == report]
    lines = (*"".join(head).splitlines(), text.rstrip().rsplit("\n", 1)[-1])
    return any(AGENCIES.search(line) for line in lines if len(line.split()) <= thresholds.CREDIT_LINE)


def _is_given_out(context: Context, proof: Sequence[Evidence]) -> bool:
    """Whether each side prints the words as a statement that somebody gave out: then neither has them from the other."""
    first: dict[str, int] = {}
    for e in proof:
        first[e.report] = min(e.start, first.get(e.report, e.start))
    before = [context.words(r, (max(0, at - thresholds.STATEMENT_BEFORE), at)) for r, at in first.items()]
    return len(first) > 1 and all(STATEMENT.search(words) for words in before)


def _is_introduced(context: Context, proof: Sequence[Evidence]) -> bool:
    """Whether a line above copied words ends in a colon, "Statement:": it says whose words they are."""
    before = (context.words(e.report, (max(0, e.start - thresholds.CREDIT_NEAR), e.start)) for e in proof)
    return any(re.search(r":\s*\n\s*$", words) for words in before)


def _names_a_release(context: Context, edge: Derivation) -> bool:
    """Whether a report says that it prints what somebody gave out, so that its readers know whose words they are.

    Of a report that is a copy as a whole that counts only where it does not say it in the words that it copied.
    """
    copied = [mine for mine, _ in context.shared(edge.child, edge.parent)]
    said = RELEASE.finditer(context.reports[edge.child].text)
    whole = edge.share >= thresholds.WHOLE_SHARE
    return any(not (whole and any(p.start <= m.start() < p.end for p in copied)) for m in said)


@lru_cache(maxsize=1)
def _nameless() -> frozenset[str]:
    """The names of data/nameless.txt, folded."""
    return frozenset(plain_name(name) for (name,) in rows("findings", "nameless.txt"))


def _is_nameless(name: str) -> bool:
    """Whether a credit names nobody in particular: "wire services"."""
    return plain_name(name) in _nameless()


def read_taking(context: Context, edge: Derivation) -> Taking:
    """Return what a copy took of its telling from its parent, or from the prints that name the lost source as their author."""
    given = _given_to_others(context, edge)
    sides = {p: other for p, other in _sides(context, edge).items() if not _is_in_one_of(context, p, given)}
    telling = _telling_words(context, edge.child)
    taken = {n: other for n, at in enumerate(telling) for other in [_holder(sides, at)] if other}
    passages = {p for p in sides if any(p.start <= telling[n][0] < p.end for n in taken)}
    closest = {p for p in passages if context.is_word_for_word(p, sides[p])}
    word_for_word = sum(any(p.start <= telling[n][0] < p.end for p in closest) for n in taken)
    longest = sorted(passages, key=lambda p: (p not in closest, -_own(telling, p), p.start))[:_SHOWN]
    total = max(len(telling), 1)
    return Taking(
        len(taken) / total,
        word_for_word / total,
        max((_own(telling, p) for p in passages), default=0) if edge.parent not in context.reports else len(taken),
        len(taken),
        tuple(side for p in longest for side in (p, sides[p])),
        edge.parent not in context.reports,
    )


def _given_to_others(context: Context, edge: Derivation) -> list[int]:
    """Where a copy cites another newsroom than the parent: both may have the words of that paragraph from there."""
    cited = next(t.citations for t in context.traced.tellings if t.id == edge.child)
    parent = next(w.name for w in context.traced.witnesses if w.id == edge.parent)
    return [c.start for c in cited if not same_outlet(c.name, parent)]


def _is_in_one_of(context: Context, passage: Evidence, places: Sequence[int]) -> bool:
    """Whether a passage stands in the paragraph of one of some places."""
    paragraph = context.paragraph(passage.report, passage.start)
    return paragraph is not None and any(paragraph.start <= at < paragraph.end for at in places)


def _sides(context: Context, edge: Derivation) -> dict[Evidence, Evidence]:
    """The copy's passages that stand in the parent, or in prints of the lost source that name it, with where they stand there."""
    kin, lost = {edge.parent}, edge.parent not in context.reports
    if lost:
        prints = {d.child for d in context.traced.derivations if d.parent == edge.parent and d.credited} & set(context.reports)
        # What another page of its own newsroom credits, a page may have from there.
        kin = {r for r in prints if not same_outlet(context.reports[r].outlet, context.reports[edge.child].outlet)} - {edge.child}
    # Of many prints of one text the first of these has all that the others have.
    unlike = {context.traced.first_print.get(other, other): other for other in sorted(kin, reverse=True)}
    found: dict[Evidence, Evidence] = {}
    for other in sorted(unlike.values()):
        for mine, theirs in context.shared(edge.child, other):
            # A report that names the lost source may print its words in marks: they are the source's telling.
            if _is_cited(context, edge.parent, theirs) if lost else not _is_said(context, theirs):
                found.setdefault(mine, theirs)
    return found


def _is_cited(context: Context, lost: str, passage: Evidence) -> bool:
    """Whether a print gives a passage as the lost source's: it names it as author of most of its words, or in the paragraph."""
    edge, cited = context.edge(passage.report, lost), context.citations(passage.report, lost)
    whole = edge.share >= thresholds.GRAVE_SHARE or not cited or context.paragraph(passage.report, passage.start) is None
    return whole or _is_in_one_of(context, passage, cited)


def _is_said(context: Context, passage: Evidence) -> bool:
    """Whether most of a passage stands in quotation marks or in a post: then it is somebody's words, whoever prints them."""
    spans = [(q.start, q.end) for q in context.mentions[passage.report].quotations] + context.posts(passage.report)
    said = sum(max(0, min(end, passage.end) - max(start, passage.start)) for start, end in spans)
    return said > (passage.end - passage.start) / 2


def _holder(sides: dict[Evidence, Evidence], word: Span) -> Evidence | None:
    return next((p for p in sides if p.start <= word[0] < p.end), None)


def _own(telling: list[Span], passage: Evidence) -> int:
    """How many words of the telling a passage holds."""
    return sum(passage.start <= start < passage.end for start, _ in telling)


def _telling_words(context: Context, report: str) -> list[Span]:
    """The words of a report's body that are its own telling: in no quotation, in no post."""
    said = [(q.start, q.end) for q in context.mentions[report].quotations]
    return [w for w in _body_words(context, report) if not any(s <= w[0] < e for s, e in said)]


def _body_words(context: Context, report: str) -> Iterator[Span]:
    for paragraph in context.paragraphs[report]:
        if context.role(report, paragraph.start) in ("paragraph", "list", None):
            for word in _WORD.finditer(paragraph.doc.text):
                yield paragraph.start + word.start(), paragraph.start + word.end()
