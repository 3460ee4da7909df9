"""All findings of one story."""

from collections.abc import Mapping

from stemma.findings.altered_tellings import altered_tellings, as_printed
from stemma.findings.caveats import dropped_caveats, dropped_verifications, missing_caveats
from stemma.findings.changed_quotations import made_up_quotations, other_speakers
from stemma.findings.context import Context
from stemma.findings.denied_stories import denied_stories
from stemma.findings.differing_quotations import differing_quotations
from stemma.findings.disputed_claims import disputed_claims
from stemma.findings.dropped_credits import dropped_credits, taken_quotations
from stemma.findings.figure_changes import sharpened_figures, updated_figures
from stemma.findings.figure_conflict import figure_conflicts, two_ages
from stemma.findings.headline_overreach import overreaching_headlines
from stemma.findings.one_newsroom import Places, cited_newsrooms, stories_of_one_newsroom
from stemma.findings.page_notes import corrections, machine_translations
from stemma.findings.single_source import single_sources
from stemma.findings.slips import unit_slips
from stemma.findings.stale_copy import stale_copies
from stemma.findings.taken_sentences import taken_sentences
from stemma.findings.uncredited_copies import uncredited_copies
from stemma.findings.utterances import renderings, story_quotations
from stemma.tables import SEVERITIES, Finding


def find_findings(context: Context) -> list[Finding]:
    """Return the findings of one story, the gravest first; one of the same words is told once."""
    machines = list(machine_translations(context))
    conflicts = list(figure_conflicts(context))
    corrected = list(corrections(context))
    newsrooms = cited_newsrooms(context)
    found = [
        *machines,
        *_of_quotations(context, {report for f in machines for report in f.reports}),
        *_of_one_source(context, newsrooms),
        *dropped_caveats(context),
        *dropped_verifications(context),
        *missing_caveats(context),
        *uncredited_copies(context, newsrooms),
        *stale_copies(context),
        *overreaching_headlines(context),
        *sharpened_figures(context),
        *conflicts,
        *disputed_claims(context),
        *denied_stories(context),
        *two_ages(context, conflicts, corrected),
        *updated_figures(context),
        *corrected,
        *unit_slips(context),
    ]
    taken = taken_sentences(context)
    found = [f for f in found if not as_printed(context, taken, f)]
    found += altered_tellings(context, taken, found)
    unique = {f.id: f for f in found}
    return sorted(unique.values(), key=lambda f: (SEVERITIES.index(f.severity), f.kind, f.reports, f.id))


def _of_one_source(context: Context, newsrooms: Mapping[str, Places]) -> list[Finding]:
    """What rests on one newsroom, and on one source; a claim of reports that all rest on the newsroom is told once."""
    newsroom = list(stories_of_one_newsroom(context, newsrooms))
    resting = {report for f in newsroom for report in f.reports}
    return [*newsroom, *(f for f in single_sources(context, newsrooms) if not set(f.reports) <= resting)]


def _of_quotations(context: Context, translated: set[str]) -> list[Finding]:
    """What the story's quotations show beside one another; `translated` are the reports that a program put into English."""
    said = story_quotations(context)
    prints = renderings(said, context.twin)
    taken = taken_quotations(context, prints)
    differing = list(differing_quotations(context, said, prints, taken, translated))
    return [
        *differing,
        *made_up_quotations(context, said, prints, differing),
        *other_speakers(context, said, prints),
        *dropped_credits(context, said, taken),
    ]
