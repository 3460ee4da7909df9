"""Whose words a report gives in its running text: "according to", "reported", "told the", with the house that it names.

A reporter credits the words of another house sentence by sentence. What is only spoken about (a photograph, a house that was
asked or could not verify, a publication that is itself the event) gives no words. A newspaper is known by the last word of its
name, a station by its letters, a site by its address, and any of them by what stands before it ("the newspaper").
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from stemma.descent import thresholds
from stemma.descent.words import Words
from stemma.reports.agencies import agency_of
from stemma.tables import Span
from stemma.text.countries import country, demonyms
from stemma.text.data import rows, word_lists
from stemma.text.numbers import tree

_KIND = (
    r"(?:news(?:paper| agency| wire| site| outlet| magazine| service| website| channel)?|daily|tabloid|broadcaster|magazine|"
    r"website|agency|newswire|network|channel|station|affiliate|site|paper|program(?:me)?|show|TV|[Tt]elevision|[Rr]adio|media|online)"
)
_KINDS = frozenset(("newspaper", "magazine", "broadcaster", "television", "tv", "radio", "tabloid", "agency", "affiliate"))
_DESCRIBED = (
    rf"(?:(?:[Tt]he|an?|its|local|national|regional|public|official|state|[a-z]+-[a-z]+|[A-Z][\w.]+(?:['’]s)?|{_KIND})\s){{0,5}}"
)
_PIECE = r"(?:article|story|op-ed|column|editorial|essay|piece|investigation|dispatch)"
_ACCORDING = re.compile(
    r"(?:\b[Aa]ccording to(?: by)?|\b(?:reported|wrote) (?:by|in|on|for)|\b[Rr]eports? (?:by|from|in|on)|\bquoted by|"
    r"\b(?:[Cc]laims|[Aa]llegations) (?:made )?in|"
    r"(?:,|\bas|\b(?:source|official|witness|expert)\w*) cited by|\b(?:citing|quoting)|\b[Pp]er|(?:[(\[]|\bc[ao]mes? )[Vv]ia|"
    rf"\b[Ii]n (?:an?|the|his|her|their) (?:[\w-]+ )?{_PIECE} (?:(?:published|printed|written) )?(?:by|from|in|for|on)|"
    r"\b(?:broadcast|aired) (?:by|on)|[,”\"’']\s(?:reported|reports|writes|wrote|notes|noted|said(?= the))|"
    rf"\b[Ss]elon|\b[Ss]egún|\b[Ss]egundo|\b[Ss]econdo|\b[Ll]aut|\b[Пп]о данным|\bсообщает)\s{_DESCRIBED}$"
)
_TOLD = re.compile(
    r"\b(?i:told|tells|telling|said to|informed|asked by|"
    r"(?:explained|confirmed|admitted|revealed|claimed|confided|recalled|disclosed|insisted|shown|provided) to|"
    r"(?:told|tells) (?-i:[A-Z][\w.’'-]+ ){1,3}(?:of|at|from|on)|"
    r"(?:seen|obtained|reviewed) by|(?:in )?(?:an? )?(?:\w+ )?interview (?:on \w+day )?(?:with|to|on|in|published in)|"
    rf"(?:statement|e-?mail|comments) (?:sent )?to|(?:spoke|speaking|spoken|talking|talked|opened up) (?:to|with))\s{_DESCRIBED}$"
)
_ON_AIR = re.compile(
    rf"\b(?:said|says|spoke|speaking|saying|told|interviewed|appear(?:ed|ing))\b[^.;:“”\"]{{0,90}},?\son\s{_DESCRIBED}$"
)
_ON_AIR_PAST = re.compile(
    r"(?:\s(?:news|television|radio|TV|station|channel|network))*(?:[,.;”\"]|\s(?:on\s)?[A-Z]\w+day\b|\sthat\b|$)"
)
_REVIEWED = re.compile(r"(?:^|[.!?:][”\"]?\s)For (?:the )?$")
_WRITER = re.compile(r"(?:^|[.!?:][”\"]?\s)(?:At|In|Writing (?:in|for|at)) (?:the )?$")
_WRITER_PAST = re.compile(
    r"(?:\s[Mm]agazine)?,\s(?:[A-Z][\w.’'-]+\s){1,4}(?:[^.;:“”\"]{1,80}\s)?(?:says|said|writes|wrote|argue[sd]|report(?:s|ed))\b"
)
"""Who says something in a house, where the house comes first: "At Time, Ann Example says"."""
_STAFF = r"(?:journalist|reporter|correspondent|photographer|columnist|team)"
_SAYS = (
    r"(?:reports|reported|reporting|says|said|writes|wrote|quotes|quoted|notes|noted|adds|added|reveals|revealed|tells|describes|"
    r"described|finds|found|insists|insisted|claims|claimed|alleges|alleged|suggests|suggested|states|stated|confirms|confirmed|"
    r"explains|explained|cites|cited|argues|argued|observes|observed|estimates|estimated|points out|pointed out|"
    r"(?:is|are|was|were) (?:now |also )?(?:reporting|saying|claiming|suggesting)|was (?:the )?first to report|"
    rf"(?:released|carried|ran|published|aired) an? (?:\w+ )?(?:report|{_PIECE})|berichte\w*|rapporte|informó|scrive|сообщ\w+)\b"
)
_SUBJECT = re.compile(
    rf"(?:['’]s)?(?:\s{_KIND})*(?:\s(?:report|story|article|editorial|investigation|analysis)|"
    rf"\s{_STAFF}(?:s|(?:\s[A-Z][\w’'-]+){{1,3}})?)?(?:,\s[^,.;:“”\"\n]{{2,70}},)?"
    r"(?:,?\s(?:also|first|has|had|have|which|later|earlier|then|meanwhile|however|\w+ly|(?:on )?[A-Z]\w+day))*"
    rf"\s{_SAYS}"
    r"(?!\s(?:(?:that )?(?:it|they|he|she) (?:could|had|was unable|has|would|will|is|was)\b|in (?:a|its) statement|its\s))"
)
_REPORTING = re.compile(r"(?:\s(?:is|are|was|were))?\sreport(?:s|ed|ing)\s(?:that|how)\b")
_CLAUSE = re.compile(r"\b(?:with|and|but|while) (?:the )?$")
"""What begins a clause whose subject a house is, where it says that it reports: "with the Courier reporting that"."""
_STAFF_OF = re.compile(rf"\b{_STAFF}s?\s(?:for|from|of|with|at)\s{_DESCRIBED}$")
_HEADING = re.compile(r"^From (?:the )?$")
_NO_SUBJECT = re.compile(
    r"\b\d{4}:\s(?:The\s)?$|\b(?:after|since|once|when|before|until|because|if|whether)\b[^.;:,?!]{0,140}$|"
    rf"\b(?:in|at|for|of|from|with|on|by|via|and|or)\s(?:left-wing\s|right-wing\s)?{_DESCRIBED}$"
)
"""What comes after a house reported, and an entry of a chronology, tells of its report and gives no words of it; "a commentator
in" a paper speaks himself."""
_CALENDAR = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
)
_NAME_GOES_ON = re.compile(rf"(?:['’]s)?\s(?!(?:{_CALENDAR}|Magazine|Online|{_KIND})\b)[A-ZÀ-Þ][a-zà-ÿ]")
_NAME_BEGINS = re.compile(
    r"(?<![\w'’-])(?!(?:The|An?|In|On|At|As|And|But|By|For|From|To|While|When|After|Before|According|Also|Both|Even|Meanwhile|However|"
    rf"Citing|Per|Via|Selon|Según|Segundo|Secondo|Laut|Le|La|El|Il|Der|Die|Das|{_CALENDAR})\s)"
    r"(?P<word>[A-ZÀ-Þ][\w-]*|(?<!\.)[A-Z]\.)\s(?:the\s)?$|\b(?:regulator|ministry|company|firm|bank|party|union|bureau|body)\s$"
)
"""What a house's name is only the end of ("Apple Insider", "Face the Nation"), or whose letters are another body's."""
_AND = re.compile(r"\sand\s(?:(?:by|in|on|to|with|from)\s)?(?:the\s|The\s)?")
_AGAIN = re.compile(
    r"(?<=[Tt]he )(?:[A-Z][a-z]+ |[a-z]+ )?"
    r"(?:newspaper|paper|magazine|tabloid|broadcaster|news agency|website|site|publication)\b"
)
_TRANSLATION = re.compile(r"(?:['’]s)?\s(?:[\w-]+\s)?translation\b")
_TRANSLATED = re.compile(r"\b(?:translat(?:ed|ion)|put into [A-Z]\w+) by(?: the)?\s$")


