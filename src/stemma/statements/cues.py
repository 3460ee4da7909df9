"""Cues: every verb, noun and "according to" in a parsed paragraph that attributes something to somebody, and who speaks it.

Rules over the dependency parse: the complement clause of a cue, the clause around a parenthetical cue, the object of
a verb that is about what was said; the subject is looked for along the verbs that the cue hangs on. Quotations are
joined to cues in quoting.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.statements import thresholds
from stemma.statements.designation import QUALITIES, cannot_speak, may_speak, owner_of
from stemma.text.data import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from stemma.statements.unparsed import Frame

_ABOUT = frozenset(("for", "as", "of", "about", "against", "with", "over", "to", "on"))
_TOPIC = frozenset(("for", "against", "about"))
_NO_BODY = (*QUALITIES, "ity", "ing", "al")
"""Ends of nouns that name no body."""
CUE_WORDS = word_lists("statements", "cues.tsv")
"""The lemmas of each kind of cue."""
SPEECH = frozenset().union(*(CUE_WORDS[kind] for kind in ("say", "about", "order", "think", "show")))
"""The lemmas of every verb that can stand beside a quotation."""
SUBJECT = frozenset(("nsubj", "nsubjpass"))
LIGHT = frozenset((
    "make", "issue", "have", "repeat", "express", "raise", "voice", "give", "offer", "hold", "share", "send", "post",
    "release", "publish", "write",
))  # fmt: skip
"""Verbs whose subject owns the noun: "made a claim that"."""
_HOLDING = frozenset(("include", "contain", "carry"))
"""Verbs of what a speech holds: "the mayor's address included a warning that"."""
_NOMINATIVE = frozenset(("he", "she", "they"))
_SELF = frozenset(("himself", "herself", "itself", "themselves"))
_RELATIVE = frozenset(("WP", "WDT"))
PREDICATES = frozenset(("acomp", "oprd", "attr"))
_TO_SOMEBODY = frozenset(("tell", "order", "urge", "warn", "advise", "instruct", "remind", "invite", "encourage"))
_BACK = frozenset(("fire", "shoot", "hit", "snap", "write", "come"))
"""Verbs that answer with "back" behind them."""
_DEEPEST = 5
"""How many verbs up a subject is looked for."""
SPOKEN, HELD, ACTED = 3, 2, 1
"""The strength of a cue: somebody speaks; holds a thought, orders, or writes a document; does what is about something said."""


@dataclass(slots=True)
class Cue:
    """What attributes, with its source and content in the parse: token indices in one paragraph, -1 where no word is the cue.

    `strength` is SPOKEN, HELD or ACTED. `frame` is set in a language without a parser.
    """

    token: int
    tokens: list[int]
    source: "Token | None"
    content: set[int]
    strength: int = SPOKEN
    negated: bool = False
    pointer: "Token | None" = None
    frame: "Frame | None" = None


def find_cues(doc: "Doc") -> list[Cue]:
    """Return the cues of one paragraph in text order."""
    return [cue for token in doc for cue in _of_token(token)]


def _of_token(token: "Token") -> Iterator[Cue]:
    lemma = lemma_of(token)
    felt = token.pos_ == "ADJ" and lemma in CUE_WORDS["feel"]
    if felt or (token.dep_ == "acomp" and token.lower_ in CUE_WORDS["feel"]):
        yield from _feeling(token)
    elif token.pos_ in ("VERB", "AUX"):
        if lemma == "accord":
            yield from _according(token)
        elif lemma in SPEECH or _puts_it(token) or lemma in CUE_WORDS["intend"]:
            yield from _verb(token, lemma)
    elif token.pos_ == "NOUN" and lemma in CUE_WORDS["noun"]:
        yield from _noun(token)
    elif token.lower_ == "according":
        yield from _according(token)


def _verb(token: "Token", lemma: str) -> Iterator[Cue]:
    if _so_called(token) or (lemma == "mean" and token.tag_ == "VBG"):
        return
    if lemma in ("call", "blast") and any(c.dep_ == "prt" for c in token.children):
        return
    behind = _named_behind(token) if lemma in CUE_WORDS["say"] else None
    if behind is not None:
        yield Cue(token.i, [token.i], behind, {t.i for t in token.sent if t.i < token.i} - below(behind))
        return
    content, strength = _content(token, lemma)
    source = source_of(token)
    if token.tag_ == "VBG" and source is not None and (cannot_speak(source) or owner_of(source) is not source):
        source = _last_subject(token) or source
    if source is None and token.dep_ == "advcl" and is_passive(token):
        return
    if source is None and token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN" and token.is_sent_start:
        source = token.nbor() if token.nbor().dep_ not in ("compound", "dobj") else token.nbor().head
    if source is None and strength == SPOKEN and content:
        source = _before_the_verb(token)
    if source is None and token.i and token.tag_ == "VBD" and token.nbor(-1).pos_ == "ADV" and token.nbor(-1).is_title:
        source = token.nbor(-1)  # a surname that looks like an adverb; sources.py knows the names of the story
    if strength == ACTED and content and source is not None and source.pos_ == "NOUN" and _only_shows(source, lemma):
        return
    pointer = next((c for c in token.children if c.dep_ == "nsubj" and c.lower_ == "who"), None)
    yield Cue(token.i, cue_tokens(token), source, content, strength, _is_negated(token), pointer)


def _only_shows(source: "Token", lemma: str) -> bool:
    """Whether a verb with an object alone is no speech: of what never speaks, or "the roof suggested a barn"."""
    return cannot_speak(source) or (lemma in CUE_WORDS["show"] | CUE_WORDS["intend"] and not may_speak(source))


def _last_subject(token: "Token") -> "Token | None":
    """The last subject before a participle that can speak: "the remarks came as the mayor rejected the plan, calling it"."""
    subjects = (t for t in reversed(token.doc[token.sent.start : token.i]) if t.dep_ == "nsubj" and t.tag_ not in _RELATIVE)
    return next((t for t in subjects if not cannot_speak(t)), None)


def _before_the_verb(token: "Token") -> "Token | None":
    """Whom the parse has not taken for the subject of a finite verb: a person right before it, or before what commas set off."""
    if token.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass", *SUBJECT) for c in token.children):
        return None
    if token.dep_ == "dep" and token.head.is_sent_start and token.head.is_title:
        return token.head  # a surname that looks like a verb; sources.py knows the names of the story
    near = token.nbor(-1) if token.i > token.sent.start else token
    if near.text == ",":
        first = next((t for t in reversed(token.doc[token.sent.start : near.i]) if t.text == ","), None)
        near = first.nbor(-1) if first is not None and first.i > token.sent.start else token
    return near if near.ent_type_ == "PERSON" and near.pos_ == "PROPN" and near.i < token.i else None


def _so_called(token: "Token") -> bool:
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "so"


def _named_behind(token: "Token") -> "Token | None":
    """Who ends a sentence behind a verb that the parser gives an object: "The pier was shut, reported the Evening Halyard."."""
    if token.tag_ not in ("VBD", "VBZ") or not token.i or token.nbor(-1).text != "," or lemma_of(token) in _TO_SOMEBODY | {"ask"}:
        return None
    parts = list(token.children)
    name = next((c for c in parts if c.left_edge.i == token.i + 1 and c.dep_ != "nsubj" and c.pos_ == "PROPN"), None)
    if name is None or any(c.dep_ == "nsubj" and c.head.dep_ == "conj" for c in parts) or cannot_speak(name):
        return None
    return None if any(t.i > name.right_edge.i and not t.is_punct for t in token.sent) else name


def _content(token: "Token", lemma: str) -> tuple[set[int], int]:
    """What a cue verb attributes: its complement clause, else the clause that it interrupts, else its object."""
    kinds = CUE_WORDS
    says, holds = lemma in kinds["say"] or _puts_it(token), lemma in kinds["think"] | kinds["show"]
    aim = {i for c in token.children if c.dep_ == "xcomp" and infinitive(c) for i in below(c)}
    if says or holds:
        content = _complement(token) or (set() if aim else _announced(token) or _interrupted(token))
        if content:
            return content, SPOKEN if says else HELD
    if aim and lemma in kinds["hearsay"] and any(c.dep_ == "auxpass" for c in token.children):
        about = {i for c in token.children if c.dep_ == "nsubjpass" for i in below(c)}
        return about | aim, SPOKEN
    if lemma in kinds["intend"] and aim:
        return aim, HELD
    if lemma in kinds["order"]:
        content = _ordered(token)
        if content:
            return content, HELD
    if lemma in kinds["about"]:
        return _object(token), ACTED
    return set(), SPOKEN if says else ACTED


def _complement(token: "Token") -> set[int]:
    return {i for c in token.children if c.dep_ == "ccomp" and not _is_cue_like(c, token) for i in below(c)}


def _is_cue_like(clause: "Token", cue: "Token") -> bool:
    """A clause that holds the cue itself is no complement of it (a broken parse)."""
    return clause.left_edge.i <= cue.i <= clause.right_edge.i and cue in clause.subtree


def _announced(token: "Token") -> set[int]:
    """The parser hangs the clause on the noun: "said in a statement that"."""
    nouns = [n for c in token.children if c.dep_ == "prep" and c.i > token.i for n in c.children if n.dep_ == "pobj"]
    clauses = [c for n in nouns for c in n.children if c.dep_ in ("acl", "relcl", "ccomp") and _that_clause(c)]
    return {i for c in clauses[:1] for i in below(c)}


def _interrupted(token: "Token") -> set[int]:
    """The clause that the cue stands in, without the cue's own: "The bridge, she said, was closed"."""
    head = token.head
    parenthetical = token.dep_ == "parataxis" or (token.dep_ == "advcl" and _led_by_as(token))
    if any(c.dep_ == "dobj" and c.i > token.i for c in token.children) and not _puts_it(token):
        return set()
    if not parenthetical or head.i == token.i or not any(c.dep_ in SUBJECT for c in token.children):
        return set()
    return below(head) - below(token)


