"""Whose words are these: pages in, a sourced account out.

    import stemma
    story = stemma.read(["pages/"]).stories()[0]
    print(story.account()["stories"][0]["independent_origins"])

Public names are loaded on first use, so that `import stemma` stays fast.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_WHERE = {
    "read": "stemma.corpus", "Corpus": "stemma.corpus", "Story": "stemma.corpus", "Account": "stemma.account",
    "Manners": "stemma.settings", "Settings": "stemma.settings", "StemmaError": "stemma.errors",
}  # fmt: skip

__all__ = ["Account", "Corpus", "Manners", "Settings", "StemmaError", "Story", "__version__", "read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'stemma' has no attribute {name!r}")
