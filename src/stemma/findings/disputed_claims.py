"""What one says and another denies, without a number: that the reports contradict each other is what a reader needs to know.

That something was not ("it was no swap") and what another tells in other words are two claims, by their verbs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from stemma.claims.propositions import Proposition
from stemma.claims.relations import likeness
from stemma.findings import thresholds
from stemma.findings.context import Context, of_member
from stemma.findings.kinds import DISPUTED_CLAIM
from stemma.tables import Evidence, Finding
from stemma.text.stems import meaning

_AGAINST = re.compile(r"\b(?:den(?:y|ied|ies)|reject|dismiss|disput|contradict|rebut|refut|false|untrue)", re.IGNORECASE)
"""A sentence prints what it takes back: "denied reports that"."""

_NUMBER = re.compile(r"\d+")


def disputed_claims(context: Context) -> Iterator[Finding]:
    """Yield the claims that one side says and the other denies, each with both sides' words; one a claim."""
    told = set[tuple[str, int]]()
    for claim, pairs in (*_in_one_claim(context), *denied_elsewhere(context)):
        if not told & (words := {(m.report, m.start) for pair in pairs for m in pair}):
            told |= words
            a, b = pairs[0]
            shown = {(m.report, m.start): m for pair in pairs for m in pair}
            message = f"One says it, the other denies it. {_side(context, a)}. {_side(context, b)}."
            yield dispute(context, message, {r for r, _ in shown}, [of_member(m) for m in shown.values()], claim)


def dispute(
    context: Context, message: str, reports: Iterable[str], proof: Iterable[Evidence], claim: str | None = None
) -> Finding:
    """Return the finding that a report denies what others tell."""
    return context.finding(DISPUTED_CLAIM, message, sorted(reports), proof, claim)


def _in_one_claim(context: Context) -> Iterator[tuple[str, list[tuple[Proposition, Proposition]]]]:
    """Who says a claim and who denies it, by claim."""
    for grouped in context.claims:
        if grouped.claim.relation not in ("conflict", "disputed") or grouped.claim.doubtful:
            continue
        apart = [p for p in grouped.apart if p.relation == grouped.claim.relation and not (p.a.figure or p.b.figure)]
        pairs = [(p.a, p.b) if _is_denial(p.b, p.a) else (p.b, p.a) for p in apart]
        pairs = [(a, b) for a, b in pairs if _are_two_sides(context, a, b) and not _is_taken_back(context, a)]
        if pairs:
            yield grouped.claim.id, pairs


def _is_denial(member: Proposition, other: Proposition) -> bool:
    return member.denied or (member.negated and not other.denied)


def _are_two_sides(context: Context, a: Proposition, b: Proposition) -> bool:
    """Whether two sides say two things in clauses much alike; one sentence at least names its side, of one report both do."""
    words = [context.words(m.report, (m.start, m.end)) for m in (a, b)]
    sides = bool(a.source and b.source and a.source != b.source)
    sides = sides and sum(_names_its_side(context, m) for m in (a, b)) >= (2 if a.report == b.report else 1)
    # Another number or hour is told as such, and denies nothing.
    numbers = [set(_NUMBER.findall(w)) for w in words]
    counted = all(numbers) and numbers[0] != numbers[1]
    alike = likeness(a.words, b.words) >= thresholds.SIDES_ALIKE
    return sides and alike and not counted and not any(_denies_nothing(context, m) for m in (a, b))


def _denies_nothing(context: Context, member: Proposition) -> bool:
    """Whether a clause asks, or denies a part: "not once, but twice", "how she felt"."""
    words = context.words(member.report, (member.start, member.end + 1))
    return "?" in words or bool(_NO_DENIAL.search(words))


def _is_taken_back(context: Context, member: Proposition) -> bool:
    """Whether who is said to say a clause denies it: "the mayor denied reports that", and not "denied the firm's claim that"."""
    carrier = context.statement(member)
    before = _AGAINST.search(context.words(member.report, (member.sentence[0], member.start)))
    owner = carrier.source_span if carrier else None
    return bool(before and not (owner and owner[0] >= member.sentence[0] + before.end()))


