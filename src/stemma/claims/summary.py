"""What a claim says, in words that can be read alone: the best member's, with its pronouns explained in brackets."""

import re
from collections.abc import Mapping, Sequence

from stemma.claims import thresholds
from stemma.claims.propositions import Proposition
from stemma.mentions import Mentions
from stemma.tables import Report, Source, Statement

_LEADING = re.compile(
    r"^(?:(?:said|says|told \w+(?: \w+)?|added|stated|noted|explained|claimed|confirmed|reported) )?(?:that |,? ?and |,? ?but )"
)
_PRONOUN = re.compile(r"\b(?:I|We|we|He|he|She|she|They|they|It|it)\b")
_FIRST_PERSON = ("I", "We", "we")


def summary(
    members: Sequence[Proposition],
    reports: Mapping[str, Report],
    mentions: Mapping[str, Mentions],
    statements: Mapping[str, Statement],
    sources: Mapping[str, Source],
) -> str:
    """Return a claim's words: of the member that needs least around it, the earliest of those; cut at SUMMARY characters."""

    def need(m: Proposition) -> tuple[bool, bool, bool, str, str, int]:
        long = m.end - m.start > thresholds.SUMMARY
        return not m.whole, m.subject is None, long, reports[m.report].published or "9", m.report, m.start

    best = min(members, key=need)
    words = " ".join(reports[best.report].text[best.start : best.end].split())
    words = _LEADING.sub("", words).strip(' ,;:–-“”"')
    words = _with_whom(words, best, reports[best.report], mentions[best.report], statements, sources)
    return words if len(words) <= thresholds.SUMMARY else words[: thresholds.SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _with_whom(
    words: str,
    member: Proposition,
    report: Report,
    mentions: Mentions,
    statements: Mapping[str, Statement],
    sources: Mapping[str, Source],
) -> str:
    """The words with whom its first pronoun means in brackets, where that is known: "She [Ada Holm] left"."""
    match = _PRONOUN.search(words)
    if match is None or match.start() > thresholds.PRONOUN_WITHIN:
        return words
    whom = _speaker(member, statements, sources) if match[0] in _FIRST_PERSON else _named_before(member, report, mentions)
    if match[0].lower() not in ("i", "we", "he", "she") or whom is None:
        return words
    return f"{words[: match.end()]} [{whom}]{words[match.end() :]}"


def _speaker(member: Proposition, statements: Mapping[str, Statement], sources: Mapping[str, Source]) -> str | None:
    carrier = statements.get(member.statement)
    source = sources.get(carrier.source) if carrier and carrier.source else None
    return source.name if source else None


def _named_before(member: Proposition, report: Report, mentions: Mentions) -> str | None:
    """The one person whom the sentence before names, if it names one alone."""
    paragraph = report.text.rfind("\n", 0, member.sentence[0]) + 1
    start = max(paragraph, member.sentence[0] - thresholds.NAMED_BEFORE)
    named = {n.text for n in mentions.names if n.kind == "person" and start <= n.start < member.start}
    return named.pop() if len(named) == 1 else None
