"""The rows of this room: claims, members, stances and findings of one story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.claims.build import build_claims
from stemma.claims.findings import find
from stemma.descent import Traced
from stemma.mentions.find import Mentions
from stemma.mentions.parse import Paragraph
from stemma.tables import Claim, Finding, Member, Report, Source, Stance, Statement


@dataclass(frozen=True)
class ClaimRows:
    """What the deep pass writes of one story's claims."""

    claims: list[Claim]
    members: list[Member]
    stances: list[Stance]
    findings: list[Finding]


def claim_rows(
    story: str,
    parsed: Sequence[tuple[Report, Sequence[Paragraph]]],
    mentions: Mapping[str, Mentions],
    statements: Sequence[Statement],
    sources: Sequence[Source],
    traced: Traced,
    same: Sequence[tuple[str, str]] = (),
    other: Sequence[tuple[str, str]] = (),
) -> ClaimRows:
    """Return the claims of one story and what should be known of them; `parsed` is in the order of the reports' ids.

    `same` and `other` are pairs of statements that readers judged to be one claim, or not.
    """
    built = build_claims(story, parsed, mentions, statements, sources, traced, same, other)
    return ClaimRows([g.claim for g in built.context.claims], built.members, built.stances, find(built.context))