def _led_by_as(token: "Token") -> bool:
    return any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in token.children)


def _puts_it(token: "Token") -> bool:
    """As in "as she put it", "as she phrased it", "she fired back"."""
    if token.lemma_ in _BACK:
        return any(c.lower_ == "back" and c.i == token.i + 1 and c.dep_ in ("prt", "advmod") for c in token.children)
    return token.lemma_ in ("put", "phrase") and token.i + 1 < len(token.doc) and token.nbor().lower_ == "it"


def _ordered(token: "Token") -> set[int]:
    """The infinitive of an order: "ordered the army to leave"."""
    clauses = [c for c in token.children if c.dep_ in ("xcomp", "ccomp", "advcl") and infinitive(c) and c.i > token.i]
    objects = [c for c in token.children if c.dep_ == "dobj" and c.i > token.i]
    return {i for c in clauses[:1] for i in below(c)} if clauses and (objects or clauses) else set()


def _object(token: "Token") -> set[int]:
    """What is said stands in the object, or after a preposition: "called for talks", "blamed them for the delay"."""
    if any(c.dep_ == "auxpass" or (c.lower_ == "as" and _quotes(c)) for c in token.children):
        return set()
    parts = [c for c in token.children if c.i > token.i and c.dep_ in ("dobj", "xcomp", "ccomp", "oprd", "pcomp")]
    if lemma_of(token) in CUE_WORDS["bodily"] and all(c.dep_ == "dobj" and _has_body(c) for c in parts):
        return set()
    about = _ABOUT - {"to", "with"} if lemma_of(token) in CUE_WORDS["converse"] else _ABOUT
    parts += [c for c in token.children if c.i > token.i and c.dep_ == "prep" and c.lower_ in about]
    return {i for c in parts for i in below(c)}


