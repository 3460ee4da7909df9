"""Sources pooled over a story: one institution is one, whatever a report calls it and whoever speaks for it; a row for each.

A reader's word is laid over them: two names are one source, or are not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from stemma.ids import digest
from stemma.mentions.parse import Paragraph, laid
from stemma.reports.outlets import known_outlet
from stemma.statements import thresholds
from stemma.statements.attribution import Attribution
from stemma.statements.designation import OFFICES, SYNONYMS, bracketed, called_behind, designation_of, phrase_words, title_words
from stemma.statements.people import Person, SourceKey, plain
from stemma.tables import Evidence, Source
from stemma.text.countries import demonyms
from stemma.text.once import Once

if TYPE_CHECKING:
    from spacy.tokens import Token

Body = frozenset[str]
"""The plain words of an institution's name: {"transport", "ministry"}."""
VOICES = frozenset(("spokesperson", "representative"))
"""Who speaks for an institution and not for himself; of "officials" all together, of "an official" nobody knows."""
Names = Counter[tuple[Body, tuple[str, ...]]]
"""How often each institution is named: its plain words and the words as printed."""
_POOLED = frozenset(("organisation", "office", "anonymous", "group", "name"))
_ROLES = {"name": "person", "group": "anonymous", "reporter": "person"}
"""The role of each kind of source that has another name in the table."""
_PRINTERS = frozenset(("newspaper", "paper", "daily", "weekly", "magazine", "broadcaster", "channel", "website", "site"))
"""What an outlet's name may stand before."""
_LONGEST_NAME = 24
"""Words of the longest name of an institution: a line of a thousand offices is none."""
_STRAY = re.compile(r"[@/#]|\.com\b|(?:19|20)\d\d")
"""What a post or a date leaves in a name."""
_BASED = re.compile(
    r"^(?:(?:[Tt]he|[Aa]n?)\s)?(?:[A-Z][\w.-]*\s)?[A-Z][\w.]*-(?:based|listed|owned|backed|headquartered)\s(?=[A-Z])"
)
_BRACKETED = re.compile(r"\s*\([^()]*(?:\)|$)")
"""The letters of a name, and what it was called before: "Oster Zoo (OZ, formerly Oster Park)"."""
Places = Sequence[tuple[Evidence, Evidence]]
ReportSources = tuple[Sequence[Attribution], list[SourceKey | None]]
"""What a report attributes, and to whom; the second list is changed in place."""
Attributed = Mapping[str, ReportSources]


@dataclass(frozen=True)
class _Named:
    """The institutions that a story names, report by report and together."""

    here: Mapping[str, Names]
    story: Names
    called_it: frozenset[str]


def pool_institutions(
    attributed: Mapping[str, tuple[Sequence[Attribution], list[SourceKey | None]]],
    reports: Iterable[tuple[str, Sequence[Paragraph]]],
    called_it: frozenset[str] = frozenset(),
) -> None:
    """Give the attributions of one institution one source, in place.

    Words that say which one ("the Transport Ministry") pool by themselves; "the ministry" is the one that the report
    names, or the story. Where two fit, it stays the source of its report alone.
    """
    once = Once()
    here = {r: once.of(laid(paragraphs), partial(_bodies, paragraphs)) for r, paragraphs in reports}
    named = _Named(here, sum(here.values(), Counter()), called_it)
    for report, (attributions, whos) in attributed.items():
        # A pronoun and "the spokesman" have the key of what they stand for, and move with it.
        moved = {
            who: body
            for item, who in zip(attributions, whos, strict=True)
            if who is not None and who[0] in _POOLED and item.source is not None and item.source.pos_ != "PRON"
            if (body := _institution(report, who, item.source, named)) is not None
        }
        whos[:] = [who if who is None else moved.get(who, who) for who in whos]
    _pool_groups(attributed)


