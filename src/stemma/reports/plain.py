"""The article inside a plain-text scrape of a page: its body and metadata, without the page's furniture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.agencies import dateline_of
from stemma.reports.article import ADDRESS, Article, corrected_on, is_correction, is_whole, told_apart
from stemma.reports.authors import person
from stemma.reports.credits import COPYRIGHT, credited_sources, find_credits, says_who_worked
from stemma.reports.dates import find_date
from stemma.reports.lines import BY, CHANGED, HEAD, LABELLED, READING, TODAY, Line, is_slot, key_of, lines_of
from stemma.reports.outlets import Address, find_outlet, names_outlet, read_address, without_outlet
from stemma.reports.plain_body import PROSE, body_roles
from stemma.tables import Role
from stemma.text.data import words_of
from stemma.text.normal import name_key
from stemma.text.stems import beginning


def article_from_text(text: str, address: str | None = None) -> Article:
    """Return the article that a plain-text page prints, its first; the address is its own, or the path under which it was saved.

    Blocks stand in page order with the roles of `tables.Role`; furniture is left out. Raises NoArticle where no
    run of prose is found. Method: see plain_body (densest run of prose lines); the slots round it are `read_head`'s.
    """
    return articles_from_text(text, address)[0]


def articles_from_text(text: str, address: str | None = None) -> list[Article]:
    """Return the page's own article as `article_from_text` does, and behind it further whole ones that the page prints."""
    lines = lines_of(text)
    parts = _parts_of(lines)
    if len(parts) > 1:
        try:
            articles = [_article_of(part, address) for part in parts]
        except NoArticle:
            articles = []
        if len({d.title for d in articles if is_whole(d)}) == len(parts):
            return [replace(d, outlet=d.outlet or articles[0].outlet) for d in articles]
    return [_article_of(lines, address)]


def _article_of(lines: Sequence[Line], address: str | None) -> Article:
    roles = body_roles(lines)
    body = [at for at in sorted(roles) if roles[at] in ("paragraph", "list")]
    least = thresholds.LEAST_PLAIN_PROSE
    if sum(lines[at].words for at in body) < least:
        raise NoArticle(f"No article was found: the text holds fewer than {least} words in a run of sentences.")
    roles = _with_credits(lines, roles, body)
    told = [at for at in body if roles[at] in ("paragraph", "list")] or body
    head = read_head(lines, told, read_address(address))
    roles |= head.roles
    shown = {at: head.title for at, role in roles.items() if role == "title" and head.title}
    blocks = tuple(told_apart([(roles[at], shown.get(at) or lines[at].text) for at in sorted(roles)]))
    credits = find_credits(blocks, head.outlet)
    printed = any(name_key(head.outlet or "") in name_key(line.text) for line in lines)
    return Article(
        blocks=blocks, outlet=head.outlet, title=head.title, published=head.published,
        modified=head.modified or corrected_on(blocks),
        byline=credits.byline, agency=credits.agency, contributors=credits.contributors,
        dateline=credits.dateline, where={} if printed else {"outlet": ADDRESS},
    )  # fmt: skip


