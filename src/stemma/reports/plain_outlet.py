"""The name of the outlet where a plain-text page prints it: above the headline, behind it, below it, in a copyright line."""

import re
from collections.abc import Iterator, Sequence

from stemma.reports import thresholds
from stemma.reports.authors import person
from stemma.reports.dates import find_date
from stemma.reports.known_outlets import Address, is_agency_too, is_domain, known_outlet, letters_of
from stemma.reports.lines import READING, TODAY, Line, is_slot
from stemma.reports.outlets import owner, title_parts
from stemma.text.data import words_of

_LEAD_OUTLET = re.compile(
    r"^(?P<name>[^\W\d_a-z][\w'’.&-]*(?:\s[^\W\d_a-z][\w'’.&-]*){1,4})\s+[–—-]\s+(?=[^\W\d_a-z])",
)
_MARKS = " ©|•·"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
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
        address.outlet,
    )
    return next((name for name in signs if name), None)


def names_outlet(text: str, address: Address) -> bool:
    """Whether a whole line is an outlet's name: well known, a site's, or the one that the page's address gives."""
    bare = text.strip(_MARKS)
    return len(bare) <= 60 and (known_outlet(bare) is not None or is_domain(bare) or _is_meant(bare, address))


def _is_meant(text: str, address: Address) -> bool:
    if not address.letters or len(text) > 60 or text[:1].islower():
        return False
    return letters_of(text) in (address.letters, letters_of(address.outlet or "-"))


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
        dated = any(i in between and len(lines[i].text) < 80 and find_date(lines[i].text) for i in (at - 1, at + 1))
        bare = person(text) is None and not text.isupper() and not _folded(text) & words_of("reports", "sections.txt")
        if dated and _may_name(lines[at], 1) and (_tells(text, masts) or (bare and text not in told)):
            return text
    return None


def _may_name(line: Line, least: int = 2) -> bool:
    """Whether a line is at most five capitalised words, two of them at least, without the marks of a menu or a date."""
    marked = bool(set(line.text) & set("|%+:/,")) or is_slot(line)
    return line.kind == "short" and least <= len(line.text.split()) and _looks_like_name(line.text) and not marked


def _looks_like_name(text: str) -> bool:
    words = text.split()
    small = words_of("reports", "small_words.txt")
    return len(words) <= 5 and words[0][0].isupper() and all(w[0].isupper() or w[0].isdigit() or w in small for w in words)


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
        text, named = lines[at].text, lines[at].kind == "short" and 2 <= lines[at].words <= 4
        if named and text.isupper() and READING.search(lines[at + 1].text[:60]):
            return text
    return None


def _owner(footer: Sequence[Line], masts: frozenset[str], address: Address) -> str | None:
    """Whom the copyright line names: a known name, one with a word such as "Post", or the line's first words."""
    names = [(name, line) for line in footer if (name := owner(line.text)) and len(name.split()) <= 5]
    known = [name for name, _ in names if names_outlet(name, address)]
    telling = [name for name, _ in names if len(name.split()) > 1 and _folded(name) & masts]
    first = [
        name
        for name, line in names
        if _OPENS.match(line.text) and line.words <= thresholds.COPYRIGHT_WORDS and (" " in name or _YEAR.search(line.text))
    ]
    return next(iter([*known, *telling, *first]), None)