def _has_body(token: "Token") -> bool:
    """Whether an object can be touched: what is no name, no pronoun and no word for something said, thought or done."""
    noun = token.lemma_.lower()
    quality = any(noun.endswith(end) and len(noun) > len(end) + 1 for end in _NO_BODY)
    said = quality or noun in CUE_WORDS["noun"] | CUE_WORDS["matter"]
    return not said and (token.pos_ == "NOUN" or noun in ("one", "nobody", "somebody", "everybody"))


def _quotes(preposition: "Token") -> bool:
    """Somebody quoted "as saying" speaks for himself."""
    return any(c.dep_ == "pcomp" and lemma_of(c) in CUE_WORDS["say"] for c in preposition.children)


def _according(token: "Token") -> Iterator[Cue]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None or (source.lower_ in ("plan", "schedule") and source.left_edge.i == source.i):
        return
    clause = token.head
    while clause.head.i != clause.i and clause.pos_ not in ("VERB", "AUX"):
        clause = clause.head
    own = below(token)
    content = {i for i in below(clause) if i not in own} - _other_clauses(clause, token)
    yield Cue(token.i, [token.i, to.i], source, content)


def _other_clauses(clause: "Token", cue: "Token") -> set[int]:
    """A coordinate clause on the far side of "according to" belongs to somebody else."""
    others = [
        c for c in clause.children
        if c.dep_ == "conj" and c.i > cue.i and cue.i > clause.i and any(g.dep_ in SUBJECT for g in c.children)
    ]  # fmt: skip
    return {i for c in others for i in below(c)}


