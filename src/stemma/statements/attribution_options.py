"""Options: every word that may attribute something, with the contents that it may attribute and what a classifier sees of it.

More than the rules take: any verb, noun or adjective that the corpus has seen as a cue. A classifier chooses among them by
words about each and the parser's own vectors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stemma.mentions.parse import Paragraph
from stemma.statements.attribution import Attribution, Candidate, Loose, attribution_of
from stemma.statements.cues import HELD, SPOKEN, SUBJECT, Cue, below, cue_tokens, lemma_of, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RULES, LOOSE = "rules", "loose"
"""The options of what the rules found, and of marks that they take for nobody's speech."""
CUE_TAGS = frozenset(("VERB", "AUX", "NOUN", "ADJ"))
"""Which words can be cues, by their part of speech."""
_NO_CONTENT = frozenset((
    "nsubj", "nsubjpass", "csubj", "csubjpass", "punct", "aux", "auxpass", "neg", "det", "poss", "mark", "cc", "conj",
    "prt", "advmod", "npadvmod", "compound", "nummod", "agent", "amod", "preconj", "predet", "case", "expl", "intj",
))  # fmt: skip
_CLAUSES = frozenset(("ccomp", "xcomp", "acl", "relcl"))
WIDTH = 96
"""Numbers in the vector that the English model gives a token."""
PLACES = 5
"""Words of an option whose vectors are taken: cue, source, the content's head and first word, the cue's head."""
_QUOTES = frozenset("\"“”„«»``''")
_SIZES = (1, 2, 3, 5, 8, 12, 20, 30, 50)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible attribution: `kind` says which of its cue's contents it takes."""

    candidate: Candidate
    attribution: Attribution
    kind: str

    @property
    def cue(self) -> tuple[int, int]:
        """Its cue's paragraph and token; -1 where it has none."""
        return self.candidate.paragraph, self.candidate.cue.token


def options(
    paragraphs: Sequence[Paragraph], found: Sequence[Candidate], loose: Sequence[Loose], lemmas: frozenset[str]
) -> list[Option]:
    """Return what the rules found, the marks that they passed over, and more contents of words with known lemmas."""
    items = [(RULES, item) for item in found]
    items += [(LOOSE, Candidate(n, Cue(-1, [], None, set()), [(n, quote)])) for n, quote in loose]
    for n, paragraph in enumerate(paragraphs):
        if paragraph.doc.has_annotation("DEP"):
            items += [(kind, Candidate(n, cue)) for kind, cue in _more(paragraph.doc, lemmas)]
    made = ((item, attribution_of(item, paragraphs), kind) for kind, item in items)
    return [Option(item, attribution, kind) for item, attribution, kind in made if attribution is not None]


def _more(doc: "Doc", lemmas: frozenset[str]) -> Iterator[tuple[str, Cue]]:
    for token in doc:
        if token.pos_ in CUE_TAGS and token.dep_ not in ("aux", "auxpass") and lemma_of(token) in lemmas:
            source = _source_word(token)
            for kind, content in _contents(token):
                yield kind, Cue(token.i, cue_tokens(token), source, content, HELD, any(c.dep_ == "neg" for c in token.children))


def _contents(token: "Token") -> Iterator[tuple[str, set[int]]]:
    """The contents that a word may attribute: what hangs on it, after or before it, or the clause that it stands in."""
    parts = [c for c in token.children if c.dep_ not in _NO_CONTENT]
    after = [c for c in parts if c.i > token.i]
    found = {
        "following": after,
        "clause": [c for c in parts if c.dep_ in _CLAUSES][:1],
        "object": [c for c in after if c.dep_ in ("dobj", "attr", "acomp", "oprd")],
        "near": [c for c in after if c.dep_ != "advcl" and not _behind_comma(c)],
        "before": [c for c in parts if c.i < token.i and c.dep_ in ("dobj", "attr", "ccomp", "dep", "pobj")],
        "subject": [c for c in token.children if c.dep_ == "nsubjpass"],
        "predicate": _predicate(token),
    }
    seen: list[set[int]] = []
    for kind, roots in found.items():
        content = {i for c in roots for i in below(c)}
        if content and content not in seen:
            seen.append(content)
            yield kind, content
    if token.pos_ in ("VERB", "AUX") and token.head.i != token.i and (_stands_apart(token) or token.dep_ == "acl"):
        yield "around", below(token.head) - below(token)


def _behind_comma(token: "Token") -> bool:
    start = token.left_edge.i
    return start > 0 and token.doc[start - 1].text in (",", "—", "–", "--")