@dataclass(frozen=True, slots=True)
class Citation:
    """A report gives the words [first, past) as those of `name`, which stands at [start, end) of its text.

    `spoken` when they are another's, who said or showed them to that house ("told the", "seen by") or whom it translated;
    `quoted` when they stand in quotation marks.
    """

    name: str
    start: int
    end: int
    first: int
    past: int
    spoken: bool
    quoted: bool


def citations(words: Words, names: re.Pattern[str] | None = None) -> list[Citation]:
    """Return the citations of a report's body in order, each of one house and one stretch of words.

    `names` are those of houses that nobody lists and that other reports of the story are from, or credit.
    """
    pattern = names or house_names()
    marks = [words.span(first, past) for first, past in words.quotations()]
    found = [c for n in range(len(words.body)) for c in _in_paragraph(words, n, pattern) if c.past > c.first]
    # What somebody says that a house reported is his word, and a house that is called "Ann Example" once is a person.
    people = {m.group() for m in pattern.finditer(words.text) if _is_surname(m, words.text)} if found else set()
    return [c for c in found if words.text[c.start : c.end] not in people and not any(s <= c.start < e for s, e in marks)]


def taken_up(words: Words, found: Sequence[Citation]) -> list[Citation]:
    """Return the citations of a page with those that name no house and take up the last one: "the newspaper said"."""
    more: list[Citation] = []
    for number in range(len(words.body)):
        for c in _in_paragraph(words, number, _AGAIN):
            before = [d for d in found if d.start < c.start]
            last = max(before, key=lambda d: d.start, default=None)
            if last and number - words.paragraph[last.first] <= thresholds.AGAIN_NEAR and not any(_overlap(c, d) for d in found):
                more.append(replace(c, name=last.name))
    return sorted([*found, *more], key=lambda c: c.start) if more else list(found)


