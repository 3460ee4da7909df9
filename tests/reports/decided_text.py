"""Invented pages of plain text, in more and less of the same, on each of which some number decides."""

from reports.decided_lines import BODY, LAST, MORE, PROSE, words
from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.lines import lines_of
from stemma.reports.plain import articles_from_text
from stemma.reports.plain_body import densest_run


def plain(*pages):
    """What articles pages of plain text print."""
    found = []
    for page in pages:
        try:
            found.append(articles_from_text(page))
        except NoArticle:
            found.append(None)
    return found


def numbered(count, *texts):
    """Paragraphs that are not the same again."""
    return [f"{n} {text}" for n in range(count) for text in (texts or BODY)]


def page(*lines):
    return "\n".join(lines)


CAPTION = "The owner of two old ferries looks at the pier"
CUTOUT = "Two old ferries lie at the fishing port, while the passengers wait for the buses of the town"


def pictures():
    """How many lines that number themselves are a gallery."""
    return plain(*(page(*numbered(2), *[f"{n}/{k} {MORE}" for n in range(1, k + 1)], LAST) for k in (2, 3, 4)))


def bodies():
    """Which lines of plain text are the article's."""
    parts = [
        plain(
            page(*(line for k in range(3) for line in (*numbered(1, f"{k} {PROSE}", f"{k} {MORE}"), made(words(n, f"Pier {k}")))))
        )
        for made, lengths in ((str.title, (12, 15, 18, 22, 25)), (str.upper, range(2, 8)))
        for n in lengths
    ]
    contents = [
        plain(
            page(
                *[f"Part {n}" for n in range(count)],
                *(line for n in range(count) for line in (f"Part {n}", *numbered(1, f"{n} {PROSE}"))),
            )
        )
        for count in range(2, 6)
    ]
    quotes = [words(n, "The pier")[:-1] + "?" for n in (9, 12, 17, 20)]
    return (
        parts,
        contents,
        plain(
            *(page(words(n, ended=True).capitalize(), words(12, "Two", ended=True)) for n in (15, 24, 33, 45)),
            *(
                page(*numbered(2), *[f"{end} at the pier {CUTOUT}" for end in range(3)][:n], *numbered(1, PROSE), LAST)
                for n in (1, 2)
            ),
            *(
                page(
                    *(
                        part
                        for q, below in zip([f"{n} {q}" for n in range(k)], numbered(k, PROSE), strict=True)
                        for part in (q, below)
                    )
                )
                for q in quotes
                for k in (2, 3, 4)
            ),
            *(page(*numbered(3), *[f"{n} {CUTOUT}" for n in range(unstopped)], *numbered(2)) for unstopped in range(1, 9)),
            *(page(PROSE, words(n, *CAPTION.split()), MORE, f"Now {PROSE}", LAST) for n in (6, 7, 8, 9, 11)),
            *(
                page(PROSE, f"{a} {CAPTION}", MORE, f"{b} {CAPTION}", LAST, f"{c} {CAPTION}", *numbered(2))
                for a, b, c in (("So", "At", "In"),)
            ),
            *(
                page(*[line for n in range(k) for line in (f"{n} {CAPTION}", *numbered(1, f"{n} {PROSE}"))], *numbered(2))
                for k in (2, 3, 4)
            ),
            *(
                page(PROSE, small, MORE, f"Now {PROSE}", LAST)
                for small in (
                    "The Owner of Two Old Ferries looks at the Pier",
                    "The Owner of Two Old Ferries Looks at the pier of Lind",
                    "the owner Of Two Old Ferries Looks At The Pier now",
                )
            ),
            *(page(*numbered(2), *[f"Old pier {n}. Hide Caption {n} of {k}" for n in range(k)], LAST) for k in (2, 3, 4, 5)),
            *(
                page(*[line for n in range(k) for line in (words(m, *["Who", "is", "to", "pay"]) + "?", f"{n} {PROSE}")])
                for k in (3, 4, 5, 6, 7)
                for m in (4, 5, 6)
            ),
            *(page(PROSE, *numbered(gap), PROSE, LAST) for gap in (12, 15, 18, 21, 25, 28)),
            *(page(PROSE, MORE, words(n, "Old"), words(n, "Fishing"), words(n, "New"), LAST) for n in (3, 5, 6, 7)),
            *(
                page(
                    *numbered(2), "Sign up to our newsletter", words(n, "It", ended=True), "Sign up to our newsletter here", LAST
                )
                for n in (13, 20, 28, 40)
            ),
            *(
                page(
                    *numbered(2),
                    "Related stories",
                    "Ferry runs aground off Brannoch",
                    words(n, "A", ended=True),
                    "Fair opens in Lind",
                    words(n, "Two", ended=True),
                )
                for n in (20, 30, 45, 60)
            ),
            *(page(*numbered(2), "Pier", words(n, "A") + " …", "Fair", LAST) for n in (45, 60, 90, 120)),
            *(
                page(*[f"{n} {PROSE} {MORE}{gap}" for n, gap in enumerate(gaps)], "Old pier", f"{MORE}\n", f"{PROSE} {LAST}")
                for gaps in (("\n",) * 4, ("\n", "\n", "\n", "", "\n"), ("", "", "", "\n"))
            ),
            *(
                page(words(n, "Old", ended=True), words(12, "A", ended=True), "By Mara Venn", *numbered(2))
                for n in (20, 30, 40, 50)
            ),
            *(
                page(words(n, "Two", ended=True), *[line for _ in range(gap) for line in ("Old pier of Lind",)], *numbered(2))
                for gap in range(1, 12)
                for n in (12, 30)
            ),
        ),
    )


