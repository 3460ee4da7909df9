"""The name of the outlet: known by a list, by the host of an address or a file's name, and where a page of plain text prints it.

Where a page of HTML prints it is `metadata.site_name`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from stemma.reports import thresholds
from stemma.reports.agencies import agency_of
from stemma.reports.authors import person
from stemma.reports.dates import find_date
from stemma.reports.lines import BY, READING, TODAY, Line, is_slot, lines_of
from stemma.text.data import rows, words_of
from stemma.text.normal import name_key, split_address

_HOST = re.compile(r"(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6})(?=[_/]|$)")
_ENDING = re.compile(r"(?:\.(?:txt|text|md|x?html?|mht(?:ml)?|pdf|eml|gz|zip|warc|wacz|csv|tsv|jsonl|parquet))+$", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+[_-]")
_NUMBERS = re.compile(r"^[\d\W_]+|[\d\W_]+$")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address or a file's name says of the outlet: a host, the letters of a name, and the outlet it is known to mean.

    `outlet` is a well-known outlet's name, or else the bare host; None where the file's name is all there is. It is `sure` of
    a host, of several words run together ("dailymail.txt"), of three initials ("cnn.txt"), and where somebody numbered the pages
    of several outlets ("003_rt.txt"); one word alone and a host's own part ("time.txt", "fr.txt") mean other things too.
    """

    host: str | None
    letters: str
    outlet: str | None
    sure: bool = True

    def borne_out(self, text: str) -> str | None:
        """Return the outlet where it is sure, or the text of the page has a name of it that is no common word."""
        if self.sure or self.outlet is None:
            return self.outlet
        printed = [other for other, name in _printed() if name == self.outlet]
        names = [re.escape(name) for name in printed if _tells_alone(name) or is_agency_too(name)]
        return self.outlet if names and re.search(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", text) else None


def known_outlet(text: str) -> str | None:
    """Return a well-known outlet's usual name if the words are one of its names as it prints them."""
    name = _by_letters().get(letters_of(text))
    return name if name and (not text[:1].islower() or text in _spellings()) else None


def is_agency_too(text: str) -> bool:
    """Whether the words name an agency, which is an outlet where it heads a page and a credit elsewhere."""
    return agency_of(text) is not None


def is_domain(text: str) -> bool:
    """Whether the whole of a text is the name of a site ("lindpost.com")."""
    return _HOST.fullmatch(text.casefold()) is not None and _ENDING.search(text) is None


def letters_of(text: str) -> str:
    """Return the letters and digits of a name, folded, by which "The Lind Post" is "thelindpost"."""
    return name_key(text).replace(" ", "")


def read_address(address: str | None) -> Address:
    """Return what an address, or the path of a saved page, says of the outlet.

    A path counts by its last part, without the number in front or behind ("003_lindpost2.txt"), which may begin with a host.
    """
    if not address:
        return Address(None, "", None)
    if "://" in address:
        return _of_host(split_address(address).hostname)
    stem = _ENDING.sub("", PurePosixPath(address.replace("\\", "/")).name)
    bare = _NUMBERS.sub("", stem)
    if found := _HOST.match(bare.casefold()):
        return _of_host(found["host"])
    letters = letters_of(bare)
    if known := _by_letters().get(letters) or _by_label().get(letters):
        return Address(None, letters, known, letters in _telling() or _NUMBERED.match(stem) is not None)
    known = _first_words(bare)
    return Address(None, letters, known)


def _of_host(host: str | None) -> Address:
    if not host:
        return Address(None, "", None)
    parts = host.removeprefix("www.").split(".")
    endings = (".".join(parts[at:]) for at in range(len(parts) - 1))
    known = next((_by_host()[ending] for ending in endings if ending in _by_host()), None)
    bare = ".".join(parts)
    return Address(bare, letters_of(_label(bare)), known or bare)


def _first_words(name: str) -> str | None:
    """The outlet with whose name a file's name begins, where it hardly means anything else."""
    words = name_key(name).split()
    for count in range(min(thresholds.LONGEST_OUTLET, len(words) - 1), 0, -1):
        letters = "".join(words[:count])
        known = _by_letters().get(letters)
        if known and letters in _telling():
            return known
    return None


def _tells_alone(name: str) -> bool:
    """Whether a name is no common word: several words, or capitals alone."""
    return " " in name or name.isupper()


def _label(host: str) -> str:
    """The part of a host that names: "lindpost" of "www.lindpost.co.uk"."""
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-2]) <= 3
    return parts[-3] if short else parts[-2] if len(parts) > 1 else host


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, str]:
    return {letters_of(printed): name for printed, name in reversed(list(_printed()))}


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """The letters of names that hardly mean anything else: of several words, with and without "The", and of initials."""
    names = {(form, name) for printed, name in _printed() for form in (printed, printed.removeprefix("The "))}
    return frozenset(letters_of(form) for form, name in names if " " in form or _are_initials(form, name))