def _feeling(token: "Token") -> Iterator[Cue]:
    """Somebody is sure that, unsure whether, wary of: the subject holds it, or the noun that the word stands behind."""
    parts = [
        c for c in token.children
        if c.i > token.i and (c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ in _ABOUT))
    ]  # fmt: skip
    source = governing_subject(token.head, 0) if token.dep_ in PREDICATES else None
    if parts and source is not None:
        negated = any(c.dep_ == "neg" for c in token.head.children)
        yield Cue(token.i, [token.i], source, {i for c in parts for i in below(c)}, HELD, negated)


def _noun(token: "Token") -> Iterator[Cue]:
    if token.dep_ == "pobj" and lemma_of(token.head.head) in CUE_WORDS["say"] and token.head.head.pos_ == "VERB":
        return
    clause = next((c for c in token.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > token.i and _that_clause(c)), None)
    if clause is None:
        clause = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in _TOPIC and c.i > token.i), None)
        if clause is None or not _held(token):
            return
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None:
        before = (c for c in token.children if c.lower_ in ("by", "from", "of") and c.i < clause.i)
        owner = next((g for c in before for g in c.children if g.dep_ == "pobj"), None)
    if owner is None and token.dep_ == "dobj":
        whose = source_of(token.head)
        holds = whose is not None and token.head.lemma_.lower() in _HOLDING and owner_of(whose) is not whose
        owner = whose if holds or token.head.lemma_.lower() in LIGHT else None
    yield Cue(token.i, [token.i], owner, below(clause), HELD)


def _held(token: "Token") -> bool:
    """Whether somebody is said to have what the noun names: "her call for talks", "made a plea for time"."""
    return any(c.dep_ == "poss" for c in token.children) or (token.dep_ == "dobj" and token.head.lemma_.lower() in LIGHT)


def _that_clause(token: "Token") -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children) or (infinitive(token) and token.dep_ == "acl")


def below(token: "Token") -> set[int]:
    """Return the indices of a token and all below it in the parse."""
    return {t.i for t in token.subtree}


def cue_tokens(token: "Token") -> list[int]:
    """Return the verb with its auxiliaries, negation and particle."""
    near = [c.i for c in token.children if c.dep_ in ("aux", "auxpass", "neg", "prt")]
    near = [i for i in near if abs(i - token.i) <= thresholds.AUXILIARY_NEAR]
    return sorted([token.i, *near])


