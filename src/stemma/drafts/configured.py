"""What a project says of its checks in pyproject.toml: `[tool.stemma]` with `against`, `select` and `ignore`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stemma.errors import UsageError

_NAMES = ("against", "select", "ignore")


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
        return tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("stemma")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{file} cannot be read: {error}.") from error


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