def _are_initials(form: str, name: str) -> bool:
    """Whether a form of an outlet's name is initials: "TIME" is a word in capitals, "Time"."""
    return form.isupper() and len(form) >= thresholds.INITIALS and form.title() != name


@lru_cache(maxsize=1)
def _spellings() -> frozenset[str]:
    return frozenset(printed for printed, _ in _printed())


def _printed() -> list[tuple[str, str]]:
    table = rows("reports", "outlets.tsv")
    others = [(other, name) for name, also, _ in table for other in also.split("|") if other != "-"]
    return [*((name, name) for name, _, _ in table), *others]


@lru_cache(maxsize=1)
def _by_host() -> dict[str, str]:
    return {host: name for name, _, hosts in rows("reports", "outlets.tsv") for host in hosts.split("|") if host != "-"}


@lru_cache(maxsize=1)
def _by_label() -> dict[str, str]:
    """The outlet of each host's own part; where two outlets share it, none."""
    found: dict[str, set[str]] = {}
    for host, name in _by_host().items():
        found.setdefault(letters_of(_label(host)), set()).add(name)
    return {label: names.pop() for label, names in found.items() if len(names) == 1}


DASH = re.compile(r"\s+[|–—‒\-•·»«:/~]+\s+|\s*\|\s*|\s+::\s+")
"""What stands between a headline, a section and the outlet in a title."""