def _overlap(one: Citation, other: Citation) -> bool:
    return one.first < other.past and other.first < one.past


def _is_surname(m: re.Match[str], text: str) -> bool:
    """Whether a name of one word stands behind a first name, or an office: "Rep. Ann Example"."""
    before = text[max(0, m.start() - thresholds.BEFORE_NAME) : m.start()].rpartition("\n")[2]
    return m.group().isalpha() and not m.group().isupper() and _is_end(m.group(), before)


def _in_paragraph(words: Words, number: int, names: re.Pattern[str]) -> Iterator[Citation]:
    begin, past = words.body[number]
    paragraph = words.text[begin:past]
    cited: list[tuple[re.Match[str], str]] = []
    for m in names.finditer(paragraph):
        if cue := _cue(paragraph, m) or (cited and _cue_of_both(paragraph, *cited[-1], m)):
            cited.append((m, cue))
    for m, cue in cited:
        name = in_full(m.group(), words.text)
        if name:
            first, last = _stretch(words, number, begin + m.start(), alone=len(cited) == 1)
            quoted = words.quoted.count(1, first, last) >= thresholds.CITED_QUOTED * (last - first)
            yield Citation(name, begin + m.start(), begin + m.end(), first, last, cue == "told", quoted)


def _cue(paragraph: str, m: re.Match[str]) -> str | None:
    """How a name is said to give words: "told", "according", or None."""
    before, after = paragraph[max(0, m.start() - thresholds.BEFORE_NAME) : m.start()], paragraph[m.end() :]
    if after.startswith(" affiliate") or _is_part(m.group(), after) or _is_end(m.group(), before):
        return None
    if m.group().endswith((" TV", " Radio")) and after.startswith((" station", " channel")):
        return None
    if _TOLD.search(before) or _TRANSLATED.search(before) or (_ACCORDING.search(before) and _TRANSLATION.match(after)):
        return "told"
    if _ACCORDING.search(before) or (_HEADING.search(before) and after.strip() == ":"):
        return "according"
    if _WRITER.search(before) and _WRITER_PAST.match(after):
        return "according"
    if (_REVIEWED.search(before) and after[:1] == ",") or (_ON_AIR.search(before) and _ON_AIR_PAST.match(after)):
        return "according" if m.group() not in COMMON else None
    if _REPORTING.match(after) and _CLAUSE.search(before):
        return "according"
    if m.group() in COMMON or not _SUBJECT.match(after):
        return None
    return "according" if _STAFF_OF.search(before) or not _NO_SUBJECT.search(before) else None


def _cue_of_both(paragraph: str, last: re.Match[str], cue: str, m: re.Match[str]) -> str | None:
    """The cue of the name before, where this one stands beside it: "according to the Courier and Reuters"."""
    beside = _AND.fullmatch(paragraph, last.end(), m.start()) and not _is_part(m.group(), paragraph[m.end() :])
    return cue if beside and m.group() not in COMMON else None


