"""The lines of a page and what each looks like by itself: prose, a short line, a link, a notice, a byline, a date.

A scrape that has lost its line ends has an article, its captions, links and buttons on one line. A line that is far longer
than a paragraph is cut at its joints: round the words of buttons and boxes, before a caption, a byline, a dateline and a
credit, and where a word that opens sentences follows another without a stop. What a joint cuts off without a stop is no
sentence of the article: it is cut from the sentence before it too. Nothing is left out here.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from os.path import commonprefix

from stemma.reports import thresholds
from stemma.reports.dates import find_date
from stemma.reports.furniture import is_whole_line, opens, says
from stemma.reports.posts import is_post
from stemma.text.data import phrase_lists
from stemma.text.normal import tidy

LOOKED_AT = 600
"""Characters of a line that the patterns see: furniture shows itself at once; a line may have a million."""
HEAD = 200
"""Characters of a line in which a byline, a date or a credit is looked for."""
_TELLING = 20_000
"""Characters of a line that tell its kind where it stands alone: a page on one line is looked at again and again."""

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ENDS = re.compile(r"[.!?…。！？।॥۔؟։።။។][\"'”’»›“)\]」』]*(?:\s?\[?\d{1,3}\]?)?$")
_INNER_STOP = re.compile(r"[^\W\d_]{2}[\"”’»)]?[.!?…][\"”’»)]?\s+[\"“«‘(¿¡]?[^\W\d_]|[。！？।۔؟]")
_CREDITED = re.compile(r"[.!?…][\"”’]? \([A-Z][^()]{1,60}\)$")
"""Whose picture it is, behind a caption that a page prints twice; behind what it prints once, whose words they are."""
_MARKS = " \t\u00a0\"'“”‘’«»-–—•·|:>»→↓▶►*#()[]…,.!?️‍"
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|[#@]\w+")
_BULLET = re.compile(r"^(?:[•·▪■◦●‣*–-]\s+|\d{1,2}[.)]\s+)\S")


BY = re.compile(
    r"^(?:(?i:(?:(?:text|words|story|report|article|written|reported|posted|published|compiled|created)\s+)?(?:by|"
    r"von|par|por|door|av|af|autor(?:in|es|a)?|author|auteur|автор|од|przez|yazan|oleh)\s*:?\s+)|"
    r"(?i:текст):\s*|By(?=[A-Z]))"
    r"(?=(?:the\s+(?=[^.!?;,]{2,60}$))?[^\W\d_a-zß-ÿ])",
)
TODAY = re.compile(
    r"\btoday\b|\bheute\b|\baujourd|\bhoy\b|\bhoje\b|\boggi\b|\bvandaag\b|\bidag\b|сегодня|сьогодні|\bbugün\b|°|"
    r"\b-?\d+(?:\.\d)?\s?[CF]\b",
)
CHANGED = re.compile(
    r"\b(?:updated?|modified|last (?:edited|changed)|aktualisiert|mis à jour|actualizad|atualizad|aggiornat|"
    r"bijgewerkt|uppdatera|oppdatert|opdateret|päivitetty|aktualizac|обновлен|оновлен|güncellen)",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"\b(?:published|posted|publish(?:ed)? date|date published|issued|first published|veröffentlicht|erschienen|"
    r"publié|publicado|pubblicat|gepubliceerd|publicerad|publisert|udgivet|julkaistu|opublikowano|publikov|"
    r"опубликован|опубліковано|yayınlan|δημοσιεύ)",
    re.IGNORECASE,
)
READING = re.compile(
    r"\bmin(?:ute)?s?\.?\s+(?:read|de lectura|de lecture|de leitura)\b|\blesezeit\b|\blesedauer\b",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"(?<![\d,.])(?P<at>\d{1,3}) ?(?:of|/) ?(?P<of>\d{1,3})(?![\d,])")
"""Which of a gallery's pictures it is."""
_BUTTON = re.compile(r"\b(?:Hide|Show) Caption \d{1,3} of \d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its text, number of words, and what it looks like.

    `kind` is prose (sentences of some length), sentence (a short one), lead-in (ends in a colon), short (no
    sentence), or one of the kinds of furniture.py. `script` is the first word of its first letter's Unicode name
    ("LATIN"), `times` how often the same words stand on the page, `block` how many blank lines stand above it.
    """

    text: str
    words: int
    kind: str
    ended: bool
    script: str
    times: int
    key: str
    block: int


def lines_of(text: str) -> list[Line]:
    """Return the lines of a page that are not blank, in order."""
    stripped: list[str] = []
    blanks = [0]
    broken: set[int] = set()
    captions: set[int] = set()
    name = _gallery_name(text)
    for raw in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text):
        clean = tidy(raw)
        blanks[-1] += not clean
        for part, is_caption in _cut_gallery(clean, name) if name else [(clean, False)]:
            pieces = cut_at_joints(part, stripped) if is_run_together(part) else [part] if part else []
            broken.update(len(stripped) + n for n, piece in enumerate(pieces[:-1]) if breaks_off(piece))
            captions.update(len(stripped) + n for n in range(len(pieces)) if is_caption)
            stripped += pieces
            blanks += [blanks[-1]] * len(pieces)
    keys = [key_of(line) for line in stripped]
    times = Counter(keys)
    lines = [_line(line, key, times[key], block) for line, key, block in zip(stripped, keys, blanks, strict=False)]
    lines = [_broken_off(line, keys[at + 1]) if at in broken else line for at, line in enumerate(lines)]
    return _with_gallery(lines, captions) if captions else lines


@lru_cache(maxsize=4096)
def kind_of(line: str) -> str:
    """Return the kind of a line that stands alone, of its first piece where it is cut; "widget" when there is no word in it."""
    line = line[:_TELLING]
    if is_run_together(line) or " Caption " in line:
        lines = lines_of(line)
        return lines[0].kind if lines else "widget"
    return _kind(line, words_in(line), _is_ended(line))


def key_of(line: str) -> str:
    """Return the words of a line by which two lines are the same; its marks when it has no word."""
    return " ".join(_WORD.findall(line[:LOOKED_AT].casefold())) or line[:LOOKED_AT]


def words_in(line: str) -> int:
    """Return the number of words; two letters count as one word in scripts that print no blanks."""
    unspaced = 0 if line.isascii() else len(_UNSPACED.findall(line))
    return len(line.split()) + unspaced // 2 if unspaced else len(line.split())


def is_bullet(line: str) -> bool:
    """Say whether a line begins like an item of a list."""
    return bool(_BULLET.match(line))


def is_one_sentence(line: Line) -> bool:
    """Say whether no sentence ends inside a line."""
    return not _INNER_STOP.search(line.text[:LOOKED_AT])


def is_slot(line: Line) -> bool:
    """Say whether a line is a byline, a date, a reading time or the weather."""
    text = line.text[:HEAD]
    if is_signature(line):
        return True
    return line.words <= thresholds.LABEL_WORDS and bool(TODAY.search(text.casefold()) and any(c.isdigit() for c in text))


def is_signature(line: Line) -> bool:
    """Say whether a line is a byline, a date or a reading time: what stands between headline and story."""
    text = line.text[:HEAD]
    if line.words > thresholds.SIGNATURE_WORDS:
        return False
    if BY.match(text) or READING.search(text):
        return True
    return line.words <= (thresholds.DATED_SENTENCE if line.ended else thresholds.LABEL_WORDS) and find_date(text) is not None


def _with_gallery(lines: list[Line], captions: set[int]) -> list[Line]:
    """Captions of a gallery beside an article are captions; on a page that has no other prose they are its article."""
    told = sum(line.words for at, line in enumerate(lines) if line.kind == "prose" and at not in captions)
    kind = "photo" if told >= thresholds.LEAST_PLAIN_PROSE else "prose"
    return [replace(line, kind=kind) if at in captions else line for at, line in enumerate(lines)]


def _broken_off(line: Line, below: str) -> Line:
    """A piece cut off at a joint without a stop: a link above "Read more", else a caption unless short as a heading or a post."""
    if below == "read more":
        return replace(line, kind="also")
    if line.times > 1:
        return replace(line, kind="widget")
    told = line.kind in ("prose", "short") and line.words > thresholds.HEADING_WORDS and not is_post(line.text)
    return replace(line, kind="photo") if told and not is_signature(line) else line


def _line(text: str, key: str, times: int, block: int) -> Line:
    words, ended = words_in(text), _is_ended(text)
    pictured = times > 1 and words <= thresholds.CAPTION_WORDS and _CREDITED.search(text)
    return Line(text, words, "photo" if pictured else _kind(text, words, ended), ended, _script(text), times, key, block)


def _is_ended(text: str) -> bool:
    return _ENDS.search(text[-40:]) is not None


def _kind(text: str, words: int, ended: bool) -> str:
    if words <= 2 * thresholds.POST_WORDS and is_post(text):
        return "prose"
    folded = text[:LOOKED_AT].casefold().replace("’", "'").strip(_MARKS)
    if (words <= thresholds.LABEL_WORDS and is_whole_line("widget", folded)) or is_box(text):
        return "widget"
    if words <= thresholds.LABEL_WORDS and not ended and is_whole_line("end", folded):
        return "end"
    if words <= thresholds.LABEL_WORDS and not ended and is_whole_line("tail", folded):
        return "tail"
    if opened := _opened(text, folded, words, ended):
        return opened
    if words <= thresholds.LEGAL_WORDS and says("legal", folded):
        return "notice"
    if words <= thresholds.NOTICE_WORDS and says("notice", folded):
        return "notice"
    if words <= thresholds.CAPTION_WORDS and (
        is_signed_picture(text) or ((not ended or words <= thresholds.LINKED_SENTENCE) and says("photo", folded))
    ):
        return "photo"
    if not any(c.isalpha() for c in text[:LOOKED_AT]) or _ADDRESS.fullmatch(text[:LOOKED_AT]):
        return "widget"
    return _by_shape(text, words, ended)


def _opened(text: str, folded: str, words: int, ended: bool) -> str | None:
    """The kind of a line that its first words give away: a link to another story, a box of the site, a caption."""
    if words <= thresholds.BOX_WORDS and (opens("caption", folded) or _UNDER_VIDEO.match(text)):
        return "photo"
    linked = opens("more", folded) or ((not ended or words <= thresholds.ITEM_WORDS) and opens("also", folded))
    linked = linked or folded.endswith(" read more") or _ALL_LINK.fullmatch(text) is not None
    linked = linked and words <= thresholds.LONGEST_HEADLINE
    stroke = " | " in text and not ended and words <= thresholds.SIGNATURE_WORDS
    boxed = opens("box", folded) and (words <= thresholds.BOX_WORDS or all(text[at - 2] == "?" for at in _stops(text)))
    return "also" if linked or stroke or boxed else None


def _by_shape(text: str, words: int, ended: bool) -> str:
    inner = bool(_INNER_STOP.search(text[:LOOKED_AT]))
    least = (
        thresholds.ENDED_PROSE if ended else thresholds.OPEN_PROSE if inner or _mostly_small(text) else thresholds.CAPTION_WORDS
    )
    if words >= least:
        return "prose"
    if text.rstrip("\"'”’»").endswith((":", "：")):
        return "lead-in"
    return "sentence" if ended and words >= 2 else "short"


def _mostly_small(text: str) -> bool:
    """Most words of a sentence begin small; a row of links or a headline in capitals does not."""
    words = [w for w in text[:LOOKED_AT].split() if w[0].isalpha()]
    return "," in text and sum(not w[0].isupper() for w in words) > thresholds.SMALL_WORDS * len(words)


def _script(text: str) -> str:
    for letter in text[:LOOKED_AT]:
        if letter.isalpha():
            return unicodedata.name(letter, "UNKNOWN").split()[0]
    return ""


_OPENS, _FOLLOWS = (
    "|".join(re.escape(phrase) for phrase in sorted(phrase_lists("reports", "boxes.tsv")[kind])) for kind in ("opens", "follows")
)
_BOXES = re.compile(
    r"(?:Click to (?:share|email|print)\b[^.()]{0,50})?\(Opens in new window\)|"
    r"Share this with(?: (?:Facebook|Twitter|Messenger|Email|WhatsApp|LinkedIn|Pinterest|Copy this link)\b)*|"
    r"(?:Read|See|Read or) [Ss]hare this story:?(?: https?://\S+)?|"
    rf"(?:{_OPENS}|Get \S+ updates directly to your inbox)(?: (?:{_OPENS}|{_FOLLOWS}|The video will start in \d+))*|"
    r"Play slideshow(?: [A-Z]+)? \d+ of \d+|"
    r"\d{1,3} of \d{1,3} Full Screen Autoplay Close\b.{0,1500}? Wait \d seconds? to continue\.|"
    r"Skip in Skip(?: x)?(?: Embed)?(?: x)?(?: Share)?(?: CLOSE)?|"
    r"(?:Skip Ad )?(?:Ad )?Ad Loading\.\.\.(?: x)?(?: Embed)?(?: x)?(?: Share)?|"
    r"\b(?:Read more|READ MORE|Continue reading the main story|Advertisement|ADVERTISEMENT)(?= [\"“‘'(\[]?[A-Z]| ?$)"
)
"""Words of buttons and boxes, which no sentence has."""
_LINK = re.compile(r"\[(?!Report|With |Edit|Addition|This )[A-Z][^\[\]:;.]{20,160}\](?= [\"“‘'(\[]?[A-Z]| ?$)")
"""The headline of another story in brackets."""
_UNDER_VIDEO = re.compile(r"CLOSE [A-Z]")
"""The button of a video in front of what is said of it, where a sentence prints no word in capitals."""
_ALL_LINK = re.compile(r"\[(?!Report|With |Edit|Addition|This )[^\[\]]{20,160}[^\[\].]\]")
"""The same as a line by itself, whatever stands in it but a sentence."""
_CAPTION = re.compile(
    r"(?:Image copyright [^.]{2,40}? )?(?:Media|Image|Photo|Video) caption |Image (?:copyright|source) "
    r"(?:(?:AP|AFP|EPA|PA|Reuters|Getty Images|Rex|Alamy) )?(?=[A-Z])|"
    r"(?:GETTY|ALAMY|REX|SHUTTERSTOCK|Alamy|Getty Images|Rex Features)(?:[*:]\w+)?(?: \d{1,2})? (?=[A-Z\d])|"
    r"(?:AP|AFP|EPA|PA|REUTERS|Reuters|Getty)(?:[*:](?:Associated Press|\w+))? \d{1,2} (?=[A-Z\d])"
)
"""How a caption begins: with a label, or with whose picture it is and its place in the gallery."""
_SAID = re.compile(r"(?:Media|Image|Photo|Video) caption [^.\"“]{3,80}: [\"“][^\"”]{3,240}[\"”](?= [A-Z])")
"""A caption that quotes whom it shows."""
_SIGNED_PICTURE = re.compile(
    r"\((?:(?:(?:Photo|Image|Picture|Credit)s?: ?|Courtesy of )[^()]{2,60}|AP Photo[^()]{0,60}|"
    r"[^()]{0,40}/ ?(?:AP|AFP|Reuters|REUTERS|EPA|Getty|PA|Bloomberg|[A-Z][\w ]+(?:Press|Agency|Post|Photos?|Images)))\)|"
    r"(?<=\w )\((?:REUTERS|GETTY|AFP|EPA|Getty Images|Getty|AP|Rex)\)|\[(?:Photo|Image)\b[^\[\]]{2,40}\]"
)
"""Whose picture it is, in brackets, at the end of its caption."""
_TOWN = r"[A-Z]{4,}(?: [A-Z]{3,}){0,2}"
_DATED = r"(?:, [A-Z][a-z]+\.?){0,2}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Z][\w ]{1,30}\))? ?(?:--|[-–—]) "
_PERSON = r"[A-ZÀ-Þ][a-zß-ÿ’'-]+(?: [A-Z]\.)?(?: [A-ZÀ-Þ][a-zß-ÿ’'-]+){1,2}"
_HEAD = re.compile(rf"(?<![\w(\"“]){_TOWN}{_DATED}|\bBy {_PERSON}(?:(?:, and |, | and ){_PERSON})*(?= {_TOWN}\b)")
"""A dateline; a byline before one."""
_FOOT = re.compile(
    r"(?<=[.!?\"”)] )\(?(?:(?:Additional r|R)eporting by|Contributing:|With (?:files|reporting) (?:from|by)|"
    r"Follow @?\w+(?: \w+){0,2} on Twitter|Copyright (?:©|\d{4})|© ?\d{4})"
)
_LONGEST_CAPTION = 400
"""Characters of a caption with its credit."""
_STOP = re.compile(r"(?:[.!?…]|[.!?…,][\"”’')\]]+) (?=[\"“‘'(\[]?[A-ZÀ-Þ\d])")
_SHORTENED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|vs|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mich|"
    r"Calif|Fla|Pa|Va|Md|Mass|Conn|Wis|Ill|Ariz|Ala|Ga|Tenn|Wash|Ore|Colo|Inc|Co|Corp|Ltd|Jr|Sr)\.$"
)
_OPENER = re.compile(
    r"(?<=[\w”\"’'%)] )(?:(?:In|On|At|After|As|When|While|Since|During|Before|Although|Despite|Following|Speaking|Asked) [\w\"“]|"
    r"(?:The|A|An|He|She|It|They|We|But|And|However|Then|According|Meanwhile|There|This|These|That|Those|His|Her|Their|Its|"
    r"Many|Some|Most|Earlier) (?:[a-z]|\d)|(?:Then|However|But|Meanwhile|He|She|They), )"
)
"""A word that opens a sentence, and no name."""
_MISTER = re.compile(r"(?<=\w )(?:Mr|Mrs|Ms|Dr)\.? [A-Z]|(?<=\w[\"”] )[A-Z]|(?<=[a-z\d] )[\"“](?=[A-Z][^\"”]{30})")
"""What opens a sentence behind a caption; elsewhere a verb may stand before it."""


def is_run_together(text: str) -> bool:
    """Whether a line is far longer than a paragraph and holds many sentences."""
    return len(text.split()) >= thresholds.RUN_TOGETHER_WORDS and len(_stops(text)) >= thresholds.RUN_TOGETHER_SENTENCES


def cut_at_joints(text: str, above: Sequence[str] = ()) -> list[str]:
    """Return the pieces of a line in order; `above` are lines of the page that may open it once more, as a headline does."""
    whole = [*(m.span() for pattern in (_BOXES, _LINK, _SAID) for m in pattern.finditer(text)), *_numbered_gallery(text)]
    inside = {at for start, end in whole for at in range(start + 1, end)}
    stops = [at for at in _stops(text) if at not in inside]
    cuts = {at for span in whole for at in span} | set(_beside_names(text))
    cuts |= {m.start() for m in _OPENER.finditer(text)} - {*stops, *(m.end() for m in _CAPTION.finditer(text))}
    cuts |= {len(line) + 1 for line in above if len(line.split()) > 2 and text.startswith(line + " ")}
    for m in _CAPTION.finditer(text):
        cuts |= set(_caption(text, m, stops, cuts))
    edges = sorted({0, len(text), *(cuts - inside)})
    edges += [at for before, cut in pairwise(edges[:-1]) if (at := _opening(text, stops, before, cut)) > before]
    return [piece for start, end in pairwise(sorted(edges)) if (piece := text[start:end].strip())]


def _opening(text: str, stops: Sequence[int], before: int, cut: int) -> int:
    """Where the sentence begins that a joint breaks off; a caption with its credit is one piece of however many sentences."""
    at = bisect_left(stops, cut)
    captioned = cut - before < _LONGEST_CAPTION and is_signed_picture(text[before:cut].strip())
    return stops[at - 1] if at and not captioned and (at == len(stops) or stops[at] != cut) else 0


def is_box(piece: str) -> bool:
    """Whether a line is nothing but the words of buttons and boxes, a bracketed link, or a caption's label."""
    box = any(p.fullmatch(piece) for p in (_BOXES, _LINK)) or _CAPTION.fullmatch(piece + " ") is not None
    return box or (0, len(piece)) in _numbered_gallery(piece)


def _numbered_gallery(text: str) -> list[tuple[int, int]]:
    """Where a gallery stands in a line, from its first number to its last: "1/29 London, England 2/29 …".

    Where the captions stand before their numbers and all begin alike, it begins with the first caption.
    """
    if text.count("/") + text.count("of") < thresholds.LEAST_GALLERY:
        return []
    counters = list(_COUNTER.finditer(text))
    pictures = Counter(m["of"] for m in counters).most_common(1)
    run = [m for m in counters if m["of"] == pictures[0][0]]
    one_by_one = all(int(b["at"]) == int(a["at"]) + 1 for a, b in pairwise(run))
    if len(run) < thresholds.LEAST_GALLERY or not one_by_one:
        return []
    alike = commonprefix([text[a.end() : b.start()] for a, b in pairwise(run)]).strip()  # noqa: RUF071 - as letters
    start = text.rfind(alike, 0, run[0].start()) if len(alike.split()) > 1 else -1
    return [(start if start >= 0 else run[0].start(), run[-1].end())]


def breaks_off(piece: str) -> bool:
    """Whether a piece ends without a stop."""
    return _STOP.search(piece[-6:] + " A") is None


def is_signed_picture(text: str) -> bool:
    """Whether a line ends with whose picture it is, in brackets: "(Photo: Ana Brell/Tarin)"."""
    return any(m.end() == len(text) for m in _SIGNED_PICTURE.finditer(text, max(0, len(text) - 110)))


def _beside_names(text: str) -> Iterator[int]:
    """Yield the ends of picture credits, and where bylines, datelines and credits at the foot begin."""
    yield from (m.end() for m in _SIGNED_PICTURE.finditer(text))
    yield from (m.start() for m in _HEAD.finditer(text[: thresholds.RUN_TOGETHER_HEAD]))
    yield from (m.start() for m in _FOOT.finditer(text))


def _caption(text: str, opening: re.Match[str], stops: Sequence[int], cuts: set[int]) -> Iterator[int]:
    """Yield where a caption begins and ends; where nothing tells its end, only its label is cut off."""
    at = bisect_left(stops, opening.end())
    end = stops[at] if at < len(stops) else len(text)
    yield opening.start()
    if any(opening.end() < cut < end for cut in cuts) or _CAPTION.search(text, opening.end(), end):
        return
    behind = _MISTER.search(text, opening.end() + 3, end)
    yield behind.start() if behind else end if text[end - 2] == "?" else opening.end()


def _stops(text: str) -> list[int]:
    """Where sentences begin that follow another's full stop."""
    return [m.end() for m in _STOP.finditer(text) if not _SHORTENED.search(text[max(0, m.start() - 6) : m.start() + 1])]


def _gallery_name(text: str) -> str | None:
    """Return the words with which the captions of a page's gallery begin; None where it has no gallery with a name.

    "Photos: The bridge of Lind A crane lifts the railing. Hide Caption 3 of 25", on lines of their own or one behind the other.
    """
    captions = [chunk.split() for line in text.splitlines() for chunk in _BUTTON.split(line)[:-1]]
    if len(captions) < thresholds.LEAST_GALLERY:
        return None
    # What stands before the first caption may be the article's, or the gallery's name once more.
    columns = takewhile(lambda words: len(set(words)) == 1, zip(*captions[1:], strict=False))
    return " ".join(words[0] for words in columns) or None


def _cut_gallery(line: str, name: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a line and whether each is a caption; the gallery's name and its buttons are left out."""
    *chunks, rest = _BUTTON.split(line)
    for chunk in chunks:
        before, _, caption = chunk.partition(name)
        yield before.strip(), False
        yield caption.replace(name, "").strip(), True
    yield rest.strip(), False