def _pool_groups(attributed: Attributed) -> None:
    """Give "the Red Dawn group" the source that the story calls "Red Dawn", in place; a country's or a town's group is not it."""
    known = {who for _, whos in attributed.values() for who in whos}
    for attributions, whos in list(attributed.values()):
        for item, who in zip(attributions, list(whos), strict=True):
            if who is None or who[0] != "organisation" or item.source is None or item.source.text != "group":
                continue
            before = item.source.doc[item.source.left_edge.i : item.source.i]
            name = [t for t in before if t.text[:1].isupper() and t.pos_ != "DET" and not bracketed(t)]
            bare = ("organisation", title_words(name))
            if bare in known and not any(t.ent_type_ in ("GPE", "LOC", "NORP") for t in name):
                _replace(attributed, who, bare)


def pool_copied(attributed: Attributed) -> None:
    """Give those whom only their own reports tell apart one source where the reports print one sentence of them, in place."""
    first: dict[tuple[str, ...], SourceKey] = {}
    for report, (attributions, whos) in attributed.items():
        for n, item in enumerate(attributions):
            who = whos[n]
            if who is None or report not in who or item.source is None:
                continue
            words = tuple(t.lower_ for t in item.source.sent if t.is_alpha)
            known = first.setdefault((item.source.lower_, *words), who)
            if report not in known and len(words) >= thresholds.COPIED_SENTENCE:
                _replace(attributed, who, known)


def is_voice(name: str) -> bool:
    """Return whether a printed source is of those who speak for an institution: "a zoo spokesman", "zoo officials"."""
    return any(SYNONYMS.get(w, w).removesuffix("s") in VOICES | {"official"} for w in name.casefold().split())


def _bodies(paragraphs: Sequence[Paragraph]) -> Names:
    """The names in capitals that have a word for an institution: "Oster Zoo", "Ministry of Fish"."""
    found = Names()
    for paragraph in paragraphs:
        for token in paragraph.doc if paragraph.doc.has_annotation("DEP") else ():
            if token.text[:1].isupper() and title_words([token]) & OFFICES["organisation"]:
                name = _capitals(token)
                words = title_words(name)
                if words - OFFICES["organisation"] and len(name) > 1:
                    found[words, tuple(t.text for t in name)] += 1
    return found


def _capitals(token: "Token") -> "list[Token]":
    """The run of words in capitals that ends in a word for an institution, with the capitals behind its "of"."""
    doc, start, end = token.doc, token.i, token.i + 1
    first = max(0, token.i - _LONGEST_NAME)
    while start > first and doc[start - 1].text[:1].isupper() and _names(doc[start - 1]):
        start -= 1
    if end < len(doc) and doc[end].lower_ == "of":
        end += 1
        while end < min(len(doc), token.i + _LONGEST_NAME) and doc[end].pos_ == "PROPN":
            end += 1
    return [t for t in doc[start:end] if t.lower_ != "of"]


def _names(token: "Token") -> bool:
    return token.pos_ in ("PROPN", "ADJ", "NOUN") or (token.ent_type_ == "ORG" and token.lower_ not in ("the", "a", "an"))


def _institution(report: str, who: SourceKey, token: "Token", named: _Named) -> SourceKey | None:
    """Which institution a source's words name, or speak for; None where they name a person or nobody."""
    house = _outlet(token)
    if house is not None:
        return ("organisation", frozenset(house.casefold().removeprefix("the ").split()))
    if who[0] == "name":
        body = _initialled(token.text, named) or (title_words((token,)) if who[-1] in named.called_it else None)
        return None if body is None else ("organisation", body)
    if token.text.isupper() and (initialled := _initialled(token.text, named)) is not None:
        return ("organisation", initialled)
    words = phrase_words(token)
    voices = words & (VOICES | {"official"} if token.tag_ in ("NNS", "NNPS") else VOICES)
    body, kind = words - voices, words & OFFICES["organisation"]
    if not body or (not voices and (who[0] in ("anonymous", "group") or (who[0] == "office" and not kind))):
        return None
    if not kind:
        body = _called(token, bool(voices), named)
        return None if body is None else ("organisation", _prevailing(_holding(body, named.story)) or body)
    fitting = [] if body == kind and not body & OFFICES["unique"] else _fitting(report, body, named)
    if len(fitting) > 1:
        return ("organisation", report, body)
    return ("organisation", fitting[0] if len(fitting) == 1 else body)


