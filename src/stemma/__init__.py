"""Whose words are these: pages in, a sourced account out.

    import stemma
    story = stemma.read("pages/").stories[0]
    print(story.best, "independent origins,", len(story.findings), "findings")

Public names are loaded on first use, so that `import stemma` stays fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stemma.corpus import Corpus, open, read
    from stemma.drafts import check
    from stemma.errors import StemmaError
    from stemma.rows import Rows
    from stemma.settings import Manners, Settings
    from stemma.story import Account, Claim, Derivation, Finding, Report, Statement, Story, Words
    from stemma.texts import annotate, compare, wire

__version__ = "0.1.0"

_WHERE = {
    "stemma.corpus": ("Corpus", "open", "read"),
    "stemma.drafts": ("check",),
    "stemma.errors": ("StemmaError",),
    "stemma.rows": ("Rows",),
    "stemma.settings": ("Manners", "Settings"),
    "stemma.story": ("Account", "Claim", "Derivation", "Finding", "Report", "Statement", "Story", "Words"),
    "stemma.texts": ("annotate", "compare", "wire"),
}

__all__ = [
    "Account", "Claim", "Corpus", "Derivation", "Finding", "Manners", "Report", "Rows", "Settings", "Statement", "StemmaError",
    "Story", "Words", "__version__", "annotate", "check", "compare", "open", "read", "wire",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'stemma' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
