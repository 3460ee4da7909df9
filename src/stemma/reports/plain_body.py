"""Which lines of a plain-text page are its article: the densest run of prose, and inside it what is no furniture.

Method: every line has a worth (prose by its length, furniture below nothing); the run with the greatest sum is the
article (Kadane's maximum subarray, used so for web text by Pasternack and Roth 2009). Inside the run repeated lines,
links, notices and short lines in heaps are left out; a short line alone above prose is a heading, short lines after
a colon are a list.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from stemma.reports import thresholds
from stemma.reports.lines import Line, is_bullet, is_one_sentence, is_signature, is_slot
from stemma.reports.posts import is_post
from stemma.tables import Role

PROSE = ("prose", "sentence")

QUIET = ("rhythm", "widget")
"""Kinds that may stand between two paragraphs of one story and part nothing."""

_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])[\"”’]?$")

OWN = ("short", "lead-in")
"""Kinds of short lines that can be headings and lists of the article; others are furniture."""

_PICTURED = re.compile(
    r"[.!?][\"”]? (?:(?:Photo(?:graph)?(?: by)?: ?)?(?:[A-Z][\w.’-]+ ){0,4}/ ?)?"
    r"(?:Reuters|REUTERS|AFP|AP|EPA|Getty Images|AP Photo|Xinhua)$"
)
"""Whose picture it is, behind a caption's full stop; at the foot it is the article's agency."""
_PICTURE_OF = re.compile(
    r"(?:Reuters|REUTERS|AFP|AP|EPA|PA|Getty(?: Images)?|GETTY|Rex(?: Features)?|REX|Alamy|ALAMY|Splash News)"
    r"(?:[*:][\w ]{2,30}?)?(?: \d{1,2})?(?:$| (?=[\"'“‘]?[A-Z\d]))|(?:[A-Z][\w.&-]* ){1,3}(?:YouTube|Instagram|Flickr|Map)$"
)
"""The same in front of a caption, or all that is left of one; under the headline it may be who wrote the article."""

_MARKS = re.compile(r"[\"“”„«»‘]")
_GALLERY = re.compile(r"\d{1,3} ?/ ?(?P<of>\d{1,3}) (?=\S)")
"""How the caption of one of a gallery's pictures begins."""

_LONGEST_LIST = 200
"""Lines of a list below the colon that opens it."""

_NUMBERED = re.compile(
    r"^(?:(?:step|part|chapter|tip|rule|reason|schritt|teil|étape|paso|etapa|passo|stap|steg|krok|шаг)\s*"
    r"#?\d{1,2}\b|#\d{1,2}\b|\d{1,2}(?:\.\d{1,2}){0,2}[.):]\s+\S)",
    re.IGNORECASE,
)
"""A number in front makes a short line a heading of the article, even in a heap of others."""

_BIO = re.compile(
    r"^(?:[^\W\d_a-z][\w.'’-]*\s){1,4}(?:is|was|has been|writes|covers|reports|joined|ist|schreibt|est|es|"
    r"è)\s.{0,160}?\b(?:reporter|writer|editor|editorial|journalist|correspondent|columnist|author|contributor|"
    r"staff|blogger|freelance|columnist|producer|expert|redakteur\w*|journaliste|periodista|giornalista|professor|"
    r"fellow|covers|covering|writes about)\b",
)


def body_roles(lines: Sequence[Line]) -> dict[int, Role]:
    """Return the role of each line that is the article's own (paragraph, heading, list, caption), if any."""
    kinds = kinds_in_context(lines)
    run = densest_run(lines, kinds)
    if run is None:
        return {}
    script = _script_of(lines, kinds, run)
    prose = [at for at in range(*run) if _is_own_prose(lines[at], kinds[at], script)]
    prose = prose[_above_slots(lines, prose) :]
    while len(prose) > 3 and _BIO.match(lines[prose[-1]].text[:300]):
        prose.pop()
    roles: dict[int, Role] = {at: "list" if is_bullet(lines[at].text) else "paragraph" for at in prose}
    for before, after in pairwise(prose):
        if after > before + 1:
            roles |= _between(lines, kinds, range(before + 1, after), script)
    return roles | dict.fromkeys(_questions(lines, prose), "heading")


