"""The stories of decided.py of which one page is a draft."""

from findings.flood import draft, independent, original

PUMPED = "The brigade pumped the cellars of the old hospital on {}."
CELLARS = "Nurses in the old hospital said water stood in its cellars on Saturday."
LONG = "The brigade pumped the cellars of the old hospital and the school behind the bakery of the lower town on {}."
SHORT = "The sluice was opened on {} night."
FERRY = "The old ferry Hulda left the harbour of Varnholm on {} with forty sheep aboard."
TURNED_ROUND = (
    "Forty sheep aboard the old ferry of the harbour, Hulda, left Varnholm.",
    "With sheep aboard, forty of them, Hulda, ferry of the old harbour, left Varnholm.",
    "Varnholm, harbour of the old ferry: with forty sheep aboard, Hulda left.",
    "Aboard Hulda, with forty sheep, the harbour of Varnholm was left by the old ferry.",
)

DRAFTS = {
    "TAKEN_TRIED": (2 / 3, [original(*TURNED_ROUND, FERRY.format("Friday")), draft(FERRY.format("Sunday"))]),
    "TAKEN_LENGTH": (4 / 3, [original(SHORT.format("Friday")), draft(SHORT.format("Saturday"))]),
    "TAKEN_SENTENCE_ALIKE": (4 / 3, [original(LONG.format("Friday")), draft(LONG.format("Saturday"))]),
    "BESIDE_SHARE": (
        4 / 3,
        [original(PUMPED.format("Friday")), draft(PUMPED.format("Saturday")), independent(CELLARS)],
    ),
    "CHANGED_WORDS": (
        2 / 3,
        [original(LONG.format("Friday")), draft(LONG.format("Saturday evening shortly before midnight"))],
    ),
}
