"""The joints of a scrape that has lost its line ends: an article, its captions, links and buttons stand on one line.

A line that is far longer than a paragraph is cut round the words of buttons and boxes, before a caption, a byline, a
dateline and a credit, and where a word that opens sentences follows another without a stop. What a joint cuts off
without a stop is no sentence of the article: it is cut from the sentence before it too. Nothing is left out here;
`lines` tells what each piece is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stemma.reports import thresholds

_BOXES = re.compile(
    r"(?:Click to (?:share|email|print)\b[^.()]{0,50})?\(Opens in new window\)|"
    r"Share this with(?: (?:Facebook|Twitter|Messenger|Email|WhatsApp|LinkedIn|Pinterest|Copy this link)\b)*|"
    r"(?:Read|See|Read or) [Ss]hare this story:?(?: https?://\S+)?|"
    r"Get \S+ updates directly to your inbox(?: \+ Subscribe)?(?: Thank you for subscribing!)?"
    r"(?: Could not subscribe, try again later)?(?: Invalid Email)?|"
    r"(?:Video Loading )?(?:Video Unavailable )?Click to play Tap to play(?: The video will start in \d+)?(?: Cancel)?"
    r"(?: Play now)?|"
    r"Share this video(?: Watch Next)?|Video will play in|Watch this video again|Play slideshow(?: [A-Z]+)? \d+ of \d+|"
    r"(?:Skip Ad )?(?:Ad )?Ad Loading\.\.\.(?: x)?(?: Embed)?(?: x)?(?: Share)?|"
    r"\b(?:Read more|READ MORE|Continue reading the main story|Advertisement|ADVERTISEMENT)(?= [\"“‘'(\[]?[A-Z]| ?$)"
)
"""Words of buttons and boxes, which no sentence has."""
_LINK = re.compile(r"\[(?!Report|With |Edit|Addition|This )[A-Z][^\[\]:;.]{20,160}\](?= [\"“‘'(\[]?[A-Z]| ?$)")
"""The headline of another story in brackets."""
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
    r"\((?:(?:Photo|Image|Picture|Credit)s?: ?[^()]{2,60}|AP Photo[^()]{0,60}|"
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
_MISTER = re.compile(r"(?<=\w )(?:Mr|Mrs|Ms|Dr)\.? [A-Z]|(?<=\w[\"”] )[A-Z]")
"""What opens a sentence behind a caption; elsewhere a verb may stand before it."""


def is_run_together(text: str) -> bool:
    """Whether a line is far longer than a paragraph and holds many sentences."""
    return len(text.split()) >= thresholds.RUN_TOGETHER_WORDS and len(_stops(text)) >= thresholds.RUN_TOGETHER_SENTENCES


def cut_at_joints(text: str, above: Sequence[str] = ()) -> list[str]:
    """Return the pieces of a line in order; `above` are lines of the page that may open it once more, as a headline does."""
    whole = [m.span() for pattern in (_BOXES, _LINK, _SAID) for m in pattern.finditer(text)]
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
    return any(p.fullmatch(piece) for p in (_BOXES, _LINK)) or _CAPTION.fullmatch(piece + " ") is not None


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
