"""What one report says that something was not ("it was no swap") and another tells in other words: two claims, by their verbs."""

import re
from collections import defaultdict
from collections.abc import Iterator

from stemma.claims.propositions import Proposition
from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.text.stems import meaning

NO_DENIAL = re.compile(
    r"^\W*(?:how|whether|if|what|why|who|when|where|which)\b|\bnot (?:only|just|once|one|even|yet)\b", re.IGNORECASE
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
        if len(denied) >= thresholds.DENIED_WORDS:
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
    same = same and not NO_DENIAL.search(context.words(denial.report, (denial.start, denial.end)))
    return same and not ahead and context.name(denial.report) != context.name(told.report)
