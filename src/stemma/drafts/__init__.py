"""A draft beside the reports of its story, before it is published: what a linter would say of it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stemma.arguments import must_be_path, must_be_time_or_none
from stemma.drafts.beside import Checked, Remark, check_draft, is_store, open_against
from stemma.drafts.formats import FORMATS, chosen, kinds_named
from stemma.errors import UsageError
from stemma.whole_files import reason_of

if TYPE_CHECKING:
    from stemma.corpus import Corpus

__all__ = [
    "FORMATS", "Checked", "Configured", "Remark", "check", "check_draft", "chosen", "configured_in", "is_store",
    "kinds_named", "open_against",
]  # fmt: skip
_NAMES = ("against", "select", "ignore")


def check(draft: str | Path, corpus: "Corpus", published: str | None = None) -> Checked:
    """Return what a careful reader would find in a draft beside the reports of its story in a corpus, which stays as it is.

    The draft is its file, or its text where that has more than one line; `published` is when it is to appear (ISO 8601), else
    just after the latest report. Raises NothingRead or UsageError.

    >>> stemma.check("draft.txt", corpus).remarks[0].kind
    'figure sharpened'
    """
    # Not before: the command reads a draft without all that a corpus can do.
    from stemma.corpus import Corpus

    is_text = isinstance(draft, str) and "\n" in draft
    if not is_text:
        must_be_path(draft=draft)
    if not isinstance(corpus, Corpus):
        raise UsageError("`corpus` must be a Corpus, as stemma.read and stemma.open give one.")
    must_be_time_or_none(published=published)
    content = str(draft).encode("utf-8", "replace") if is_text else None
    return check_draft(Path("draft.txt" if is_text else draft), corpus.store, published, content)


@dataclass(frozen=True, slots=True)
class Configured:
    """Stores or pages (paths from the file's own folder), and kinds of findings; nothing where nothing is said."""

    against: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def configured_in(folder: Path) -> Configured:
    """Return what the nearest pyproject.toml with `[tool.stemma]` says, in a folder or above it; raises UsageError."""
    for place in (folder.resolve(), *folder.resolve().parents):
        file = place / "pyproject.toml"
        if file.is_file() and (table := _table(file)) is not None:
            return _configured(file, table)
    return Configured()


def _table(file: Path) -> Any:  # noqa: ANN401 - whatever somebody wrote there
    try:
        tools = tomllib.loads(file.read_text("utf-8")).get("tool")
    except (UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file} cannot be read: it is no UTF-8 text, or nested too deeply.") from error
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at (line .*)\)$", str(error))
        raise UsageError(f"{file} cannot be read: it is no TOML{f' at {where[1]}' if where else ''}.") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason_of(error)}.") from error
    return tools.get("stemma") if isinstance(tools, dict) else None


def _configured(file: Path, table: Any) -> Configured:  # noqa: ANN401 - whatever somebody wrote there
    unknown = sorted(set(table) - set(_NAMES)) if isinstance(table, dict) else ["tool.stemma"]
    if unknown:
        raise UsageError(f"{file} says {unknown[0]!r} under [tool.stemma]; {', '.join(_NAMES)} can stand there.")
    against, select, ignore = (_texts(file, name, table.get(name, [])) for name in _NAMES)
    return Configured(tuple(str(file.parent / place) for place in against), select, ignore)


def _texts(file: Path, name: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever somebody wrote there
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise UsageError(f"{file}: {name} under [tool.stemma] is a text or a list of texts.")
    return tuple(texts)
