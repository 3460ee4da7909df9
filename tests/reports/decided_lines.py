"""Invented lines, credits, names and sheets of PDFs, in more and less of the same: on each of them some number decides."""

from dataclasses import replace

from stemma.reports import thresholds
from stemma.reports.agencies import agency_of, dateline_of, unlisted_agency
from stemma.reports.article import laid_out, told_apart
from stemma.reports.authors import authors_in
from stemma.reports.credits import find_credits
from stemma.reports.lines import is_slot, lines_of
from stemma.reports.outlets import read_address
from stemma.reports.pdf import Line, _paragraphs, _without_running_heads
from stemma.reports.posts import is_post
from stemma.reports.versions import changes, find_versions
from stemma.reports.wire import wire_of, wire_probability
from stemma.tables import Report

PROSE = "The harbour master of Lind said on Tuesday that the old pier would be closed for a week after the storm."
MORE = "Two ferries were moved to the fishing port, where passengers waited for buses that the town had sent."
LAST = "The council meets on Friday to decide who pays for the repair, the mayor said in a letter to the owners."
BODY = (PROSE, MORE, LAST)
BLOCKS = [("paragraph", text) for text in BODY * 3]
WORDS = "boats of the old port lie in the mud below a wall that nobody has looked at since the last big storm and".split() * 12  # noqa: SIM905


def words(count, *before, ended=False):
    """So many words, with those given before them."""
    told = [*" ".join(before).split(), *WORDS][:count]
    return " ".join(told) + ("." if ended else "")


def kinds():
    """What lines of every length are taken for, by how they begin; with a full stop and without."""
    openings = (
        "Click here", "Weitere Artikel", "Schreiben Sie einen Kommentar", "Sign up to our newsletter", "All rights reserved",
        "Image caption", "Photo: Ada Venn", "Newsletter sign-up", "Read more: old pier", "Related: old pier", "Old pier | Lind",
        "By Mara Venn", "On 12 March 2031", "Today it is 12°", "", "So, then, some old",
    )  # fmt: skip
    lines = "\n\n".join(words(n, *o.split(), ended=end) for o in openings for end in (False, True) for n in LENGTHS)
    pictures = "\n\n".join(f"{words(n, ended=True)} (Photo: Ada Venn)" for n in LENGTHS)
    found = lines_of(f"{lines}\n{pictures}")
    return [(line.kind, is_slot(line)) for line in found]


LENGTHS = (*range(2, 40), *range(40, 260, 4))


def run_together():
    """Where lines of many sentences are cut, of which a byline and a dateline stand further in or less far."""
    sizes = ((12, 13), (12, 15), (12, 19), (60, 6), (60, 8))
    told = [" ".join([words(n, ended=True).capitalize()] * count) + " Read more" for n, count in sizes]
    head = "By Mara Venn LIND, May 3 (AP) -"
    signed = [f"{words(n, ended=True).capitalize()} {head} {' '.join([PROSE, MORE, LAST] * 5)}" for n in (100, 130, 170, 220)]
    captions = [f"{' '.join([PROSE, MORE, LAST] * 5)} {words(n).capitalize()} Advertisement {PROSE}" for n in (5, 7, 9, 12)]
    return [[(line.text, line.kind) for line in lines_of(text)] for text in (*told, *signed, *captions)]


def posts():
    """What is a post, by how far behind its signature it ends and how many words it has; and which lines above are its."""
    signed = " — Mara Venn (@maravenn){} May 3, 2031{}"
    ends = [
        is_post(words(9, ended=True) + signed.format(between * " ", "x" * n))
        for between in (1, 9, 14, 19)
        for n in (0, 12, 14, 19)
    ]
    long = [is_post(words(n, ended=True) + signed.format("", "")) for n in (70, 100, 130, 170)]
    shorts = [words(n, ended=True) for n in (8, 12, 17, 22)]
    above = [told_apart([("paragraph", PROSE), ("paragraph", s), ("paragraph", "Mud." + signed.format("", ""))]) for s in shorts]
    return ends, long, above


def credits():
    """What lines of every length at the edges of a body are taken for, and whom they name."""
    told = []
    for n in (*range(4, 50, 2), *range(50, 220, 10)):
        for line in (
            f"Correction: {words(n, ended=True)}",
            f"Mara Venn contributed to this report, and {words(n, ended=True)}",
            f"This article first appeared in the Lind Post and {words(n, ended=True)}",
        ):
            told.append(told_apart([*BLOCKS, ("paragraph", line)]))
        told.append(find_credits([*BLOCKS, ("paragraph", ", ".join(["Reuters", *["dpa", "AFP"] * n]))]))
        told.append(find_credits([*BLOCKS, ("credit", f"Reuters {words(n)}")]))
        told.append(find_credits([*BLOCKS, ("credit", f"{words(n, ended=True)} Additional reporting by Mara Venn")]))
    edges = [[*BLOCKS[:at], ("paragraph", "-- Tarinwire"), *BLOCKS[at:]] for at in range(len(BLOCKS) + 1)]
    return told, [told_apart(blocks) for blocks in edges], [find_credits(blocks) for blocks in edges]