_COPYRIGHT = re.compile(
    r"(?i:©|\(c\)|copyright)\s*(?:©|\([cC]\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?\s*,?\s*"
    r"(?:by\s+)?(?P<name>[^\W\d_a-zß-ÿ](?:[^.,|©·•\d]|\d{1,3}(?!\d)|\.(?=[a-z]{2,4}\b)){1,45}?)"
    r"(?=\s*(?:[.,|©·•](?![a-z])|(?i:all rights)|\d{4}|$))",
)
_COMPANY = re.compile(
    r"\b(?:llc|ltd|inc|gmbh|limited|corp(?:oration)?|plc|holdings?|group|s\.?a\.?|ag|publishing|publishers|media|theme|"
    r"communications|newspapers|magazines|publications|universal|rights|reserved|riservat\w*|vorbehalten|copyright|foundation|"
    r"trust|wordpress|creative commons)\b\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SMALL = words_of("reports", "small_words.txt")


def without_outlet(title: str, outlet: str | None) -> str:
    """Return a headline without the outlet's name before its first dash or after its last."""
    parts, name = title_parts(title), name_key(outlet or "")
    for part, other in ((parts[0], parts[1:]), (parts[-1], parts[:-1])) if name and len(parts) > 1 else ():
        if name_key(part) == name and title.startswith(part):
            return title[title.index(other[0], len(part)) :]
        if name_key(part) == name:
            return title[: title.rindex(part)].rstrip(" |–—‒-•·»«:/~")
    return title


def title_parts(title: str) -> list[str]:
    """Return what stands between the dashes of a document's title."""
    return [part for part in DASH.split(title) if part and part.strip()]


def outlet_beside(title: str, document: str) -> str | None:
    """Return the outlet that a document's own title names beside the headline, which the page prints."""
    parts, headline, whole = title_parts(document), name_key(title), name_key(document)
    ends = ((parts[-1], whole.removeprefix(headline)), (parts[0], whole.removesuffix(headline))) if len(parts) > 1 else ()
    beside = (name for name, beyond in ends if beyond != whole and name_key(name) in beyond)
    return next((name for name in beside if could_name(name) and not person(name)), None)


def could_name(text: str) -> bool:
    """Whether words may be an outlet's name by their looks: few, capitalised, no section, no button, no date."""
    words = text.split()
    if not words or len(words) > thresholds.LONGEST_OUTLET or len(text) > thresholds.NAME_LENGTH or _COMPANY.search(text):
        return False
    looks = all(w[0].isupper() or w[0].isdigit() or not w[0].isalpha() or w.casefold() in _SMALL for w in words)
    if not looks or not text[0].isalnum() or text[-1] in ".?!:;," or _YEAR.search(text):
        return False
    lines = lines_of(text)
    if not lines or lines[0].kind != "short":
        return False
    return not all(w.casefold() in words_of("reports", "sections.txt") or w.casefold() in _SMALL for w in words)


def owner(line: str) -> str | None:
    """Return whom a copyright line names, where it is no company; "© 2021 The Lind Post" is "The Lind Post"."""
    found = _COPYRIGHT.search(line[:200])
    name = found["name"].strip(" -–—·") if found else ""
    return name if name and could_name(name) and not agency_of(name) else None


_LEAD_OUTLET = re.compile(
    r"^(?P<name>[^\W\d_a-z][\w'’.&-]*(?:\s[^\W\d_a-z][\w'’.&-]*){1,4})\s+[–—-]\s+(?=[^\W\d_a-z])",
)
_MARKS = " ©|•·"
_APART = re.compile(r"\s*[,|·•]\s*|\s+[–—-]\s+")
_OPENS = re.compile(r"^\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)


def find_outlet(lines: Sequence[Line], body: Sequence[int], title: int | None, address: Address) -> str | None:
    """Return the outlet's name from the best of its signs; the address under which the page was saved is the last.

    Before it: the name above the headline, behind it, between headline and story, the account, the copyright line.
    A name is safe where it is well known, a site's, the one that the address gives, or has a word such as "Post".
    """
    masts = words_of("reports", "mastheads.txt")
    lead = _LEAD_OUTLET.match(lines[body[0]].text[:120])
    if lead and {w.casefold() for w in lead["name"].split()} & masts:
        return lead["name"]
    first = title if title is not None else body[0]
    signs = (
        _known_above(lines[:first], address),
        *(_behind(lines[at].text, address, masts) for at in _titles(lines, body[0], title)),
        _masthead(lines[:first], masts) if first <= thresholds.HEADER_LINES else None,
        _under_title(lines, body, title, masts),
        _account(lines, title, body[0]),
        _owner(lines[body[-1] :], masts, address),
        next((line.text for line in lines if _is_meant(line.text, address)), None),
        address.borne_out("\n".join(line.text for line in lines)),
    )
    return next((name for name in signs if name), None)


def names_outlet(text: str, address: Address) -> bool:
    """Whether a whole line is an outlet's name: well known, a site's, or the one that the page's address gives."""
    bare = text.strip(_MARKS)
    return len(bare) <= thresholds.NAME_LENGTH and (known_outlet(bare) is not None or is_domain(bare) or _is_meant(bare, address))


def _is_meant(text: str, address: Address) -> bool:
    letters = letters_of(text)
    if not letters or not address.letters or len(text) > thresholds.NAME_LENGTH or text[:1].islower():
        return False
    return letters in (address.letters, letters_of(address.outlet or ""))


def _known_above(header: Sequence[Line], address: Address) -> str | None:
    """A known name by itself above the headline, best the one that the address gives.

    One common word and an agency count in the first line alone: below it they are a section and a credit.
    """
    found = [line.text.strip(_MARKS) for line in header if names_outlet(line.text, address)]
    sure = [text for text in found if _is_meant(text, address)]
    plain = [text for text in found if len(text.split()) > 1 or text.isupper()]
    sure += [text for text in found if text == header[0].text or (text in plain and not is_agency_too(text))]
    return next((text for text in sure if not _folded(text) <= words_of("reports", "sections.txt")), None)


def _titles(lines: Sequence[Line], first: int, title: int | None) -> Iterator[int]:
    """The headline, and lines above the story that begin with its words: the document's own title."""
    if title is None:
        return
    yield title
    key = lines[title].key
    yield from (at for at in range(first) if at != title and lines[at].key.startswith(key + " "))


def _behind(text: str, address: Address, masts: frozenset[str]) -> str | None:
    """The outlet's name behind the last dash of a title, or before its first."""
    parts = title_parts(text)
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        if names_outlet(part, address) or (part == parts[-1] and _looks_like_name(part) and _tells(part, masts)):
            return part
    return None


def _masthead(header: Sequence[Line], masts: frozenset[str]) -> str | None:
    """Find the one line of a short header that reads like the name of an outlet, best by a word such as "Post"."""
    names = {line.key: line.text for at, line in enumerate(header) if _may_name(line) and not _is_town(header, at)}
    telling = [text for text in names.values() if _tells(text, masts)]
    plain = [text for text in names.values() if not _folded(text) & words_of("reports", "sections.txt")]
    dated = any(is_slot(line) for line in header)
    first = header[0].text if len(header) > 1 else None
    found = telling or [text for text in plain if not text.isupper() and (dated or text == first) and len(plain) == 1]
    return found[0] if len(found) == 1 else None


def _under_title(lines: Sequence[Line], body: Sequence[int], title: int | None, masts: frozenset[str]) -> str | None:
    """Find the outlet's name that stands by itself between the headline and the date, and nowhere in the story.

    What the story names too is its town; a person there is the author.
    """
    between = range(title + 1 if title is not None else body[0], body[0])
    if len(between) > thresholds.HEAD_LINES:
        return None
    told = "\n".join(lines[at].text for at in body)
    for at in between:
        text = lines[at].text
        if known_outlet(text) and not is_agency_too(text):
            return text
        dated = any(
            i in between and len(lines[i].text) < thresholds.LINE_LENGTH and find_date(lines[i].text) for i in (at - 1, at + 1)
        )
        bare = person(text) is None and not text.isupper() and not _folded(text) & words_of("reports", "sections.txt")
        if dated and _may_name(lines[at], 1) and (_tells(text, masts) or (bare and text not in told)):
            return text
        if name := _beside_date(text, masts):
            return name
    return None


def _beside_date(text: str, masts: frozenset[str]) -> str | None:
    """The outlet that a line names beside its date ("Lind Post, 12 March 2031"): known, or by a word such as "Post".

    Towns, agencies and sections stand there too.
    """
    found = find_date(text) if len(text) < thresholds.LINE_LENGTH and not BY.match(text) else None
    parts = _APART.split(f"{text[: found[1]]}|{text[found[2] :]}") if found else ()
    named = (part for part in parts if could_name(part) and ":" not in part and not is_agency_too(part))
    return next((part for part in named if known_outlet(part) or (" " in part and _tells(part, masts))), None)


def _may_name(line: Line, least: int = 2) -> bool:
    """Whether a line is a few capitalised words, two of them at least, without the marks of a menu or a date."""
    marked = bool(set(line.text) & set("|%+:/,")) or is_slot(line)
    return line.kind == "short" and least <= len(line.text.split()) and _looks_like_name(line.text) and not marked


def _looks_like_name(text: str) -> bool:
    words = text.split()
    small = words_of("reports", "small_words.txt")
    return (
        len(words) <= thresholds.LONGEST_OUTLET
        and words[0][0].isupper()
        and all(w[0].isupper() or w[0].isdigit() or w in small for w in words)
    )


def _is_town(header: Sequence[Line], at: int) -> bool:
    """Whether the line stands under a temperature, as a header's town does."""
    above = header[at - 1].text if at else ""
    return TODAY.search(above.casefold()) is not None and find_date(above) is None


def _tells(text: str, masts: frozenset[str]) -> bool:
    words = [word.casefold() for word in text.split()]
    named = words[-1] in masts or (words[0] == "the" and bool(set(words) & masts))
    return named and words[0] not in words_of("reports", "sections.txt")


def _folded(text: str) -> set[str]:
    return {word.casefold().strip(".,") for word in text.split()}


def _account(lines: Sequence[Line], title: int | None, first: int) -> str | None:
    """A name all in capitals above a reading time, with no "By": the site's account, not a person."""
    if title is None:
        return None
    for at in range(title + 1, first - 1):
        text, named = lines[at].text, lines[at].kind == "short" and 1 < lines[at].words <= thresholds.LONGEST_OUTLET
        if named and text.isupper() and READING.search(lines[at + 1].text[:60]):
            return text
    return None


def _owner(footer: Sequence[Line], masts: frozenset[str], address: Address) -> str | None:
    """Whom the copyright line names: a known name, one with a word such as "Post", or the line's first words."""
    names = [(name, line) for line in footer if (name := owner(line.text))]
    known = [name for name, _ in names if names_outlet(name, address)]
    telling = [name for name, _ in names if len(name.split()) > 1 and _folded(name) & masts]
    first = [
        name
        for name, line in names
        if _OPENS.match(line.text) and line.words <= thresholds.COPYRIGHT_WORDS and (" " in name or _YEAR.search(line.text))
    ]
    return next(iter([*known, *telling, *first]), None)