def _is_part(name: str, after: str) -> bool:
    """Whether a name is a part of a longer one that is no house: a bank's, a square's, a person's."""
    return LONGER.match(after) is not None or (not is_sure(name) and _NAME_GOES_ON.match(after) is not None)


def _is_end(name: str, before: str) -> bool:
    """Whether a name is the end of a longer one; its land may stand before it: "Russian RT", "the Japanese NHK"."""
    m = _NAME_BEGINS.search(before)
    if m is None:
        return False
    word = m["word"]
    if word is None:
        return name.isupper()
    return not (word in demonyms() or country(word) or is_listed_word(word) or word.casefold() in _KINDS)


def _stretch(words: Words, number: int, at: int, *, alone: bool) -> Span:
    """The words that a citation gives: those after a colon, else its sentence and what it goes on to quote, or quoted before."""
    first, past = words.blocks[number]
    if past > first and words.text.startswith(":", words.ends[past - 1]) and number + 1 < len(words.blocks):
        return words.blocks[number + 1]
    inside = [s for s in words.sentences if first <= s[0] < past]
    here = next((n for n, (_, end) in enumerate(inside) if words.starts[end - 1] >= at), len(inside) - 1)
    begin = end = here
    if alone and 1 in words.quoted[slice(*inside[here])]:
        while begin > 0 and _is_quoted(words, inside[begin - 1]):
            begin -= 1
        while end + 1 < len(inside) and _is_quoted(words, inside[end + 1]):
            end += 1
    return inside[begin][0], inside[end][1]


def _is_quoted(words: Words, sentence: Span) -> bool:
    return words.quoted.count(1, *sentence) > 0.5 * (sentence[1] - sentence[0])


_TITLE = r"[A-Z][\w-]+"
_UNKNOWN = (
    rf"(?:(?!The\b|In\b|But\b|And\b|As\b|On\b){_TITLE}\s){{1,3}}(?:Times|Post|News|Herald|Gazette|Tribune|Chronicle|Journal|Daily|"
    r"Observer|Enquirer|Inquirer|Courier|Dispatch|Examiner|Ledger|Telegraph|Sentinel|Advertiser|Advocate|Argus|Beacon|Bulletin|"
    r"Citizen|Mercury|Monitor|Statesman|Free Press|Zeitung|Ilbo|Shimbun|TV|Radio|Television)|"
    r"[A-Z][a-z]+(?:News|Times|Radio|TV)(?:\s[A-Z][a-z]+)?|"
    rf"(?:{_TITLE}\s){{1,3}}(?:of|for)\sInvestigative\s(?:Journalis(?:ts|m)|Report(?:ers|ing))"
)
_CALL_SIGN = r"(?!WADA|WNBA|WIPO|WWDC|KPMG|KFOR)[WK][A-Z]{3}(?:-(?:TV|FM|AM|DT))?(?:\s?\d{1,2})?"
_DOMAIN = (
    r"[\w-]*(?:[Nn]ews|[Tt]imes|[Pp]ost|[Hh]erald|[Pp]ress|[Tt]ribune|[Dd]aily|[Rr]adio)[\w-]*"
    r"\.(?:com|org|net|co\.uk|ru|fr|de|es|it|ua|info)"
)
_TYPED = "|".join(
    rf"(?<={kind}\s){_TITLE}(?:\s(?:{_TITLE}|\d\b)){{0,2}}"
    for kind in ("newspaper", "news agency", "tabloid", "broadcaster", "magazine", "affiliate")
)
_INTERVIEWER = rf"(?<=told the\s){_TITLE}(?:\s{_TITLE}){{1,2}}(?=\s(?:in|during) an (?:[\w’']+\s){{0,3}}interview)"
COMMON, SHORT, NO_HOUSE, EDITION, _PLAIN_WORDS = (
    word_lists("descent", "outlet_words.tsv")[kind] for kind in ("common", "short", "no_house", "edition", "word")
)
LONGER = re.compile(rf"(?:['’]s)?\s(?:{_TITLE}\s){{0,2}}(?:{'|'.join(sorted(NO_HOUSE))})\b")
"""What makes a house's name a part of another: "The Times" in "The Times Square", the agency in "Reuters Institute"."""
_IN_BRACKETS = re.compile(r"\s\((?:the\s)?[“\"]?(?P<letters>[A-Z]{2,6})[”\"]?\)")


