"""The edits of bench/findings.py: where a report allows one, and what it does to a reprint. Nothing here asks stemma."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from findings_places import Print, body, cut, inside_marks, sentences
from stemma.tables import BODY, Block

OUTLET = "Morrow Dispatch"
_CAUTION = re.compile(
    r"\b(?:den(?:y|ie[sd])|alleged|alleges?|reported(?:ly)?|perhaps|may|might|apparently|whether|if|could not|unverified)\b", re.I
)
_DOUBT = re.compile(r"\b(?:verif|confirm)\w*", re.I)
_BOUND = re.compile(
    r"\b([Mm]ore than|[Aa]t least|[Nn]o more than|[Aa]bout|[Ss]ome|[Aa]round|[Oo]ver|[Nn]early) "
    r"(?=\d[\d,]*\b(?! (?:a\.m|p\.m|o'clock)))"
)
_NUMBER = re.compile(r"(?<![\d,.:$€£-])\d{1,3}(?:,\d{3})*(?![\d,.:%-]*\d)(?= [a-z]{3,})")
_NO_COUNT = re.compile(r" (?:\w+ or more|years? old|a\.m|p\.m|percent|o'clock|January|\w+day)|-year")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_QUOTE = re.compile(r"“([^”]{20,})”")
_WORD = re.compile(r"(?<![\w'’])[a-z]{5,}(?![\w'’])")
OTHER_WORDS = ("garden", "winter", "copper", "orchestra", "elephant", "candle", "marble", "velvet")
PLANTED_CAVEATS = ("{outlet} could not independently verify this.", "This could not be independently verified.")
PLANTED_PROOFS = (
    "Pictures of the place, which {outlet} verified with the help of two surveyors, show a broken gate behind the old mill.",
    "A recording that {outlet} verified by its time stamp holds eleven calls for an ambulance.",
    "A letter to the council, which {outlet} verified with two clerks, asks for 16 new lamps on the bridge.",
)


@dataclass(frozen=True)
class Edit:
    """One change: in `report` of a story, the words `was` at `start` become `text`; `sentence` is where they stood.

    `plant` is a sentence that both the report and its faithful reprint get first, behind the paragraph that ends at `after`.
    """

    kind: str
    story: str
    number: int
    report: str
    outlet: str
    start: int
    was: str
    text: str
    sentence: str
    expected: tuple[str, ...]
    plant: str = ""
    after: int = -1


def possible(name: str, number: int, source: Print, speakers: Sequence[str]) -> Iterator[Edit]:
    """Yield every edit that a report allows and of which a finding is due."""

    def edit(kind: str, start: int, was: str, to: str, sentence: str, *expected: str, plant: str = "", after: int = -1) -> Edit:
        outlet = source.report.outlet or ""
        return Edit(kind, name, number, source.report.id, outlet, start, was, to, sentence, expected, plant, after)

    if source.report.outlet and "T" in (source.report.published or ""):
        yield edit("credit", -1, "first published by …", "", "", "uncredited copy")
    for start, sentence in sentences(source):
        plain = sentence.strip()
        for m in _BOUND.finditer(plain):
            if not inside_marks(plain, m.start()):
                after = plain[m.end() :][:1]
                yield edit("bound", start + m.start(), m[0], "" if after else m[0], plain, "figure sharpened")
        for m in _NUMBER.finditer(plain):
            if countable(plain, m):
                yield edit("figure", start + m.start(), m[0], other_number(m[0]), plain, "figure conflict", "figure updated")
        for q in _QUOTE.finditer(plain):
            words = list(_WORD.finditer(q[1]))
            if len(q[1].split()) >= 6 and words:
                w = words[len(words) // 2]
                new = OTHER_WORDS[(start + w.start()) % len(OTHER_WORDS)]
                yield edit("quotation", start + q.start(1) + w.start(), w[0], new, plain, "altered quotation")
    yield from _speakers(source, speakers, edit)
    yield from _caveats(source, edit)


def _speakers(source: Print, speakers: Sequence[str], edit: Callable[..., Edit]) -> Iterator[Edit]:
    """A quotation's paragraph with another speaker of the story in the place of its own."""
    for block in body(source):
        paragraph = source.report.text[block.start : block.end]
        if not any(len(q.split()) >= 6 for q in _QUOTE.findall(paragraph)):
            continue
        if re.search(r"\b[Tt]he [a-z]+ (?:said|told|added)\b|\bsaid the [a-z]+\b", paragraph):
            continue
        inside = [who for who in speakers if who.split()[-1] in paragraph]
        if len(inside) != 1 or inside[0] not in paragraph:
            continue
        own = inside[0]
        if _PRONOUN.search(_QUOTE.sub("", paragraph)):
            # Another name before "she said" may be a man's: no reader would know who speaks.
            continue
        for other in sorted(speakers):
            if other.split()[-1] != own.split()[-1] and other in source.report.text:
                to = paragraph.replace(own, other).replace(own.split()[-1], other.split()[-1])
                yield edit("speaker", block.start, paragraph, to, paragraph, "other speaker")
                break