STORM, TOLD, UNTOLD = (
    ["storm", "Tuesday", "week"],
    ["harbour", "master", "passengers", "council", "ferries", "repair"],
    ["brenna", "vale", "orla", "tarn", "holm", "quay"],
)


def heads():
    """Title, deck, byline, date and credits round the body of a page of plain text."""
    headline, kicker = "Old pier closed after the storm", "Pier of Lind closed after it"
    return plain(
        *(
            page("Old crane falls on Orla quay", "Vale votes on Tarn", *numbered(gap), "The crane fell on the Orla quay.", LAST)
            for gap in range(1, 7)
        ),
        *(page(kicker, *["Mud"] * gap, headline, *numbered(2)) for gap in range(2, 14)),
        *(page(f"Pier of {words(n, 'Tarn', 'Orla', 'Vale')} closed", headline, *numbered(2)) for n in range(1, 6)),
        *(
            page(
                " ".join(["Pier", *STORM[:a], *UNTOLD[a:]]),
                *["Mud"] * gap,
                "12 March 2031",
                " ".join(["Lind", *TOLD[:k], *UNTOLD[k:]]),
                *numbered(2),
            )
            for gap in (1, 3, 4, 5, 6)
            for a in (1, 2, 3)
            for k in range(2, 7)
        ),
        *(page(headline, words(n, "On", "12", "March", "2031"), *numbered(2)) for n in range(8, 26)),
        *(page(headline, words(n, "Two", ended=True), "By Mara Venn", *numbered(2)) for n in (25, 35, 50, 65)),
        *(
            page(*["Quay of Tarn"] * times, "Mud", *["Vale votes"] * k, *numbered(2), *["Quay of Tarn"] * 3)
            for times in (1, 2, 4)
            for k in (1, 2)
        ),
        *(
            page(f"{headline}.", *["Mud"] * gap, f"Old pier of {town}", *numbered(2))
            for town in ("Lind", "Tarn", "Tarn and Vale")
            for gap in (1, 9, 20, 35)
        ),
        *(page("Old pier closed after the storm", *["x"] * gap, *numbered(2)) for gap in (25, 35, 45, 60)),
        *(
            page(title, *numbered(2))
            for title in (
                "A harbour of the north and so much else again",
                "Harbour office shut for good now",
                "Pier and mud and more mud",
                "Lind pier of old",
            )
        ),
        *(
            page("Old pier closed after the storm", *numbered(2), *["x"] * gap, "Reporting by Mara Venn; editing by Otto Lar")
            for gap in (4, 6, 9, 12)
        ),
    )


def worths():
    """Where the run of lines ends that is the article, by what stands between prose above and prose of some length below."""
    found, lengths = [], (0, 1, 6, 18, 48, 80, 160, 240)
    told = {n: lines_of(words(n)) for n in (3, *lengths)}
    for kind in thresholds.LINE_WORTH:
        for length in lengths:
            for between in range(1, 9):
                shaped = [("prose", 80)] * 3 + [("short", 3)] + [(kind, 3)] * between + [("prose", length)] * -(-length // 80)
                lines = [line for _, n in shaped for line in told[n]]
                found.append(densest_run(lines, [kind for kind, _ in shaped]))
    return found