def _is_negated(token: "Token") -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def source_of(token: "Token", depth: int = 0) -> "Token | None":
    """Return the word that names who speaks: the subject of the cue, looked for along the verbs that it hangs on."""
    if depth > _DEEPEST:
        return None
    if is_passive(token):
        return _agent(token)
    inverted = next((c for c in token.children if c.i == token.i + 1 and c.lower_ in _NOMINATIVE), None)
    if inverted is not None:
        return inverted
    subjects = (c for c in token.children if c.dep_ == "nsubj" and c.lower_ not in _SELF)
    subject = min(subjects, key=lambda c: abs(token.i - c.i), default=None)
    if subject is not None:
        if subject.tag_ in _RELATIVE and token.dep_ == "relcl":
            return _without_its_verb(token.head)
        if any(c.lower_ in ("among", "including") for c in subject.lefts):
            return _beside(token)
        return None if subject.lower_ in ("what", "which", "that", "there") else subject
    head = _joined_to(token)
    if token.dep_ == "relcl" or head.i == token.i:
        return None
    if token.tag_ == "VBG" and token.dep_ in ("advcl", "acl") and (speaker := _going_on(token)) is not None:
        return speaker
    if token.dep_ == "acl":
        return _of_noun(token, depth)
    if token.dep_ == "pcomp":
        return _quoted(token) or _blamed(token) or governing_subject(head.head, depth)
    if token.dep_ == "xcomp" and infinitive(token):
        commanded = next((c for c in head.children if c.dep_ == "dobj" and c.i < token.i), None)
        return commanded if commanded is not None else governing_subject(head, depth)
    if token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep"):
        return _said_before(token) or governing_subject(head, depth)
    return None


def _joined_to(token: "Token") -> "Token":
    """The verb that an "and" right before joins a verb to, where the parse takes nobody's: "it felt as if Lee came and said"."""
    before, subjects = token.nbor(-1) if token.i else token, [c for c in token.head.children if c.dep_ == "nsubj"]
    nobody = lemma_of(token.head) not in CUE_WORDS["say"] and any(c.lower_ == "it" for c in subjects)
    joined = token.dep_ == "conj" and before.dep_ == "cc" and before.head.pos_ == "VERB"
    return before.head if joined and nobody else token.head


def _said_before(token: "Token") -> "Token | None":
    """Who says it again, where the parse joins the verb to what was said first: "said the pier burnt and said it would rain"."""
    if (
        token.dep_ == "conj"
        and token.tag_ == "VBG"
        and token.head.tag_ != "VBG"
        and not any(c.dep_ == "aux" for c in token.children)
    ):
        outer = next((v for v in token.ancestors if v.tag_ == "VBG" and lemma_of(v) in SPEECH and v.i < token.i), None)
        return None if outer is None else source_of(outer)
    if token.dep_ != "conj" or lemma_of(token.head) in SPEECH:
        return None
    speaks = lemma_of(token) != "add" and any(may_speak(c) for c in token.head.children if c.dep_ in SUBJECT)
    said = {lemma_of(token)} if speaks else CUE_WORDS["say"]
    outer = next((v for v in token.ancestors if v.pos_ == "VERB" and lemma_of(v) in said and v.i < token.i), None)
    return None if outer is None else next((c for c in outer.children if c.dep_ == "nsubj" and c.tag_ not in _RELATIVE), None)


def _of_noun(token: "Token", depth: int) -> "Token | None":
    """Who speaks a participle that hangs on a noun: the owner of "made a claim", the noun, or the agent."""
    head = token.head
    if head.dep_ == "dobj" and head.i > head.head.i and lemma_of(head.head) in LIGHT:
        return source_of(head.head, depth + 1)
    taken_for_participle = token.tag_ == "VBD" and head.pos_ == "PROPN" and head.dep_ == "ROOT" and head.i == token.i - 1
    return head if token.tag_ == "VBG" or head.ent_type_ == "PERSON" or taken_for_participle else _agent(token)


def _going_on(token: "Token") -> "Token | None":
    """Who says what a participle goes on from: "denied that they were exchanged, saying", "called it a trial saying".

    Whom somebody heard speaks himself: "recalled the pilot telling them".
    """
    heard = next((t for t in (token.head, *token.head.children) if t.dep_ == "dobj" and t.i == token.i - 1), None)
    if heard is not None and lemma_of(heard.head) in CUE_WORDS["hear"] and may_speak(heard):
        return heard
    verbs = (v for v in token.ancestors if v.pos_ == "VERB" and lemma_of(v) in SPEECH and v.i < token.i)
    subjects = (c for v in verbs for c in v.children if c.dep_ == "nsubj" and c.tag_ not in _RELATIVE)
    return next(subjects, None)