def _predicate(token: "Token") -> "list[Token]":
    """What follows "is" where the word is its subject: "the fear is that"."""
    if token.pos_ != "NOUN" or token.dep_ not in SUBJECT or token.head.lemma_ != "be":
        return []
    return [c for c in token.head.children if c.dep_ in ("ccomp", "attr", "xcomp") and c.i > token.head.i]


def _stands_apart(token: "Token") -> bool:
    return token.dep_ in ("parataxis", "advcl", "ccomp", "dep", "conj")


def _source_word(token: "Token") -> "Token | None":
    """The word that names whose words they are: the subject, the owner of a noun, whom an adjective is said of."""
    if token.pos_ in ("VERB", "AUX"):
        return source_of(token)
    if token.pos_ == "ADJ" and token.dep_ in ("acomp", "attr", "oprd"):
        return next((c for c in token.head.children if c.dep_ in SUBJECT), None)
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    near = (g for c in token.children if c.lower_ in ("by", "from", "of", "among") for g in c.children)
    given = next((g for g in near if g.dep_ == "pobj"), None)
    if given is not None or token.dep_ not in ("dobj", "attr"):
        return given
    return source_of(token.head)


def features(paragraphs: Sequence[Paragraph], found: Sequence[Option]) -> tuple[list[list[str]], NDArray[np.float32]]:
    """Return each option's words, and its vectors one after the other (options × PLACES·WIDTH)."""
    inside, speech = _quoted(paragraphs, found), _speech(paragraphs, found)
    names: list[list[str]] = []
    vectors = np.zeros((len(found), PLACES, WIDTH), dtype=np.float32)
    for row, option in enumerate(found):
        n = option.candidate.paragraph
        words = _words_of(paragraphs, option)
        names.append([_around(option, speech[n]), *_described(paragraphs[n].doc, option, words, inside[n])])
        for place, token in enumerate(words):
            if token is not None:
                vectors[row, place] = token.doc.tensor[token.i]
    return names, vectors.reshape(len(found), PLACES * WIDTH)


def _quoted(paragraphs: Sequence[Paragraph], found: Sequence[Option]) -> dict[int, set[int]]:
    """The tokens of each paragraph that stand inside marks."""
    inside: dict[int, set[int]] = {n: set() for n in range(len(paragraphs))}
    for option in found:
        for n, quote in option.candidate.quotes:
            inside[n].update(range(quote.first, quote.last + 1))
    return inside


def _speech(paragraphs: Sequence[Paragraph], found: Sequence[Option]) -> dict[int, list[Option]]:
    """What the rules take for speech in each paragraph."""
    speech: dict[int, list[Option]] = {n: [] for n in range(len(paragraphs))}
    for option in found:
        if option.kind == RULES and option.candidate.cue.strength == SPOKEN:
            speech[option.candidate.paragraph].append(option)
    return speech


def _around(option: Option, speech: Sequence[Option]) -> str:
    """Which cue's speech an option's cue stands in, by the rules."""
    cue = option.candidate.cue.token
    over = [o for o in speech if cue in o.candidate.cue.content and o.candidate.cue.token not in (cue, -1)]
    outer = min(over, key=lambda o: len(o.candidate.cue.content), default=None)
    if outer is None:
        return f"outer=none|{option.kind}"
    return f"outer={'marks' if outer.candidate.quotes else 'no marks'}|{option.kind}|{bool(option.candidate.quotes)}"


def _words_of(paragraphs: Sequence[Paragraph], option: Option) -> "tuple[Token | None, ...]":
    """The cue, the source, the content's head and first word, and the cue's head."""
    cue, source = option.attribution.cue, option.attribution.source
    first, head = _content(paragraphs, option.attribution)
    above = cue.head if cue is not None and cue.head.i != cue.i else None
    return cue, source, head, first, above


def _content(paragraphs: Sequence[Paragraph], attribution: Attribution) -> "tuple[Token | None, Token | None]":
    """The first word of the content and its highest in the parse."""
    paragraph = paragraphs[attribution.paragraph]
    spans = [s for s in attribution.content if paragraph.start <= s[0] < paragraph.end]
    if not spans:
        return None, None
    start, end = spans[0][0] - paragraph.start, spans[0][1] - paragraph.start
    span = paragraph.doc.char_span(start, min(end, len(paragraph.doc.text)), alignment_mode="expand")
    if span is None or not len(span):
        return None, None
    first = next((t for t in span if t.text not in _QUOTES), span[0])
    return first, span.root