def _side(context: Context, member: Proposition) -> str:
    source = context.sources.get(member.source or "")
    # What is told as denied or false is shown with the words that say so.
    span = member.sentence if member.denied else (member.start, member.end)
    where = f"in {context.name(member.report)}"
    # Who speaks in a report that does not say it there is nobody that could be named, and not the newsroom.
    where = f"{source.name} {where}" if source and _names_its_side(context, member) else where
    return f"{where[0].upper()}{where[1:]}: “{context.words(member.report, span)}”"


def _names_its_side(context: Context, member: Proposition) -> bool:
    """Whether a sentence names who says it: a name from another one may be somebody's who only speaks nearby."""
    source = context.sources.get(member.source or "")
    return source is not None and source.name.split()[-1] in context.words(member.report, member.sentence)


_NO_DENIAL = re.compile(
    r"^\W*(?:how|whether|if|what|why|who|when|where|which)\b"
    r"|(?:\bnot|n['’]t) (?:the )?(?:only|just|once|one|even|yet|first|last|same)\b",
    re.IGNORECASE,
)
"""A clause that only asks, or denies a part: "not only"."""
_TAKES_BACK = re.compile(
    r"\b(?:no|not|none|never|nobody|neither|nor|without|if|whether|unless|unlikely|rumou?rs?|fail\w*|den(?:y|ied|ies|ying)"
    r"|false|untrue|hoax|reject\w*|dismiss\w*|refut\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A sentence that tells nothing plainly."""
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|can|could|may|might|must|need|going to|any ?more|again|yet|longer|never)\b|['’](?:ll|d)\b",
    re.IGNORECASE,
)
"""What is to be or may be is no plain telling, and its denial none of what was."""


def denied_elsewhere(context: Context) -> Iterator[tuple[str, list[tuple[Proposition, Proposition]]]]:
    """Yield what is told beside what is denied of it in another outlet's report, by the denying claim."""
    clauses = [(g.claim.id, m) for g in context.claims for m in g.members if m.kind == "clause"]
    plain = defaultdict[str, list[Proposition]](list)
    for _, m in clauses:
        if not (m.negated or m.denied or _TAKES_BACK.search(context.words(m.report, m.sentence))):
            for word in _own(m):
                plain[word].append(m)
    pairs = defaultdict[str, list[tuple[Proposition, Proposition]]](list)
    for claim, denial in clauses:
        # Two clauses with one verb would be one claim; "was no exchange" shares none with "freed in exchange for".
        denied = _own(denial) - _dated(context, denial) if denial.negated and denial.head == "be" else set()
        # "This was no Holm" says who it was not, of nobody in particular.
        if not denied <= {meaning(name) for name in denial.own_names} and len(denied) >= thresholds.DENIED_WORDS:
            rarest = min((plain.get(word, []) for word in denied), key=len)
            pairs[claim] += [(m, denial) for m in rarest if denied <= _own(m) and _denies(context, denial, m)]
    yield from ((claim, found) for claim, found in pairs.items() if found)


def _own(member: Proposition) -> set[str]:
    return {word for word, weight in member.words.items() if weight == 1}


def _dated(context: Context, member: Proposition) -> set[str]:
    """The words of the days in a clause: another report names its days in other words."""
    times = (t for t in context.mentions[member.report].times if member.start <= t.start < member.end)
    return {meaning(word) for t in times for word in re.findall(r"\w+", context.words(member.report, (t.start, t.end)))}


def _denies(context: Context, denial: Proposition, told: Proposition) -> bool:
    """Whether another outlet's report tells of the same subject, now or then, what the denial says that it is not."""
    ahead = any(_AHEAD.search(context.words(m.report, (m.start, m.end))) for m in (denial, told))
    same = denial.subject in (None, told.subject, told.head)
    # Where nobody is named who says it, or denies it, one man may tell what he once thought.
    same = same and not _denies_nothing(context, denial) and any(_names_its_side(context, m) for m in (denial, told))
    return same and not ahead and context.name(denial.report) != context.name(told.report)