def _outlet(token: "Token") -> str | None:
    """The well-known outlet that a source's words name: "the French daily Le Monde", "Britain's Guardian newspaper"."""
    end = token.i + (token.pos_ == "PROPN")
    if end == token.i and token.lemma_.lower() not in _PRINTERS:
        return None
    start = end
    while start > token.left_edge.i and token.doc[start - 1].text[:1].isupper() and token.doc[start - 1].pos_ != "DET":
        start -= 1
    return next((house for i in range(start, end) if (house := known_outlet(token.doc[i:end].text)) is not None), None)


def _fitting(report: str, body: Body, named: _Named) -> list[Body]:
    """The fullest name that holds an institution's words, of the report or else of the story; several where none prevails."""
    here = _holding(body, named.here.get(report, Counter()))
    counted = _holding(body, named.story)
    chosen = _prevailing(here) or _prevailing(counted)
    fuller = None if chosen is None else _prevailing(_holding(chosen, named.story))
    return list(counted) if chosen is None else [fuller or chosen]


def _holding(body: Body, names: Names) -> Counter[Body]:
    found = Counter[Body]()
    for (words, _), n in names.items():
        if body <= words:
            found[words] += n
    return found


def _prevailing(counted: Counter[Body]) -> Body | None:
    """The fullest of the names that, with their shorter and longer forms, are nearly all of those printed."""
    least = thresholds.ONE_INSTITUTION * counted.total()
    most = [b for b in counted if sum(n for other, n in counted.items() if b <= other or other <= b) >= least]
    fullest = [b for b in most if not any(b < other for other in most)]
    return fullest[0] if len(fullest) == 1 else None


def _called(token: "Token", speaks: bool, named: _Named) -> Body | None:
    """The firm of the story that is called by the first words of its name: "American", "a Norsk spokesman"."""
    called = [t for t in token.subtree if _names(t) and t.text[:1].isupper() and not (speaks and t.i == token.i)]
    if not called or (called[0].ent_type_ == "GPE" and called[0].text not in demonyms()):
        return None
    short = tuple(t.text for t in called)
    firms = Counter[Body]()
    for (words, name), n in named.story.items():
        if name[: len(short)] == short and words & OFFICES["firm"]:
            firms[words] += n
    return _prevailing(firms)


def _initialled(text: str, named: _Named) -> Body | None:
    """The one institution of the story whose name has these initials: "ONA" is Oster Northern Airways, and no Ona."""
    bodies = {words for words, name in named.story if text == "".join(part[0] for part in name)}
    return next(iter(bodies)) if len(bodies) == 1 and len(text) > 2 else None


def source_rows(story: str, attributed: Attributed, people: Sequence[Person]) -> dict[SourceKey, Source]:
    """Return one row for each source that something is attributed to; its id comes from the first place that names it."""
    places: dict[SourceKey, list[tuple[str, int, int, str]]] = {}
    for report, (attributions, whos) in attributed.items():
        for a, who in zip(attributions, whos, strict=True):
            if who is not None and a.source_span is not None:
                printed = _meant(a, who) if a.by_pronoun else _printed(a)
                places.setdefault(who, []).append((report, *a.source_span, printed))
    found: dict[SourceKey, Source] = {}
    for who, mentions in places.items():
        names = {name for *_, name in mentions if name}
        first = min((report, start, end) for report, start, end, _ in mentions)
        if who[0] == "person":
            person = people[int(str(who[1]))]
            names |= {_name_in_words(name) for name in person.names}
            first = min(first, *(place for all_of in person.names.values() for place in all_of))
            right = (_name_in_words(n) for n in person.printed_right)
            name = max(right, key=lambda n: (not _is_cyrillic(n), not _is_shouted(n), _fullness(n), n))
        else:
            name = max(names, key=_telling, default="")
        if any(map(str.isalpha, name)):
            role = _ROLES.get(str(who[0]), str(who[0]))
            found[who] = Source(story, digest(*first), name, tuple(sorted({name, *names})), role)
    return found


def _meant(attribution: Attribution, who: SourceKey) -> str:
    """The name that a pronoun stands for in a language without a parser, as printed elsewhere, or the words for somebody."""
    if who[0] == "anonymous" and isinstance(who[-1], str):
        return who[-1]
    names = [name for name in attribution.named or () if who == ("name", plain(name[-1]))]
    return _name_in_words(names[0]) if names else ""