def _described(doc: "Doc", option: Option, words: "tuple[Token | None, ...]", inside: set[int]) -> Iterator[str]:
    cue, source, head, first, above = words
    a, kind = option.attribution, option.kind
    shape = f"{kind}{'q' if option.candidate.quotes else ''}"
    length = sum(e - s for s, e in a.content)
    yield f"option={shape}"
    yield f"strength={shape}{a.strength if kind == RULES else ''}"
    yield f"length={shape}{_size(length // 6)}"
    yield f"pieces={min(len(a.content), 4)}"
    yield f"quotations={min(len(a.quotations), 4)}"
    yield f"marks={shape}{_size(sum(e - s for s, e in a.quotations) // 6)}"
    yield f"share={shape}{round(5 * sum(e - s for s, e in a.quotations) / max(length, 1))}"
    yield f"negated={a.negated}"
    yield from _of_content(doc, shape, cue, head, first)
    yield from _of_source(shape, cue, source)
    if cue is None:
        yield "cue=none"
        return
    lemma = lemma_of(cue)
    children = list(cue.children)
    yield f"cue={lemma}"
    yield f"cue+option={lemma}|{shape}"
    yield f"form={cue.lower_}"
    yield f"tag={cue.tag_}|{shape}"
    yield f"dep={cue.dep_}|{shape}"
    yield f"pos={cue.pos_}"
    yield f"cue+dep={lemma}|{cue.dep_}"
    yield f"cue+tag={lemma}|{cue.tag_}"
    yield f"inside={cue.i in inside}|{shape}"
    yield f"depth={min(sum(1 for _ in cue.ancestors), 6)}"
    yield f"children={'.'.join(sorted({c.dep_ for c in children if c.dep_ != 'punct'}))}"
    yield f"right={'.'.join(c.dep_ for c in children if c.i > cue.i and c.dep_ != 'punct')}"
    yield f"aux={'.'.join(c.lower_ for c in children if c.dep_ in ('aux', 'auxpass', 'neg', 'mark'))}"
    yield f"preposition={lemma}|{next((c.lower_ for c in children if c.dep_ == 'prep' and c.i > cue.i), '')}"
    yield f"object={next((lemma_of(c) for c in children if c.dep_ in ('dobj', 'attr', 'acomp')), '')}"
    yield f"cue+object={lemma}|{next((lemma_of(c) for c in children if c.dep_ in ('dobj', 'attr', 'acomp')), '')}"
    yield f"above={lemma_of(above) if above is not None else 'root'}"
    yield f"above.pos={above.pos_ if above is not None else 'root'}|{cue.dep_}"
    for step in (-2, -1, 1, 2):
        near = doc[cue.i + step] if 0 <= cue.i + step < len(doc) else None
        yield f"{step}={near.lower_ if near is not None else ''}"
        yield f"{step}.pos={near.pos_ if near is not None else ''}"
    yield f"cue+next={lemma}|{doc[cue.i + 1].lower_ if cue.i + 1 < len(doc) else ''}"


def _of_content(doc: "Doc", shape: str, cue: "Token | None", head: "Token | None", first: "Token | None") -> Iterator[str]:
    if head is None or first is None:
        return
    before = next((doc[i] for i in range(first.i - 1, -1, -1) if doc[i].text not in _QUOTES), None)
    yield f"first={first.lower_}"
    yield f"first.tag={first.tag_}|{shape}"
    yield f"before={before.lower_ if before is not None else 'start'}"
    yield f"head={lemma_of(head)}"
    yield f"head.dep={head.dep_}|{shape}"
    yield f"head.tag={head.tag_}"
    yield f"head.subject={next((c.lower_ for c in head.children if c.dep_ in SUBJECT), '')}"
    yield f"mark={next((c.lower_ for c in head.children if c.dep_ in ('mark', 'aux')), '')}|{shape}"
    if cue is not None:
        yield f"cue+first={lemma_of(cue)}|{first.lower_}"
        yield f"cue+head.dep={lemma_of(cue)}|{head.dep_}"
        yield f"way={'after' if first.i > cue.i else 'before'}|{_size(abs(first.i - cue.i))}"


def _of_source(shape: str, cue: "Token | None", source: "Token | None") -> Iterator[str]:
    if source is None:
        yield f"source=none|{shape}"
        return
    kind = source.ent_type_ or source.pos_
    yield f"source={lemma_of(source)}"
    yield f"source.kind={kind}|{shape}"
    yield f"source.dep={source.dep_}"
    yield f"source.tag={source.tag_}|{source.dep_}"
    if cue is not None:
        yield f"cue+source={lemma_of(cue)}|{kind}"
        yield f"source.way={source.i < cue.i}|{_size(abs(source.i - cue.i))}"


def _size(number: int) -> int:
    return sum(number >= size for size in _SIZES)