def _questions(lines: Sequence[Line], prose: Sequence[int]) -> list[int]:
    """The questions that head the parts of an explainer: several short ones without marks, each alone above longer prose."""
    asked = [
        at for at, below in pairwise(prose)
        if lines[at].text.endswith("?") and lines[at].words <= thresholds.QUESTION_WORDS and is_one_sentence(lines[at])
        and not _MARKS.search(lines[at].text) and lines[below].words > lines[at].words and lines[below].text[-1] != "?"
    ]  # fmt: skip
    return asked if len(asked) >= thresholds.LEAST_QUESTIONS else []


def _above_slots(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """How many of the first prose lines are headline and deck: few, short, and above a byline or a date."""
    for number in range(min(2, len(prose) - 1), 0, -1):
        gap = range(prose[number - 1] + 1, prose[number])
        short = all(lines[at].words < thresholds.LEAST_LEAD for at in prose[:number])
        if short and any(is_signature(lines[at]) for at in gap):
            return number
    return 0


def densest_run(lines: Sequence[Line], kinds: Sequence[str]) -> tuple[int, int] | None:
    """Return [start, end) of the run of lines with the greatest worth; None when none is worth anything."""
    best, total, start = 0.0, 0.0, 0
    run: tuple[int, int] | None = None
    for at, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, at
        total += _worth(line, kinds[at])
        if total > best:
            best, run = total, (start, at + 1)
    return run


def _worth(line: Line, kind: str) -> float:
    """What a line adds to its run."""
    words = min(line.words, thresholds.MOST_WORDS)
    return thresholds.PROSE_WORTH + words / thresholds.WORDS_A_WORTH if kind == "prose" else thresholds.LINE_WORTH[kind]


def _between(lines: Sequence[Line], kinds: Sequence[str], gap: range, script: str) -> dict[int, Role]:
    """Give roles to what stands between two lines of prose: a heading, a list, captions; the rest is furniture."""
    roles: dict[int, Role] = {at: "caption" for at in gap if kinds[at] == "photo"}
    roles |= {at: "paragraph" for at in gap if _is_refrain(lines, kinds, at, script)}
    own = [at for at in gap if kinds[at] in OWN and lines[at].script == script and not is_slot(lines[at])]
    if not own:
        return roles
    lead = next((i for i, at in enumerate(own) if kinds[at] == "lead-in"), None)
    if lead is not None:
        above: dict[int, Role] = {
            at: "heading" for at in own[:lead] if at == own[lead] - 1 and lines[at].words <= thresholds.LONE_HEADING
        }
        again = [at for at in range(own[lead] + 1, gap[-1] + 1) if kinds[at] == "repeat" and lines[at].script == script]
        below: dict[int, Role] = {at: "paragraph" if kinds[at] == "lead-in" else "list" for at in [*own[lead:], *again]}
        return below | roles | above
    if lines[gap[0] - 1].text.endswith((":", "：")) and len(own) == len(gap):
        return roles | _listed(own)
    if len(own) >= 2 and all(is_bullet(lines[at].text) for at in own):
        return roles | _listed(own)
    if len(own) >= 2 and len(own) == len(gap) and all(lines[at].words <= thresholds.ITEM_WORDS for at in own):
        return roles | _listed(own)
    roles |= {at: "heading" for at in own if _NUMBERED.match(lines[at].text) and lines[at].words <= thresholds.LONE_HEADING}
    if _is_heading(lines, kinds, gap, own):
        roles[own[-1]] = "heading"
    return roles


def _is_refrain(lines: Sequence[Line], kinds: Sequence[str], at: int, script: str) -> bool:
    """Whether a line is a sentence that the article says again, as an interview its question, between two paragraphs."""
    line, asked = lines[at], lines[at].text.endswith(("?", "？"))
    # A paragraph that stands twice is a quotation pulled out of it.
    again = line.kind in PROSE and (kinds[at] == "rhythm" or (kinds[at] == "repeat" and asked))
    above = asked or kinds[at - 1] in PROSE
    return again and line.words >= thresholds.REFRAIN_WORDS and line.script == script and above and kinds[at + 1] in PROSE


def _listed(own: Sequence[int]) -> dict[int, Role]:
    return dict.fromkeys(own, "list")


def _is_heading(lines: Sequence[Line], kinds: Sequence[str], gap: range, own: Sequence[int]) -> bool:
    """Whether the last line above prose stands alone or below few others, none of which opens a list of stories."""
    line = lines[own[-1]]
    below = range(own[-1] + 1, gap[-1] + 1)
    if any(kinds[at] != "rhythm" for at in below) or (line.text.isupper() and line.words > thresholds.LOUD_HEADING):
        return False
    longest = thresholds.LONE_HEADING if len(own) == 1 else thresholds.HEADING_WORDS
    near = len(own) == 1 or len(gap) <= thresholds.HEADING_GAP
    return near and line.words <= longest and all(kinds[at] not in ("tail", "end", "also") for at in gap)


def _is_own_prose(line: Line, kind: str, script: str) -> bool:
    return kind in PROSE and _same_script(line, script) and not (kind == "sentence" and is_signature(line))


def _same_script(line: Line, script: str) -> bool:
    together = {line.script, script} <= {"CJK", "HIRAGANA", "KATAKANA"}
    return line.script == script or together or line.ended


def _script_of(lines: Sequence[Line], kinds: Sequence[str], run: tuple[int, int]) -> str:
    """The script of most words of the run's prose."""
    scripts: Counter[str] = Counter()
    for at in range(*run):
        if kinds[at] in PROSE:
            scripts[lines[at].script] += lines[at].words
    return scripts.most_common(1)[0][0] if scripts else ""


def kinds_in_context(lines: Sequence[Line]) -> list[str]:
    """Return the kind of each line: those of `Line.kind`, and teaser, boxed, repeat, rhythm by its neighbours."""
    told = Counter(line.key for line in lines if _is_told(line))
    seen: dict[str, int] = {}
    kinds = []
    for at, line in enumerate(lines):
        kinds.append(_repeat(line, at, seen, told))
        if _is_told(line):
            seen[line.key] = at
    _mark_contents(lines, kinds)
    _mark_gallery(lines, kinds)
    _mark_captions(lines, kinds)
    loud = [at for at, kind in enumerate(kinds) if kind not in QUIET]
    _mark_teasers(lines, kinds, loud)
    _mark_boxes(lines, kinds, loud)
    _mark_pairs(lines, kinds)
    return kinds


def _is_told(line: Line) -> bool:
    return line.kind == "prose" and line.ended


def _repeat(line: Line, at: int, seen: Mapping[str, int], told: Counter[str]) -> str:
    """Tell a line that stands twice, which is furniture; of whole sentences the first is the article's, and no caption."""
    if line.times == 1 or line.kind not in (*PROSE, "short", "lead-in"):
        return line.kind
    if line.times >= thresholds.RHYTHM:
        return "rhythm"
    if _is_told(line) and told[line.key] <= 2:
        before = seen.get(line.key)
        return "repeat" if before is not None and at - before < thresholds.REPEAT_FAR else "prose"
    return "repeat"


def _mark_contents(lines: Sequence[Line], kinds: list[str]) -> None:
    """Find the contents, a row of lines that each come once more; there, alone above prose, they are headings."""
    listed: set[str] = set()
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and kinds[at] == "repeat" and lines[at].times == 2:
            continue
        if at - start >= thresholds.LEAST_CONTENTS:
            listed.update(line.key for line in lines[start:at])
        start = at + 1
    for at in range(1, len(lines) - 1):
        alone = kinds[at - 1] != "repeat" and kinds[at + 1] in PROSE
        if kinds[at] == "repeat" and alone and lines[at].key in listed:
            kinds[at] = "short"


def _mark_gallery(lines: Sequence[Line], kinds: list[str]) -> None:
    """Several lines that number themselves of one whole ("2/16 ...") are the captions of its pictures."""
    numbered = [(at, m["of"]) for at, line in enumerate(lines) if (m := _GALLERY.match(line.text))]
    pictures = Counter(of for _, of in numbered)
    for at, of in numbered:
        if pictures[of] >= thresholds.NUMBERED_PICTURES:
            kinds[at] = "photo"


def _mark_captions(lines: Sequence[Line], kinds: list[str]) -> None:
    """Where paragraphs end like sentences, one sentence that ends in a letter or a number is a caption, but no post is."""
    prose = [at for at, kind in enumerate(kinds) if kind == "prose"]
    if not prose or sum(lines[at].ended for at in prose) < thresholds.STOPPED * len(prose):
        return
    for at in prose:
        line = lines[at]
        looks = line.text[-1].isalnum() and line.words <= thresholds.CAPTION_WORDS and is_one_sentence(line)
        if looks and not is_post(line.text) and not _is_listed(lines, at):
            kinds[at] = "photo"
    for at in range(prose[0], prose[-1]):
        line = lines[at]
        if kinds[at] not in ("prose", "short") or line.words > thresholds.CAPTION_WORDS:
            continue
        if _PICTURED.search(line.text[-60:]) or (not line.ended and _PICTURE_OF.match(line.text)):
            kinds[at] = "photo"
    within = [at for at in range(prose[0] + 1, prose[-1]) if kinds[at - 1] in PROSE and kinds[at + 1] in PROSE]
    told = [at for at in within if kinds[at] == "short" and _tells(lines[at])]
    for at in told if len(told) < thresholds.TELLING_HEADINGS else ():
        kinds[at] = "photo"


def _tells(line: Line) -> bool:
    """Whether a line without a stop reads as a sentence, as captions do and few headings."""
    words = [word for word in line.text.split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    plain = line.text[-1].isalnum() and ":" not in line.text and not is_bullet(line.text)
    return plain and line.words > thresholds.HEADING_WORDS and small > thresholds.SMALL_WORDS * len(words)


def _is_listed(lines: Sequence[Line], at: int) -> bool:
    """Whether nothing but lines without a full stop stands between a line and a colon above it."""
    near = (lines[n] for n in range(at - 1, max(-1, at - 1 - _LONGEST_LIST), -1))
    above = (line.text for line in near if line.ended or line.text.endswith((":", "：")))
    return next(above, "").endswith((":", "："))


def _mark_teasers(lines: Sequence[Line], kinds: list[str], loud: Sequence[int]) -> None:
    """Mark short prose that is cut off, or alone under a headline below the opening of a list of stories."""
    below = False
    for place, at in enumerate(loud):
        line, alone = lines[at], _alone(kinds, loud, place)
        headed = place > 0 and kinds[loud[place - 1]] == "short" and lines[loud[place - 1]].words >= thresholds.LEAST_HEADLINE
        if kinds[at] == "tail":
            below = True
        elif kinds[at] != "prose":
            continue
        elif _is_teaser(line, alone=alone, listed=below and headed):
            kinds[at] = "teaser"
        elif not alone or line.words >= thresholds.TEASER_WORDS:
            below = False


def _is_teaser(line: Line, *, alone: bool, listed: bool) -> bool:
    cut_off = line.words < 2 * thresholds.TEASER_WORDS and _CUT_OFF.search(line.text[-12:])
    return alone and bool(cut_off or (listed and line.words < thresholds.TEASER_WORDS))


def _mark_boxes(lines: Sequence[Line], kinds: list[str], loud: Sequence[int]) -> None:
    """A short piece of prose alone beside a notice of the site, or between two, is of their box."""
    for place, at in enumerate(loud):
        if kinds[at] not in PROSE or lines[at].words >= thresholds.PITCH_WORDS or not _alone(kinds, loud, place):
            continue
        near = [kinds[i] for i in loud[max(0, place - 2) : place + 3]]
        if "notice" in near:
            kinds[at] = "boxed"


def _mark_pairs(lines: Sequence[Line], kinds: list[str]) -> None:
    """On a page that parts its paragraphs by blank lines, short lines that stand close together are a box."""
    blocks: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        blocks.setdefault(line.block, []).append(at)
    long = [at for at, line in enumerate(lines) if kinds[at] == "prose" and line.words >= thresholds.PITCH_WORDS]
    if not long or sum(len(blocks[lines[at].block]) == 1 for at in long) < thresholds.PARTED * len(long):
        return
    for block in blocks.values():
        mixed = kinds[block[0]] == "short" and any(kinds[at] in PROSE for at in block)
        if mixed and all(lines[at].words < thresholds.PITCH_WORDS for at in block):
            for at in block:
                kinds[at] = "boxed"


def _alone(kinds: Sequence[str], loud: Sequence[int], place: int) -> bool:
    """Whether neither neighbour is prose, quiet lines passed over."""
    return all(kinds[loud[i]] not in PROSE for i in (place - 1, place + 1) if 0 <= i < len(loud))
