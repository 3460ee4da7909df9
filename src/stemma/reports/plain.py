"""The article inside a plain-text scrape of a page: its body and metadata, without the page's furniture."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.corrections import corrected_on, is_correction
from stemma.reports.credits import CREDIT, credited_sources, find_credits
from stemma.reports.dates import find_date
from stemma.reports.draft import Draft, is_whole
from stemma.reports.known_outlets import read_address
from stemma.reports.lines import BY, Line, lines_of
from stemma.reports.plain_body import PROSE, body_roles
from stemma.reports.plain_head import read_head
from stemma.reports.roles import told_apart
from stemma.tables import Role


def draft_from_text(text: str, address: str | None = None) -> Draft:
    """Return the article that a plain-text page prints, its first; the address is its own, or the path under which it was saved.

    Blocks stand in page order with the roles of `tables.ROLES`; furniture is left out. Raises NoArticle where no
    run of prose is found. Method: see plain_body (densest run of prose lines) and plain_head (slots round it).
    """
    return drafts_from_text(text, address)[0]


def drafts_from_text(text: str, address: str | None = None) -> list[Draft]:
    """Return the page's own article as `draft_from_text` does, and behind it further whole ones that the page prints."""
    lines = lines_of(text)
    parts = _parts_of(lines)
    if len(parts) > 1:
        try:
            drafts = [_draft_of(part, address) for part in parts]
        except NoArticle:
            drafts = []
        if len({d.title for d in drafts if is_whole(d)}) == len(parts):
            return [replace(d, outlet=d.outlet or drafts[0].outlet) for d in drafts]
    return [_draft_of(lines, address)]


def _draft_of(lines: Sequence[Line], address: str | None) -> Draft:
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
    return Draft(
        blocks=blocks, outlet=head.outlet, title=head.title, published=head.published,
        modified=head.modified or corrected_on(blocks),
        byline=credits.byline, agency=credits.agency, contributors=credits.contributors,
        dateline=credits.dateline,
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
    if line.kind not in ("short", "sentence") or not 4 <= line.words <= 25 or line.text.endswith((".", ":", ",")):
        return False
    below = [other for other in lines[at + 1 : at + 5] if other.words <= 25]
    signed = [n for n, other in enumerate(below) if BY.match(other.text)]
    dated = [n for n, other in enumerate(below) if other.words <= 16 and find_date(other.text)]
    return bool(signed and dated) and min(signed[0], dated[0]) <= 1


def _with_credits(lines: Sequence[Line], roles: dict[int, Role], body: Sequence[int]) -> dict[int, Role]:
    """Add the credits and corrections that stand just below the body."""
    changed = dict(roles)
    for at in range(body[-1] + 1, min(len(lines), body[-1] + 1 + thresholds.FOOT_BELOW)):
        line = lines[at]
        named = credited_sources([("credit", line.text[:200])])
        if (line.kind in ("tail", "end") and not named) or at in roles:
            break
        if line.kind not in PROSE and line.words > 40:
            continue
        if is_correction(line.text):
            changed[at] = "correction"
        elif CREDIT.search(line.text[:700]) or any(credit.kind != "photo" for credit in named):
            changed[at] = "credit"
    return changed