def house(name: str) -> str:
    """Return the name that stemma prints of a listed house, else the given one."""
    return _outlets().get(name) or _outlets().get(name.removeprefix("the ").removeprefix("The ")) or name


def as_printed(name: str, texts: Sequence[str]) -> str:
    """Return a listed house's name as reports print it most often, where none prints the listed one; an agency keeps its own."""
    if agency_of(name) is not None:
        return name
    names = sorted(
        {name, *(alias for alias, known in _outlets().items() if known == name)}, key=lambda alias: (-len(alias), alias)
    )
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    often = Counter(printed for text in texts for printed in found.findall(text))
    printed = next((alias for alias, _ in often.most_common(1)), name)
    # "The Hill" is printed as "the Hill" in running text.
    return name if often[name] or printed == name.removeprefix("The ") else printed


def is_listed(name: str) -> bool:
    """Return whether a name is a listed house's, and no common word behind "The"."""
    return name in _outlets() and not (name.startswith("The ") and name.count(" ") == 1)


def is_sure(name: str) -> bool:
    """Return whether a name is a house's whatever follows it: capitals, a listed one of several words, an agency's."""
    return name.isupper() or (name in _outlets() and " " in name) or agency_of(name) is not None


def is_listed_word(word: str) -> bool:
    """Return whether a word by itself is a listed house's name: "CNN" before "Reuters" is a house of its own."""
    return word in _outlets() and " " not in word


def in_full(printed: str, page: str) -> str | None:
    """Return the name that stemma prints; a short one has the name that the page has in full, and is none without."""
    known, short = _outlets().get(printed) or agency_of(printed), printed.removeprefix("The ")
    if short not in SHORT:
        return known or printed
    found = re.findall(rf"\b(?:{_TITLE}\s){{1,3}}{short}\b", page)
    names = [re.sub(r"^(?:The|A|In|As|From|But|And|Read|On)\s(?:the\s)?", "", name) for name in found]
    full = next((name for name in names if name != short), None)
    return _outlets().get(full, full) if full else known


def abbreviated(text: str) -> dict[str, str]:
    """Return the letters by which a page calls a house that it names in full: "Lantry Times (LT)"."""
    found = {}
    for letters in _IN_BRACKETS.finditer(text):
        before = text[max(0, letters.start() - thresholds.BEFORE_NAME) : letters.start()]
        name = next((m.group() for m in house_names().finditer(before) if m.end() == len(before)), None)
        if name and not house_names().fullmatch(letters["letters"]):
            found[letters["letters"]] = house(name)
    return found


def unlisted(names: Iterable[str], letters: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Return what finds those of some houses' names that no list has, and some letters; None where there is none."""
    long = (n for n in names if len(n) >= thresholds.OUTLET_LETTERS and n[:1].isalnum())
    fresh = sorted({n for n in long if not house_names().fullmatch(n) and n not in _outlets()} | set(letters))
    return re.compile(rf"(?<![\w@#./-])(?:{'|'.join(map(re.escape, fresh))})(?![\w-]|\.\w)") if fresh else None


@lru_cache(maxsize=1)
def house_names() -> re.Pattern[str]:
    """Return what finds the names of houses in a text: listed ones, and those that say what they are."""
    common = {n.removeprefix("The ") for n in _outlets() if n.startswith("The ") and n.count(" ") == 1} | SHORT
    agencies = {alias for row in rows("reports", "agencies.tsv") for alias in "|".join(row).split("|") if len(alias) > 1}
    sure, words = tree({*_outlets(), *agencies} - common - _PLAIN_WORDS), tree(common)
    return re.compile(
        rf"(?<![\w@#./-])(?:{sure}|(?<=[Tt]he\s){words}|(?<=['’]s\s){words}(?=\s(?:newspaper|daily|tabloid|magazine)\b)|"
        rf"{_TYPED}|{_INTERVIEWER}|{_UNKNOWN}|{_CALL_SIGN}|{_DOMAIN})(?![\w-]|\.\w)"
    )


@lru_cache(maxsize=1)
def _outlets() -> dict[str, str]:
    """Every name of a listed house, with "The" and without, and the one that stemma prints."""
    found: dict[str, str] = {}
    for name, *others in (*(r[:2] for r in rows("reports", "outlets.tsv")), *rows("descent", "outlets.tsv")):
        for alias in (name, *"|".join(others).split("|")):
            if len(alias) > 1:
                found.setdefault(alias, name)
                found.setdefault(alias.removeprefix("The "), name)
    return found