def _printed(attribution: Attribution) -> str:
    """The source's words up to an apposition: "Ann Lee, the mayor" is printed for Ann Lee; without where it is based.

    The end of a name that the parser parts at its hyphen is none; a stranger who gives his name has that one.
    """
    source = attribution.source
    if source is not None and source.i and source.nbor(-1).text == "-" and attribution.source_text == source.text:
        return ""
    if source is not None and called_behind(source):
        return _name_in_words(designation_of(source).name)
    text = _BRACKETED.sub("", _BASED.sub("", attribution.source_text or ""))
    return text.partition(", ")[0].removesuffix("'s").removesuffix("’s").removesuffix("'S").removesuffix("'")


def _telling(name: str) -> tuple[bool, bool, bool, bool, int, str]:
    """How well a printed name tells what it names: an outlet's own name; no strays, no headline, no voice, no "group"."""
    headline, outlet = name.isupper() and name.count(" ") > 1, known_outlet(name) is not None
    return outlet, not (headline or _STRAY.search(name)), not is_voice(name), not name.endswith(" group"), len(name), name


def _is_cyrillic(name: str) -> bool:
    return any("\u0400" <= c <= "\u04ff" for c in name)


def _is_shouted(name: str) -> bool:
    """Whether a word in capitals stands before a name, as an office or a headline's first word does: "CEO Ann Lee"."""
    first, *rest = name.split()
    return len(first) > 2 and first.isupper() and not all(part.isupper() for part in rest)


def _fullness(name: str) -> tuple[int, int]:
    return len([part for part in name.split() if len(part.strip(".")) > 1]), len(name)


def _name_in_words(name: Sequence[str]) -> str:
    return " ".join(part + "." if len(part) == 1 else part for part in name).replace(" - ", "-")


def pool_as_judged(attributed: Attributed, people: Sequence[Person], same: Places, other: Places) -> None:
    """Part the names that are not one source, then join those that are; a place is where a name stands."""
    for one, two in other:
        who = _who(attributed, one)
        if who is not None and who == _who(attributed, two):
            _part(attributed, who, _printed_at(attributed, two))
    for one, two in same:
        a, b = _who(attributed, one), _who(attributed, two)
        if a is not None and b is not None and a != b:
            keep, gone = sorted((a, b), key=lambda w: (w[0] != "person", str(w)))
            _merge_people(people, keep, gone)
            _replace(attributed, gone, keep)


def _who(attributed: Attributed, place: Evidence) -> SourceKey | None:
    """Whom the attribution means whose source stands at a place."""
    for item, who in zip(*attributed.get(place.report, ((), [])), strict=True):
        span = item.source_span
        if span and span[0] < place.end and place.start < span[1]:
            return who
    return None


def _printed_at(attributed: Attributed, place: Evidence) -> str:
    for item in attributed[place.report][0]:
        span = item.source_span
        if span and span[0] < place.end and place.start < span[1]:
            return _name(item)
    return ""


def _name(item: Attribution) -> str:
    """The source's words up to an apposition, as they are compared."""
    return (item.source_text or "").partition(", ")[0].casefold()


def _part(attributed: Attributed, who: SourceKey, name: str) -> None:
    """Give the attributions of a source that print one of its names to a source of their own."""
    kind = "name" if who[0] == "person" else who[0]
    apart: SourceKey = (kind, "apart", name)
    for attributions, whos in attributed.values():
        for n, item in enumerate(attributions):
            if whos[n] == who and _name(item) == name:
                whos[n] = apart


def _replace(attributed: Attributed, gone: SourceKey, keep: SourceKey) -> None:
    for _, whos in attributed.values():
        whos[:] = [keep if who == gone else who for who in whos]


def _merge_people(people: Sequence[Person], keep: SourceKey, gone: SourceKey) -> None:
    if keep[0] == gone[0] == "person":
        kept, other = people[int(str(keep[1]))], people[int(str(gone[1]))]
        for name, places in other.names.items():
            kept.names[name] = sorted({*kept.names.get(name, []), *places})
