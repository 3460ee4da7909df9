"""The names of houses in running text: those of the lists, those that say what they are, and the short ones of a page.

A newspaper is known by the last word of its name, a station by its letters, a site by its address, and any of them by what
stands before it ("the newspaper").
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from stemma.reports.agencies import agency_of
from stemma.text.data import rows, word_lists
from stemma.text.numbers import tree

_TITLE = r"[A-Z][\w-]+"
_LETTERS = 4
"""Letters of a name that nobody lists."""
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
COMMON, SHORT, NO_HOUSE, EDITION = (
    word_lists("descent", "outlet_words.tsv")[kind] for kind in ("common", "short", "no_house", "edition")
)
LONGER = re.compile(rf"(?:['’]s)?\s(?:{_TITLE}\s){{0,2}}(?:{'|'.join(sorted(NO_HOUSE))})\b")
"""What makes a house's name a part of another: "The Times" in "The Times Square", the agency in "Reuters Institute"."""
_LONGEST = 80
"""Letters of the longest name."""
_IN_BRACKETS = re.compile(r"\s\((?:the\s)?[“\"]?(?P<letters>[A-Z]{2,6})[”\"]?\)")


def house(name: str) -> str:
    """Return the name that stemma prints of a listed house, else the given one."""
    return _outlets().get(name) or _outlets().get(name.removeprefix("the ").removeprefix("The ")) or name


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
        before = text[max(0, letters.start() - _LONGEST) : letters.start()]
        name = next((m.group() for m in house_names().finditer(before) if m.end() == len(before)), None)
        if name and not house_names().fullmatch(letters["letters"]):
            found[letters["letters"]] = house(name)
    return found


def unlisted(names: Iterable[str], letters: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Return what finds those of some houses' names that no list has, and some letters; None where there is none."""
    long = (n for n in names if len(n) >= _LETTERS and n[:1].isalnum())
    fresh = sorted({n for n in long if not house_names().fullmatch(n) and n not in _outlets()} | set(letters))
    return re.compile(rf"(?<![\w@#./-])(?:{'|'.join(map(re.escape, fresh))})(?![\w-]|\.\w)") if fresh else None


@lru_cache(maxsize=1)
def house_names() -> re.Pattern[str]:
    """Return what finds the names of houses in a text: listed ones, and those that say what they are."""
    common = {n.removeprefix("The ") for n in _outlets() if n.startswith("The ") and n.count(" ") == 1} | SHORT
    agencies = {alias for row in rows("reports", "agencies.tsv") for alias in "|".join(row).split("|") if len(alias) > 1}
    sure, words = tree({*_outlets(), *agencies} - common), tree(common)
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
