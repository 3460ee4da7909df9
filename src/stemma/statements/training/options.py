"""Options: every word that may attribute something, each with the contents that it may attribute.

More than the rules take: any verb, noun or adjective that the corpus has seen as a cue. A classifier chooses among them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.statements.attribution import Attribution, Candidate, attribution_of
from stemma.statements.cues import Cue, below, cue_tokens
from stemma.statements.find import Loose
from stemma.statements.subjects import SUBJECT, lemma_of, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RULES, LOOSE = "rules", "loose"
"""The options of what the rules found, and of marks that they take for nobody's speech."""
SPEECH = 3
"""The strength of a cue of speech."""
CUE_TAGS = frozenset(("VERB", "AUX", "NOUN", "ADJ"))
"""Which words can be cues, by their part of speech."""
_NO_CONTENT = frozenset((
    "nsubj", "nsubjpass", "csubj", "csubjpass", "punct", "aux", "auxpass", "neg", "det", "poss", "mark", "cc", "conj",
    "prt", "advmod", "npadvmod", "compound", "nummod", "agent", "amod", "preconj", "predet", "case", "expl", "intj",
))  # fmt: skip
_CLAUSES = frozenset(("ccomp", "xcomp", "acl", "relcl"))


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
    items += [(LOOSE, Candidate(n, Cue(-1, [], None, set(), 3), [(n, quote)])) for n, quote in loose]
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
                yield kind, Cue(token.i, cue_tokens(token), source, content, 2, any(c.dep_ == "neg" for c in token.children))


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