def _parts_of(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Return the lines of each whole article of a plain-text page.

    A further one begins with a headline above both a byline and a date, where enough prose stands before and behind it.
    """
    starts = [at for at in range(len(lines)) if _opens(lines, at)]
    prose = [line.words if line.kind in PROSE else 0 for line in lines]
    ends = [*starts, len(lines)][1:]
    whole = [at for at, end in zip(starts, ends, strict=True) if sum(prose[at:end]) >= thresholds.LEAST_FURTHER]
    if whole and sum(prose[: whole[0]]) < thresholds.LEAST_FURTHER:
        whole = whole[1:]
    cuts = [0, *whole, len(lines)]
    return [lines[a:b] for a, b in pairwise(cuts)]


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a headline with byline and date below it, in either order and with a deck between at most."""
    line = lines[at]
    if (
        line.kind not in ("short", "sentence")
        or not thresholds.LEAST_HEADLINE <= line.words <= thresholds.LONGEST_HEADLINE
        or line.text.endswith((".", ":", ","))
    ):
        return False
    below = [other for other in lines[at + 1 : at + thresholds.SLOT_NEAR] if other.words <= thresholds.SIGNATURE_WORDS]
    signed = [n for n, other in enumerate(below) if BY.match(other.text)]
    dated = [n for n, other in enumerate(below) if other.words <= thresholds.DATE_WORDS and find_date(other.text)]
    return bool(signed and dated) and min(signed[0], dated[0]) <= 1


def _with_credits(lines: Sequence[Line], roles: dict[int, Role], body: Sequence[int]) -> dict[int, Role]:
    """Add the credits and corrections that stand just below the body; below other stories an agency's copyright line alone."""
    changed, cut_off = dict(roles), False
    for at in range(body[-1] + 1, min(len(lines), body[-1] + 1 + thresholds.FOOT_BELOW)):
        line = lines[at]
        named = credited_sources([("credit", line.text[:HEAD])])
        cut_off = cut_off or (line.kind in ("tail", "end") and not named)
        if at in roles or (cut_off and line.kind == "prose"):
            break
        if cut_off and not (named and COPYRIGHT.match(line.text)):
            continue
        if is_correction(line.text):
            changed[at] = "correction"
        elif says_who_worked(line.text[: thresholds.CREDIT_LENGTH]) or any(credit.kind != "photo" for credit in named):
            changed[at] = "credit"
    return changed


_SUFFIX = re.compile(r"\s+[|–—·»-]\s+(?=[^|–—·»]{2,60}$)|\s+[|»]\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """Roles of lines outside the body, by line number, and the fields read from them."""

    roles: dict[int, Role]
    title: str | None
    published: str | None
    modified: str | None
    outlet: str | None


def read_head(lines: Sequence[Line], body: Sequence[int], address: Address) -> Head:
    """Return title, deck, byline, date and outlet round the body, whose line numbers are given in order."""
    first = body[0]
    roles: dict[int, Role] = {}
    vocabulary = _vocabulary(lines, body)
    at = _title_at(lines, first, vocabulary, address)
    title = _clean_title(lines, at) if at is not None else None
    if at is not None:
        roles[at] = "title"
    between = range(at + 1 if at is not None else max(0, first - thresholds.HEAD_LINES), first)
    outlet = find_outlet(lines, body, at, address)
    title = without_outlet(title, outlet) if title else None
    headlines = {lines[at].key, key_of(title or "")} if at is not None else set()
    headlines |= {key_of(outlet)} if outlet else set()
    roles |= _slots(lines, between, headlines, vocabulary)
    deck = _deck_in_body(lines, body, roles)
    if deck is not None:
        roles[deck] = "deck"
    published, modified = _dates(lines, roles, first, body[-1])
    return Head(roles, title, published, modified, outlet)


def _vocabulary(lines: Sequence[Line], body: Sequence[int]) -> frozenset[str]:
    return frozenset(stem for at in body[: thresholds.TOLD_LINES] for stem in _stems(lines[at].key))


def _stems(key: str) -> list[str]:
    """The long words' first letters, so that inflected forms meet."""
    return [beginning(word) for word in key.split() if len(word) > thresholds.TOLD_LETTERS or not word.isascii()]


def _title_at(lines: Sequence[Line], first: int, vocabulary: frozenset[str], address: Address) -> int | None:
    """Find the line above the body that tells most of its words, best above a byline; of two alike the upper."""
    window = range(max(0, first - thresholds.HEAD_ABOVE), first)
    slots = [at for at in window if is_slot(lines[at]) or names_outlet(lines[at].text, address)]
    rated = {at: _title_score(lines[at], first - at, slots, vocabulary, at) for at in window if at not in slots}
    scores = {at: score for at, score in rated.items() if score > thresholds.LEAST_TITLE}
    signed = max((at for at in slots if BY.match(lines[at].text)), default=first)
    scores = {at: score for at, score in scores.items() if at < signed} or scores
    if not scores:
        return _headline_by_shape(lines, first, slots)
    best = max(scores, key=lambda at: (scores[at], at))
    near = [at for at in scores if best - thresholds.TITLES_NEAR <= at <= best and lines[at].words >= thresholds.LEAST_HEADLINE]
    upper = [at for at in near if scores[at] >= scores[best] - thresholds.TITLE_ALIKE]
    return min((at for at in upper if not lines[at].text.endswith(lines[best].text)), default=best)


def _title_score(line: Line, above: int, slots: Sequence[int], vocabulary: frozenset[str], at: int) -> float:
    if not 2 <= line.words <= thresholds.LONGEST_HEADLINE or line.kind not in ("short", "sentence", "prose", "also"):
        return 0.0
    stems = _stems(line.key)
    shared = sum(stem in vocabulary for stem in stems) / max(3, len(stems))
    worth = thresholds.TITLE_WORTH
    signed = any(at < slot <= at + thresholds.SLOT_NEAR for slot in slots)
    return (
        shared * (worth["told"] + worth["word"] * min(line.words, 10))
        + worth["again"] * (min(line.times, 6) - 1)
        + worth["above"] * above
        + worth["slot"] * signed
        + worth["ended"] * line.text.endswith(".") * (2 if line.kind == "prose" else 1)
    )


def _headline_by_shape(lines: Sequence[Line], first: int, slots: Sequence[int]) -> int | None:
    """Find the nearest line above the body that is as long as a headline, ends in no full stop and is no slot."""
    for at in range(first - 1, max(-1, first - thresholds.HEADER_LINES), -1):
        line = lines[at]
        shaped = thresholds.LEAST_HEADLINE <= line.words <= thresholds.LONGEST_HEADLINE
        if shaped and line.kind in ("short", "sentence") and not line.text.endswith(".") and at not in slots:
            return at
    return None


def _clean_title(lines: Sequence[Line], at: int) -> str:
    """Cut " | Section News" and the like: after a stroke always, after a dash where the rest stands elsewhere too."""
    text = lines[at].text
    head, *rest = _SUFFIX.split(text, maxsplit=1)
    if not rest or len(head.split()) < thresholds.LEAST_HEADLINE:
        return text
    if "|" in text[len(head) :] or "»" in text[len(head) :]:
        return head.strip()
    tail = rest[-1].casefold().strip()
    parts = (tail, head.casefold())
    alone = any(line.text.casefold() in parts for i, line in enumerate(lines) if i != at)
    site = set(tail.split()) & words_of("reports", "mastheads.txt") and len(tail.split()) <= thresholds.LONGEST_OUTLET
    return head.strip() if alone or site else text


def _slots(lines: Sequence[Line], between: range, headlines: set[str], vocabulary: frozenset[str]) -> dict[int, Role]:
    """Roles of the lines between title and body: byline, date, caption, deck."""
    roles: dict[int, Role] = {}
    for at in between:
        line, text = lines[at], lines[at].text[:HEAD]
        if line.key in headlines:
            continue
        if line.words <= thresholds.SIGNATURE_WORDS and (BY.match(text) or dateline_of(text)[1]):
            roles[at] = "byline"
        elif line.words <= thresholds.DATE_WORDS and (find_date(text) and not TODAY.search(text.casefold())):
            roles[at] = "date"
        elif line.kind == "photo":
            roles[at] = "caption"
        elif _signs(line, roles.get(at - 1)) and _beside_slot(lines, at, between):
            roles[at] = "byline"
        elif (
            line.kind in ("prose", "sentence")
            and line.times <= 2
            and thresholds.ITEM_WORDS <= line.words <= thresholds.DECK_WORDS
        ):
            signed = {"byline", "date"} & set(roles.values())
            roles[at] = "paragraph" if signed and at == between[-1] else "deck"
        elif line.kind == "short" and line.words >= 3 and not vocabulary.isdisjoint(_stems(line.key)):
            roles[at] = "caption"
    decks = [at for at, role in roles.items() if role == "deck"]
    return {at: role for at, role in roles.items() if role != "deck" or at == decks[0]}


def _signs(line: Line, above: str | None) -> bool:
    return _is_bare_name(line) or _is_agency(line) or (above in ("date", "byline") and _is_one_word(line))


def _is_bare_name(line: Line) -> bool:
    """Whether a line is a person's name and nothing else; one all in capitals is an account's."""
    return (
        line.words <= thresholds.NAME_WORDS and line.kind == "short" and person(line.text) is not None and not line.text.isupper()
    )


def _is_one_word(line: Line) -> bool:
    """Whether a line is one word with a capital and no section's name: an agency that is known by one."""
    plain = line.kind == "short" and line.words == 1 and line.text.isalpha() and line.text.istitle()
    return plain and line.text.casefold() not in words_of("reports", "sections.txt")


def _is_agency(line: Line) -> bool:
    """Whether a line is the name of an agency, alone or behind that of its author."""
    return (
        line.words <= thresholds.NAME_WORDS
        and line.kind == "short"
        and any(c.kind == "agency" for c in credited_sources([("byline", line.text)]))
    )


def _beside_slot(lines: Sequence[Line], at: int, between: range) -> bool:
    """A bare name is a byline only beside a date or a reading time."""
    near = [lines[i] for i in (at - 1, at + 1) if i in between]
    return any(
        READING.search(one.text[:HEAD]) or (one.words <= thresholds.DATED_SENTENCE and find_date(one.text)) for one in near
    )


def _deck_in_body(lines: Sequence[Line], body: Sequence[int], roles: dict[int, Role]) -> int | None:
    """Find a deck in the run's first line: it tells of somebody by the bare last name that the next lines introduce.

    A lead introduces people; a deck, like a headline, does not. What stands below the byline or the date is no deck.
    """
    if {"deck", "byline", "date"} & set(roles.values()) or len(body) < 2:
        return None
    first = lines[body[0]]
    if first.words >= thresholds.LEAST_LEAD or first.text.count(". ") > 0 or lines[body[1]].words < first.words:
        return None
    later = " ".join(lines[at].text[:2000] for at in body[1 : thresholds.TOLD_LINES])
    names = re.findall(r"(?<![\w’'])[A-ZÀ-Þ][\w’'-]{2,}", first.text)
    for name in names:
        bare = re.search(rf"(?:^|[a-zß-ÿ,;:]\s|^[\"“‘]){re.escape(name)}\b(?!\s[A-ZÀ-Þ])", first.text)
        full = re.search(rf"\b[A-ZÀ-Þ][a-zß-ÿ]+\s{re.escape(name)}\b", later)
        if bare and full and _is_person(full.group()):
            return body[0]
    return None


def _is_person(words: str) -> bool:
    return person(words) is not None and words.split()[0].casefold() not in words_of("reports", "no_first_names.txt")


def _dates(lines: Sequence[Line], roles: dict[int, Role], first: int, last: int) -> tuple[str | None, str | None]:
    """Read the dates under the title; above it and below the body only with a word such as "published"."""
    published = modified = None
    for at in sorted(roles):
        hit = find_date(lines[at].text[:HEAD]) if roles[at] in ("date", "byline") else None
        if hit is None:
            continue
        before = lines[at].text[: hit[1]] or (lines[at - 1].text[:40] if at else "")
        if CHANGED.search(before[-40:]) and not LABELLED.search(before[-40:]):
            modified = modified or hit[0]
            second = find_date(lines[at].text[hit[2] : HEAD])
            labelled = second and LABELLED.search(lines[at].text[hit[2] : HEAD])
            published = published or (second[0] if second and labelled else None)
        else:
            published = published or hit[0]
    if published is None:
        for at in [
            *range(max(0, first - thresholds.HEADER_LINES), first),
            *range(last + 1, min(len(lines), last + 1 + thresholds.FOOT_BELOW)),
        ]:
            text = lines[at].text[:HEAD]
            if lines[at].words <= thresholds.SIGNATURE_WORDS and LABELLED.search(text) and (hit := find_date(text)):
                return hit[0], modified
    return published, modified