def names():
    """Which names are an author's, an agency's or a town's, by their length."""
    people = (
        "Ada Venn",
        "Ada Mara Venn",
        "Ada Mara Ines Venn",
        "Ada Mara Ines Tilde Venn",
        "Ада " * 5 + "Вен",
        "Ада " * 7 + "Вен",
    )
    people += tuple(f"Ада {'В' * n}" for n in (30, 45, 65, 90))
    addresses = [read_address(f"/pages/{name}.txt") for name in ("ap", "cnn", "bbc", "npr", "pbs", "afp", "usat", "time", "rt")]
    agencies = (
        "Press",
        "Presse",
        "Agency",
        "Pressbüro",
        "Ap",
        "Afp",
        "Dpad",
        "Ansa",
        "Tass",
        "afp",
        "ansa",
        "tass",
        "efe",
        "reuters",
    )
    towns = [f"{town} - {PROSE}" for town in ("ABC", "LIND", "LINDA", "OSTERMARK")]
    return (
        addresses,
        [authors_in([p]) for p in people],
        [(agency_of(a), unlisted_agency(a)) for a in agencies],
        [dateline_of(t) for t in towns],
    )


def wires():
    """How probable marks of each kind make an agency, alone and beside others; and at which block of the foot they count."""
    kinds = tuple(thresholds.WIRE_WEIGHTS)
    contributed = [*BLOCKS, ("credit", "With files from AP")]
    marked = [("paragraph", "Follow AP's coverage of the pier")]
    feet = [laid_out("r", [*BLOCKS, *marked, *BLOCKS[:n]]) for n in range(6)]
    return [wire_probability({kind}) for kind in kinds], [wire_of(*foot) for foot in feet], wire_of(*laid_out("r", contributed))


def sheet(*lines, size=10.0, pitch=12.0, number=0):
    """Lines of one column, as (words, left, right, gap above in pitches)."""
    at, found = 700.0, []
    for text, left, right, gap in lines:
        at -= gap * pitch
        found.append(Line(text, size, left, right, at, number, 800.0))
    return found


def sheets():
    """What is a paragraph of a PDF, by the gaps between lines and where they end; and what stands at the paper's edge."""
    gaps = [
        sheet(("One two", 50, 500, 1), ("three four", 50, 500, 1), ("five six", 50, 500, gap)) for gap in (1, 1.1, 1.3, 1.6, 1.8)
    ]
    ends = [
        sheet(("One two", 50, 500, 1), ("three four.", 50, right, 1), ("five six", 50, 500, 1)) for right in (300, 400, 420, 450)
    ]
    apart = [sheet(("One two.", 50, 200, 1), *([("three four.", 50, 190, 1)] * n), ("five six", 50, 400, 1)) for n in range(13)]
    edges = [Line(f"Lind {place}", 10.0, 50, 500, place, n, 800.0) for n in (0, 1) for place in (20, 30, 40, 50, 60, 70, 80, 300)]
    printed = [Line("https://lind.example/pier 1/2", 10.0, 50, 500, 30, 0, 800.0), *edges]
    pitches = [sheet(("One two", 50, 500, 1), ("three four", 50, 500, 1), ("five six", 50, 500, gap), pitch=pitch)
               for pitch in (3.0, 4.5, 5.5, 7.0, 9.0, 20.0, 23.0, 28.0, 36.0) for gap in (1, 1.3)]  # fmt: skip
    indents = [
        sheet(("One two", 50, 500, 1), ("three four.", 50, 500, 1), ("five six", left, 500, 1)) for left in (52, 54, 56, 58)
    ]
    sizes = [
        sheet(("One two", 50, 500, 1)) + sheet(("three four", 50, 500, 2), size=10.0 + more) for more in (0.2, 0.4, 0.6, 0.8)
    ]
    column = sheet(("one", 50, 500, 1), ("two.", 50, 300, 1), ("three", 50, 300, 1))
    sizes += [[replace(column[0], size=10.0 + more), *column[1:]] for more in (0.2, 0.4, 0.6, 0.8)]
    gaps += [*pitches, *indents, *(sheet(("Nine", 50, 500, 1), ("ten", 50, 500, 1)) + one for one in sizes)]
    return (
        [_paragraphs(lines) for lines in (*gaps, *ends, *apart)],
        _without_running_heads(edges),
        _without_running_heads(printed),
    )


def saves():
    """Which saves of one address are versions of one article, and which paragraphs of two are one."""
    known = dict.fromkeys(Report.__slots__) | {
        "byline": (),
        "contributors": (),
        "provenance": (),
        "url": "https://lind.example/pier",
    }
    texts = [
        " ".join(word if n % every else f"other{n}" for n, word in enumerate(f"w{i}" for i in range(60)))
        for every in (3, 5, 7, 9, 12, 20)
    ]
    first = " ".join(f"w{i}" for i in range(60))
    reports = [[Report(**known | {"id": k, "page": k, "text": t}) for k, t in (("a", first), ("b", text))] for text in texts]
    halves = [
        " ".join(f"w{i}" for i in range(n)) + " " + " ".join(f"v{i}" for i in range(60 - n)) for n in (15, 24, 28, 33, 38, 45)
    ]
    return [find_versions(pair) for pair in reports], [changes([first], [text]) for text in halves]
