"""Outlets that are known by name: from a line, from the host of an address, and from the name under which a page was saved."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from stemma.reports.agencies import agency_of
from stemma.text.data import rows
from stemma.text.normal import name_key

_HOST = re.compile(r"(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6})(?=[_/]|$)")
_ENDING = re.compile(r"(?:\.(?:txt|text|md|x?html?|gz))+$", re.IGNORECASE)
_NUMBERS = re.compile(r"^[\d\W_]+|[\d\W_]+$")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address or a file's name says of the outlet: a host, the letters of a name, and the outlet it is known to mean.

    `outlet` is a well-known outlet's name, or else the bare host; None where the file's name is all there is.
    """

    host: str | None
    letters: str
    outlet: str | None


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
        return _of_host(_hostname(address))
    stem = _ENDING.sub("", PurePosixPath(address.replace("\\", "/")).name)
    bare = _NUMBERS.sub("", stem)
    if found := _HOST.match(bare.casefold()):
        return _of_host(found["host"])
    letters = letters_of(bare)
    return Address(None, letters, _by_letters().get(letters) or _by_label().get(letters) or _first_words(bare))


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _of_host(host: str | None) -> Address:
    if not host:
        return Address(None, "", None)
    parts = host.removeprefix("www.").split(".")
    endings = (".".join(parts[at:]) for at in range(len(parts) - 1))
    known = next((_by_host()[ending] for ending in endings if ending in _by_host()), None)
    bare = ".".join(parts)
    return Address(bare, letters_of(_label(bare)), known or bare)


def _first_words(name: str) -> str | None:
    """The outlet with whose name a file's name begins, where it is no common word: several words, or capitals alone."""
    words = name_key(name).split()
    for count in range(min(5, len(words) - 1), 0, -1):
        known = _by_letters().get("".join(words[:count]))
        if known and (" " in known or known.isupper()):
            return known
    return None


def _label(host: str) -> str:
    """The part of a host that names: "lindpost" of "www.lindpost.co.uk"."""
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-2]) <= 3
    return parts[-3] if short else parts[-2] if len(parts) > 1 else host


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, str]:
    return {letters_of(printed): name for printed, name in reversed(list(_printed()))}


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
