"""The stories of decided.py of which one page is a draft."""

from findings.flood import draft, independent, original

PUMPED = "The brigade pumped the cellars of the old hospital on {}."
CELLARS = "Nurses in the old hospital said water stood in its cellars on Saturday."
LONG = "The brigade pumped the cellars of the old hospital and the school behind the bakery of the lower town on {}."
SHORT = "The sluice was opened on {} night."

DRAFTS = {
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
