"""The kinds of findings, each with its severities and its meaning. A kind is made in one module."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of finding says, in a sentence, and how grave it may be, the usual severity first."""

    name: str
    severities: tuple[str, ...]
    meaning: str

    @property
    def rule(self) -> str:
        """Return the name as a linter writes it, which is the anchor of the kind in docs/findings.md too."""
        return self.name.replace(" ", "-")


UNCREDITED_COPY = Kind("uncredited copy", ("high", "medium", "low"), "A report took words and does not name their author.")
SHARED_TEXT = Kind("shared text", ("low",), "Reports print one text whose author none of them names.")
ALTERED_QUOTATION = Kind(
    "altered quotation",
    ("high", "medium", "low"),
    "Words inside quotation marks are others than those that were copied, or said.",
)
OTHER_SPEAKER = Kind("other speaker", ("high", "medium"), "A copy gives words to somebody else.")
ALTERED_TELLING = Kind("altered telling", ("medium",), "A draft says another thing than the sentence that it was taken from.")
DROPPED_CAVEAT = Kind("dropped caveat", ("high", "medium"), "A copy left out that something could not be verified.")
FIGURE_CONFLICT = Kind("figure conflict", ("high", "medium"), "Two figures cannot both be true, or count one thing differently.")
DISPUTED_CLAIM = Kind("disputed claim", ("medium",), "One says what another denies.")
SINGLE_SOURCE = Kind("single source", ("medium",), "Many reports rest on one source, and nobody verified it.")
DROPPED_VERIFICATION = Kind("dropped verification", ("medium",), "A copy left out who verified something.")
DROPPED_CREDIT = Kind("dropped credit", ("medium",), "A copy left out to which newsroom words were said.")
FIGURE_SHARPENED = Kind("figure sharpened", ("medium",), "A copy made “at least 40” a plain 40.")
STALE_COPY = Kind("stale copy", ("medium",), "An old report is printed as new.")
HEADLINE_OVERREACH = Kind(
    "headline overreach", ("medium", "low"), "A headline says for a fact what its text attributes and somebody doubts."
)
UNIT_SLIP = Kind(
    "unit slip", ("medium",), "A figure and its conversion, a date and its weekday, or the digits of a number do not fit."
)
MACHINE_TRANSLATION = Kind("machine translation", ("medium",), "A page reads as put into English by a program.")
NO_CAVEAT = Kind("no caveat", ("low",), "A report carries without caution what an independent report says is unverified.")
TRANSLATION_VARIANTS = Kind(
    "translation variants", ("low",), "Reports that did not copy each other translate one utterance in two senses."
)
FIGURE_UPDATED = Kind("figure updated", ("low",), "A later time explains another figure.")
CORRECTION = Kind("correction", ("low",), "A report says that it corrected itself.")

KINDS = {
    kind.name: kind
    for kind in (
        UNCREDITED_COPY, SHARED_TEXT, ALTERED_QUOTATION, OTHER_SPEAKER, ALTERED_TELLING, DROPPED_CAVEAT, FIGURE_CONFLICT,
        DISPUTED_CLAIM, SINGLE_SOURCE, DROPPED_VERIFICATION, DROPPED_CREDIT, FIGURE_SHARPENED, STALE_COPY, HEADLINE_OVERREACH,
        UNIT_SLIP, MACHINE_TRANSLATION, NO_CAVEAT, TRANSLATION_VARIANTS, FIGURE_UPDATED, CORRECTION,
    )
}  # fmt: skip
"""Every kind by its name, in the order of docs/findings.md."""