def _caveats(source: Print, edit: Callable[..., Edit]) -> Iterator[Edit]:
    """Caveats and verifications that are planted behind a paragraph and dropped by the reprint, and the report's own caveat."""
    text = source.report.text
    blocks = body(source)
    own = _doubts(source)
    outlet = source.report.outlet
    if len(own) == 1:
        start, sentence = own[0]
        before = [s for s in sentences(source) if s[0] < start]
        if (
            before
            and not _CAUTION.search(before[-1][1])
            and _said(before[-1][1])
            and re.search(r"\bcould not\b|\bunverified\b", sentence)
        ):
            yield edit("caveat", start, sentence, "", sentence.strip(), "dropped caveat")
    if own or not outlet:
        return
    for n, block in enumerate(blocks[1:-1], 1):
        paragraph = text[block.start : block.end]
        last = cut(paragraph)[-1][1]
        if _said(last) and not _CAUTION.search(paragraph) and not _QUOTE.search(last) and len(last.split()) > 9:
            plant = PLANTED_CAVEATS[n % 2].format(outlet=outlet)
            yield edit("caveat", -1, plant, "", last.strip(), "dropped caveat", plant=" " + plant, after=block.end)
    for proof in PLANTED_PROOFS:
        block = blocks[len(blocks) // 2]
        words = proof.format(outlet=outlet)
        clause = re.search(
            r"(?:, which|(?: that)) .*? verified (?:with the help of two surveyors|by its time stamp|with two clerks),?", words
        )
        if clause:
            yield edit(
                "verification",
                -1,
                clause[0],
                "",
                words.replace(clause[0], ""),
                "dropped verification",
                plant="\n" + words,
                after=block.end,
            )


def _said(sentence: str) -> bool:
    return bool(re.search(r"\b(?:said|says|according to)\b", sentence))


def _doubts(source: Print) -> list[tuple[int, str]]:
    """The sentences that speak of verifying or confirming anything, those of the headline too."""
    head = [(b.start, source.report.text[b.start : b.end]) for b in source.blocks if b.role not in BODY]
    return [(at, s) for at, s in [*head, *sentences(source)] if _DOUBT.search(s)]


def planted(source: Print, edit: Edit) -> Print:
    """Return the report with the edit's planted words in it."""
    return source if not edit.plant else insert(source, edit.after, edit.plant)


def reprint(source: Print) -> Print:
    """Return a faithful reprint by an invented outlet, three hours later, with a credit at its foot."""
    report = source.report
    key = "z" + report.id[1:]
    credit = f"This article was first published by {report.outlet} and appears here with permission."
    text = f"{report.text}\n{credit}"
    blocks = [replace(b, report=key) for b in source.blocks]
    blocks.append(Block(key, len(report.text) + 1, len(text), "credit"))
    later = later_than(report.published)
    made = replace(
        report, id=key, location="reprint.html", url=None, sha256=key, outlet=OUTLET, published=later, modified=None, text=text
    )
    return Print(made, tuple(blocks))


def later_than(published: str | None) -> str | None:
    """Return three hours later, where a time is printed; else the same day."""
    if not published or "T" not in published:
        return published
    return (datetime.fromisoformat(published) + timedelta(hours=3)).isoformat()


def apply(faithful: Print, edit: Edit) -> tuple[Print, str]:
    """Return the edited reprint, and the sentence that the edit left (empty where it took all of it)."""
    report = faithful.report
    if edit.kind == "credit":
        last = faithful.blocks[-1]
        made = replace(report, text=report.text[: last.start - 1])
        return Print(made, faithful.blocks[:-1]), ""
    start = edit.start if edit.start >= 0 else report.text.index(edit.was)
    was = edit.was if report.text[start : start + len(edit.was)] == edit.was else ""
    if not was:
        raise ValueError(f"{edit.was!r} does not stand at {start}")
    to = edit.text
    end = start + len(was)
    if edit.kind == "caveat" and report.text[start - 1] == " ":
        start -= 1
    if edit.kind == "bound" and was[0].isupper():
        to = ""
    edited = change(faithful, start, end, to)
    place = edit.text if edit.kind == "speaker" else edit.sentence.replace(edit.was, edit.text, 1)
    return edited, place.strip() if edit.kind != "caveat" else ""


def change(source: Print, start: int, end: int, to: str) -> Print:
    """Return a report with other words at a place inside one block."""
    report, moved = source.report, len(to) - (end - start)
    blocks = []
    for b in source.blocks:
        first = b.start + moved if b.start >= end and b.start > start else b.start
        past = b.end + moved if b.end >= end else b.end
        if past > first:
            blocks.append(replace(b, start=first, end=past))
    return Print(replace(report, text=report.text[:start] + to + report.text[end:]), tuple(blocks))


def insert(source: Print, at: int, words: str) -> Print:
    """Return a report with words behind the paragraph that ends at a place; a newline first makes a paragraph of them."""
    report = source.report
    blocks: list[Block] = []
    for b in source.blocks:
        if b.end == at and not words.startswith("\n"):
            blocks.append(replace(b, end=b.end + len(words)))
        elif b.start > at:
            blocks.append(replace(b, start=b.start + len(words), end=b.end + len(words)))
        else:
            blocks.append(b)
        if b.end == at and words.startswith("\n"):
            blocks.append(Block(report.id, at + 1, at + len(words), "paragraph"))
    return Print(replace(report, text=report.text[:at] + words + report.text[at:]), tuple(blocks))


def countable(sentence: str, number: re.Match[str]) -> bool:
    """Return whether a number counts something of which another number would be a conflict."""
    if inside_marks(sentence, number.start()) or _NO_COUNT.match(sentence[number.end() :]):
        return False
    before, value = sentence[: number.start()], int(number[0].replace(",", ""))
    if re.search(
        r"(?:of|aged?|on|by|about|since|until|in|between|and|May|June|July|April|Oct|March|Sept|tank|than|least|some|around) $",
        before,
        re.I,
    ):
        return False
    return (
        value > 2
        and not (1900 < value < 2100)
        and sentence.count("(", 0, number.end()) == sentence.count(")", 0, number.end())
        and "(" not in sentence[number.end() : number.end() + 30]
    )


def other_number(number: str) -> str:
    """Return another number of the same length: 24 is 28, 4,200 is 7,500."""
    digits = number.replace(",", "")
    turned = "".join(str((int(d) + 3) % 10) if n < 2 else d for n, d in enumerate(digits))
    value = max(3, int(turned if turned[0] != "0" else "4" + turned[1:]))
    return f"{value:,}"
