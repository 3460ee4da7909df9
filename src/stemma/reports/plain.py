"""The article inside a plain-text scrape of a page: its body and metadata, without the page's furniture."""

from collections.abc import Sequence

from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.corrections import corrected_on, is_correction
from stemma.reports.credits import CREDIT, credited_sources, find_credits
from stemma.reports.draft import Draft
from stemma.reports.known_outlets import read_address
from stemma.reports.lines import Line, lines_of
from stemma.reports.plain_body import PROSE, body_roles
from stemma.reports.plain_head import read_head
from stemma.reports.roles import told_apart
from stemma.tables import Role


def draft_from_text(text: str, address: str | None = None) -> Draft:
    """Return the article that a plain-text page prints; the address is its own, or the path under which it was saved.

    Blocks stand in page order with the roles of `tables.ROLES`; furniture is left out. Raises NoArticle where no
    run of prose is found. Method: see plain_body (densest run of prose lines) and plain_head (slots round it).
    """
    lines = lines_of(text)
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
