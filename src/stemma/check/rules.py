"""The kinds of findings as a linter's rules: what each says, in a sentence."""

RULES = {
    "altered quotation": "A copy changed words inside quotation marks.",
    "correction": "The text says that it was corrected.",
    "dropped caveat": "A copy left out that something could not be verified.",
    "dropped credit": "A copy left out to which newsroom words were said.",
    "dropped verification": "A copy left out who verified something.",
    "figure conflict": "Two figures that cannot both be true.",
    "figure sharpened": "A copy made a bounded figure a plain one.",
    "figure updated": "A later time explains another figure.",
    "headline overreach": "The headline says for a fact what the text attributes and doubts.",
    "machine translation": "The text reads as put into its language by a program.",
    "no caveat": "Carried without caution what an independent report says is unverified.",
    "other speaker": "A copy gives words to somebody else.",
    "single source": "Many reports, one original source, and nobody verified it.",
    "stale copy": "An old report printed as new.",
    "translation variants": "One utterance in other words, in reports that did not copy each other.",
    "uncredited copy": "Words of another without its name.",
    "unit slip": "A figure and its conversion do not fit.",
}


def rule_id(kind: str) -> str:
    """Return a kind as a linter writes it: "dropped caveat" is dropped-caveat."""
    return kind.replace(" ", "-")