def is_passive(token: "Token") -> bool:
    """Return whether the subject is spoken to: "was told", "were moved and told to leave", "asked whether, she said"."""
    helpers = [c.dep_ for c in token.children if c.dep_ in ("aux", "auxpass") and c.tag_ != "TO"]
    if helpers:
        return "auxpass" in helpers
    if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
        return (token.tag_ == "VBN" or _lacks_object(token)) and is_passive(token.head)
    asked = lemma_of(token) == "ask" and any(c.lower_ in ("when", "if") for c in token.children)
    subject = any(c.dep_ in SUBJECT for c in token.children)
    before = token.tag_ == "VBN" and token.i < token.head.i and not any(c.dep_ == "nsubj" for c in token.children)
    return token.dep_ == "advcl" and (before or (asked and not subject))


def _lacks_object(token: "Token") -> bool:
    """Whom it is said to is missing: "told to leave"; the tagger takes it for the past tense."""
    parts = {c.dep_ for c in token.children}
    return lemma_of(token) in _TO_SOMEBODY and "xcomp" in parts and not parts & {"dobj", "dative", "nsubj"}


def _quoted(token: "Token") -> "Token | None":
    """Whom another quotes: "the radio quoted Ann Lee as saying"."""
    verb = token.head.head
    if token.head.lower_ != "as" or any(c.dep_ == "auxpass" for c in verb.children):
        return None
    return next((c for c in verb.children if c.dep_ == "dobj" and c.i < token.i), None)


def _blamed(token: "Token") -> "Token | None":
    """Who did what he is blamed or praised for: "mocked the mayor for opposing the plan"."""
    verb = token.head.head
    if token.head.lower_ not in ("for", "of") or lemma_of(verb) not in CUE_WORDS["about"]:
        return None
    return next((c for c in verb.children if c.dep_ == "dobj" and c.i < token.i), None)


def governing_subject(head: "Token", depth: int) -> "Token | None":
    """Return the subject of the verb above; of a passive too: "was quoted as saying", "was shown telling"."""
    subject = next((c for c in head.children if c.dep_ in SUBJECT), None)
    if subject is not None and subject.tag_ not in _RELATIVE:
        return subject
    if head.pos_ == "ADJ" and head.dep_ in PREDICATES and depth < _DEEPEST:
        return governing_subject(head.head, depth + 1)
    return source_of(head, depth + 1) if head.pos_ in ("VERB", "AUX") else None


def _without_its_verb(noun: "Token") -> "Token":
    """A noun, or the one before it where the parse has taken its verb for a noun: "fewer than the army admits, which said"."""
    before = next((c for c in noun.lefts if c.dep_ == "compound"), None)
    return before if before is not None and noun.tag_ == "NNS" and noun.lower_.removesuffix("s") in CUE_WORDS["say"] else noun


def _beside(token: "Token") -> "Token | None":
    """Who stands right before a verb that the parse gives to others: "among them 21 children, the owner, Ada Holm, said"."""
    near = next((t for t in reversed(token.doc[token.sent.start : token.i]) if not t.is_punct), None)
    if near is None or near.pos_ not in ("NOUN", "PROPN"):
        return None
    return near.head if near.dep_ == "appos" and near.head.dep_ == "appos" else near


def _agent(token: "Token") -> "Token | None":
    return next((g for c in token.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)


def infinitive(token: "Token") -> bool:
    """Return whether a verb stands with "to"."""
    return any(c.tag_ == "TO" or (c.dep_ == "aux" and c.lower_ == "to") for c in token.children)


def lemma_of(token: "Token") -> str:
    """Return the lemma in lower case; the model takes "hoped" for a form of "hop"."""
    lemma = token.lemma_.lower()
    return "hope" if lemma == "hop" else lemma
